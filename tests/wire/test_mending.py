"""Mending a few fields is mending them all: the quick way and the thorough one answer the same."""

import json
from random import Random
from typing import Any

import pytest

from regulator.wire.ministry.mending import Mended, mend
from regulator.wire.ministry.mending_few import mend_quickly
from regulator.wire.ministry.shapes import SHAPES, misspellings
from tests.fuzz.spoilt_json import hostile_value
from tests.wire.sending import CLEAN, record
from tests.wire.table_records import random_record

ROUNDS = 150


def spoilt(name: str, rng: Random) -> dict[str, Any]:
    """Return a record of which some values are not what JSON's reader should get."""
    sent = random_record(name, rng) if rng.random() < 0.5 else record(name)
    for field in SHAPES[name].type.fields:
        if rng.random() < 0.06:
            try:
                sent[field.name] = json.loads(hostile_value(rng))
            except (ValueError, RecursionError):
                sent[field.name] = str(sent.get(field.name))
    more = ["PassengerPhone", "PassengerName", "InfoFlag", *misspellings(rng.choice(list(CLEAN[name])))]
    sent |= {key: rng.choice(["x", "", None, 7]) for key in more if rng.random() < 0.15}
    return sent


def told(mended: Mended, name: str) -> Any:
    read = {field.name: getattr(mended.record, field.name) for field in SHAPES[name].type.fields}
    types = [type(value) for value in (*read.values(), *mended.content)]
    return read, mended.content, mended.flaws, mended.is_object, types


@pytest.mark.parametrize("name", CLEAN)
def test_the_quick_way_and_the_thorough_one_answer_the_same(name: str) -> None:
    for seed in range(ROUNDS):
        sent = spoilt(name, Random(f"{name} {seed}"))

        assert told(mend_quickly(SHAPES[name], sent), name) == told(mend(SHAPES[name], sent), name), sent


@pytest.mark.parametrize("item", [None, 7, "text", []])
def test_what_is_no_object_has_no_fields_either_way(item: object) -> None:
    shape = SHAPES["orderMatch"]

    assert told(mend_quickly(shape, item), "orderMatch") == told(mend(shape, item), "orderMatch")
