"""Our own mistakes: one card that cannot be drawn hurts none of its neighbours."""

import json

import httpx
import pytest
from sqlalchemy import select, update

from regulator.domain.instants import MINUTE, Instant
from regulator.store import Store
from regulator.store.schema import findings
from tests.console.city import write_rides
from tests.console.listening import listening
from tests.console.rides import ride
from tests.console.running import EVENING

AT = Instant(EVENING - MINUTE)


@pytest.fixture
def damaged(store: Store) -> Store:
    """A city with one card whose finding was at no time at all."""
    write_rides(store, [ride("沪AD00001", at=AT), ride("沪AD00002", at=AT)], at=EVENING)
    of_one_car = findings.c.vehicle == "沪AD00001"
    with store.writing() as connection:
        event = json.loads(connection.execute(select(findings.c.event).where(of_one_car)).scalars().one())
        damaged = json.dumps({**event, "at": "soon"})
        connection.execute(update(findings).where(of_one_car).values(event=damaged))
    return store


def test_the_board_shows_every_other_card_and_counts_the_mistake(
    damaged: Store, visitor: httpx.Client
) -> None:
    page = visitor.get("/")

    assert page.status_code == 200
    assert 'data-plate="沪AD00002"' in page.text
    assert 'data-plate="沪AD00001"' not in page.text
    assert "regulator_console_defects_total 1.0" in visitor.get("/metrics").text


def test_the_stream_goes_on_with_the_next_card(damaged: Store, visitor: httpx.Client) -> None:
    with listening(visitor, after=0) as ear:
        told = ear.next("card")

    assert 'data-plate="沪AD00002"' in told.content["html"]
