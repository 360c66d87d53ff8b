"""What a rule is: one question about each subject at one report, answered in three values."""

from collections.abc import Callable, Sequence
from enum import StrEnum

import msgspec

from regulator.domain.findings import RuleId
from regulator.domain.licences import LicenceKind
from regulator.domain.limits import Limits
from regulator.domain.orders import CompanyId, Report, Stage, Trip
from regulator.domain.places import Areas
from regulator.domain.register import Register


class Outcome(StrEnum):
    """The three values of a verdict (判定), and that a rule has nothing to say."""

    COMPLIANT = "compliant"
    VIOLATION = "violation"
    UNDETERMINED = "undetermined"
    DOES_NOT_APPLY = "does_not_apply"


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """A rule's answer.

    ``reason`` names the violation, or of an undetermined one what is absent. ``grounds`` are the
    facts of the register on which it rests: other grounds make another judgement. ``awaits`` names
    the kinds of licence for whose completeness an undetermined verdict waits; none where it waits
    for its platform.
    """

    outcome: Outcome
    reason: str | None = None
    grounds: tuple[object, ...] = ()
    awaits: tuple[LicenceKind, ...] = ()


COMPLIANT = Verdict(Outcome.COMPLIANT)
DOES_NOT_APPLY = Verdict(Outcome.DOES_NOT_APPLY)


class Facts(msgspec.Struct, frozen=True, gc=False):
    """All that a rule may look at."""

    company: CompanyId
    case: str
    """The order's number, or the login string."""
    report: Report
    trip: Trip
    register: Register
    areas: Areas
    limits: Limits


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One provision.

    ``subjects`` names whom it judges in a report; nobody: it does not apply. ``spares_others``: a
    report that names somebody, and none of the rule's subjects, is compliant under it. ``asks_trip``:
    its verdict on a report may change when more is reported of the order; a rule that looks at the
    report and the register alone says False, and is asked less often. ``only_in_doubt``: it finds
    nothing in a report whose company, car and driver are beyond doubt (``Register.beyond_doubt``).

    The rest says which orders of long ago are judged again when something changes: those reached by a
    limit it asks (``asks_limits``; None: it may ask any), by the areas, or by the rule itself, whose
    ``edition`` grows when its verdicts become others.
    """

    id: RuleId
    title: str
    title_zh: str
    stages: frozenset[Stage]
    legal_basis: tuple[str, ...]
    subjects: Callable[[Facts], Sequence[str]]
    judge: Callable[[Facts, str], Verdict]
    spares_others: bool = False
    asks_trip: bool = True
    only_in_doubt: bool = False
    asks_limits: frozenset[str] | None = None
    asks_areas: bool = True
    edition: int = 1


def the_vehicle(facts: Facts) -> Sequence[str]:
    """The car, where it is identifiable."""
    vehicle = facts.report.vehicle
    return (vehicle,) if vehicle else ()


def the_case(facts: Facts) -> Sequence[str]:
    """The order or login itself."""
    return (facts.case,)
