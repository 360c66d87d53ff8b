"""Accounts of verdicts in words: where a code of ``regulator.explaining`` becomes a sentence."""

from collections.abc import Iterator

from regulator.console.languages import SPEAKERS, Language
from regulator.console.outline import Line, Outline, Part
from regulator.console.telling_facts import FactTeller
from regulator.explaining.explained import (
    Came,
    CaseExplained,
    Explained,
    PlateExplained,
    RefusedTold,
    Unknown,
)
from regulator.explaining.told.findings import Change, FindingTold, Silent, Supposition

_MARKS = {"violation": "failed", "undetermined": "open", "compliant": "held"}


def told(explained: Explained, language: Language) -> Outline:
    """Lay an account out in a language."""
    teller = _Teller(language)
    match explained:
        case CaseExplained():
            return teller.case(explained)
        case PlateExplained():
            return teller.plate(explained)
        case Unknown():
            return teller.unknown(explained)


class _Teller:
    def __init__(self, language: Language) -> None:
        self._say = SPEAKERS[language]
        self._facts = FactTeller(self._say)

    def case(self, one: CaseExplained) -> Outline:
        key = "explain_order" if one.order else "explain_login"
        title = self._say(key, name=one.order or one.login, company=one.company)
        parts = [
            self._part("explain_findings", self._findings(one)),
            self._part("explain_silent", map(self._silent, one.silent)),
            self._part("explain_change", self._suppositions(one)),
            self._part("explain_reports", self._facts.reports(one.reports)),
            self._part("explain_register", self._facts.register(one.register)),
        ]
        if one.asked:
            heading = self._say("explain_answers", at=self._facts.time(one.asked[0].at))
            parts.append(Part(heading, [self._facts.answer(answer) for answer in one.asked]))
        return Outline(self._titled(title, one.known_by), [*parts, *self._refusals(one.refused)])

    def plate(self, one: PlateExplained) -> Outline:
        heading = self._say("explain_answers", at=self._facts.time(one.at))
        cases = [line for case in one.cases for line in self._came(case)]
        return Outline(
            self._titled(self._say("explain_plate", name=one.vehicle), one.known_by),
            [
                Part(heading, [self._facts.answer(answer) for answer in one.answers]),
                Part(self._say("explain_cases"), cases or [Line(self._say("explain_no_cases"))]),
                self._part("explain_register", self._facts.register(one.register)),
            ],
        )

    def unknown(self, one: Unknown) -> Outline:
        return Outline(self._say("explain_unknown", name=one.asked), self._refusals(one.refused))

    def _titled(self, title: str, known_by: str | None) -> str:
        if known_by is None:
            return title
        return f"{title} · {self._say('explain_as_known', at=self._facts.time(known_by))}"

    def _part(self, key: str, lines: Iterator[Line]) -> Part:
        return Part(self._say(key), list(lines))

    def _findings(self, one: CaseExplained) -> Iterator[Line]:
        if not one.findings:
            yield Line(self._say("explain_nothing"))
        for finding in one.findings:
            yield self._finding(finding)
            yield from self._events(finding)

    def _finding(self, finding: FindingTold) -> Line:
        reason = self._facts.reason(finding.reason)
        status = self._say.term("outcome", finding.status) or self._say("explain_gone")
        disputed = f" · {self._say('disputed')}" if finding.disputed else ""
        text = self._say(
            "explain_finding",
            rule=self._say.term("rule", finding.rule),
            subject=finding.subject,
            status=status,
            reason=reason,
            stage=self._say.term("stage", finding.stage),
            at=self._facts.time(finding.at),
        )
        return Line(text + disputed, _MARKS.get(finding.status or "", ""))

    def _events(self, finding: FindingTold) -> Iterator[Line]:
        if finding.queue is None:
            yield Line(self._say("explain_not_queued"), depth=1)
        for event in finding.events:
            because = (
                self._say("explain_because", because=event.because)
                if event.because
                else self._say("explain_by_report")
            )
            text = self._say(
                "explain_event",
                at=self._facts.time(event.at),
                event=self._say.term("queue_event", event.event),
                because=because,
            )
            yield Line(text, depth=1)

    def _silent(self, silent: Silent) -> Line:
        why = self._say.term("why_not", silent.why)
        text = self._say("explain_says", what=self._say.term("rule", silent.rule), said=why)
        return Line(text, _MARKS.get(silent.why, ""))

    def _suppositions(self, one: CaseExplained) -> Iterator[Line]:
        if not one.would_change:
            yield Line(self._say("explain_no_change"))
        for supposition in one.would_change:
            yield Line(self._supposed(supposition))
            yield from (Line(self._change(change), depth=1) for change in supposition.changes)

    def _supposed(self, one: Supposition) -> str:
        return self._say.term("supposition", one.code).format(
            kind=self._say.term("kind", one.kind),
            subject=one.subject,
            stage=self._say.term("stage", one.stage),
            at=self._facts.time(one.at) if one.at else "",
        )

    def _change(self, change: Change) -> str:
        return self._say(
            "explain_becomes",
            rule=self._say.term("rule", change.rule),
            subject=change.subject,
            before=self._status(change.before, change.reason_before),
            after=self._status(change.after, change.reason_after),
        )

    def _status(self, status: str | None, reason: str | None) -> str:
        if status is None:
            return self._say("explain_none")
        return self._say.term("outcome", status) + self._facts.reason(reason)

    def _came(self, came: Came) -> Iterator[Line]:
        key = "explain_order" if came.order else "explain_login"
        name = came.order or came.login or ""
        head = self._say(key, name=name, company=came.company)
        clean = "" if came.findings else f" · {self._say('explain_clean')}"
        stage = self._say.term("stage", came.stage)
        mark = "" if came.findings else "held"
        yield Line(f"{self._facts.time(came.at)} {stage} · {head}{clean}", mark, why=name)
        for finding in came.findings:
            line = self._finding(finding)
            yield Line(line.text, line.mark, depth=1)

    def _refusals(self, refused: tuple[RefusedTold, ...]) -> list[Part]:
        lines = [
            Line(
                self._say(
                    "explain_refusal",
                    topic=one.topic,
                    partition=one.partition,
                    offset=one.offset,
                    index=one.index,
                    at=self._facts.time(one.at),
                    reason=self._say.term("refusal", one.reason),
                )
            )
            for one in refused
        ]
        return [Part(self._say("explain_refused"), lines)] if lines else []
