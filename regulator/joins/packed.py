"""Statements about one subject in as few bytes as they need.

A register of millions must fit a worker's memory, so an index keeps one ``bytes`` object a subject
instead of a tree of values: entries one after the other, each

    source rank u16 · number of periods u32 · length of certificate u16
    · periods of 17 bytes: start i64, end i64 (the greatest i64: open), state u8
    · certificate (UTF-8)
"""

from collections.abc import Iterable, Iterator
from struct import Struct

import msgspec

from regulator.domain.instants import Instant
from regulator.domain.licences import STRENGTH, Answer, Certificate, Period, PeriodState, Reason

OPEN = (1 << 63) - 1
_HEAD = Struct("<HIH")
_PERIOD = Struct("<qqB")
_ONE = Struct("<HIHqqB")  # a head and its only period
_pack_one, _read_one = _ONE.pack, _ONE.unpack_from
_STATES = {state: number for number, state in enumerate(STRENGTH)}
_VALID = _STATES[PeriodState.VALID]
_REASONS = tuple(None if state is PeriodState.VALID else Reason(state) for state in STRENGTH)


class Entry(msgspec.Struct, frozen=True):
    """One source's statement about the subject, without what every entry shares."""

    rank: int
    certificate: Certificate
    periods: tuple[Period, ...]


def pack(entries: Iterable[Entry]) -> bytes:
    """Write entries; of one certificate the source that counts must come first."""
    parts: list[bytes] = []
    for entry in entries:
        certificate = entry.certificate.encode()
        parts.append(_HEAD.pack(entry.rank, len(entry.periods), len(certificate)))
        parts += [_PERIOD.pack(period.start, _end(period), _STATES[period.state]) for period in entry.periods]
        parts.append(certificate)
    return b"".join(parts)


def pack_one(rank: int, certificate: str, period: Period) -> bytes:
    """Write the one entry with one period that nearly every subject has."""
    name = certificate.encode()
    end = period.end
    return (
        _pack_one(rank, 1, len(name), period.start, OPEN if end is None else end, _STATES[period.state])
        + name
    )


def unpack(packed: bytes) -> Iterator[Entry]:
    """Read the entries back."""
    here = 0
    while here < len(packed):
        rank, count, length = _HEAD.unpack_from(packed, here)
        here += _HEAD.size
        periods = [_period(packed, here + index * _PERIOD.size) for index in range(count)]
        here += count * _PERIOD.size
        yield Entry(rank, Certificate(packed[here : here + length].decode()), tuple(periods))
        here += length


def answer_of_one(packed: bytes, at: Instant) -> Answer | None:
    """Answer from a subject's only entry with its only period; None if there is more to weigh."""
    if len(packed) < _ONE.size:
        return None
    _, count, length, start, end, state = _read_one(packed)
    if count != 1 or len(packed) != _ONE.size + length:
        return None
    certificate = Certificate(packed[_ONE.size :].decode())
    if at < start:
        return Answer(Reason.NOT_YET, certificate, start)
    if at >= end:
        return Answer(Reason.EXPIRED, certificate, end)
    return Answer(_REASONS[state], certificate, None if end == OPEN else end)


def one_holds(packed: bytes, at: Instant) -> bool | None:
    """Tell whether a subject's only entry with its only period is valid; None if there is more to weigh."""
    if len(packed) < _ONE.size:
        return None
    _, count, length, start, end, state = _read_one(packed)
    if count != 1 or len(packed) != _ONE.size + length:
        return None
    holds: bool = state == _VALID and start <= at < end
    return holds


def _end(period: Period) -> int:
    return OPEN if period.end is None else period.end


def _period(packed: bytes, here: int) -> Period:
    start, end, state = _PERIOD.unpack_from(packed, here)
    return Period(start, None if end == OPEN else end, STRENGTH[state])
