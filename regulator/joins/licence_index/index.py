"""What was in force, from compact statements: the law's reading, the short way where one period is all."""

from collections.abc import Sequence
from datetime import date

from regulator.domain.drivers import Driver
from regulator.domain.instants import DAY, Instant
from regulator.domain.licences import (
    NEVER,
    STRENGTH,
    Answer,
    Certificate,
    LicenceKind,
    PeriodState,
    Reason,
    SourceName,
    Statement,
    Subject,
    in_force,
    state_at,
)
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate
from regulator.joins.licence_index.areas import Areas
from regulator.joins.licence_index.briefs import of_kind
from regulator.joins.licence_index.portion import Portion
from regulator.joins.licence_index.rows import MORE, STATE, VALID, Column, end_of
from regulator.joins.licence_index.table import Entry, Only, Plain, Table

_DRIVERS, _VEHICLES = LicenceKind.DRIVER_CERTIFICATE, LicenceKind.VEHICLE_PERMIT
_REASONS = tuple(None if state is PeriodState.VALID else Reason(state) for state in STRENGTH)
_SOMEBODY = SourceName("")
_TOMORROW = date(1970, 1, 2).toordinal()
"""Added to an instant in days, the day by which it is surely over: nowhere is it later."""
_ALONE_AND_STATE = MORE | STATE
_LAST_DAY = date.max.toordinal()


class LicenceIndex:
    """Statements of many sources, of which it knows no more than a rank: the lowest counts.

    Questions see every change that came before them. A driver is a pseudonym of 32 lower-case
    hexadecimal digits.
    """

    def __init__(self) -> None:
        self._areas = areas = Areas()
        self._tables = {kind: Table(kind, areas) for kind in LicenceKind}
        self._drivers, self._vehicles = self._tables[_DRIVERS], self._tables[_VEHICLES]
        self._platforms = self._tables[LicenceKind.PLATFORM_PERMIT]

    def put(self, statement: Statement, rank: int) -> None:
        """Let a statement stand in the place of what its source stated of the same paper and subject."""
        self._table(statement.kind).put(statement, rank)

    def drop(self, kind: LicenceKind, subject: Subject, rank: int, certificate: Certificate) -> None:
        """Let nothing stand of what a source stated about a certificate of a subject."""
        self._table(kind).drop(subject, rank, certificate)

    def load(self, portion: Portion) -> None:
        """Follow many changes in their order, far cheaper than one by one."""
        for kind, table in self._tables.items():
            part = portion.of(kind)
            if part.statements:
                table.load(part)

    def load_briefs(self, briefs: Column, ranks: Column) -> None:
        """Let many statements stand in their order, each with the rank of its source; cheaper still."""
        for kind, table in self._tables.items():
            chosen = of_kind(briefs, kind)
            if chosen.any():
                table.load_briefs(briefs[chosen], ranks[chosen])

    def settle(self) -> None:
        """Do now what the first questions after ``load`` would do: some milliseconds for each 1/256 of it."""
        for table in self._tables.values():
            table.settle()

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer for one subject at one instant."""
        table = self._table(kind)
        if table.plain(subject) is None:
            return NEVER
        only = table.only(subject)
        if only is not None:
            return _answer(only, at)
        counting = _counting(table.entries(subject))
        return in_force([_statement(kind, subject, entry) for entry in counting], at)

    def holds(self, kind: LicenceKind, subject: Subject, at: Instant) -> bool:
        """Tell whether one subject held its licence at one instant."""
        plain = self._table(kind).plain(subject)
        if plain is None:
            return False
        start, end, _, _, mark = plain
        if mark & MORE:
            return self.in_force(kind, subject, at).held
        return start <= at < end and mark & STATE == VALID

    def hold_all(
        self, company: CompanyId, vehicle: Plate, driver: Driver, at: Instant, young_days: int
    ) -> bool:
        """Tell that all three hold their licences at an instant, and the car is younger than so many days.

        Of whom there are several rows False may also mean that it was not looked at more closely.
        """
        car, certificate = self._vehicles.plain(vehicle), self._drivers.plain(driver)
        if car is None or certificate is None or not _valid(car, at) or not _valid(certificate, at):
            return False
        _, _, first, _, _ = car
        day = at // DAY + _TOMORROW
        if first and (day - first >= young_days or day >= _LAST_DAY):
            return False
        permit = self._platforms.plain(company)
        return permit is not None and _valid(permit, at)

    def turns(self, kind: LicenceKind, subject: Subject) -> Sequence[Instant]:
        """Return, in order, every start and end of a period that any source states of a subject."""
        periods = [period for entry in self._table(kind).entries(subject) for period in entry.periods]
        ends = {period.end for period in periods if period.end is not None}
        return sorted({period.start for period in periods} | ends)

    def areas(self, vehicle: Plate, at: Instant) -> Sequence[str]:
        """Return the area of each permit of a car that is valid at an instant; blank where it names none."""
        plain = self._vehicles.plain(vehicle)
        if plain is None:
            return []
        start, end, _, area, mark = plain
        if not mark & MORE:
            valid = start <= at < end and mark & STATE == VALID
            return [self._areas.name(area)] if valid else []
        return [
            entry.area
            for entry in _counting(self._vehicles.entries(vehicle))
            if (period := state_at(entry.periods, at)) and period.state is PeriodState.VALID
        ]

    def first_registered(self, vehicle: Plate) -> date | None:
        """Return the least day that any source states for a car, whatever its rank; None where none does."""
        plain = self._vehicles.plain(vehicle)
        if plain is None:
            return None
        _, _, first, _, mark = plain
        if not mark & MORE:
            return date.fromordinal(first) if first else None
        days = (entry.first_registered for entry in self._vehicles.entries(vehicle))
        return min((day for day in days if day is not None), default=None)

    def count(self, kind: LicenceKind) -> int:
        """Return the number of subjects with a statement; what was loaded counts once it is settled."""
        return len(self._table(kind))

    def _table(self, kind: LicenceKind) -> Table:
        if kind is _DRIVERS:  # an enumeration's hash costs more than all the rest
            return self._drivers
        return self._vehicles if kind is _VEHICLES else self._platforms


def _valid(plain: Plain, at: Instant) -> bool:
    """Tell whether a row is a subject's only one, and valid at an instant."""
    start, end, _, _, mark = plain
    return start <= at < end and mark & _ALONE_AND_STATE == VALID


def _answer(only: Only, at: Instant) -> Answer:
    """Read one period as the law does."""
    if at >= only.end:
        return Answer(Reason.EXPIRED, only.certificate, Instant(only.end))
    if at < only.start:
        return Answer(Reason.NOT_YET, only.certificate, Instant(only.start))
    return Answer(_REASONS[only.mark & STATE], only.certificate, end_of(only.end))


def _counting(entries: Sequence[Entry]) -> list[Entry]:
    """Return of each certificate the entry of the source that counts, in the order of certificates."""
    counting: dict[Certificate, Entry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.certificate, entry.rank)):
        counting.setdefault(entry.certificate, entry)
    return list(counting.values())


def _statement(kind: LicenceKind, subject: Subject, entry: Entry) -> Statement:
    return Statement(
        source=_SOMEBODY,
        kind=kind,
        certificate=entry.certificate,
        subject=subject,
        sequence=0,
        periods=tuple(entry.periods),
    )
