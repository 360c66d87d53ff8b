"""Where sources contradict each other: one certificate told in two ways, or one subject in two states."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations

import msgspec
from sqlalchemy import ColumnElement, Connection, FromClause, and_, or_, select

from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind, PeriodState, SourceName, Statement, state_at
from regulator.domain.register import Sources, ranked
from regulator.store.batches import among, in_batches, rows_among
from regulator.store.schema import statements
from regulator.store.statement_rows import statement_of

_COMPARED = ("subject", "periods", "area", "first_registered")
_BY_ID = select(statements).where(among(statements.c.id))
_NOT_VALID = [state for state in PeriodState if state is not PeriodState.VALID]


class Difference(StrEnum):
    """What two sources disagree about."""

    CONTENT = "content"
    """One certificate, stated differently: the source that goes before counts."""
    STATE = "state"
    """One subject, valid by a certificate of one and not by a certificate of the other: valid counts."""


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Two statements that contradict each other; that of the source which goes before comes first."""

    difference: Difference
    kind: LicenceKind
    first: Statement
    second: Statement
    columns: tuple[str, ...] = ()


def conflicts(connection: Connection, sources: Sources, *, at: Instant) -> Iterator[Conflict]:
    """Yield what sources disagree about, as the register stands; states are those of an instant."""
    for first, second in combinations(ranked(sources), 2):
        yield from _of_content(connection, first, second)
        yield from _of_state(connection, first, second, at)


def _of_content(connection: Connection, first: SourceName, second: SourceName) -> Iterator[Conflict]:
    one, other = statements.alias("one"), statements.alias("other")
    same = and_(one.c.kind == other.c.kind, one.c.certificate == other.c.certificate)
    differs = or_(*(one.c[name].is_distinct_from(other.c[name]) for name in _COMPARED))
    for a, b in _pairs(connection, (one, first), (other, second), and_(same, differs)):
        columns = _differing(a, b)
        if columns:
            yield Conflict(difference=Difference.CONTENT, kind=a.kind, first=a, second=b, columns=columns)


def _of_state(
    connection: Connection, first: SourceName, second: SourceName, at: Instant
) -> Iterator[Conflict]:
    """Only who is said not to be valid by one of them can be in conflict: those are few."""
    one, other = statements.alias("one"), statements.alias("other")
    same = and_(one.c.kind == other.c.kind, one.c.subject == other.c.subject)
    apart = one.c.certificate != other.c.certificate
    for barred in (one, other):
        said = or_(*(barred.c.periods.contains(f'"{state}"') for state in _NOT_VALID))
        for a, b in _pairs(connection, (one, first), (other, second), and_(same, apart, said)):
            states = (_state(a, at), _state(b, at)) if barred is one else (_state(b, at), _state(a, at))
            if states[0] in _NOT_VALID and states[1] is PeriodState.VALID:
                yield Conflict(difference=Difference.STATE, kind=a.kind, first=a, second=b)


def _pairs(
    connection: Connection,
    one: tuple[FromClause, SourceName],
    other: tuple[FromClause, SourceName],
    wanted: ColumnElement[bool],
) -> Iterator[tuple[Statement, Statement]]:
    """Yield the statements of two sources that stand and meet a condition together."""
    query = select(one[0].c.id, other[0].c.id).where(wanted)
    for table, source in (one, other):
        query = query.where(table.c.source == source, table.c.superseded_at.is_(None), ~table.c.withdrawn)
    pairs = connection.execute(query).all()
    for batch in in_batches(pairs):
        ids = [id for pair in batch for id in pair]
        said = {row["id"]: statement_of(row) for row in rows_among(connection, _BY_ID, ids)}
        yield from ((said[first], said[second]) for first, second in batch)


def _differing(one: Statement, other: Statement) -> tuple[str, ...]:
    """Name what differs; the order of periods says nothing."""
    return tuple(
        name for name in _COMPARED if _comparable(getattr(one, name)) != _comparable(getattr(other, name))
    )


def _comparable(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def _state(statement: Statement, at: Instant) -> PeriodState | None:
    period = state_at(statement.periods, at)
    return period.state if period is not None else None
