"""Records made from the table at random: every field within, on and beyond its bounds.

Only values that both JSON and protobuf can hold: a wrong type of value exists in JSON alone.
"""

from array import array
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from regulator.wire.ministry.fields import Field, Kind
from regulator.wire.ministry.shapes import SHAPES
from tests.wire.clean import CLEAN

_TEXTS = ("", " ", "\u3000", "0", "1", "无", "沪AD12345", "x\0y", "\U0001f695", "路" * 40, "9" * 18)
_TIMES = (20260302081530, 20260302081499, 20260229000000, 19700101080000, 0, 1772410530, 99991231235959)
_DAYS = (20260302, 20260229, 19700101, 99991231, 10000000, 0, 2026)
_GREATEST = {"uint32": 2**32 - 1, "int32": 2**31 - 1, "uint64": 2**63 - 1}
_LEAST = {"uint32": 0, "int32": -(2**31), "uint64": 0}


def single(number: float) -> float:
    """Return the nearest number that protobuf's decimals can hold."""
    return array("f", [number])[0]


def _text(field: Field, rng: Random) -> str:
    length = field.length or 50
    codes = field.codes or _TEXTS
    return str(rng.choice([rng.choice(codes), rng.choice(_TEXTS), "a" * length, "路" * (length + 1)]))


def _decimal(field: Field, rng: Random) -> float:
    edge = field.greatest_decimal
    chosen = rng.choice([0.0, -3.5, rng.uniform(-100, 1e6), edge * 0.999, min(edge * 1.001, 3e38), 0.1])
    return single(chosen)


def _whole(field: Field, rng: Random) -> int:
    least, greatest = field.bounds
    near = [least - 1, least, least + 1, greatest - 1, greatest, greatest + 1, rng.randint(least, greatest)]
    own = {Kind.MOMENT: _TIMES, Kind.UNIX_TIME: _TIMES, Kind.DAY: _DAYS, Kind.BIRTHDAY: _DAYS}
    chosen = rng.choice([*near, *own.get(field.kind, ()), *field.codes, 0])
    return max(_LEAST[field.proto], min(int(chosen), _GREATEST[field.proto]))


_MAKERS: Mapping[str, Callable[[Field, Random], Any]] = {"string": _text, "float": _decimal}


def random_record(name: str, rng: Random) -> dict[str, Any]:
    """Return a record of which some fields are clean, some left out, and some made up."""
    made = {
        key: single(value) if isinstance(value, float) else value
        for key, value in CLEAN[name].items()
        if rng.random() > 0.05
    }
    for field in SHAPES[name].type.fields:
        if rng.random() < 0.15:
            made[field.name] = _MAKERS.get(field.proto, _whole)(field, rng)
    return made
