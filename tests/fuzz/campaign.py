"""A campaign: so many messages, and what must hold after each of them."""

import gc
import resource
from random import Random
from time import process_time
from typing import NamedTuple

from regulator.domain.feed import Accepted, FeedKind, Outcome, Refusal
from regulator.judging.account import HANDLED, Account
from regulator.wire.receipts import decode_receipt, encode_receipt, receipt_of
from tests.fuzz.messages import Sent, message
from tests.wire.sending import ARRIVAL, COMPANY, DRIVER, border

LONGEST_SECONDS = 0.1
MOST_GROWTH = 256 * 1024
"""In KiB, of the process's greatest memory after the first tenth: names are remembered, within bounds."""
_LOOKED_THROUGH = 20
"""One message of so many is read twice, and all that came of it searched for people."""


class Fault(Exception):
    """Something that must not be; says how to see it again."""


class Found(NamedTuple):
    """What a campaign came to."""

    messages: int
    records: int
    handled: int
    slowest: float
    slowest_number: int
    grown: int


class Campaign:
    """Sends message after message of one seed across two borders, one a topic."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._borders = {kind: border(kind=kind) for kind in FeedKind}
        self._records = self._handled = 0
        self._slowest = (0.0, 0)

    def message(self, number: int) -> Sent:
        """Return one of its messages, whichever came before."""
        return message(Random(f"{self._seed} {number}"))

    def run(self, messages: int) -> Found:
        """Send so many; raises ``Fault`` at the first thing that must not be."""
        first = _memory()
        for number in range(messages):
            if number == messages // 10:
                gc.collect()
                first = _memory()
            self._send(number)
        slowest, which = self._slowest
        return Found(messages, self._records, self._handled, slowest, which, _memory() - first)

    def _send(self, number: int) -> None:
        kind, payload, in_place = self.message(number)
        read = self._borders[kind].read
        started = process_time()
        try:
            outcomes = read(payload, ARRIVAL)
        except BaseException as error:
            raise Fault(f"seed {self._seed}, message {number}: {error!r} escaped") from error
        self._slowest = max(self._slowest, (process_time() - started, number))
        wrong = _what_is_wrong(outcomes)
        if wrong is None and number % _LOOKED_THROUGH == 0:
            again = read(payload, ARRIVAL)
            wrong = "another outcome the second time" if again != outcomes else None
            if in_place and DRIVER in repr(outcomes):  # a driver's number as, say, an order's is no secret
                wrong = "a driving-licence number behind the border"
        if wrong is not None:
            raise Fault(f"seed {self._seed}, message {number}: {wrong}")
        self._records += len(outcomes)
        self._handled += sum(isinstance(outcome, Accepted) for outcome in outcomes)


def _what_is_wrong(outcomes: list[Outcome]) -> str | None:
    """Say what is wrong with the outcomes of a message."""
    if [outcome.index for outcome in outcomes] != list(range(len(outcomes))):
        return "records without a fate of their own"
    account = Account()
    for outcome in outcomes:
        if isinstance(outcome, Accepted):
            if outcome.company != COMPANY:
                return "a company that the slug may not speak for"
            account.enter(outcome, HANDLED, offset=0, key=None)
        else:
            if outcome.reason is Refusal.DEFECT:
                return "a defect of ours"
            account.refuse(outcome, offset=0)
    receipt = receipt_of(account, "feed.sunny.orders", 0, first=0, last=0)
    if not receipt.adds_up or receipt.records != len(outcomes):
        return "an account that does not add up"
    return None if decode_receipt(encode_receipt(receipt)) == receipt else "a receipt that cannot be sent"


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
