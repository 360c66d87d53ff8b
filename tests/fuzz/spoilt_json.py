"""JSON envelopes with faults of structure: what a typed decode, a tolerant one and a mender must bear."""

import json
from collections.abc import Sequence
from random import Random
from typing import Any

from regulator.wire.ministry.shapes import SHAPES, misspellings

Pairs = list[tuple[str, bytes]]
"""An object with its values written: keys may come twice, values need be no JSON."""

_NUMBERS = (
    b"NaN", b"-Infinity", b"1e999", b"-1e999", b"-0", b"0.0", b"1.5", b"1E5", b"01", b"+1", b".5", b"1.",
    b"18446744073709551615", b"18446744073709551616", b"-9223372036854775809", b"9" * 40, b"9" * 300,
    b"9" * 4300, b"-" + b"9" * 4300, b"9" * 5000, b"1." + b"0" * 5000, b"1e-99999", b"0." + b"1" * 700,
    b"20260302081530", b"20260230081530", b"19700101080000", b"1772410530000", b"1e13",
)  # fmt: skip
_TEXTS = (
    b'""', b'" "', '"\u3000"'.encode(), b'"0"', b'"1"', b'"NULL"', '"沪A·12345"'.encode(), b'"\\u0000"',
    b'"\\ud800"', b'"\\udc00x"', b'"\\ud83d\\ude97"', b'"\xff\xff"', b'"\xed\xa0\x80"', b'"\n"', b'"\\x"',
    b'"abc', b"'a'", b'"' + b"x" * 1000 + b'"', '"１２３"'.encode(), b'"1e5"', b'"1_000"', b'"0x10"',
    b'"\\u0041\\u0049"', ('"' + "\u0301" * 200 + '"').encode(), '"\u202e\ufeff\u200b"'.encode(),
    ('"' + "ﷺ" * 30 + '"').encode(),
)  # fmt: skip
_OTHERS = (
    b"null", b"true", b"false", b"{}", b"[]", b"[null]", b'{"OrderId":"1"}', b"", b"/*c*/1", b"nul", b"}",
    b'{"a":1,"a":2}', b"[[],[[]]]", b"[1,]", b"{,}",
)  # fmt: skip
_SELDOM = (
    lambda rng: b"[" * (deep := rng.choice([30, 500, 990, 1000, 5_000, 200_000])) + b"]" * deep,
    lambda rng: b'{"a":' * (deep := rng.choice([30, 500, 990, 5_000])) + b"1" + b"}" * deep,
    lambda rng: b"[0" + b",0" * rng.choice([100, 50_000]) + b"]",
    lambda rng: b'"' + b"\xe8\xb7\xaf" * rng.choice([1_000, 100_000]) + b'"',
    lambda rng: b'"' + b"\\u8def" * rng.choice([1_000, 100_000]) + b'"',
    lambda rng: b"9" * rng.choice([10_000, 400_000]),
    lambda rng: b"{" + b",".join(b'"k%d":1' % number for number in range(rng.choice([100, 20_000]))) + b"}",
)


def spoilt_json(name: str, records: Sequence[dict[str, Any]], company: str, rng: Random) -> bytes:
    """Return an envelope of the records with a few faults."""
    written = [_pairs(record) for record in records]
    keys = [field.name for field in SHAPES[name].type.fields]
    for _ in range(rng.randint(0, 4)):
        _spoil(rng.choice(written), rng.choice(keys), rng)
    payload = _payload([_object(pairs) for pairs in written], rng)
    envelope = [("CompanyId", _json(company)), ("Source", b'"0"'), ("IPCType", _json(name)), (name, payload)]
    if rng.random() < 0.2:
        _spoil(envelope, rng.choice(["CompanyId", "Source", "IPCType", name, "InfoFlag"]), rng)
    if rng.random() < 0.05:
        envelope.append((rng.choice(list(SHAPES)), payload))
    if rng.random() < 0.1:
        rng.shuffle(envelope)
    return _object(envelope)


def _payload(items: list[bytes], rng: Random) -> bytes:
    """Return the array, now and then with items that are no records, or one object in its place."""
    if rng.random() < 0.1:
        items.insert(rng.randint(0, len(items)), hostile_value(rng))
    if len(items) == 1 and rng.random() < 0.2:
        return items[0]
    return b"[" + b",".join(items) + b"]"


def _spoil(pairs: Pairs, key: str, rng: Random) -> None:
    """Do one thing to one key of an object."""
    held = dict(pairs).get(key, b"null")
    places = [place for place, (name, _) in enumerate(pairs) if name == key]
    match rng.randrange(7):
        case 0 | 1 if places:
            pairs[places[0]] = (key, hostile_value(rng))
        case 2 if places:
            del pairs[places[0]]
        case 3:
            pairs.append((key, hostile_value(rng)))
        case 4:
            pairs.append((rng.choice([*misspellings(key), key.lower(), ""]), held))
        case 5:
            pairs[:] = [(name, _as_other(value) if name == key else value) for name, value in pairs]
        case _:
            pairs.append((rng.choice(["PassengerName", "PassengerPhone", "Extra"]), hostile_value(rng)))


def hostile_value(rng: Random) -> bytes:
    """Return something that stands where a value belongs."""
    if rng.random() < 0.004:
        return rng.choice(_SELDOM)(rng)
    return rng.choice(rng.choice([_NUMBERS, _TEXTS, _OTHERS]))


def _as_other(value: bytes) -> bytes:
    """Return a number as text, and a text as whatever stands between its quotation marks."""
    return value[1:-1] if value.startswith(b'"') else b'"' + value + b'"'


def _pairs(record: dict[str, Any]) -> Pairs:
    return [(key, _json(value)) for key, value in record.items()]


def _object(pairs: Pairs) -> bytes:
    return b"{" + b",".join(_json(key) + b":" + value for key, value in pairs) + b"}"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
