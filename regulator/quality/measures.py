"""The measures of data quality. They are this project's own definitions: none of them is official.

The published rules name completeness, conformance, timeliness and truth; their formulas and
thresholds could not be found. Each measure here is a numerator over a denominator, both shown.
Only handled records count: a repetition was counted when it came first, a refused record is
nobody's and is counted by its reason.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from regulator.domain.feed import FlawKind
from regulator.judging.account import HANDLED, REPEATED
from regulator.quality.orders import Mark
from regulator.quality.tally import NONCONFORMING, is_fate


class Shape(msgspec.Struct, frozen=True):
    """A message type: how many fields it requires, and which says when it happened (blank: none does)."""

    required: int
    timely_by: str


class Counted(Protocol):
    """A count of records or flaws (``regulator.quality.tally.Count``)."""

    @property
    def type(self) -> str: ...  # noqa: D102
    @property
    def what(self) -> str: ...  # noqa: D102
    @property
    def field(self) -> str: ...  # noqa: D102
    @property
    def number(self) -> int: ...  # noqa: D102


class Ratio(msgspec.Struct, frozen=True):
    """A numerator over a denominator. ``why``: the phrase that says why it cannot be known."""

    numerator: int
    denominator: int
    why: str = ""

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None where nothing was counted or it cannot be known."""
        return None if self.why or self.denominator <= 0 else self.numerator / self.denominator


class FlawCount(msgspec.Struct, frozen=True):
    """How many flaws of one kind a field of a message type had."""

    type: str
    field: str
    kind: str
    number: int


class RecordMeasures(msgspec.Struct, frozen=True, kw_only=True):
    """What is measured on records. ``records`` = handled + repeated + refused."""

    records: int
    handled: int
    repeated: int
    refused: Mapping[str, int]
    completeness: Ratio
    """Required fields that are present / required fields of the records' types."""
    conformance: Ratio
    """Records without an unusable or repaired value / records."""
    timeliness: Ratio
    """Records in time / records that say a usable time of their own."""
    flaws: tuple[FlawCount, ...]
    """Most frequent first."""


class OrderMeasures(msgspec.Struct, frozen=True, kw_only=True):
    """What is measured on orders, and beside them what keeps orders out of truth (one may do by several)."""

    linkage: Ratio
    """Orders with match, depart, arrive and pay / matched orders that were not cancelled."""
    truth: Ratio
    """Orders whose car and driver the platform reported, against whose licences no finding stands and
    whose pair agrees / orders that name somebody, but for those that the register cannot yet decide."""
    unreported: int
    unlicensed: int
    pair_differs: int
    undetermined: int
    fare_unreported: int
    """Orders booked at a fare that the platform never reported; no part of truth."""


def measure_records(counts: Iterable[Counted], shapes: Mapping[str, Shape]) -> RecordMeasures:
    """Measure records by their counts."""
    fates: Counter[str] = Counter()
    handled: Counter[str] = Counter()
    flaws: Counter[tuple[str, str, str]] = Counter()
    nonconforming = 0
    for one in counts:
        if is_fate(one.what):
            fates[one.what] += one.number
            if one.what == HANDLED:
                handled[one.type] += one.number
        elif one.what == NONCONFORMING:
            nonconforming += one.number
        else:
            flaws[one.type, one.field, one.what] += one.number
    total = handled.total()
    return RecordMeasures(
        records=fates.total(),
        handled=total,
        repeated=fates[REPEATED],
        refused={fate: number for fate, number in fates.items() if fate not in (HANDLED, REPEATED)},
        completeness=_completeness(handled, flaws, shapes),
        conformance=Ratio(total - nonconforming, total),
        timeliness=_timeliness(handled, flaws, shapes),
        flaws=tuple(FlawCount(*what, number) for what, number in flaws.most_common()),
    )


