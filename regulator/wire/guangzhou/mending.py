"""Records of Guangzhou's interface → records of the ministry's, which readers know.

Numbers are Strings there: digits in a text are as they should be, and a JSON number is repaired.
"""

from collections.abc import Mapping
from typing import Any

from regulator.domain.feed import Flaw, FlawKind
from regulator.wire.guangzhou.forms import Form, FormField
from regulator.wire.ministry.content import plain, storable
from regulator.wire.ministry.fields import Kind
from regulator.wire.ministry.mending import Mended, as_number, as_text, find, is_blank, is_number
from regulator.wire.ministry.names import Drivers

_DRIVER = "LicenseId"
_INVALID = 0
"""A position's validity: 1 有效, 0 无效."""


def mend(form: Form, raw: object, drivers: Drivers) -> Mended:
    """Mend one record; what is no JSON object has no fields at all.

    The content is the ministry's fields in their order, then the command and what it has besides.
    """
    record: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    flaws: list[Flaw] = []
    values: dict[str, Any] = dict(form.nothing)
    said: dict[str, Any] = {}
    besides: dict[str, Any] = {}
    for field in form.fields:
        usable, kept = _read(field, record, flaws)
        if not field.means:
            besides[field.rule.name] = usable
        elif usable is not None:
            values[field.means] = usable
        said[field.means or field.rule.name] = kept
    _stand_in(form, values, besides, drivers)
    flaws += (Flaw(key, FlawKind.PERSONAL_DATA) for key in form.personal if not is_blank(record.get(key)))
    content = (
        *[said.get(name) for name in form.nothing],
        form.command.name,
        *[said[name] for name in besides],
    )
    return Mended(form.shape.struct(**values), content, tuple(flaws), isinstance(raw, dict))


def _read(field: FormField, record: Mapping[str, Any], flaws: list[Flaw]) -> tuple[Any, Any]:
    """Return what a reader is given and what the record said; append the field's flaws."""
    rule = field.rule
    sent, misspelt = find(rule.name, record)
    if is_blank(sent):
        if rule.required:
            flaws.append(Flaw(rule.name, FlawKind.MISSING_FIELD))
        return rule.nothing, None
    value: Any = as_text(sent) if rule.kind is Kind.TEXT else as_number(sent, rule.kind)
    if misspelt or _has_other_type(field, sent, value):
        flaws.append(Flaw(rule.name, FlawKind.REPAIRED))
    if rule.admits(value):
        return value, value
    flaws.append(Flaw(rule.name, FlawKind.BAD_FIELD))
    if isinstance(value, str) and rule.admits(stored := storable(value)):
        return stored, plain(value)
    return rule.nothing, plain(value)


def _has_other_type(field: FormField, sent: object, value: object) -> bool:
    """Tell whether a number came as a text or a text as a number, and could be understood."""
    if field.is_integer:
        return isinstance(sent, str) and not isinstance(value, str)
    return is_number(sent)


def _stand_in(form: Form, values: dict[str, Any], besides: Mapping[str, Any], drivers: Drivers) -> None:
    """Take the ID number where no driving-licence number says who drove, and no place from an invalid fix.

    The two numbers are the same one on a mainland driving licence.
    """
    spare = besides.get(form.command.spare)
    if spare and not drivers[values[_DRIVER]].driver:
        values[_DRIVER] = spare
    if besides.get("validity") == _INVALID and form.shape.is_position:
        values["Longitude"] = values["Latitude"] = None
