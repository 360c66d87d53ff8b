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

    The content ends with the command, because several say the same.
    """
    record: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    flaws: list[Flaw] = []
    values: dict[str, Any] = dict(form.nothing)
    said: dict[str, Any] = {}
    for field in form.fields:
        sent = record.get(field.name)
        if sent is None and field.is_silent:
            continue
        usable = kept = field.quick(sent)
        if usable is None:
            usable, kept = read_carefully(field, record, flaws)
        if usable is not None:
            values[field.means] = usable
        said[field.means] = kept
    flaws += (Flaw(key, FlawKind.PERSONAL_DATA) for key in form.personal if not is_blank(record.get(key)))
    content = (*map(said.get, form.content), form.command.name)
    return Mended(_record(form, values, drivers), content, tuple(flaws), isinstance(raw, dict))


def _record(form: Form, values: Mapping[str, Any], drivers: Drivers) -> Any:
    """Return the ministry's record.

    The ID number says who drove where no driving-licence number does: the two are the same one on a
    mainland licence. A fix that is invalid is no place.
    """
    told = {name: values[name] for name in form.nothing}
    spare = values.get(form.command.spare)
    if spare and not drivers[told[_DRIVER]].driver:
        told[_DRIVER] = spare
    if form.shape.is_position and values.get("validity") == _INVALID:
        told["Longitude"] = told["Latitude"] = None
    return form.shape.struct(**told)


def read_carefully(field: FormField, record: Mapping[str, Any], flaws: list[Flaw]) -> tuple[Any, Any]:
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