def together(measured: Sequence[RecordMeasures]) -> RecordMeasures:
    """Return the measures of all records that were measured apart."""
    refused: Counter[str] = Counter()
    flaws: Counter[tuple[str, str, str]] = Counter()
    for one in measured:
        refused.update(one.refused)
        for flaw in one.flaws:
            flaws[flaw.type, flaw.field, flaw.kind] += flaw.number
    return RecordMeasures(
        records=sum(one.records for one in measured),
        handled=sum(one.handled for one in measured),
        repeated=sum(one.repeated for one in measured),
        refused=refused,
        completeness=_sum(one.completeness for one in measured),
        conformance=_sum(one.conformance for one in measured),
        timeliness=_sum(one.timeliness for one in measured),
        flaws=tuple(FlawCount(*what, number) for what, number in flaws.most_common()),
    )


def _sum(ratios: Iterable[Ratio]) -> Ratio:
    numerators, denominators, why = 0, 0, ""
    for one in ratios:
        why = why or one.why
        numerators, denominators = numerators + one.numerator, denominators + one.denominator
    return Ratio(numerators, denominators, why)


def _completeness(
    handled: Counter[str], flaws: Counter[tuple[str, str, str]], shapes: Mapping[str, Shape]
) -> Ratio:
    required = sum(number * shapes[name].required for name, number in handled.items() if name in shapes)
    missing = sum(number for (_, _, kind), number in flaws.items() if kind == FlawKind.MISSING_FIELD)
    return Ratio(required - missing, required)


def _timeliness(
    handled: Counter[str], flaws: Counter[tuple[str, str, str]], shapes: Mapping[str, Shape]
) -> Ratio:
    timed = untimely = 0
    for name, number in handled.items():
        by = shapes[name].timely_by if name in shapes else ""
        if by:
            missing, bad = flaws[name, by, FlawKind.MISSING_FIELD], flaws[name, by, FlawKind.BAD_FIELD]
            timed += number - missing - bad
            untimely += flaws[name, by, FlawKind.UNTIMELY]
    return Ratio(timed - untimely, timed)


_WHOLE = Mark.MATCHED | Mark.DEPARTED | Mark.ARRIVED | Mark.PAID
_NAMED = Mark.MATCHED | Mark.DEPARTED | Mark.PAID
_UNREPORTED = Mark.CAR_UNREPORTED | Mark.DRIVER_UNREPORTED
_UNTRUE = _UNREPORTED | Mark.UNLICENSED | Mark.PAIR_DIFFERS


def measure_orders(numbers: Mapping[Mark, int], *, why_no_truth: str = "") -> OrderMeasures:
    """Measure orders by how many have which marks; ``why_no_truth``: the phrase why truth is unknown."""
    matched = {
        marks: number
        for marks, number in numbers.items()
        if Mark.MATCHED in marks and Mark.CANCELLED not in marks
    }
    named = {marks: number for marks, number in numbers.items() if marks & _NAMED}
    decided = {
        marks: number for marks, number in named.items() if marks & _UNTRUE or Mark.UNDETERMINED not in marks
    }
    true = sum(number for marks, number in decided.items() if not marks & _UNTRUE)
    return OrderMeasures(
        linkage=Ratio(_with(matched, _WHOLE, whole=True), sum(matched.values())),
        truth=Ratio(true, sum(decided.values()), why_no_truth),
        unreported=_with(named, _UNREPORTED),
        unlicensed=_with(named, Mark.UNLICENSED),
        pair_differs=_with(named, Mark.PAIR_DIFFERS),
        undetermined=_with(named, Mark.UNDETERMINED),
        fare_unreported=_with(numbers, Mark.FARE_UNREPORTED),
    )


def _with(numbers: Mapping[Mark, int], wanted: Mark, *, whole: bool = False) -> int:
    return sum(
        number
        for marks, number in numbers.items()
        if (marks & wanted == wanted if whole else bool(marks & wanted))
    )
