"""Wide records of which a field or two are wrong: looking at each of forty fields would take twice as long.

A typed conversion names the first field that it will not have. That one is mended and another
value put in its place, until the rest proves clean.
"""

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from msgspec.structs import astuple, replace

from regulator.domain.feed import Flaw
from regulator.wire.ministry.content import is_storable
from regulator.wire.ministry.fields import Field, Kind
from regulator.wire.ministry.mending import Mended, mend, mend_field, personal_flaws
from regulator.wire.ministry.rules import RULES
from regulator.wire.ministry.shapes import SHAPES, Shape, misspellings

_WIDE = 16
"""A type with fewer fields is looked at as quickly, field by field."""
_FEW = 4
"""A record with more faults is looked at whole."""

_find_place = re.compile(r"\$\[([0-9]+)\]").search
_convert = msgspec.convert


def _sample(field: Field) -> Any:
    """Return a value that the field admits."""
    if field.codes:
        return field.codes[0]
    if field.kind is Kind.TEXT:
        return "0" * (field.length or 1) if field.fixed else "0"
    return 0.0 if field.kind is Kind.DECIMAL else field.bounds[0]


class _Plan(msgspec.Struct, frozen=True):
    """What is known of a type beforehand."""

    names: tuple[str, ...]
    misspelt: frozenset[str]
    samples: tuple[Any, ...]
    texts: Callable[[Sequence[Any]], tuple[Any, ...]]


def _plan(shape: Shape) -> _Plan:
    fields = shape.type.fields
    names = tuple(field.name for field in fields)
    texts = (place for place, field in enumerate(fields) if field.kind is Kind.TEXT)
    misspelt = frozenset(key for name in names for key in misspellings(name))
    return _Plan(names, misspelt, tuple(map(_sample, fields)), itemgetter(*texts))


_PLANS = {name: _plan(shape) for name, shape in SHAPES.items()}


def mend_quickly(shape: Shape, raw: object) -> Mended:
    """Mend one record; the answer is that of ``mend``."""
    plan = _PLANS[shape.name]
    if shape.width < _WIDE or not isinstance(raw, dict) or not plan.misspelt.isdisjoint(raw):
        return mend(shape, raw)
    mended = _mend_few(shape, plan, [*map(raw.get, plan.names)])
    if mended is None:
        return mend(shape, raw)
    personal = personal_flaws(shape, raw)
    return mended._replace(flaws=mended.flaws + personal) if personal else mended


def mend_values(shape: Shape, values: Sequence[Any]) -> Mended:
    """Mend the values of a record's fields, in the table's order; None stands for one that was not sent."""
    plan = _PLANS[shape.name]
    mended = _mend_few(shape, plan, list(values)) if shape.width >= _WIDE else None
    return mend(shape, dict(zip(plan.names, values, strict=True))) if mended is None else mended


def _mend_few(shape: Shape, plan: _Plan, values: list[Any]) -> Mended | None:
    """Mend values, and change them; None where there is more to it than a few faults."""
    flaws: list[Flaw] = []
    usable: dict[str, Any] = {}
    said: dict[int, Any] = {}
    while True:
        try:
            clean = _convert(values, shape.array_struct)
            break
        except msgspec.ValidationError as error:
            found = _find_place(str(error))
        except UnicodeEncodeError:  # half of a UTF-16 pair
            return None
        if found is None or len(said) == _FEW:
            return None
        place = int(found[1])
        name = plan.names[place]
        usable[name], said[place] = mend_field(RULES[shape.name][place], {name: values[place]}, flaws)
        values[place] = plan.samples[place]
    if not _are_fit(plan.texts(values)):
        return None
    content = list(astuple(clean))
    for place, sent in said.items():
        content[place] = sent
    return Mended(replace(clean, **usable), tuple(content), tuple(flaws))


def _are_fit(texts: tuple[str | None, ...]) -> bool:
    """Tell whether there is nothing in texts that a typed conversion lets through and a rule does not."""
    sent = [text for text in texts if text is not None]
    return not any(map(str.isspace, sent)) and "" not in sent and is_storable("".join(sent))
