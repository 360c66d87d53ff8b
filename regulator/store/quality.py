"""What platforms' feeds were made of, added up by day and by hour as it is told."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, bindparam, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from regulator.domain.feed import FlawKind
from regulator.domain.instants import HOUR, MINUTE, Instant, day_of
from regulator.judging.account import HANDLED
from regulator.quality.rhythm import LEARNT_FROM, Hour, Patience, Pulse, pulse_of
from regulator.quality.tally import Tally, newest_of
from regulator.store.schema import feed_hours, quality_days, quality_runs
from regulator.store.upserts import upsert
from regulator.wire.tallies import decode_tally, encode_tally

_REMEMBERED = 10 * MINUTE
"""So long a run is remembered after later ones came: who reads a feed commits within seconds."""

_Day = tuple[str, str, str, str, str, str]


class DayCount(msgspec.Struct, frozen=True, gc=False):
    """How many of one kind a feed had on a day; ``what`` and ``field`` as in ``Count``."""

    day: str
    topic: str
    company: str
    type: str
    what: str
    field: str
    number: int


class QualityStore:
    """Keeps tallies added up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, tallies: Sequence[Tally], *, at: Instant) -> None:
        """Count tallies, each instead of those that it overlaps; taken again they change nothing."""
        if not tallies:
            return
        fresh = newest_of(tallies)
        replaced = list(self._replaced(fresh))
        self._forget(replaced)
        self._remember(fresh, at=at)
        self._add_days(fresh, replaced)
        self._add_hours(fresh, replaced)

    def days(self, first: date, last: date) -> Iterator[DayCount]:
        """Yield the counts of some days, both included."""
        query = select(quality_days).where(
            quality_days.c.day.between(first.isoformat(), last.isoformat()), quality_days.c.number > 0
        )
        for row in self._connection.execute(query).all():
            yield DayCount(*row)

    def hours(self, since: Instant, until: Instant) -> list[Hour]:
        """Return the hours of every feed that began in [since, until), oldest first."""
        query = select(feed_hours).where(
            feed_hours.c.hour >= since, feed_hours.c.hour < until, feed_hours.c.messages > 0
        )
        return [Hour(*row) for row in self._connection.execute(query.order_by(feed_hours.c.hour))]

    def pulses(self, *, now: Instant, patience: Patience) -> list[Pulse]:
        """Tell how every feed is that sent anything lately, by its own rhythm."""
        hours = self.hours(Instant(now - LEARNT_FROM), Instant(now + HOUR))
        by_topic: dict[str, list[Hour]] = defaultdict(list)
        for one in hours:
            by_topic[one.topic].append(one)
        said = (pulse_of(topic, some, now=now, patience=patience) for topic, some in by_topic.items())
        return [one for one in said if one is not None]

    def _replaced(self, fresh: Sequence[Tally]) -> Iterator[Tally]:
        for (topic, partition), group in groupby(sorted(fresh, key=_place), key=_place):
            tallies = list(group)
            query = select(quality_runs.c.document).where(
                quality_runs.c.topic == topic,
                quality_runs.c.partition == partition,
                quality_runs.c.last >= min(one.first for one in tallies),
            )
            for document in self._connection.execute(query).scalars():
                old = decode_tally(document)
                if any(one.overlaps(old) for one in tallies):
                    yield old

    def _forget(self, replaced: Sequence[Tally]) -> None:
        if replaced:
            statement = delete(quality_runs).where(
                quality_runs.c.topic == bindparam("of_topic"),
                quality_runs.c.partition == bindparam("of_partition"),
                quality_runs.c.first == bindparam("of_first"),
            )
            rows = [
                {"of_topic": one.topic, "of_partition": one.partition, "of_first": one.first}
                for one in replaced
            ]
            self._connection.execute(statement, rows)

    def _remember(self, fresh: Sequence[Tally], *, at: Instant) -> None:
        rows = [
            {
                "topic": one.topic,
                "partition": one.partition,
                "first": one.first,
                "last": one.last,
                "document": encode_tally(one).decode(),
                "taken_at": at,
            }
            for one in fresh
        ]
        upsert(self._connection, quality_runs, rows)
        passed = delete(quality_runs).where(
            quality_runs.c.topic == bindparam("of_topic"),
            quality_runs.c.partition == bindparam("of_partition"),
            quality_runs.c.taken_at < at - _REMEMBERED,
            quality_runs.c.last < bindparam("before"),
        )
        newest = {_place(one): one.first for one in sorted(fresh, key=lambda one: one.first)}
        self._connection.execute(
            passed,
            [
                {"of_topic": topic, "of_partition": partition, "before": first}
                for (topic, partition), first in newest.items()
            ],
        )

    def _add_days(self, fresh: Iterable[Tally], replaced: Iterable[Tally]) -> None:
        sums = _by_day(fresh)
        sums.subtract(_by_day(replaced))
        names = [column.name for column in quality_days.primary_key]
        rows = [
            {**dict(zip(names, key, strict=True)), "number": number}
            for key, number in sorted(sums.items())
            if number
        ]
        add_up(self._connection, quality_days, rows, ("number",))

    def _add_hours(self, fresh: Iterable[Tally], replaced: Iterable[Tally]) -> None:
        rows = [*map(_hour_row, fresh), *(_hour_row(one, -1) for one in replaced)]
        rows.sort(key=lambda row: (row["topic"], row["hour"]))
        merged = [
            _merged(list(group)) for _, group in groupby(rows, key=lambda row: (row["topic"], row["hour"]))
        ]
        add_up(self._connection, feed_hours, merged, _SUMS, newest="newest_at")


_SUMS = ("messages", "records", "handled", "untimely")


def add_up(
    connection: Connection, table: Table, rows: Sequence[Any], sums: Sequence[str], *, newest: str = ""
) -> None:
    """Add to the columns ``sums`` of rows that are there; of the column ``newest`` the greater counts."""
    if not rows:
        return
    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    old, new = table.c, statement.excluded
    changed: dict[str, Any] = {name: old[name] + new[name] for name in sums}
    if newest:
        changed[newest] = case((new[newest] > old[newest], new[newest]), else_=old[newest])
    keys = list(table.primary_key)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def _place(tally: Tally) -> tuple[str, int]:
    return tally.topic, tally.partition


def _by_day(tallies: Iterable[Tally]) -> Counter[_Day]:
    sums: Counter[_Day] = Counter()
    for tally in tallies:
        day = day_of(tally.arrived_at).isoformat()
        for one in tally.counts:
            sums[day, tally.topic, one.company, one.type, one.what, one.field] += one.number
    return sums


def _hour_row(tally: Tally, sign: int = 1) -> dict[str, Any]:
    records = handled = untimely = 0
    for one in tally.counts:
        if one.is_fate:
            records += one.number
        if one.what == HANDLED:
            handled += one.number
        if one.what == FlawKind.UNTIMELY:
            untimely += one.number
    return {
        "topic": tally.topic,
        "hour": tally.hour,
        "messages": sign * tally.messages,
        "records": sign * records,
        "handled": sign * handled,
        "untimely": sign * untimely,
        "newest_at": tally.arrived_at,
    }


def _merged(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    newest = max(row["newest_at"] for row in rows)
    return {**rows[0], **{name: sum(row[name] for row in rows) for name in _SUMS}, "newest_at": newest}
