"""What a nightly comparison of SQL with a replay of the feeds came to."""

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import Connection, RowMapping, insert, select, update

from regulator.domain.findings import FindingId
from regulator.domain.instants import Instant
from regulator.store.schema import reconciliation_differences, reconciliations

_NAMED = 1_000
"""So many differences are named; all are counted."""


class Stands(msgspec.Struct, frozen=True, kw_only=True):
    """What a standing finding says, as far as it must be the same wherever it stands."""

    rule: str
    subject: str
    reason: str | None
    stage: str
    stages: tuple[str, ...]
    at: Instant
    disputed: bool


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of which replay and SQL say different things; None: it does not stand there."""

    order_key: str
    finding: FindingId
    replayed: Stands | None
    stored: Stands | None

    @property
    def either(self) -> Stands:
        """What either says of it."""
        said = self.replayed or self.stored
        assert said is not None  # noqa: S101 - what stands nowhere is no difference
        return said


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How much was compared.

    ``not_comparable``: orders of which SQL has records that the window of the feed does not hold.
    """

    orders: int = 0
    findings: int = 0
    not_comparable: int = 0
    differences: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Add up."""
        mine, others = msgspec.structs.asdict(self), msgspec.structs.asdict(other)
        return Tally(**{name: number + others[name] for name, number in mine.items()})


class Reconciliation(msgspec.Struct, frozen=True, kw_only=True):
    """A comparison that was finished. ``day``: of the orders' newest records, in Shanghai."""

    number: int
    day: date
    began_at: Instant
    finished_at: Instant
    tally: Tally


class ReconciliationStore:
    """Keeps every comparison, and names what differed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, day: date, *, at: Instant) -> int:
        """Note that one begins; return its number."""
        row = {"day": day.isoformat(), "began_at": at, **msgspec.structs.asdict(Tally())}
        done = self._connection.execute(insert(reconciliations).returning(reconciliations.c.number), row)
        return int(done.scalar_one())

    def finish(self, number: int, tally: Tally, differences: Sequence[Difference], *, at: Instant) -> None:
        """Note what it came to."""
        rows = [_row(number, line, one) for line, one in enumerate(differences[:_NAMED])]
        if rows:
            self._connection.execute(insert(reconciliation_differences), rows)
        fresh = {"finished_at": at, **msgspec.structs.asdict(tally)}
        self._connection.execute(
            update(reconciliations).where(reconciliations.c.number == number).values(fresh)
        )

    def newest(self, limit: int = 1) -> list[Reconciliation]:
        """Return the comparisons that were finished last, the last one first."""
        query = select(reconciliations).where(reconciliations.c.finished_at.is_not(None))
        ordered = query.order_by(reconciliations.c.finished_at.desc()).limit(limit)
        return [_reconciliation(row) for row in self._connection.execute(ordered).mappings()]

    def is_done(self, day: date) -> bool:
        """Tell whether a day was compared."""
        query = select(reconciliations.c.number).where(
            reconciliations.c.day == day.isoformat(), reconciliations.c.finished_at.is_not(None)
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def differences(self, number: int) -> list[Difference]:
        """Return what differed in one."""
        table = reconciliation_differences
        query = select(table).where(table.c.reconciliation == number).order_by(table.c.line)
        return [_difference(row) for row in self._connection.execute(query).mappings()]


def _row(number: int, line: int, one: Difference) -> dict[str, object]:
    return {
        "reconciliation": number,
        "line": line,
        "order_key": one.order_key,
        "finding": one.finding,
        "rule": one.either.rule,
        "subject": one.either.subject,
        "replayed": _text(one.replayed),
        "stored": _text(one.stored),
    }


def _text(stands: Stands | None) -> str | None:
    return None if stands is None else msgspec.json.encode(stands).decode()


def _read(text: str | None) -> Stands | None:
    return None if text is None else msgspec.json.decode(text, type=Stands)


def _difference(row: RowMapping) -> Difference:
    return Difference(
        order_key=row["order_key"],
        finding=row["finding"],
        replayed=_read(row["replayed"]),
        stored=_read(row["stored"]),
    )


def _reconciliation(row: RowMapping) -> Reconciliation:
    return Reconciliation(
        number=row["number"],
        day=date.fromisoformat(row["day"]),
        began_at=row["began_at"],
        finished_at=row["finished_at"],
        tally=Tally(
            orders=row["orders"],
            findings=row["findings"],
            not_comparable=row["not_comparable"],
            differences=row["differences"],
        ),
    )
