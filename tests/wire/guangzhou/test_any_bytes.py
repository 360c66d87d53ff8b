"""Whatever arrives in Guangzhou's dialect, the border never raises and answers each record once."""

from random import Random
from typing import Any

import pytest

from regulator.domain.feed import FeedKind, Refusal, Refused
from regulator.wire.guangzhou.table import COMMANDS
from tests.wire.guangzhou.telling import border, message
from tests.wire.sending import ARRIVAL, reasons
from tests.wire.test_any_bytes import VALUES

SEEDS = range(30)


def spoilt(rng: Random, fields: tuple[str, ...]) -> Any:
    """Return a record of anything under the command's own keys."""
    sent = {name: rng.choice(VALUES) for name in fields if rng.random() < 0.7}
    return rng.choice([sent] * 10 + [None, 7, "x", []])


@pytest.mark.parametrize("command", COMMANDS)
def test_any_values_have_one_outcome_each_and_none_is_our_failure(command: str) -> None:
    fields = COMMANDS[command].fields
    kind = FeedKind.POSITIONS if COMMANDS[command].is_position else FeedKind.ORDERS
    ours = border(kind)
    for seed in SEEDS:
        rng = Random(f"{command} {seed}")
        sent = [spoilt(rng, fields) for _ in range(5)]

        outcomes = ours.read(message(command, sent), ARRIVAL)

        assert [outcome.index for outcome in outcomes] == list(range(5))
        assert not [one for one in outcomes if isinstance(one, Refused) and one.reason is Refusal.DEFECT]


def test_bytes_flipped_anywhere_never_raise() -> None:
    ours, rng = border(), Random("bytes")
    whole = message("YYCF", [{"orderId": "1", "vehicleNo": "粤AD12345", "depTime": "20260302081530"}] * 3)
    for _ in range(3_000):
        payload = bytearray(whole)
        for _ in range(rng.randint(1, 4)):
            payload[rng.randrange(len(payload))] = rng.randrange(256)

        outcomes = ours.read(
            bytes(payload[: rng.choice([len(payload), rng.randrange(len(payload))])]), ARRIVAL
        )

        assert outcomes
        assert not [one for one in outcomes if isinstance(one, Refused) and one.reason is Refusal.DEFECT]


def test_records_nested_deeper_than_anybody_reads_hurt_only_themselves() -> None:
    deep = b"[" * 900 + b"]" * 900
    before = b'{"company":"3101YPZC0001","type":"ORDER","command":"DDCX","records":[{"orderId":"1"},'

    outcomes = border().read(before + deep + b',{"orderId":"2"}]}', ARRIVAL)

    assert [outcome.order for outcome in outcomes] == ["1", None, "2"]
    assert reasons(outcomes) == [None, "unattributable", None]
