"""Rows of licences in a register file (contract, section 1.2): one period a row."""

import re
from datetime import date

from regulator.domain.drivers import Driver, DriverNumber, driver_number, last4, pseudonym
from regulator.domain.instants import Instant
from regulator.domain.licences import (
    Certificate,
    LicenceKind,
    Period,
    PeriodState,
    Subject,
    VehicleDescription,
)
from regulator.domain.plates import plate
from regulator.domain.register import Source
from regulator.wire.register_cells import Cell, CellRefused, digits_of, number_of, text_of
from regulator.wire.register_days import A_DAY, A_DAY_OR_INSTANT, Read
from regulator.wire.register_dialect import EXPIRED, Dialect, spelt_word
from regulator.wire.register_heading import Heading, only_kind, subject_column
from regulator.wire.register_pieces import LicenceHead, Row, encode_part
from regulator.wire.register_reading import Cells, RowReader, remember
from regulator.wire.register_subjects import masked_certificate, spelt_certificate

A_VALUE = "a value"

_SIX_DIGITS = re.compile(r"[0-9]{6}", re.ASCII)
_OF_VEHICLE = ("brand", "model", "colour", "plate_colour")
_PUBLIC_KINDS = frozenset({LicenceKind.PLATFORM_PERMIT, LicenceKind.VEHICLE_PERMIT})


