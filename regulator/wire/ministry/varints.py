"""Counting what a protobuf message holds before it is parsed.

Four bytes are an empty record, and a parser makes of it a thing of some hundred: a message of a
megabyte would take hundreds of them, and the time to let them go again.
"""

MANY_BYTES = 1 << 16
"""A smaller message cannot hold enough to matter."""

_LONGEST_VARINT = 10
_VARINT, _FIXED64, _BYTES, _GROUP, _END, _FIXED32 = range(6)
_FIXED = {_FIXED64: 8, _FIXED32: 4, _GROUP: 0, _END: 0}
_LISTED = 1 << 3 | _BYTES
"""The tag of an envelope in a list: it is looked into as well."""


def has_more_fields(payload: bytes, most: int) -> bool:
    """Tell whether an envelope, or a list with the envelopes in it, has more fields than ``most``.

    Whether the bytes make sense is for the parser to say: what it would not read ends the count.
    """
    try:
        return _count(payload, 0, len(payload), most) > most
    except IndexError:
        return False


def _count(payload: bytes, place: int, end: int, most: int) -> int:
    """Count fields up to one more than ``most``; raises IndexError where the bytes make no sense."""
    count = 0
    while place < end and count <= most:
        count += 1
        tag, place = _varint(payload, place)
        kind = tag & 7
        if kind == _VARINT:
            _, place = _varint(payload, place)
        elif kind == _BYTES:
            length, place = _varint(payload, place)
            if tag == _LISTED and length > MANY_BYTES and place + length <= end:
                count += _count(payload, place, place + length, most - count)
            place += length
        elif kind in _FIXED:
            place += _FIXED[kind]
        else:
            raise IndexError(place)
    return count


def _varint(payload: bytes, place: int) -> tuple[int, int]:
    """Return a varint and the place after it; raises IndexError where there is none."""
    number = 0
    for shift in range(_LONGEST_VARINT):
        byte = payload[place + shift]
        number |= (byte & 127) << 7 * shift
        if byte < 128:
            return number, place + shift + 1
    raise IndexError(place)
