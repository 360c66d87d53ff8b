"""A tally: what one run of a feed was made of, by company, type and fate, all of one clock hour.

Tallies are kept by the range of offsets that they answer for: one that overlaps an older one
replaces it, so a run that is delivered again counts once.
"""

from collections import Counter
from collections.abc import Iterable

import msgspec

from regulator.domain.feed import FlawKind, Refusal
from regulator.domain.instants import HOUR, Instant
from regulator.judging.account import HANDLED, REPEATED, Account

NONCONFORMING = "nonconforming"
"""Counts handled records with at least one value that was unusable or had to be repaired."""

_FATES = frozenset({HANDLED, REPEATED, *Refusal})
_UNUSABLE = frozenset({FlawKind.BAD_FIELD, FlawKind.REPAIRED})


class Count(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """How many: ``what`` is a fate (handled, repeated, why refused), a kind of flaw, or NONCONFORMING.

    ``field`` is blank unless it counts flaws. Of refused records ``company`` is blank: it is only
    what the record claims.
    """

    company: str
    type: str
    what: str
    field: str
    number: int

    @property
    def is_fate(self) -> bool:
        """Whether it says what became of records: each record has exactly one fate."""
        return is_fate(self.what)


class Tally(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """The counts of offsets ``first`` to ``last`` of one partition, both included.

    ``arrived_at``: when its last message came in. All of its messages came in the same hour.
    """

    topic: str
    partition: int
    first: int
    last: int
    arrived_at: Instant
    messages: int
    counts: tuple[Count, ...]

    @property
    def hour(self) -> Instant:
        """The beginning of the hour in which it came in; hours are the same in Asia/Shanghai."""
        return Instant(self.arrived_at // HOUR * HOUR)

    def overlaps(self, other: "Tally") -> bool:
        """Tell whether two tallies answer for the same offset."""
        same = (self.topic, self.partition) == (other.topic, other.partition)
        return same and self.first <= other.last and other.first <= self.last


def is_fate(what: str) -> bool:
    """Tell whether a count says what became of records: each record has exactly one fate."""
    return what in _FATES


def tally_of(
    account: Account, topic: str, partition: int, *, first: int, last: int, arrived_at: Instant
) -> Tally:
    """Turn the account of a run into its tally."""
    numbers: Counter[tuple[str, str, str, str]] = Counter()
    for (company, type_, fate), number in account.fates.items():
        numbers[company if fate in (HANDLED, REPEATED) else "", type_, fate, ""] += number
    unusable: set[tuple[int, int, str, str]] = set()
    for flaw in account.flaws:
        numbers[flaw.company, flaw.type, flaw.reason, flaw.field] += 1
        if flaw.reason in _UNUSABLE:
            unusable.add((flaw.offset, flaw.index, flaw.company, flaw.type))
    for _, _, company, type_ in unusable:
        numbers[company, type_, NONCONFORMING, ""] += 1
    return Tally(
        topic=topic,
        partition=partition,
        first=first,
        last=last,
        arrived_at=arrived_at,
        messages=account.messages,
        counts=tuple(Count(*what, number) for what, number in sorted(numbers.items())),
    )


def newest_of(tallies: Iterable[Tally]) -> list[Tally]:
    """Leave out what a later one replaces."""
    kept: list[Tally] = []
    for tally in tallies:
        kept = [one for one in kept if not one.overlaps(tally)]
        kept.append(tally)
    return kept
