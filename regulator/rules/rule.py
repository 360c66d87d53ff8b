"""What a rule is: one question about one subject at one report, answered in three values."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from regulator.domain.findings import RuleId
from regulator.domain.licences import Answer, LicenceKind
from regulator.domain.orders import CompanyId, Report, Stage
from regulator.domain.register import Register


class Outcome(StrEnum):
    """The three values of a verdict (判定)."""

    COMPLIANT = "compliant"
    VIOLATION = "violation"
    UNDETERMINED = "undetermined"


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """A rule's answer. ``reason`` names the violation, or of an undetermined one what is absent.

    ``answer`` is the register's, where the verdict rests on it; ``awaits`` names the kind of
    licence whose completeness an undetermined verdict waits for.
    """

    outcome: Outcome
    reason: str | None = None
    answer: Answer | None = None
    awaits: LicenceKind | None = None


COMPLIANT = Verdict(Outcome.COMPLIANT)


class Facts(msgspec.Struct, frozen=True, gc=False):
    """All that a rule may look at."""

    company: CompanyId
    case: str
    """The order's number, or the login string."""
    report: Report
    register: Register


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One provision. ``subject`` names whom it judges in a report; blank: it does not apply."""

    id: RuleId
    title: str
    title_zh: str
    stages: frozenset[Stage]
    legal_basis: tuple[str, ...]
    subject: Callable[[Facts], str]
    judge: Callable[[Facts], Verdict]
