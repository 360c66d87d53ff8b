"""Receipts (回执): what became of every record of one run, told to the platform that sent it."""

import msgspec

from regulator.domain.feed import FlawKind, Refusal
from regulator.judging.account import HANDLED, REPEATED, Account


class RefusedLine(msgspec.Struct, frozen=True, gc=False):
    """One record that was refused, by offset and index."""

    offset: int
    index: int
    order: str | None
    reason: Refusal


class FlawLine(msgspec.Struct, frozen=True, gc=False):
    """One flaw of a record that was handled."""

    offset: int
    index: int
    order: str | None
    field: str
    reason: FlawKind


class Receipt(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """The account of a processed run: offsets ``first`` to ``last`` of one partition, both included.

    ``records`` = ``handled`` + ``repeated`` + the number of ``refused``, always. A receipt whose
    range overlaps an older one replaces it.
    """

    topic: str
    partition: int
    first: int
    last: int
    messages: int
    records: int
    handled: int
    repeated: int
    refused: tuple[RefusedLine, ...] = ()
    flaws: tuple[FlawLine, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether every record has exactly one fate."""
        return self.records == self.handled + self.repeated + len(self.refused)


def receipt_of(account: Account, topic: str, partition: int, *, first: int, last: int) -> Receipt:
    """Turn the account of a run into its receipt."""
    return Receipt(
        topic=topic,
        partition=partition,
        first=first,
        last=last,
        messages=account.messages,
        records=account.records,
        handled=account.count(HANDLED),
        repeated=account.count(REPEATED),
        refused=tuple(RefusedLine(one.offset, one.index, one.order, one.reason) for one in account.refused),
        flaws=tuple(
            FlawLine(one.offset, one.index, one.order, one.field, one.reason) for one in account.flaws
        ),
    )


encode_receipt = msgspec.json.Encoder().encode
"""Write a receipt as the contract's JSON (section 2)."""

decode_receipt = msgspec.json.Decoder(Receipt).decode
"""Read a receipt; raises ``msgspec.DecodeError``."""
