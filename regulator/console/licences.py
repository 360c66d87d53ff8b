"""Both licences of a card: what the register said of them at the report, and what it says this moment."""

from collections.abc import Sequence

from regulator.console.languages import Speaker
from regulator.console.shown import LicenceShown
from regulator.console.times import event_time
from regulator.domain.findings import RuleId
from regulator.domain.instants import Instant
from regulator.domain.licences import Answer, LicenceKind, Reason, Subject
from regulator.domain.plates import is_plate
from regulator.domain.register import Register
from regulator.store.cards import Card
from regulator.wire.violations import LicenceShown as LicenceStated
from regulator.wire.violations import ViolationEvent

_PAIR = (LicenceKind.VEHICLE_PERMIT, LicenceKind.DRIVER_CERTIFICATE)


def licences_shown(events: Sequence[ViolationEvent], *, say: Speaker, now: Instant) -> Sequence[LicenceShown]:
    """Return vehicle permit and driver certificate as a card's findings have them, each as of its report."""
    return [_licence(kind, events, say=say, now=now) for kind in _PAIR]


def present_answers(register: Register, card: Card, *, say: Speaker, now: Instant) -> Sequence[str]:
    """Say of both licences what the register answers this moment; blank where a card names nobody.

    Findings keep what was known when they were judged. Whoever stops the car wants to know too what has
    come since: a permit renewed this noon, a certificate that was entered late.
    """
    named = (card.vehicle if is_plate(card.vehicle) else "", card.driver)
    return [
        say("register_now", verdict=answered(register.in_force(kind, Subject(subject), now), say=say))
        if subject
        else ""
        for kind, subject in zip(_PAIR, named, strict=True)
    ]


def answered(answer: Answer, *, say: Speaker) -> str:
    """Say an answer of the register."""
    return say.term("answer", "held") if answer.held else say.term("reason", answer.reason)


def masked(kind: str, certificate: str | None) -> str:
    """Return a certificate's number; of a driver's, which is last four and pseudonym, the last four."""
    if kind == LicenceKind.DRIVER_CERTIFICATE:
        return (certificate or "").partition("·")[0]
    return certificate or ""


def _licence(
    kind: LicenceKind, events: Sequence[ViolationEvent], *, say: Speaker, now: Instant
) -> LicenceShown:
    """A licence failed where a finding says so, and only there.

    Other findings carry what the register said of it when they were judged; "not held" among that
    may have been too early to tell, or have been put right since: nobody is accused by it.
    """
    title, short = say.term("kind", kind), say.term("short", kind)
    accusing = [event for event in events if event.rule == RuleId(kind)]
    compared = [event for event in accusing or events if _stated(event, kind) is not None]
    stated = _stated(compared[0], kind) if compared else None
    if stated is None:
        return LicenceShown(title=title, short=short, mark="none", verdict=say("licence_not_judged"))
    as_of = event_time(compared[0].at, now=now)
    if not accusing and stated.answer != "held":
        return LicenceShown(title=title, short=short, mark="none", verdict=say("licence_open"), as_of=as_of)
    return LicenceShown(
        title=title,
        short=short,
        mark="failed" if accusing else "held",
        verdict=_verdict(stated, say),
        date_label=say(_date_label(stated)),
        date=_paper_date(stated),
        certificate=masked(kind, stated.certificate),
        as_of=as_of,
    )


def _stated(event: ViolationEvent, kind: LicenceKind) -> LicenceStated | None:
    """What the register said of one licence of the pair at a finding's time."""
    return event.vehicle_permit if kind is LicenceKind.VEHICLE_PERMIT else event.driver_certificate


def _verdict(stated: LicenceStated, say: Speaker) -> str:
    if stated.answer == "held" or not stated.reason:
        return say.term("answer", stated.answer)
    return say.term("reason", stated.reason)


def _date_label(stated: LicenceStated) -> str:
    if stated.reason == "not_yet":
        return "starts_on"
    return "ended_on" if stated.reason == "expired" else "valid_to"


def _paper_date(stated: LicenceStated) -> str:
    """A day as it stands; an instant without its offset. The end of what was revoked would mislead."""
    if stated.reason in (Reason.REVOKED, Reason.CANCELLED):
        return ""
    return (stated.to or "")[:16].replace("T", " ")
