"""What would become of a platform's messages, record by record, by the border's own code."""

from collections.abc import Iterable, Iterator, Set

import msgspec

from regulator.config import Platform
from regulator.contract.advice import of_flaw, of_refusal
from regulator.contract.samples import Sample
from regulator.domain.feed import Accepted, FeedKind, FlawKind, Outcome, Refusal
from regulator.domain.instants import Instant
from regulator.domain.limits import Limits
from regulator.wire.dialects import border_for

_KEY = b"contract check"
"""Nothing that is hashed with it leaves the check."""


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to mend. ``field`` is null where the whole record is refused."""

    file: str
    line: int
    index: int
    type: str
    order: str | None
    field: str | None
    reason: Refusal | FlawKind
    advice: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """One record, and what is wrong with it, if anything."""

    refused: bool
    complaints: tuple[Complaint, ...]


class Checker:
    """Reads messages as the judge would read the platform's."""

    def __init__(self, platform: Platform, *, fillers: Set[str], limits: Limits) -> None:
        self._borders = {
            kind: border_for(platform, kind, pseudonym_key=_KEY, fillers=fillers, limits=limits)
            for kind in FeedKind
        }

    def check(self, samples: Iterable[Sample], *, now: Instant) -> Iterator[Checked]:
        """Yield each record of each message. Timeliness is told of recorded messages only."""
        for sample in samples:
            for outcome in self._read(sample, now):
                yield _checked(sample, outcome)

    def _read(self, sample: Sample, now: Instant) -> list[Outcome]:
        arrival = now if sample.arrival is None else sample.arrival
        if sample.kind is not None:
            return self._borders[sample.kind].read(sample.payload, arrival)
        as_order = self._borders[FeedKind.ORDERS].read(sample.payload, arrival)
        if any(_is_on_wrong_topic(outcome) for outcome in as_order):
            return self._borders[FeedKind.POSITIONS].read(sample.payload, arrival)
        return as_order


def _is_on_wrong_topic(outcome: Outcome) -> bool:
    return not isinstance(outcome, Accepted) and outcome.reason is Refusal.WRONG_TOPIC


def _checked(sample: Sample, outcome: Outcome) -> Checked:
    if not isinstance(outcome, Accepted):
        refusal = _complaint(sample, outcome, None, outcome.reason, of_refusal(outcome.reason))
        return Checked(refused=True, complaints=(refusal,))
    flaws = tuple(
        _complaint(sample, outcome, flaw.field, flaw.kind, of_flaw(outcome.type, flaw))
        for flaw in outcome.flaws
        if sample.arrival is not None or flaw.kind is not FlawKind.UNTIMELY
    )
    return Checked(refused=False, complaints=flaws)


def _complaint(
    sample: Sample, outcome: Outcome, field: str | None, reason: Refusal | FlawKind, advice: str
) -> Complaint:
    return Complaint(
        file=sample.file,
        line=sample.line,
        index=outcome.index,
        type=outcome.type,
        order=outcome.order,
        field=field,
        reason=reason,
        advice=advice,
    )
