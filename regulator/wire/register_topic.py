"""The internal topic ``register``: JSON, and in brief what nearly every message says.

A judge reads all of it before it joins, ten million messages of a nation. So a statement that has
one period and ordinary names is written at fixed width (``BRIEF``, and after it the car's
description in JSON), which is read by the thousand; everything else is a JSON object.
"""

from collections.abc import Iterable
from datetime import date
from struct import Struct
from struct import error as StructError

import msgspec
import numpy as np

from regulator.domain.instants import Instant
from regulator.domain.licences import (
    Certificate,
    Period,
    SourceName,
    Statement,
    Subject,
    VehicleDescription,
)
from regulator.domain.register import RegisterChange, Stated
from regulator.joins.licence_index import BRIEF, KINDS, STATES, Column

_IN_BRIEF = b"B"
"""The first byte of a statement in brief; JSON begins with a brace."""
_HEAD = len(_IN_BRIEF)
_END = _HEAD + BRIEF.itemsize
_NO_BRIEF = "no statement in brief"
_BRIEF = Struct("<BB24s32s48s8sqqqqi")
_WIDTHS = [BRIEF[name].itemsize for name in ("source", "subject", "certificate", "area")]
_OPEN, _UNSAID = (1 << 63) - 1, -(1 << 63)

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(RegisterChange).decode
_decode_car = msgspec.json.Decoder(VehicleDescription).decode


class Changes(msgspec.Struct, frozen=True):
    """Many changes of different things: statements in brief, and whatever else there was."""

    briefs: Column
    others: list[RegisterChange]


def encode_change(change: RegisterChange) -> bytes:
    """Write a change of the register."""
    if isinstance(change, Stated) and not change.former:
        brief = _in_brief(change.statement)
        if brief is not None:
            car = change.statement.vehicle
            return _IN_BRIEF + brief + (b"" if car is None else _encode(car))
    return _encode(change)


def decode_change(value: bytes) -> RegisterChange:
    """Read a change of the register; raises ``msgspec.DecodeError``."""
    if not value.startswith(_IN_BRIEF):
        change: RegisterChange = _decode(value)
        return change
    try:
        return Stated(statement=_from_brief(value))
    except (StructError, ValueError, IndexError) as error:
        raise msgspec.DecodeError(_NO_BRIEF) from error


def decode_changes(values: Iterable[bytes]) -> Changes:
    """Read many changes of different things at once; raises ``msgspec.DecodeError``.

    The order of the statements in brief is kept, and that of the others, not between the two.
    """
    briefs, others = [], []
    for value in values:
        if value.startswith(_IN_BRIEF):
            briefs.append(value[_HEAD:_END])
        else:
            others.append(_decode(value))
    joined = b"".join(briefs)
    if len(joined) != len(briefs) * BRIEF.itemsize:
        raise msgspec.DecodeError(_NO_BRIEF)
    columns = np.frombuffer(joined, BRIEF)
    if (columns["kind"] >= len(KINDS)).any() or (columns["state"] >= len(STATES)).any():
        raise msgspec.DecodeError(_NO_BRIEF)
    return Changes(columns, others)


def _in_brief(statement: Statement) -> bytes | None:
    """Write what fits; None if something does not."""
    if len(statement.periods) != 1:
        return None
    period, day = statement.periods[0], statement.first_registered
    texts = [
        text.encode() for text in (statement.source, statement.subject, statement.certificate, statement.area)
    ]
    if any(len(text) > width or 0 in text for text, width in zip(texts, _WIDTHS, strict=True)):
        return None
    try:
        return _BRIEF.pack(
            KINDS.index(statement.kind),
            STATES.index(period.state),
            *texts,
            statement.sequence,
            period.start,
            _OPEN if period.end is None else period.end,
            _UNSAID if statement.recorded_at is None else statement.recorded_at,
            0 if day is None else day.toordinal(),
        )
    except StructError:  # a number beyond eight bytes
        return None


def _from_brief(value: bytes) -> Statement:
    fields = _BRIEF.unpack_from(value, _HEAD)
    kind, state, *texts, sequence, start, end, recorded_at, day = fields
    source, subject, certificate, area = (text.rstrip(b"\0").decode() for text in texts)
    return Statement(
        source=SourceName(source),
        kind=KINDS[kind],
        certificate=Certificate(certificate),
        subject=Subject(subject),
        sequence=sequence,
        periods=(Period(Instant(start), None if end == _OPEN else Instant(end), STATES[state]),),
        area=area,
        first_registered=date.fromordinal(day) if day else None,
        recorded_at=None if recorded_at == _UNSAID else Instant(recorded_at),
        vehicle=_decode_car(value[_END:]) if len(value) > _END else None,
    )
