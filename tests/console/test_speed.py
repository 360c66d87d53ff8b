"""What a board of a busy evening costs."""

import time

from prometheus_client import CollectorRegistry

from regulator.console.languages import Language
from regulator.console.measures import Measures
from regulator.console.outlines import draw_areas
from regulator.console.rendering import render
from regulator.console.showing import Showing, Surroundings
from regulator.console.shown import ListsShown
from regulator.store import Store
from regulator.store.cards import CardStore
from tests.console.city import write_rides
from tests.console.evening import evening
from tests.console.places import AREAS, COMPANIES
from tests.console.running import EVENING


def test_three_hundred_cards_are_drawn_within_a_tenth_of_a_second(store: Store) -> None:
    write_rides(store, evening(EVENING, count=300)[0], at=EVENING)
    defects = Measures(CollectorRegistry()).defects
    around = Surroundings(companies=COMPANIES, sheet=draw_areas(AREAS), defects=defects)

    spent = min(_draw(store, around) for _ in range(3))

    assert spent < 0.1


def _draw(store: Store, around: Surroundings) -> float:
    """Seconds of this thread's own work, whatever else the machine does."""
    began = time.thread_time()
    with store.reading() as connection:
        cards = CardStore(connection).open_cards(EVENING)
    showing = Showing(around, language=Language.ZH, now=EVENING)
    shown = showing.cards(cards)
    lists = ListsShown(road=shown, desk=[], road_total=len(shown), desk_total=0)
    assert render("lists.html", lists=lists, say=showing.say).count('class="card"') == 300
    return time.thread_time() - began
