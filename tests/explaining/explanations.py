"""Accounts of a sitting's orders, as short as a test wants to ask for them."""

from regulator.domain.episodes import Episode
from regulator.domain.licences import Statement
from regulator.domain.register import Heartbeat, Mileage, RegisterMessage
from regulator.explaining.case import Explainer, Feed
from regulator.explaining.explained import CaseExplained
from regulator.explaining.naming import Names
from regulator.explaining.stated import StatedRegister
from regulator.explaining.told.findings import Change, Supposition
from regulator.joins.statements import StatementBook
from tests.builders.law import CITY, FEED, Sitting, minutes, sources


class Told:
    """A sitting, and a register of whole words that heard the same."""

    def __init__(self, *stated: Statement | Episode, vouched: float | None = 1000) -> None:
        self.sitting = Sitting(*stated, vouched=vouched)
        self._register = StatedRegister(sources())
        self._book = StatementBook()
        for one in stated:
            self._hear(one)
        if vouched is not None:
            self._hear(Heartbeat(source=CITY, complete_to=minutes(vouched)))

    def tell(self, mileage: Mileage) -> None:
        """Let both hear how far a car was driven."""
        self.sitting.tell(mileage)
        self._register.follow(mileage, minutes(0))

    def explain(self, order: str = "order-1") -> CaseExplained:
        """Judge, and account for an order."""
        self.sitting.conclude()
        (found,) = (one for one in self.sitting.book if one.case == order)
        explainer = Explainer(self.sitting.law, self._register, sources(), Names())
        return explainer.explain(found, Feed(topic=FEED, partition=0), told={})

    def _hear(self, message: RegisterMessage) -> None:
        change = self._book.take(message)
        if change is not None:
            self._register.follow(change, minutes(0))


def changes(explained: CaseExplained, code: str) -> list[str]:
    """Return what suppositions of a code change, each as ``rule: before -> after``."""
    return [_gist(change) for one in explained.would_change if one.code == code for change in one.changes]


def suppositions(explained: CaseExplained) -> dict[str, Supposition]:
    """Return the suppositions that change something, by code; of several the last."""
    return {one.code: one for one in explained.would_change}


def _gist(change: Change) -> str:
    before = " ".join(filter(None, (change.before, change.reason_before))) or "none"
    after = " ".join(filter(None, (change.after, change.reason_after))) or "none"
    return f"{change.rule}: {before} -> {after}"
