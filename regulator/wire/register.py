"""Register messages: what a source sends (contract, section 1.2), and the internal topic ``register``.

A driver's number goes no further than here: subjects become pseudonyms, and certificates, which are
usually the same number, are masked.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from regulator.domain.drivers import driver_number, last4, pseudonym
from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate, LicenceKind, Statement, Subject, VehicleDescription
from regulator.domain.plates import plate
from regulator.domain.register import Heartbeat, RegisterChange, Source, Withdrawal
from regulator.wire.register_fields import Fields, RegisterRefusal, RegisterRefused, kind_of, read_period

__all__ = [
    "RegisterRefusal",
    "RegisterRefused",
    "decode_change",
    "encode_change",
    "masked_certificate",
    "read_register",
    "spelt_certificate",
]

_Value = TypeVar("_Value")

_EPISODE = "episode"
_BRACKETS = re.compile(r"[\s()\[\]{}<>〔〕【】〈〉《》「」『』〖〗]")
_SIX_DIGITS = re.compile(r"[0-9]{6}", re.ASCII)

encode_change = msgspec.json.Encoder().encode
"""Write a change of the register for the internal topic."""

decode_change = msgspec.json.Decoder(RegisterChange).decode
"""Read a change of the register from the internal topic; raises ``msgspec.DecodeError``."""


def read_register(
    payload: bytes, *, source: Source, arrival: Instant, pseudonym_key: bytes, particular: bool = False
) -> Statement | Withdrawal | Heartbeat:
    """Read one message of a source; raises ``RegisterRefused``.

    A typo in a field beside the point must not take a licence, or its revocation, out of the
    register: the field is left out, unless whoever sent it can be asked to mend it (``particular``).
    """
    fields = _decode(payload)
    said = fields.text("type")
    match said:
        case "licence":
            return _statement(fields, source, pseudonym_key, particular=particular)
        case "withdrawn":
            return _withdrawal(fields, source, pseudonym_key)
        case "heartbeat":
            return _heartbeat(fields, source, arrival)
        case "episode":
            raise _no_episodes(source)
        case _:
            raise RegisterRefused(
                RegisterRefusal.UNKNOWN_TYPE, "type: expected licence, episode, heartbeat or withdrawn"
            )


def spelt_certificate(text: str) -> Certificate:
    """Spell a certificate's number the one way: NFKC, upper case, no spaces and brackets."""
    return Certificate(_BRACKETS.sub("", unicodedata.normalize("NFKC", text).upper()))


def masked_certificate(certificate: Certificate, key: bytes) -> Certificate:
    """Return what stands for a driver's certificate number: its last four characters and a pseudonym."""
    number = driver_number(certificate)
    return Certificate(f"…{last4(number)}·{pseudonym(number, key)}")


def _decode(payload: bytes) -> Fields:
    try:
        message: Any = msgspec.json.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RegisterRefused(RegisterRefusal.UNREADABLE, "the message is no JSON in UTF-8") from error
    if not isinstance(message, dict):
        raise RegisterRefused(
            RegisterRefusal.UNREADABLE, f"the message: expected an object, got {kind_of(message)}"
        )
    return Fields(message)


def _statement(fields: Fields, source: Source, key: bytes, *, particular: bool) -> Statement:
    kind = _kind(fields, source)

    def beside(field: str, read: Callable[[], _Value]) -> _Value | None:
        """Read a field beside the point; None where it is absent, or unusable and let pass."""
        try:
            return read() if fields.says(field) else None
        except RegisterRefused:
            if particular:
                raise
            return None

    return Statement(
        source=source.name,
        kind=kind,
        certificate=_certificate(fields, kind, key),
        subject=_subject(fields, kind, key),
        sequence=fields.whole_number("sequence"),
        periods=tuple(map(read_period, fields.objects("periods"))),
        area=beside("area", lambda: _area(fields)) or "",
        first_registered=beside("first_registered", lambda: fields.day("first_registered")),
        recorded_at=beside("recorded_at", lambda: fields.instant("recorded_at")),
        vehicle=beside("vehicle", lambda: _vehicle(fields.object_or_none("vehicle"))),
    )


def _withdrawal(fields: Fields, source: Source, key: bytes) -> Withdrawal:
    match fields.text("of"):
        case "licence":
            kind = _kind(fields, source)
        case "episode":
            raise _no_episodes(source)
        case _:
            raise fields.bad("of", "licence or episode")
    return Withdrawal(
        source=source.name,
        kind=kind,
        certificate=_certificate(fields, kind, key),
        sequence=fields.whole_number("sequence"),
    )


def _heartbeat(fields: Fields, source: Source, arrival: Instant) -> Heartbeat:
    complete_to = fields.instant("complete_to")
    if complete_to > arrival:
        raise RegisterRefused(
            RegisterRefusal.HEARTBEAT_IN_THE_FUTURE, "complete_to: expected not to lie after its arrival"
        )
    return Heartbeat(source=source.name, complete_to=complete_to)


def _no_episodes(source: Source) -> RegisterRefused:
    """Episodes have no home in this version; a source that may not state them is told that first."""
    if _EPISODE not in source.kinds:
        return RegisterRefused(
            RegisterRefusal.KIND_NOT_ALLOWED, f"type: {source.name} may not state episodes"
        )
    return RegisterRefused(RegisterRefusal.EPISODES_NOT_TAKEN, "type: this version takes no episodes")


def _kind(fields: Fields, source: Source) -> LicenceKind:
    text = fields.text("kind")
    if text not in set(LicenceKind):
        raise RegisterRefused(RegisterRefusal.UNKNOWN_KIND, "kind: expected one of " + ", ".join(LicenceKind))
    if text not in source.kinds:
        raise RegisterRefused(RegisterRefusal.KIND_NOT_ALLOWED, f"kind: {source.name} may not state {text}")
    return LicenceKind(text)


def _certificate(fields: Fields, kind: LicenceKind, key: bytes) -> Certificate:
    certificate = spelt_certificate(fields.text("certificate"))
    if not certificate:
        raise fields.bad("certificate", "a certificate's number")
    masked = kind is LicenceKind.DRIVER_CERTIFICATE
    return masked_certificate(certificate, key) if masked else certificate


def _subject(fields: Fields, kind: LicenceKind, key: bytes) -> Subject:
    text = fields.text("subject")
    match kind:
        case LicenceKind.PLATFORM_PERMIT:
            subject = text.strip()
        case LicenceKind.VEHICLE_PERMIT:
            subject = plate(text)
        case LicenceKind.DRIVER_CERTIFICATE:
            subject = pseudonym(driver_number(text), key)
    if not subject:
        raise fields.bad("subject", "a plate")
    return Subject(subject)


def _area(fields: Fields) -> str:
    """Return a region code, which spreadsheets like to turn into a number."""
    value = fields.get("area")
    area = str(value) if isinstance(value, int) else value
    if not isinstance(area, str) or _SIX_DIGITS.fullmatch(area) is None:
        raise fields.bad("area", "six digits")
    return area


def _vehicle(fields: Fields | None) -> VehicleDescription | None:
    if fields is None:
        return None
    return VehicleDescription(
        brand=fields.text_or_blank("brand"),
        model=fields.text_or_blank("model"),
        colour=fields.text_or_blank("colour"),
        plate_colour=fields.text_or_blank("plate_colour"),
    )