class LicenceRows(RowReader):
    """Reads the rows of one file."""

    def __init__(
        self, heading: Heading, dialect: Dialect, *, source: Source, arrival: Instant, pseudonym_key: bytes
    ) -> None:
        super().__init__(heading, dialect, source=source, arrival=arrival, pseudonym_key=pseudonym_key)
        self._only_kind = only_kind(source)
        self._kinds: dict[Cell, LicenceKind] = {}
        self._states: dict[Cell, str] = {}
        self._areas: dict[Cell, str] = {}
        self._vehicles: dict[tuple[Cell, ...], VehicleDescription | None] = {}
        self._subjects = {kind: subject_column(heading, kind) for kind in LicenceKind}
        self._described = any(column in heading.places for column in _OF_VEHICLE)
        self._periods: dict[tuple[Cell, ...], bytes] = {}
        self._places_of_period = [self._places[column] for column in ("from", "to", "state")]
        self._places_of_vehicle = [self._places[column] for column in _OF_VEHICLE]

    def read(self, cells: Cells) -> Row:
        """Read one row; raises CellRefused."""
        kind = self._kind(cells)
        certificate = self._certificate(cells)
        number, subject = self._subject(cells, kind)
        head = LicenceHead(
            subject,
            self.sequence(cells),
            self._area(cells),
            self._first_registered(cells),
            self._recorded_at(cells),
            self._vehicle(cells) if self._described else None,
        )
        parts = encode_part(head), self._pieces(cells)
        if number is None:
            return Row(kind.value, certificate, *parts)
        driver = Driver(subject)
        return Row(kind.value, self._masked(certificate, number, driver), *parts, driver, number)

    def about(self, cells: Cells) -> tuple[str, str] | None:
        """Return kind and certificate, whatever else is wrong with a row; None where they cannot be read."""
        try:
            kind = self._kind(cells)
            certificate = self._certificate(cells)
        except CellRefused:
            return None
        personal = kind is LicenceKind.DRIVER_CERTIFICATE
        return kind.value, masked_certificate(certificate, self.key) if personal else certificate

    def is_personal(self, cells: Cells, column: str) -> bool:
        """Tell whether a column holds a person's number: where the kind cannot be read, it may."""
        if column not in ("certificate", "subject"):
            return super().is_personal(cells, column)
        return self._kinds.get(self.cell(cells, "kind"), self._only_kind) not in _PUBLIC_KINDS

    def _kind(self, cells: Cells) -> LicenceKind:
        cell = self.cell(cells, "kind")
        known = self._kinds.get(cell)
        if known is None:
            known = self._kinds[cell] = self._read_kind(text_of(cell))
        return known

    def _read_kind(self, text: str) -> LicenceKind:
        kind = self.dialect.kinds.get(spelt_word(text)) if text else self._only_kind
        if kind is None:
            raise CellRefused("kind", "one of " + ", ".join(LicenceKind))
        if kind not in self.source.kinds:
            may = ", ".join(sorted(self.source.kinds & set(LicenceKind)))
            raise CellRefused("kind", f"what {self.source.name} may state: {may}")
        return kind

    def _certificate(self, cells: Cells) -> Certificate:
        certificate = spelt_certificate(number_of(self.cell(cells, "certificate"), "certificate"))
        if not certificate:
            raise CellRefused("certificate", A_VALUE)
        return certificate

    def _subject(self, cells: Cells, kind: LicenceKind) -> tuple[DriverNumber | None, Subject]:
        column = self._subjects[kind]
        text = number_of(self.cell(cells, column), column)
        if kind is LicenceKind.DRIVER_CERTIFICATE:
            number = driver_number(text)
            if number:
                return number, Subject(pseudonym(number, self.key))
        else:
            subject = Subject(plate(text) if kind is LicenceKind.VEHICLE_PERMIT else text)
            if subject:
                return None, subject
        raise CellRefused(column, A_VALUE)

    def _masked(self, certificate: Certificate, number: DriverNumber, driver: Driver) -> Certificate:
        """Most often the certificate's number is the driver's own, whose pseudonym is known by now."""
        if certificate == str(number):
            return Certificate(f"…{last4(number)}·{driver}")
        return masked_certificate(certificate, self.key)

    def _area(self, cells: Cells) -> str:
        cell = self.cell(cells, "area")
        area = self._areas.get(cell)
        if area is None:
            area = digits_of(cell)
            if area and _SIX_DIGITS.fullmatch(area) is None:
                raise CellRefused("area", "six digits")
            remember(self._areas, cell, area)
        return area

    def _first_registered(self, cells: Cells) -> date | None:
        read = self.day(cells, "first_registered", A_DAY)
        if read is not None and read.day is None:
            raise CellRefused("first_registered", A_DAY)
        return None if read is None else read.day

    def _recorded_at(self, cells: Cells) -> Instant | None:
        read = self.day(cells, "recorded_at", A_DAY_OR_INSTANT)
        return None if read is None else read.start

    def _vehicle(self, cells: Cells) -> VehicleDescription | None:
        said = tuple([cells[place] for place in self._places_of_vehicle])
        try:
            return self._vehicles[said]
        except KeyError:
            texts = [number_of(self.cell(cells, column), column) for column in _OF_VEHICLE]
            return remember(self._vehicles, said, VehicleDescription(*texts) if any(texts) else None)

    def _pieces(self, cells: Cells) -> bytes:
        """A register of millions has some thousand different periods: each is read once."""
        said = tuple([cells[place] for place in self._places_of_period])
        known = self._periods.get(said)
        if known is None:
            known = remember(self._periods, said, encode_part((self._period(cells),)))
        return known

    def _period(self, cells: Cells) -> Period:
        start = self.day(cells, "from", A_DAY_OR_INSTANT)
        if start is None:
            raise CellRefused("from", A_VALUE)
        end = self._end(cells)
        if end is not None and (end.end < start.start or (end.day and end.end == start.start)):
            raise CellRefused("to", f"not to lie before {self.heading.head('from')}")
        return Period(start.start, end.end if end else None, self._state(cells, end))

    def _end(self, cells: Cells) -> Read | None:
        cell = self.cell(cells, "to")
        if isinstance(cell, str) and cell in self.dialect.endless:
            return None
        return self.day(cells, "to", A_DAY_OR_INSTANT)

    def _state(self, cells: Cells, end: Read | None) -> PeriodState:
        cell = self.cell(cells, "state")
        state = self._states.get(cell)
        if state is None:
            state = self._states[cell] = self._read_state(text_of(cell))
        if state != EXPIRED:
            return PeriodState(state)
        if end is None or end.end > self.arrival:
            raise CellRefused("to", "a day that is past, of a licence that is said to have expired")
        return PeriodState.VALID

    def _read_state(self, text: str) -> str:
        state = self.dialect.states.get(spelt_word(text))
        if state is None:
            words = f"one of {', '.join(PeriodState)}, or a word that register-columns.toml has for one"
            raise CellRefused("state", words if text else A_VALUE)
        return state
