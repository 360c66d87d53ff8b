"""The quick way through: most orders are clean, and a fraction of what judging costs tells so."""

from collections.abc import Callable, Mapping, Sequence

from regulator.domain.orders import STAGES, CompanyId, Report, Stage
from regulator.joins.orders import Order
from regulator.judging.conclusions import facts_of
from regulator.judging.law import Law
from regulator.rules.rule import COMPLIANT, DOES_NOT_APPLY, Facts, Rule
from regulator.rules.vehicle_retired import young

_Rules = Mapping[Stage, Sequence[Rule]]


class Sieve:
    """Lets orders pass of which nothing is found.

    A rule that finds nothing in a report beyond doubt is not asked there; one that looks at nothing
    but a report and the register is not asked again while the register is silent. Whatever does not
    pass is judged in full: only that says what is found.
    """

    def __init__(self, law: Law) -> None:
        self._law = law
        self._rules_beyond_doubt = _chosen(law, lambda rule: not rule.only_in_doubt)
        self._rules_of_trips = _chosen(law, lambda rule: rule.asks_trip)
        self._doubted = {stage: any(rule.only_in_doubt for rule in law.rules[stage]) for stage in STAGES}
        self._young = young(law.limits)

    def renew(self) -> None:
        """Heed the limits as they are now."""
        self._young = young(self._law.limits)

    def passes(self, order: Order, *, known: int) -> bool:
        """Tell that nothing is found of an order, where nothing was of its first ``known`` reports.

        What the register says of those would have reached the order had it changed. False where
        something may be found.
        """
        trip = None
        for number, filing in enumerate(order.reports):
            report = filing.report
            if number < known:
                rules = self._rules_of_trips[report.stage]
            elif not self._doubted[report.stage] or self._is_beyond_doubt(order.company, report):
                rules = self._rules_beyond_doubt[report.stage]
            else:
                return False
            if rules:
                trip = trip or order.trip
                if not _clears(rules, facts_of(order, report, trip, self._law)):
                    return False
        return True

    def _is_beyond_doubt(self, company: CompanyId, report: Report) -> bool:
        return self._law.register.beyond_doubt(company, report.vehicle, report.driver, report.at, self._young)


def _chosen(law: Law, which: Callable[[Rule], bool]) -> _Rules:
    return {stage: tuple(rule for rule in law.rules[stage] if which(rule)) for stage in STAGES}


def _clears(rules: Sequence[Rule], facts: Facts) -> bool:
    for rule in rules:
        for subject in rule.subjects(facts):
            verdict = rule.judge(facts, subject)
            if verdict is not COMPLIANT and verdict is not DOES_NOT_APPLY:
                return False
    return True
