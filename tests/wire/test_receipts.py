"""What a platform is told of a processed run (contract, section 2)."""

import json

import msgspec
import pytest

from regulator.domain.feed import FlawKind, Refusal
from regulator.wire.receipts import FlawLine, Receipt, RefusedLine, decode_receipt, encode_receipt

RECEIPT = Receipt(
    topic="feed.sunny.orders",
    partition=0,
    first=8123,
    last=9122,
    messages=1000,
    records=1002,
    handled=999,
    repeated=2,
    refused=(RefusedLine(8200, 1, None, Refusal.UNATTRIBUTABLE),),
    flaws=(FlawLine(8300, 0, "SU0001", "LicenseId", FlawKind.BAD_FIELD),),
)


def test_a_receipt_is_the_contracts_json() -> None:
    assert json.loads(encode_receipt(RECEIPT)) == {
        "topic": "feed.sunny.orders",
        "partition": 0,
        "from": 8123,
        "to": 9122,
        "messages": 1000,
        "records": 1002,
        "handled": 999,
        "repeated": 2,
        "refused": [{"offset": 8200, "index": 1, "order": None, "reason": "unattributable"}],
        "flaws": [
            {"offset": 8300, "index": 0, "order": "SU0001", "field": "LicenseId", "reason": "bad_field"}
        ],
    }


def test_a_receipt_is_read_as_it_was_written() -> None:
    assert decode_receipt(encode_receipt(RECEIPT)) == RECEIPT


def test_a_receipt_adds_up() -> None:
    assert RECEIPT.adds_up
    assert not msgspec.structs.replace(RECEIPT, handled=1000).adds_up


@pytest.mark.parametrize("value", [b"", b"{}", b'{"topic":7}'])
def test_a_value_that_is_no_receipt_is_told(value: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_receipt(value)
