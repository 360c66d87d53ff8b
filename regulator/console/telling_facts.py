"""The facts of an account in words: reports with their verdicts, and what the register holds."""

from collections.abc import Iterable, Iterator

from regulator.console.languages import Speaker
from regulator.console.outline import Line
from regulator.domain.instants import Instant, day_of, from_rfc3339, is_midnight, to_datetime
from regulator.explaining.told.register import (
    CompletenessTold,
    EpisodeTold,
    LicenceAnswer,
    LicenceTold,
    PeriodTold,
    RegisterTold,
    StatementTold,
)
from regulator.explaining.told.reports import ReportTold, VerdictTold, WaitsFor
from regulator.rules.rule import Outcome

_MARKS = {Outcome.VIOLATION: "failed", Outcome.UNDETERMINED: "open", Outcome.COMPLIANT: "held"}
_HELD = "held"


class FactTeller:
    """Says facts in one language."""

    def __init__(self, say: Speaker) -> None:
        self._say = say

    def time(self, text: str) -> str:
        """Write an instant with its day: an account is read on another day."""
        return to_datetime(from_rfc3339(text)).strftime("%Y-%m-%d %H:%M:%S")

    def reason(self, reason: str | None) -> str:
        """Write a reason behind what it is the reason of; nothing where there is none."""
        return f" · {self._say.term('reason', reason)}" if reason else ""

    def answer(self, one: LicenceAnswer) -> Line:
        """Say whether a licence was held."""
        said = (
            self._say.term("answer", one.answer)
            if one.answer == _HELD
            else self._say.term("reason", one.reason)
        )
        text = self._say(
            "explain_answer",
            kind=self._say.term("kind", one.kind),
            subject=one.subject,
            answer=said,
            to=self._say("explain_to", at=self._end(one.to)) if one.to else "",
        )
        return Line(text, "held" if one.answer == _HELD else "failed")

    def reports(self, reports: Iterable[ReportTold]) -> Iterator[Line]:
        """Say who reported what, and what each rule says of it; rules of other stages are passed over."""
        for report in reports:
            nobody = self._say("explain_nobody")
            yield Line(
                self._say(
                    "explain_report",
                    stage=self._say.term("stage", report.stage),
                    at=self.time(report.at),
                    vehicle=report.vehicle or nobody,
                    driver=report.driver or nobody,
                )
            )
            yield Line(self._origin(report), depth=1)
            for verdict in report.verdicts:
                if verdict.why != "stage":
                    yield self._verdict(verdict)

    def register(self, register: RegisterTold) -> Iterator[Line]:
        """Say what is stated of everybody, and how far absence means absence."""
        for licence in register.licences:
            yield from self._licence(licence)
        for completeness in register.completeness:
            yield from self._completeness(completeness)
        for episode in register.episodes:
            yield self._episode(episode)
        for car in register.cars:
            if car.first_registered:
                yield Line(self._say("explain_age", vehicle=car.vehicle, day=car.first_registered))
            for one in car.mileages:
                kilometres = f"{one.kilometres:,.0f}"
                yield Line(self._say("explain_mileage", at=self.time(one.at), kilometres=kilometres), depth=1)

    def _origin(self, report: ReportTold) -> str:
        origin = report.origin
        partition = "?" if origin.partition is None else origin.partition
        parts = [
            self._say(
                "explain_origin",
                topic=origin.topic or "?",
                partition=partition,
                offset=origin.offset,
                index=origin.index,
            )
        ]
        if origin.arrival:
            parts.append(self._say("explain_arrived", at=self.time(origin.arrival)))
        if not report.timed:
            parts.append(self._say("explain_untimed"))
        return " · ".join(parts)

    def _verdict(self, one: VerdictTold) -> Line:
        rule = self._say.term("rule", one.rule)
        if one.outcome is Outcome.DOES_NOT_APPLY:
            why = self._say.term("why_not", one.why)
            return Line(self._say("explain_says", what=rule, said=why), depth=1)
        said = self._say.term("outcome", one.outcome) + self.reason(one.reason)
        parts = [self._say("explain_says", what=f"{rule} {one.subject}", said=said)]
        parts += [self.waits(wait) for wait in one.waits_for]
        since = self._say("explain_limits_from", day=one.limits_from) if one.limits_from else ""
        parts += [
            self._say("explain_limit", name=limit.name, value=f"{limit.value:g}") + since
            for limit in one.limits
        ]
        if one.outcome is Outcome.VIOLATION:
            parts += one.legal_basis
        return Line(self._say("explain_and").join(parts), _MARKS.get(one.outcome, ""), depth=1)

    def waits(self, wait: WaitsFor) -> str:
        """Say for what an undetermined verdict waits."""
        return self._say.term("waits", wait.cause).format(
            kind=self._say.term("kind", wait.kind),
            until=self.time(wait.until) if wait.until else "",
            behind=", ".join(wait.behind) or self._say("explain_none"),
            code=wait.code or self._say("explain_nobody"),
        )

    def _licence(self, licence: LicenceTold) -> Iterator[Line]:
        kind = self._say.term("kind", licence.kind)
        yield Line(self._say("explain_licence", kind=kind, subject=licence.subject))
        if not licence.statements:
            yield Line(self._say("explain_no_statement"), depth=1)
        yield from (Line(self._statement(one), depth=1) for one in licence.statements)

    def _statement(self, one: StatementTold) -> str:
        periods = ", ".join(map(self._period, one.periods)) or self._say("explain_no_periods")
        text = self._say(
            "explain_statement",
            source=one.source,
            certificate=one.certificate,
            sequence=one.sequence,
            at=self.time(one.known_at),
            periods=periods,
        )
        if one.area:
            text += self._say("explain_area", code=one.area)
        if one.first_registered:
            text += self._say("explain_first_registered", day=one.first_registered)
        return text if one.counts else text + self._say("explain_outranked")

    def _period(self, one: PeriodTold) -> str:
        start = from_rfc3339(one.start)
        begins = day_of(start).isoformat() if is_midnight(start) else self.time(one.start)
        return f"{begins} – {self._end(one.end)} {self._say.term('state', one.state)}"

    def _end(self, text: str | None) -> str:
        """The last day, inclusive, as on the paper; an instant where it ends within a day."""
        if text is None:
            return self._say("open_end")
        end = from_rfc3339(text)
        return day_of(Instant(end - 1)).isoformat() if is_midnight(end) else self.time(text)

    def _completeness(self, one: CompletenessTold) -> Iterator[Line]:
        at = self.time(one.complete_to) if one.complete_to else self._say("explain_none")
        yield Line(self._say("explain_complete", kind=self._say.term("kind", one.kind), at=at))
        for source in one.sources:
            if source.vouched_to is None:
                yield Line(self._say("explain_never_vouched", source=source.source), depth=1)
            else:
                grace, to = f"{source.grace_seconds:g}", self.time(source.vouched_to)
                yield Line(self._say("explain_vouched", source=source.source, at=to, grace=grace), depth=1)

    def _episode(self, one: EpisodeTold) -> Line:
        steps = [f"{self._say.term('step', step.event)} {self.time(step.at)}" for step in one.steps]
        if one.cleared_at:
            steps.append(self._say("explain_cleared", at=self.time(one.cleared_at)))
        whom = " ".join(filter(None, (one.vehicle, one.driver)))
        head = self._say("explain_episode", number=one.number, source=one.source)
        return Line(f"{head} {whom}: {', '.join(steps)}")
