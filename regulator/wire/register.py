"""Register messages: what a source sends (contract, section 1.2), and the internal topic ``register``.

A driver's number goes no further than here: subjects become pseudonyms, and certificates, which are
usually the same number, are masked.
"""

import re
from collections.abc import Set
from typing import Any

import msgspec

from regulator.domain.drivers import FILLERS
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind, Statement, VehicleDescription
from regulator.domain.register import (
    EpisodeWithdrawal,
    Heartbeat,
    RegisterMessage,
    Source,
    Withdrawal,
)
from regulator.wire.register_episodes import read_episode, read_episode_withdrawal
from regulator.wire.register_fields import (
    Beside,
    Fields,
    RegisterRefusal,
    RegisterRefused,
    kind_of,
    read_period,
)
from regulator.wire.register_subjects import (
    masked_certificate,
    read_certificate,
    read_subject,
    spelt_certificate,
)
from regulator.wire.register_topic import decode_change, encode_change

__all__ = [
    "RegisterRefusal",
    "RegisterRefused",
    "decode_change",
    "encode_change",
    "masked_certificate",
    "read_register",
    "spelt_certificate",
]

_KINDS = frozenset(kind.value for kind in LicenceKind)
_SIX_DIGITS = re.compile(r"[0-9]{6}", re.ASCII)


def read_register(
    payload: bytes,
    *,
    source: Source,
    arrival: Instant,
    pseudonym_key: bytes,
    fillers: Set[str] = FILLERS,
    particular: bool = False,
) -> RegisterMessage:
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
            return read_episode(fields, source, pseudonym_key, fillers=fillers, particular=particular)
        case _:
            raise RegisterRefused(
                RegisterRefusal.UNKNOWN_TYPE, "type: expected licence, episode, heartbeat or withdrawn"
            )


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
    beside = Beside(fields, particular=particular)
    return Statement(
        source=source.name,
        kind=kind,
        certificate=read_certificate(fields, kind, key),
        subject=read_subject(fields, kind, key),
        sequence=fields.whole_number("sequence"),
        periods=tuple(map(read_period, fields.objects("periods"))),
        area=beside("area", lambda: _area(fields)) or "",
        first_registered=beside("first_registered", lambda: fields.day("first_registered")),
        recorded_at=beside("recorded_at", lambda: fields.instant("recorded_at")),
        vehicle=beside("vehicle", lambda: _vehicle(fields.object_or_none("vehicle"))),
    )


def _withdrawal(fields: Fields, source: Source, key: bytes) -> Withdrawal | EpisodeWithdrawal:
    match fields.text("of"):
        case "licence":
            kind = _kind(fields, source)
        case "episode":
            return read_episode_withdrawal(fields, source)
        case _:
            raise fields.bad("of", "licence or episode")
    return Withdrawal(
        source=source.name,
        kind=kind,
        certificate=read_certificate(fields, kind, key),
        sequence=fields.whole_number("sequence"),
    )


def _heartbeat(fields: Fields, source: Source, arrival: Instant) -> Heartbeat:
    complete_to = fields.instant("complete_to")
    if complete_to > arrival:
        raise RegisterRefused(
            RegisterRefusal.HEARTBEAT_IN_THE_FUTURE, "complete_to: expected not to lie after its arrival"
        )
    return Heartbeat(source=source.name, complete_to=complete_to)


def _kind(fields: Fields, source: Source) -> LicenceKind:
    text = fields.text("kind")
    if text not in _KINDS:
        raise RegisterRefused(RegisterRefusal.UNKNOWN_KIND, "kind: expected one of " + ", ".join(LicenceKind))
    if text not in source.kinds:
        raise RegisterRefused(RegisterRefusal.KIND_NOT_ALLOWED, f"kind: {source.name} may not state {text}")
    return LicenceKind(text)


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
