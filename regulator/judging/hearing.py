"""One partition of a platform's orders feed before the judge: messages in, conclusions out.

The live judge and the replay both drive this, message by message, so that a verdict cannot depend
on which of them asked.
"""

from typing import Protocol

from regulator.domain.errors import TooManyDefects
from regulator.domain.feed import Accepted, Outcome, Refusal, Refused
from regulator.domain.instants import Instant
from regulator.domain.register import Mileage
from regulator.domain.reported import (
    ReportedCar,
    ReportedDriver,
    ReportedFare,
    ReportedInsurance,
    ReportedPermit,
    Told,
)
from regulator.judging.account import Account
from regulator.judging.judged import Fate, Judged
from regulator.judging.order_book import OrderBook

_TELLING = (Mileage, ReportedPermit, ReportedFare, ReportedCar, ReportedInsurance, ReportedDriver)
_RECORDS_PER_DEFECT = 10_000
_DEFECTS_AT_FIRST = 10
"""One defect in so many records is parked, and a few at first; more is a wrong release: stop."""


class Border(Protocol):
    """Reads a platform's bytes (``regulator.wire.ministry``)."""

    def read(self, payload: bytes, arrival: Instant) -> list[Outcome]:
        """Return one outcome for each record of a message, in order of index."""
        ...


class Hearing:
    """Reads messages, keeps the account, and judges."""

    def __init__(self, border: Border, book: OrderBook) -> None:
        self.book = book
        self.account = Account()
        self._told: list[Told] = []
        self._border = border
        self._records = 0
        self._defects = 0

    def renew(self, border: Border) -> None:
        """Read by another border from now on: limits have changed."""
        self._border = border

    def hear(self, payload: bytes, *, arrival: Instant, offset: int) -> None:
        """Take in one message; nothing is judged yet."""
        account, book = self.account, self.book
        account.messages += 1
        for outcome in self._border.read(payload, arrival):
            if isinstance(outcome, Accepted):
                fate, key = book.take(outcome, arrival=arrival, offset=offset)
                if fate is Fate.NAMES_NO_ORDER:
                    account.refuse(_unattributable(outcome), offset=offset)
                else:
                    account.enter(outcome, fate, offset=offset, key=key)
                    if key is None and fate is Fate.HANDLED and isinstance(outcome.fact, _TELLING):
                        told = Told(company=outcome.company, arrived_at=arrival, fact=outcome.fact)
                        self._told.append(told)
            else:
                account.refuse(outcome, offset=offset)

    def conclude(self, *, most: int | None = None) -> Judged:
        """Judge what was heard since the last time, and what was reached: at most so many of these."""
        judged = self.book.conclude(most=most)
        for key in judged.defective:
            self.account.mark_defective(key)
        self.account.settle()
        self._watch_defects(len(judged.defective))
        return judged

    def told(self) -> list[Told]:
        """Return, and let go of, what platforms told of themselves and their cars since the last time.

        It concerns other partitions too: whoever drives this passes it on.
        """
        told, self._told = self._told, []
        return told

    def close_account(self) -> Account:
        """Return the account of what was heard since the last time, and begin a new one."""
        account, self.account = self.account, Account()
        self._records += account.records
        return account

    def _watch_defects(self, more: int) -> None:
        self._defects += more
        records = self._records + self.account.records
        if self._defects > _DEFECTS_AT_FIRST + records / _RECORDS_PER_DEFECT:
            raise TooManyDefects(
                f"our code failed on {self._defects} orders of {self.book.feed} among {records} records:"
                " stopped; see the log, mend, start again"
            )


def _unattributable(record: Accepted) -> Refused:
    return Refused(
        index=record.index,
        type=record.type,
        company=record.company,
        order=record.order,
        reason=Refusal.UNATTRIBUTABLE,
    )
