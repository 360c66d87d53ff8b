"""Asks SQL what is new, once a process, and tells every open page."""

import asyncio
import logging
from collections.abc import Iterable, Sequence

import msgspec
from anyio import to_thread

from regulator.clock import Clock
from regulator.console.frames import Frame, Frames, same, sse
from regulator.console.freshness import Freshness, blind, look
from regulator.console.languages import Language
from regulator.console.measures import Measures
from regulator.console.rendering import render
from regulator.console.showing import Showing, Surroundings
from regulator.domain.errors import Unavailable
from regulator.domain.plates import Plate
from regulator.domain.register import Sources
from regulator.store import Store
from regulator.store.cards import Card, CardStore
from regulator.store.places import CarPosition

PERIOD_SECONDS = 0.2
RELOAD = sse("reload", {})
_PULSE_EVERY = 5
_BATCH = 500

logger = logging.getLogger(__name__)


class Poller:
    """Follows the changes of cards, the cars' positions and the data's freshness."""

    def __init__(
        self, store: Store, *, around: Surroundings, sources: Sources, clock: Clock, measures: Measures
    ) -> None:
        self._store = store
        self._around = around
        self._sources = sources
        self._clock = clock
        self._measures = measures
        self._change: int | None = None
        self._positions: dict[Plate, CarPosition] = {}
        self._turn = -1
        self.frames = Frames()
        self.works = True
        self.pulse = blind(clock())

    async def run(self) -> None:
        """Look until cancelled. SQL away: say so on every page, and keep looking."""
        while True:
            try:
                with self._measures.poll_seconds.time():
                    frames = await to_thread.run_sync(self._look_safely)
                self.frames.publish(frames)
                self.works = True
            except Exception:  # pages hear no pulse and say so; /health asks for a restart
                logger.exception("the console failed to look at the database")
                self._measures.defects.inc()
                self.works, self._change = False, None
            await asyncio.sleep(PERIOD_SECONDS if self.works else 1)

    def greeting(self) -> bytes:
        """Return what a page that has just come is told beside the cards: the pulse and every position."""
        return _pulse_text(self.pulse) + sse("positions", [_point(one) for one in self._positions.values()])

    def _look_safely(self) -> Sequence[Frame]:
        self._turn += 1
        frames: list[Frame] = []
        try:
            frames += self._new_cards()
            frames += self._once_a_second()
        except Unavailable as why:
            if self.pulse.database:
                logger.warning("the database does not answer the console: %s", why)
            self.pulse = blind(self._clock())
            frames += [same(_pulse_text(self.pulse))] if self._turn % _PULSE_EVERY == 0 else []
        return frames

    def _new_cards(self) -> Sequence[Frame]:
        with self._store.reading() as connection:
            cards = CardStore(connection)
            newest = cards.newest_change()
            if self._change is None:  # what pages were told before is not known: they start anew
                self._change = newest
                return [same(RELOAD)]
            if newest <= self._change:
                return []
            changed = cards.changed_since(self._change, limit=_BATCH)
        self._change = newest if len(changed) < _BATCH else changed[-1].change
        return card_frames(changed, around=self._around, clock=self._clock)

    def _once_a_second(self) -> Sequence[Frame]:
        if self._turn % _PULSE_EVERY:
            return []
        self.pulse = look(self._store, self._sources, now=self._clock())
        with self._store.reading() as connection:
            seen = {one.vehicle: one for one in CardStore(connection).positions()}
        moved = [_point(one) for one in seen.values() if self._positions.get(one.vehicle) != one]
        self._positions = seen
        positions = [same(sse("positions", moved))] if moved else []
        return [same(_pulse_text(self.pulse)), *positions]


def card_frames(cards: Iterable[Card], *, around: Surroundings, clock: Clock) -> Sequence[Frame]:
    """Return the event of each card, open or gone."""
    now = clock()
    showings = {language: Showing(around, language=language, now=now) for language in Language}
    return [
        Frame({language: _card_text(card, showing) for language, showing in showings.items()})
        for card in cards
    ]


def _card_text(card: Card, showing: Showing) -> bytes:
    if card.closed_at is not None:
        gone = {"id": card.id, "gone": True, "why": showing.farewell(card)}
        return sse("card", gone, change=card.change)
    html = "".join(render("card.html", card=shown, say=showing.say) for shown in showing.cards([card]))
    return sse("card", {"id": card.id, "gone": False, "html": html}, change=card.change) if html else b""


def _pulse_text(pulse: Freshness) -> bytes:
    return sse("pulse", msgspec.to_builtins(pulse))


def _point(position: CarPosition) -> Sequence[object]:
    """Plate, east, north, milliseconds, km/h: short, for hundreds of cars a second."""
    place = position.place
    return [position.vehicle, round(place.lon, 5), round(place.lat, 5), position.at // 1000, position.speed]
