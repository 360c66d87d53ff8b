"""What the register holds of everybody whom a verdict concerns, told with whose word it is."""

from collections.abc import Iterable

from regulator.domain.episodes import Episode
from regulator.domain.instants import SECOND, Instant, to_rfc3339
from regulator.domain.licences import Answer, Certificate, LicenceKind, Subject
from regulator.domain.plates import Plate
from regulator.domain.register import Sources, ranked
from regulator.explaining.known import Known, Word
from regulator.explaining.naming import Names
from regulator.explaining.told.register import (
    CarTold,
    CompletenessTold,
    EpisodeTold,
    LicenceAnswer,
    LicenceTold,
    MileageTold,
    PeriodTold,
    RegisterTold,
    SourceTold,
    StatementTold,
    StepTold,
)
from regulator.rules.watching import cleared_at


def told_register(
    register: Known,
    sources: Sources,
    names: Names,
    *,
    licences: Iterable[tuple[LicenceKind, Subject]],
    episodes: Iterable[Episode],
    cars: Iterable[Plate],
) -> RegisterTold:
    """Tell what is held of these."""
    return RegisterTold(
        licences=tuple(_licence(register, names, kind, subject) for kind, subject in licences),
        completeness=tuple(_completeness(register, sources, kind) for kind in LicenceKind),
        episodes=tuple(_episode(register, names, one) for one in episodes),
        cars=tuple(_car(register, vehicle) for vehicle in cars),
    )


def told_answer(
    names: Names, kind: LicenceKind, subject: Subject, at: Instant, answer: Answer
) -> LicenceAnswer:
    """Tell one answer."""
    return LicenceAnswer(
        kind=kind,
        subject=names.subject(subject),
        at=to_rfc3339(at),
        answer="held" if answer.held else "not_held",
        reason=answer.reason,
        certificate=names.certificate(kind, answer.certificate),
        to=instant(answer.until),
    )


def instant(at: Instant | None) -> str | None:
    """Write an instant, if there is one."""
    return None if at is None else to_rfc3339(at)


def _licence(register: Known, names: Names, kind: LicenceKind, subject: Subject) -> LicenceTold:
    words = register.words(kind, subject)
    first: dict[Certificate, Word] = {}
    for word in words:
        first.setdefault(word.statement.certificate, word)
    statements = tuple(
        _statement(names, word, counts=first[word.statement.certificate] is word) for word in words
    )
    return LicenceTold(kind=kind, subject=names.subject(subject), statements=statements)


def _statement(names: Names, word: Word, *, counts: bool) -> StatementTold:
    said = word.statement
    return StatementTold(
        source=said.source,
        certificate=names.certificate(said.kind, said.certificate) or "",
        sequence=said.sequence,
        counts=counts,
        known_at=to_rfc3339(word.known_at),
        recorded_at=instant(said.recorded_at),
        area=said.area,
        first_registered=said.first_registered.isoformat() if said.first_registered else None,
        periods=tuple(PeriodTold(to_rfc3339(one.start), instant(one.end), one.state) for one in said.periods),
    )


def _completeness(register: Known, sources: Sources, kind: LicenceKind) -> CompletenessTold:
    beats = register.heartbeats()
    required = [sources[name] for name in ranked(sources) if kind in sources[name].kinds]
    return CompletenessTold(
        kind=kind,
        complete_to=instant(register.complete_to(kind)),
        sources=tuple(
            SourceTold(
                source=one.name,
                vouched_to=instant(beats.get(one.name)),
                grace_seconds=one.grace / SECOND,
                complete_to=to_rfc3339(Instant(beats[one.name] + one.grace)) if one.name in beats else None,
            )
            for one in required
            if one.required
        ),
    )


def _episode(register: Known, names: Names, one: Episode) -> EpisodeTold:
    return EpisodeTold(
        source=one.source,
        number=one.number,
        sequence=one.sequence,
        vehicle=one.vehicle or None,
        driver=names.driver(one.driver),
        document=one.document,
        steps=tuple(StepTold(event.step, to_rfc3339(event.at)) for event in one.events),
        cleared_at=instant(cleared_at(one, register)),
    )


def _car(register: Known, vehicle: Plate) -> CarTold:
    first = register.first_registered(vehicle)
    return CarTold(
        vehicle=vehicle,
        first_registered=first.isoformat() if first else None,
        mileages=tuple(MileageTold(to_rfc3339(one.at), one.kilometres) for one in register.mileages(vehicle)),
    )
