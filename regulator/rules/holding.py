"""Held, not held by statement, not held by absence: what the rules about licences share (contract, 5.1).

A licence that a source calls revoked, cancelled or suspended is not held at once. One that is
merely absent is not held only where the register was complete; after that nobody knows yet.
"""

from regulator.domain.licences import LicenceKind, Subject
from regulator.rules.rule import COMPLIANT, Facts, Outcome, Verdict


def judge_holding(kind: LicenceKind, subject: str, facts: Facts) -> Verdict:
    """Judge whether a subject held its licence at the report's time."""
    at, register = facts.report.at, facts.register
    about = Subject(subject)
    if register.holds(kind, about, at):
        return COMPLIANT
    answer = register.in_force(kind, about, at)
    grounds = (answer.reason, answer.certificate, answer.until)
    if not answer.by_statement:
        complete_to = register.complete_to(kind)
        if complete_to is None or at > complete_to:
            return Verdict(Outcome.UNDETERMINED, answer.reason, grounds, (kind,))
    return Verdict(Outcome.VIOLATION, answer.reason, grounds)
