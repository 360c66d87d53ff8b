"""What every rule says of every report, and what it asked before it said so."""

from collections.abc import Iterator, Mapping

import msgspec

from regulator.domain.coordinates import wgs84
from regulator.domain.findings import RuleId
from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName
from regulator.domain.orders import Report
from regulator.domain.register import Sources
from regulator.explaining.naming import Names
from regulator.explaining.register import told_answer
from regulator.explaining.told.reports import LimitUsed, PlaceTold, VerdictTold
from regulator.explaining.waiting import waits_for
from regulator.explaining.witness import AreasWitness, Asked, LimitsWitness, Witness
from regulator.joins.orders import Order
from regulator.judging.law import Law
from regulator.rules.rule import Facts, Outcome, Rule, Verdict

STAGE, NOBODY, FACTS = "stage", "nobody", "facts"


class Heard(msgspec.Struct, frozen=True):
    """One rule's verdict on one subject of one report; ``subject`` None where it does not apply at all.

    ``number`` is the report's place among the order's.
    """

    number: int
    report: Report
    rule: Rule
    subject: str | None
    verdict: Verdict | None
    facts: Facts
    asked: Asked

    @property
    def why_not(self) -> str | None:
        """Why the rule does not apply, if it does not."""
        if self.verdict is not None:
            return FACTS if self.verdict.outcome is Outcome.DOES_NOT_APPLY else None
        return NOBODY if self.report.stage in self.rule.stages else STAGE


def all_rules(law: Law) -> Mapping[RuleId, Rule]:
    """Return every rule in force, by name."""
    return {rule.id: rule for rules in law.rules.values() for rule in rules}


def hear(order: Order, law: Law) -> Iterator[Heard]:
    """Ask every rule about every report, with a witness at its side."""
    trip = order.trip
    for number, report in enumerate(trip.reports):
        for rule in all_rules(law).values():
            asked = Asked()
            register, areas = Witness(law.register, asked), AreasWitness(law.areas, asked)
            limits = LimitsWitness(law.limits, asked)
            facts = Facts(order.company, order.case, report, trip, register, areas, limits)
            subjects = rule.subjects(facts) if report.stage in rule.stages else ()
            if not subjects:
                yield Heard(number, report, rule, None, None, facts, asked)
            for subject in subjects:
                verdict = rule.judge(facts, subject)
                yield Heard(number, report, rule, subject, verdict, facts, asked)


def told_verdict(
    heard: Heard, law: Law, names: Names, *, sources: Sources, beats: Mapping[SourceName, Instant]
) -> VerdictTold:
    """Tell one verdict."""
    rule, verdict, asked = heard.rule, heard.verdict, heard.asked
    if verdict is None:
        return VerdictTold(rule=rule.id, subject=None, outcome=Outcome.DOES_NOT_APPLY, why=heard.why_not)
    undetermined = verdict.outcome is Outcome.UNDETERMINED
    at = heard.report.at
    return VerdictTold(
        rule=rule.id,
        subject=names.subject(heard.subject or ""),
        outcome=verdict.outcome,
        reason=verdict.reason,
        why=heard.why_not,
        waits_for=waits_for(heard.facts, verdict, asked, sources=sources, beats=beats)
        if undetermined
        else (),
        licences=tuple(
            told_answer(names, kind, subject, when, answer)
            for (kind, subject, when), answer in asked.licences.items()
            if when == at
        ),
        limits=tuple(LimitUsed(name, value) for name, value in asked.limits.items()),
        limits_from=law.limits.in_force_from(at) or None,
        legal_basis=rule.legal_basis,
    )


def told_place(report: Report) -> PlaceTold | None:
    """Tell where a report was made."""
    place = wgs84(report.place)
    return PlaceTold(round(place.lon, 6), round(place.lat, 6)) if place else None
