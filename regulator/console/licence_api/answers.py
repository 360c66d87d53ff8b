"""From questions to answers: recorded first, then read from the register; nothing is judged here."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

import msgspec

from regulator.console.licence_api.access import Asker
from regulator.console.licence_api.questions import Asked, Question
from regulator.console.licence_api.service import LicenceService
from regulator.console.licence_api.shapes import (
    AnswerCode,
    Basis,
    LicenceAnswer,
    ManyAnswered,
    OneAnswered,
    RegisterState,
    SourceState,
)
from regulator.console.licences import masked
from regulator.domain.instants import Instant, day_of, is_midnight, to_rfc3339
from regulator.domain.licences import Answer, LicenceKind, Reason, Subject
from regulator.domain.orders import CompanyId
from regulator.store import Connection
from regulator.store.api_keys import ApiKeyStore
from regulator.store.audit import AuditStore
from regulator.store.register_reading import RegisterReading
from regulator.store.reported import Member, ReportedStore
from regulator.wire.violations import last_day_or_instant

_QUERIES = "query licences"
_MEMBERS = {LicenceKind.VEHICLE_PERMIT: Member.VEHICLE, LicenceKind.DRIVER_CERTIFICATE: Member.DRIVER}

_Named = Mapping[LicenceKind, Set[Subject]]


def answer_one(service: LicenceService, asker: Asker, asked: Asked, *, now: Instant) -> OneAnswered:
    """Answer a request that names one subject. Raises Unavailable."""
    answers, states = _answer(service, asker, asked, now)
    return OneAnswered(
        answered_at=to_rfc3339(now),
        known_by=to_rfc3339(asked.known_by) if asked.known_by is not None else None,
        register=states[answers[0].kind],
        licence=answers[0],
    )


def answer_many(service: LicenceService, asker: Asker, asked: Asked, *, now: Instant) -> ManyAnswered:
    """Answer a request that names many. Raises Unavailable."""
    answers, states = _answer(service, asker, asked, now)
    return ManyAnswered(
        answered_at=to_rfc3339(now),
        known_by=to_rfc3339(asked.known_by) if asked.known_by is not None else None,
        register={kind.value: state for kind, state in states.items()},
        counts=dict(Counter(answer.answer.value for answer in answers)),
        answers=tuple(answers),
    )


def _answer(
    service: LicenceService, asker: Asker, asked: Asked, now: Instant
) -> tuple[Sequence[LicenceAnswer], Mapping[LicenceKind, RegisterState]]:
    _record(service, asker, asked.questions, now)
    named: dict[LicenceKind, set[Subject]] = defaultdict(set)
    for question in asked.questions:
        named[question.kind].add(question.subject)
    with service.store.reading() as connection:
        theirs = _theirs(connection, service, asker, named, now)
        reading = RegisterReading(connection, service.sources, subjects=theirs, known_by=asked.known_by)
    answers = [_one(question, theirs, reading) for question in asked.questions]
    for code, number in Counter(answer.answer for answer in answers).items():
        service.measures.subjects.labels(asker.role, code).inc(number)
    if asker.key is None:
        answers = [msgspec.structs.replace(one, basis=None, reason=None, certificate=None) for one in answers]
    return answers, {kind: _state(kind, service, reading) for kind in named}


def _record(service: LicenceService, asker: Asker, questions: Sequence[Question], now: Instant) -> None:
    """Who asked about whom is on record before anything is answered."""
    with service.store.writing() as connection:
        audit = AuditStore(connection)
        if len(questions) == 1:
            audit.write(asker.who, _QUERIES, subject=questions[0].subject, at=now)
        else:
            audit.write_many(asker.who, _QUERIES, subjects=[one.subject for one in questions], at=now)
        if asker.key is not None:
            ApiKeyStore(connection).used(asker.key, at=now)


def _theirs(
    connection: Connection, service: LicenceService, asker: Asker, named: _Named, now: Instant
) -> _Named:
    """Leave those subjects about whom the asker may ask."""
    companies = asker.fleet_of
    if companies is None:
        return named
    store, since = ReportedStore(connection), Instant(now - service.fleet_reach)
    return {kind: _among(store, companies, kind, subjects, since) for kind, subjects in named.items()}


def _among(
    store: ReportedStore,
    companies: Set[CompanyId],
    kind: LicenceKind,
    subjects: Set[Subject],
    since: Instant,
) -> Set[Subject]:
    member = _MEMBERS.get(kind)
    if member is None:
        return subjects & {Subject(company) for company in companies}
    return {Subject(one) for one in store.reports(companies, member, subjects, since=since)}


def _one(question: Question, theirs: _Named, reading: RegisterReading) -> LicenceAnswer:
    kind, subject, at = question.kind, question.subject, question.at
    code, found = AnswerCode.NOT_IDENTIFIABLE, None
    if question.identifiable and subject not in theirs[kind]:
        code = AnswerCode.NOT_REPORTED
    elif question.identifiable:
        found = reading.in_force(kind, subject, at)
        code = _code(found, complete=_reaches(reading.complete_to(kind), at))
    if found is None:
        return LicenceAnswer(
            kind=kind, subject=subject, at=_written(at), answer=code, reference=question.reference
        )
    start, to = _period(found)
    return LicenceAnswer(
        kind=kind,
        subject=subject,
        at=_written(at),
        answer=code,
        basis=Basis.STATEMENT if found.held or found.by_statement else Basis.ABSENCE,
        reason=found.reason,
        certificate=masked(kind, found.certificate) or None,
        start=start,
        to=to,
        areas=tuple(reading.areas(kind, subject, at)) if found.held else (),
        reference=question.reference,
    )


def _code(found: Answer, *, complete: bool) -> AnswerCode:
    """Absence counts as far as the register is complete; what a source says counts at once."""
    if found.held:
        return AnswerCode.HELD
    return AnswerCode.NOT_HELD if found.by_statement or complete else AnswerCode.UNDETERMINED


def _reaches(complete_to: Instant | None, at: Instant) -> bool:
    return complete_to is not None and at <= complete_to


def _period(found: Answer) -> tuple[str | None, str | None]:
    """From when a licence will be held, or until when it is, was or is suspended."""
    if found.until is None:
        return None, None
    if found.reason is Reason.NOT_YET:
        start = found.until
        return (day_of(start).isoformat() if is_midnight(start) else to_rfc3339(start)), None
    return None, _last_day(found.until)


def _state(kind: LicenceKind, service: LicenceService, reading: RegisterReading) -> RegisterState:
    complete_to = reading.complete_to(kind)
    return RegisterState(
        complete_to=None if complete_to is None else to_rfc3339(complete_to),
        sources=tuple(
            SourceState(
                source=name,
                complete_to=None if (to := reading.heartbeats.get(name)) is None else to_rfc3339(to),
                required=source.required,
            )
            for name, source in sorted(service.sources.items())
            if kind in source.kinds
        ),
    )


_written = lru_cache(maxsize=256)(to_rfc3339)
_last_day = lru_cache(maxsize=4096)(last_day_or_instant)
