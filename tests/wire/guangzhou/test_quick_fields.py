"""A field that is read quickly is read as it would be with care."""

from typing import Any

import pytest

from regulator.domain.feed import Flaw
from regulator.wire.guangzhou.forms import FORMS
from regulator.wire.guangzhou.mending import read_carefully
from tests.wire.guangzhou.telling import COMMANDS, clean
from tests.wire.test_any_bytes import VALUES

TEXTS: tuple[Any, ...] = (
    "121473700", "31230400", "20260302081530", "20260302", "202602", "1", "5", "007", "-1", "+1", "1.5", "1.",
    ".5", "1_0", " 1", "1 ", "²", "1e3", "0.1.2", "9" * 39, "9" * 41, "沪AD12345", "null", "true", "nan",
)  # fmt: skip


@pytest.mark.parametrize("command", FORMS)
def test_what_is_read_quickly_has_no_fault_and_the_same_value(command: str) -> None:
    quickly = 0
    for field in FORMS[command].fields:
        for sent in (*VALUES, *TEXTS):
            value = field.quick(sent)
            if value is None:
                continue
            quickly += 1
            flaws: list[Flaw] = []
            careful = read_carefully(field, {field.name: sent}, flaws)

            assert (careful, flaws) == ((value, value), []), (field.name, sent)
            assert type(careful[0]) is type(value)
    assert quickly


@pytest.mark.parametrize("kind", COMMANDS)
def test_all_of_a_clean_record_is_read_quickly(kind: str) -> None:
    record = clean(kind)

    fields = [field for field in FORMS[COMMANDS[kind][1]].fields if field.name in record]

    assert len(fields) >= 2
    assert not [field.name for field in fields if field.quick(record[field.name]) is None]
