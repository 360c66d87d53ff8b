"""Whatever arrives, the border never raises, answers each record once, and clean neighbours stay clean."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from msgspec.structs import asdict

from regulator.domain.feed import Outcome, Refusal, Refused
from regulator.wire.ministry.json_envelope import read_json
from regulator.wire.ministry.mending import mend
from regulator.wire.ministry.shapes import SHAPES, misspellings
from regulator.wire.ministry.tolerant_json import read_tolerantly
from tests.wire.sending import ARRIVAL, CLEAN, COMPANY, FORMS, border, envelope, flaws, record

SEEDS = range(40)
VALUES: tuple[Any, ...] = (
    None, "", " ", "0", "1", "x" * 300, "\0", "\ud800", "１２３", "NaN", "1e999", "-0", "沪AD12345",
    True, False, 0, -1, 1, 2**31, 2**32, 2**63, 2**64, 10**50, 0.5, -0.0, 1e300, 20260302081530,
    20260230081530, 19700101080000, 1772410530, [], [[]], {}, {"OrderId": "1"}, ["a", None],
)  # fmt: skip


def mutated(rng: Random, name: str) -> Any:
    """Return a clean record with some of its keys and values spoilt."""
    sent: dict[str, Any] = record(name)
    for _ in range(rng.randint(1, 4)):
        field = rng.choice([field.name for field in SHAPES[name].type.fields])
        spoil: Callable[[], Any] = rng.choice(
            [
                lambda field=field: sent.pop(field, None),
                lambda field=field: sent.update({field: rng.choice(VALUES)}),
                lambda field=field: sent.update({field: str(sent.get(field))}),
                lambda field=field: sent.update({key: sent.get(field) for key in misspellings(field)}),
                lambda: sent.update({rng.choice(["PassengerPhone", "Extra"]): rng.choice(VALUES)}),
            ]
        )
        spoil()
    return rng.choice([sent] * 20 + [None, 7, "x", []])


@pytest.mark.parametrize("name", CLEAN)
def test_every_spoilt_record_has_one_outcome_and_hurts_no_neighbour(name: str) -> None:
    ours = border(name)
    for seed in SEEDS:
        rng = Random(f"{name} {seed}")
        sent = [mutated(rng, name) if index % 2 else record(name) for index in range(11)]

        outcomes = ours.read(envelope(name, sent), ARRIVAL)

        assert [outcome.index for outcome in outcomes] == list(range(11)), seed
        assert all(flaws(outcome) == [] for outcome in outcomes[::2]), seed
        assert not _defects(outcomes), seed


@pytest.mark.parametrize("name", CLEAN)
def test_a_spoilt_record_is_the_same_alone_and_among_others(name: str) -> None:
    ours = border(name)
    for seed in SEEDS:
        rng = Random(f"{name} {seed} alone")
        sent = [mutated(rng, name) for _ in range(5)]

        together = ours.read(envelope(name, sent), ARRIVAL)

        alone = [ours.read(envelope(name, [one]), ARRIVAL)[0] for one in sent]
        assert list(map(_without_index, together)) == list(map(_without_index, alone)), seed


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CLEAN)
def test_spoilt_bytes_never_raise(name: str, form: str) -> None:
    ours = border(name)
    for seed in SEEDS:
        rng = Random(f"{name} {form} {seed}")
        payload = bytearray(FORMS[form](name, [record(name)] * 3))
        for _ in range(rng.randint(1, 6)):
            place = rng.randrange(len(payload))
            payload[place : place + rng.randint(0, 3)] = rng.randbytes(rng.randint(0, 3))

        outcomes = ours.read(bytes(payload), ARRIVAL)

        assert not _defects(outcomes), seed
        assert [outcome.index for outcome in outcomes] == list(range(len(outcomes))), seed


@pytest.mark.parametrize("start", [b"", b"{", b"\n", b"\n\x0c3101YPZC0001\x18\x82\x40"])
def test_noise_never_raises(start: bytes) -> None:
    ours = border()
    for seed in range(200):
        assert not _defects(ours.read(start + Random(seed).randbytes(seed), ARRIVAL)), seed


@pytest.mark.parametrize("name", CLEAN)
def test_mending_a_clean_record_changes_nothing(name: str) -> None:
    clean = read_json(envelope(name, [record(name)]))
    (struct,) = clean.records  # type: ignore[union-attr]  # a clean envelope is a batch

    mended = mend(SHAPES[name], record(name))

    assert mended.flaws == ()
    assert asdict(mended.record) == asdict(struct)


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_envelope_read_tolerantly_is_the_same(name: str) -> None:
    tolerant = read_tolerantly(envelope(name, [record(name)] * 3))
    decoded = [tolerant.read(tolerant.shape, one) for one in tolerant.records]  # type: ignore[union-attr, misc]  # as above

    assert decoded == read_json(envelope(name, [record(name)] * 3)).records  # type: ignore[union-attr]  # as above


def test_a_record_spoilt_by_half_a_pair_leaves_its_neighbours_as_they_are() -> None:
    """The one fault for which the fast parser gives up the whole message."""
    sent = [record("orderMatch"), record("orderMatch", DriverPhone="\ud800"), record("orderMatch", Encrypt=9)]

    read = border().read(
        json.dumps({"CompanyId": COMPANY, "IPCType": "orderMatch", "orderMatch": sent}).encode(), ARRIVAL
    )

    assert [flaws(outcome) for outcome in read] == [
        [],
        [("DriverPhone", "bad_field")],
        [("Encrypt", "bad_field")],
    ]


def _without_index(outcome: Outcome) -> dict[str, Any]:
    return {**asdict(outcome), "index": 0}


def _defects(outcomes: list[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if isinstance(one, Refused) and one.reason is Refusal.DEFECT]
