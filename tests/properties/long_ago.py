"""A judge and a desk with everything that may be on its way between them, one thing at a time.

What is on its way: the register to the judge, the judge's words on orders to the desk, and the desk's
letters (what the archive says, and orders that it gives back). Each keeps its own order, as a partition
does; between them anything may happen first.
"""

from collections.abc import Callable

from regulator.domain.findings import FindingEvent
from regulator.domain.limits import Limits
from regulator.domain.orders import Report
from regulator.domain.register import RegisterMessage
from regulator.joins.keeping import Keeping
from regulator.joins.orders import Order
from regulator.judging.announcing import Occasion
from regulator.store import Store
from regulator.store.enforcement import apply_judgements
from regulator.store.keeping import Word
from regulator.store.orders import OrderLeft
from regulator.store.queue_events import read_order
from regulator.store.register import Heard, RegisterStore
from regulator.store.rejudging import Look, Rejudging
from regulator.store.schema import metadata
from regulator.wire.orders import decode_order, encode_order
from tests.builders.archive import stand_on
from tests.builders.law import FEED, Sitting, minutes, sources

_COUNTERS = "counters"


class LongAgo:
    """What a judge, a desk and the ways between them hold."""

    def __init__(self, store: Store, *, limits: Limits) -> None:
        self._store = store
        _empty(store)
        self._judge = Sitting(vouched=None, limits=limits)
        self._rejudging = Rejudging(self._judge.law, sources())
        self._register: list[RegisterMessage] = []
        self._words: list[Word] = []
        self._letters: list[FindingEvent | bytes] = []
        self._look: Look | None = None
        self.queue: list[FindingEvent] = []

    def state(self, message: RegisterMessage) -> None:
        """Let the desk take in what a department says; the judge will hear of it."""
        with self._store.writing() as connection:
            heard = Heard(content=message, received_at=minutes(0), origin="here")
            RegisterStore(connection).take([heard])
        self._register.append(message)

    def report(self, report: Report, order: str) -> None:
        """Let a platform report."""
        self._judge.report(report, order, arrival=self._judge.offset / 1000)
        self._conclude()

    def hear(self) -> bool:
        """Let the judge hear the next word of the register."""
        if not self._register:
            return False
        self._judge.say(self._register.pop(0))
        self._conclude()
        return True

    def change_limits(self, limits: Limits) -> None:
        """Let a file of limits be taken by the judge, who judges again what he holds, and by the desk."""
        self._judge.law.limits.renew(limits)
        self._judge.book.reconsider([one.key for one in self._judge.book], Occasion(minutes(0)))
        self._conclude()

    def let_go(self) -> None:
        """Let the judge forget whatever he may."""
        gone = self._judge.book.forget(
            Keeping(arrived_before=minutes(100_000), waiting_before=minutes(100_000))
        )
        self._words += [OrderLeft(company=order.company, key=order.case) for order in gone]

    def project(self) -> bool:
        """Let the desk take in the judge's next word."""
        if not self._words:
            return False
        with self._store.writing() as connection:
            applied = apply_judgements(connection, [], [self._words.pop(0)], at=minutes(0))
        self._letters += [encode_order(order) for order in applied.give_back]
        return True

    def look(self) -> bool:
        """Let the archive judge a little, and not yet keep it."""
        stand_on(self._store, self._rejudging.footing(), at=minutes(0))
        with self._store.reading() as connection:
            self._look = self._rejudging.look(connection, at=minutes(0))
        return self._look is not None

    def keep(self) -> bool:
        """Let it keep what it has judged."""
        if self._look is None:
            return False
        with self._store.writing() as connection:
            step = self._rejudging.keep(connection, self._look, at=minutes(0))
        assert step.defects == 0
        self._letters += [one.event for one in step.said]
        self._look = None
        return True

    def send(self) -> bool:
        """Let the postman send the next letter."""
        if not self._letters:
            return False
        match self._letters.pop(0):
            case bytes() as order:
                self._give_back(decode_order(order))
            case event:
                self.queue.append(event)
        return True

    def settle(self) -> None:
        """Let everything arrive."""
        acts: list[Callable[[], bool]] = [self.hear, self.project, self.keep, self.look, self.send]
        for _ in range(10_000):
            if not any([act() for act in acts]):
                return
        raise AssertionError("it does not come to rest")

    def _give_back(self, order: Order) -> None:
        self._judge.book.give_back(order, Occasion(minutes(0)))
        self._conclude()

    def _conclude(self) -> None:
        judged = self._judge.conclude()
        assert not judged.defective
        self.queue += judged.events
        limits = self._judge.law.limits
        self._words += [read_order(encode_order(one), limits=limits, feed=FEED) for one in judged.changed]


def _empty(store: Store) -> None:
    with store.writing() as connection:
        for table in metadata.sorted_tables:
            if table.name != _COUNTERS:
                connection.execute(table.delete())
