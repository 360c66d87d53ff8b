"""Our envelope around the interface's files: whose, which command, and the file's list of records.

The interface itself sends files, and says these things in the file's name.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from regulator.domain.feed import Flaw, FlawKind, Refusal
from regulator.wire.guangzhou.forms import FORMS, Form
from regulator.wire.ministry.batches import LONGEST_COMPANY, Batch, Lost, Unreadable
from regulator.wire.ministry.mending import is_blank, is_number
from regulator.wire.ministry.tolerant_json import anything, opened, outside, records_in

_SPOKEN = ("company", "type", "command")
_RECORDS = "records"


class Envelope(msgspec.Struct, frozen=True, gc=False):
    """A message taken apart; its records are yet to be opened."""

    form: Form
    batch: Batch


def read_envelope(payload: bytes) -> Envelope | Lost:
    """Take a message apart; raises ``Unreadable``."""
    keys = outside(payload)
    spoken = {key: opened(keys[key]) for key in _SPOKEN if key in keys}
    company, company_flaws = _company(spoken.get("company"))
    command = spoken.get("command")
    form = FORMS.get(command) if isinstance(command, str) else None
    if form is None:
        return Lost(Refusal.UNKNOWN_TYPE, company)
    records = keys.get(_RECORDS)
    if records is None or (isinstance(records, msgspec.Raw) and bytes(records) == b"null"):
        return Lost(Refusal.UNKNOWN_TYPE, company, form.shape.name)
    flaws = _flaws(form, spoken)
    return Envelope(form, Batch(form.shape, company, records_in(records), None, flaws, company_flaws))


def open_record(record: Any) -> Any:
    """Return a record as JSON has it; None for one that cannot be read by itself."""
    if isinstance(record, msgspec.Raw):
        record = bytes(record)
    if not isinstance(record, bytes):
        return record
    try:
        return anything(record)
    except Unreadable:  # nested deeper than Python goes, and not as deep as would sink the message
        return None


def _company(value: Any) -> tuple[str, tuple[Flaw, ...]]:
    """Return who speaks, blank where that cannot be told, and what had to be repaired."""
    if is_blank(value) or not (isinstance(value, str) or is_number(value)):
        return "", ()
    text = str(value)
    repaired = () if isinstance(value, str) else (Flaw("company", FlawKind.REPAIRED),)
    return (text, repaired) if len(text) <= LONGEST_COMPANY else ("", ())


def _flaws(form: Form, spoken: Mapping[str, Any]) -> tuple[Flaw, ...]:
    """The command says which type it is of; a type that says otherwise is a flaw."""
    told = spoken.get("type")
    if is_blank(told):
        return (Flaw("type", FlawKind.MISSING_FIELD),)
    return () if told == form.command.group else (Flaw("type", FlawKind.BAD_FIELD),)
