"""Rows of a watch list in a file: one event a row, or one episode a row with a column for each event's day.

A day is its beginning, in Asia/Shanghai.
"""

from collections.abc import Set

from regulator.domain.drivers import NO_DRIVER, Driver, DriverNumber, driver_number, is_driver, pseudonym
from regulator.domain.episodes import EpisodeEvent, EpisodeStep
from regulator.domain.instants import Instant
from regulator.domain.plates import NOBODY, Plate, is_plate, plate
from regulator.domain.register import Source
from regulator.wire.register_cells import CellRefused, number_of, text_of
from regulator.wire.register_days import A_DAY_OR_INSTANT
from regulator.wire.register_dialect import Dialect, spelt_word
from regulator.wire.register_episodes import EPISODE
from regulator.wire.register_heading import Heading
from regulator.wire.register_pieces import EpisodeHead, Row, encode_part
from regulator.wire.register_reading import Cells, RowReader

_DAYS = {
    "penalised": EpisodeStep.PENALISED,
    "removed": EpisodeStep.REMOVED,
    "lifted": EpisodeStep.LIFTED,
}


class EpisodeRows(RowReader):
    """Reads the rows of one file."""

    def __init__(
        self,
        heading: Heading,
        dialect: Dialect,
        *,
        source: Source,
        arrival: Instant,
        pseudonym_key: bytes,
        fillers: Set[str],
    ) -> None:
        super().__init__(heading, dialect, source=source, arrival=arrival, pseudonym_key=pseudonym_key)
        self._fillers = fillers

    def read(self, cells: Cells) -> Row:
        """Read one row; raises CellRefused."""
        if EPISODE not in self.source.kinds:
            raise CellRefused(EPISODE, f"a source that may state episodes: {self.source.name} may not")
        episode = self._number(cells)
        vehicle = self._vehicle(cells)
        number, driver = self._driver(cells)
        self._names_somebody(vehicle, driver)
        head = EpisodeHead(
            vehicle,
            driver,
            self.sequence(cells),
            number_of(self.cell(cells, "authority"), "authority"),
            number_of(self.cell(cells, "document"), "document"),
        )
        parts = encode_part(head), encode_part(self._events(cells))
        return Row(EPISODE, episode, *parts, driver or None, number)

    def about(self, cells: Cells) -> tuple[str, str] | None:
        """Return kind and number, whatever else is wrong with a row; None where it has none."""
        try:
            return EPISODE, self._number(cells)
        except CellRefused:
            return None

    def _number(self, cells: Cells) -> str:
        number = number_of(self.cell(cells, EPISODE), EPISODE)
        if not number:
            raise CellRefused(EPISODE, "the number of the episode")
        return number

    def _vehicle(self, cells: Cells) -> Plate:
        """A half that is filled in with 无 or 0 is nobody; what is no plate otherwise is a slip."""
        text = number_of(self.cell(cells, "vehicle"), "vehicle")
        vehicle = plate(text)
        if is_plate(vehicle):
            return vehicle
        if is_driver(driver_number(text), self._fillers):
            raise CellRefused("vehicle", "a number plate")
        return NOBODY

    def _driver(self, cells: Cells) -> tuple[DriverNumber | None, Driver]:
        number = driver_number(number_of(self.cell(cells, "driver"), "driver"))
        return (
            (number, pseudonym(number, self.key)) if is_driver(number, self._fillers) else (None, NO_DRIVER)
        )

    def _names_somebody(self, vehicle: Plate, driver: Driver) -> None:
        if not vehicle and not driver:
            column = "vehicle" if "vehicle" in self.heading.places else "driver"
            raise CellRefused(column, "a car, a driver or both")

    def _events(self, cells: Cells) -> list[EpisodeEvent]:
        events = [
            EpisodeEvent(step, read.start)
            for column, step in _DAYS.items()
            if (read := self.day(cells, column, A_DAY_OR_INSTANT)) is not None
        ]
        word = text_of(self.cell(cells, "event"))
        at = self.day(cells, "at", A_DAY_OR_INSTANT)
        if word and at is None:
            raise CellRefused("at", f"the day of {word}")
        if at is not None:
            events.append(EpisodeEvent(self._step(word), at.start))
        if not events:
            raise CellRefused(
                "event" if "event" in self.heading.places else "removed", "an event and its day"
            )
        return events

    def _step(self, word: str) -> EpisodeStep:
        step = self.dialect.events.get(spelt_word(word))
        if step is None:
            steps = ", ".join(EpisodeStep)
            raise CellRefused("event", f"one of {steps}, or a word that register-columns.toml has for one")
        return step
