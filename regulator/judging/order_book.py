"""The orders of one partition of a feed: as they stand, and what was said about them.

A state machine without clock or Kafka. Records go in with ``take``, changes of the register with
``reach`` and ``settle``; ``conclude`` judges what either reached and returns what the enforcement
queue is to be told and which orders changed. At rest nothing depends on the order of arrival.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from regulator.domain.feed import Accepted
from regulator.domain.findings import FindingEvent, FindingId, Status
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind, Subject
from regulator.joins.held_orders import HeldOrders
from regulator.joins.keeping import Keeping
from regulator.joins.orders import Filed, Mark, Order, opened
from regulator.joins.pending import Pending
from regulator.joins.recent import Origin, Recent
from regulator.joins.united import united
from regulator.judging.announcing import Occasion, announce
from regulator.judging.conclusions import NOTHING, Conclusion, Waiting, judge
from regulator.judging.docket import Docket
from regulator.judging.judged import Fate, Judged
from regulator.judging.law import Law
from regulator.judging.shadows import Shadows
from regulator.judging.sieve import Sieve

MOST_RECORDS = 200
"""A number that more different records share names no order: some sender writes it on all of them.

An order has fewer than twenty; each further one is judged beside all that came before it."""


class OrderBook:
    """Orders and logins of one partition, by key and by subject."""

    def __init__(self, law: Law, *, feed: str, partition: int) -> None:
        self.feed = feed
        self.partition = partition
        self._law = law
        self._held = HeldOrders()
        self._pending = Pending()
        self._before: dict[str, Mark | None] = {}
        self._docket = Docket()
        self._others = Recent()
        self._sieve = Sieve(law)
        self.shadows = Shadows(law, feed=feed, partition=partition)

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Order]:
        return iter(self._held)

    def get(self, key: str) -> Order | None:
        """Return the order with this key, if it is held."""
        return self._held.get(key)

    def load(self, order: Order, occasion: Occasion) -> None:
        """Take back an order as it was kept; it is judged again by the next ``conclude``."""
        self._held.hold(order)
        self._docket.reach([order.key], None, occasion)

    def remember(self, digest: int, origin: Origin) -> None:
        """Take back, the oldest first, from where a record of no order came first."""
        self._others.remember(digest, origin)

    def knows(self, key: str) -> bool:
        """Tell whether an order is held, or was spoken of and is to come again."""
        return key in self._held or self._docket.notes(key)

    def remind(self, key: str, id_: FindingId, filed: Filed) -> None:
        """Be told what the queue has heard of an order, which the order as kept may not know.

        Such an order is not judged before it is recalled: some of what it was judged by may still
        have to come again, and half of it would take back what the whole of it said.
        """
        order = self._held.get(key)
        if order is None:
            self._docket.note(key, id_, filed)
        elif order.filed.get(id_) != filed:
            order.filed[id_] = filed
            self._docket.remind(key)

    def recall(self, occasion: Occasion) -> None:
        """Mark the reminded orders to be judged again: every record that was to come again has come."""
        self._docket.recall(occasion)

    def give_back(self, order: Order, occasion: Occasion) -> bool:
        """Unite an order with a life of it that was let go of; tell whether that is news."""
        key = order.key
        held = self._held.get(key)
        if held is None or held.given >= order.given:
            return False
        both = united(held, order)
        self._held.hold(both)
        if key in self._before:
            self._before[key] = both.mark()
        self._docket.reach([key], None, occasion)
        self._docket.keep(key)
        return True

    def take(self, record: Accepted, *, arrival: Instant, offset: int) -> tuple[Fate, str | None]:
        """Take in one accepted record; return its fate and the key of its order, if it has one.

        A record that comes again from where it came first, because its handling was not
        acknowledged, has the fate that it had then.
        """
        key = self._held.key_of(record)
        if key is None:
            repeats = self._others.repeats(record.digest, (offset, record.index))
            return Fate.REPEATED if repeats else Fate.HANDLED, None
        order = self._held.get(key)
        if order is None:
            order = self._open(key, record, arrival)
        else:
            first = order.first_seen(record.digest)
            if first is not None:
                return Fate.HANDLED if first == (offset, record.index) else Fate.REPEATED, key
            if len(order.seen) >= MOST_RECORDS:
                return Fate.NAMES_NO_ORDER, None
            if key not in self._before:
                self._before[key] = order.mark()
        report = order.add(record, arrival=arrival, offset=offset)
        if report is not None:
            self._held.note(key, report)
        return Fate.HANDLED, key

    def _open(self, key: str, record: Accepted, arrival: Instant) -> Order:
        self._before[key] = None
        order = opened(record, arrival)
        if self._docket.notes(key):
            order.filed = self._docket.told(key)
        self._held.open(key, order)
        return order

    def reach(self, kind: LicenceKind | None, subjects: Iterable[Subject], occasion: Occasion) -> None:
        """Mark the orders that name any of these subjects to be judged again.

        ``kind`` is that of the licence the register spoke of; None where it spoke of something else.
        """
        for subject in subjects:
            self._docket.reach(self._held.naming(kind, subject), kind, occasion)

    def reconsider(self, keys: Iterable[str], occasion: Occasion) -> None:
        """Mark orders to be judged again, whatever they name: the law itself has changed."""
        self._docket.reach((key for key in keys if key in self._held), None, occasion)

    def settle(self, kind: LicenceKind, complete_to: Instant | None, occasion: Occasion) -> None:
        """Mark the orders that waited for the register of a kind to be complete."""
        if complete_to is not None:
            self._docket.reach(self._pending.due(kind, complete_to), kind, occasion)

    @property
    def has_more(self) -> bool:
        """Tell whether anything that was reached waits to be judged again."""
        return bool(self._docket)

    def conclude(self, *, most: int | None = None) -> Judged:
        """Judge what was taken since the last time, and what was reached: at most so many of these.

        A word of the register may reach every order there is; who has other things to do comes
        back for the rest.
        """
        judged = Judged(events=[], changed=[], defective={}, others=self._others.news())
        self._sieve.renew()
        for key, before in self._before.items():
            order = self._held[key]
            if self._docket.holds_back(key) or not self._may_differ(key, order, before):
                judged.changed.append(order)
            else:
                self._judge(key, order, judged)
        due = self._docket.first(most, but=self._before)
        for key in due:
            held = self._held.get(key)
            if held is not None and not self._docket.holds_back(key):
                self._judge(key, held, judged)
        self._docket.strike(chain(self._before, due))
        self._before.clear()
        return judged

    def forget(self, keeping: Keeping) -> list[Order]:
        """Let go of orders whose newest record is old; return them."""
        busy = self._docket.busy() | self._before.keys()
        old = {
            key: order
            for order in self._held
            if (key := order.key) not in busy and not keeping.holds(order, waits=key in self._pending)
        }
        self._held.let_go(old.values())
        self._pending.forget(old)
        self.shadows.forget(old)
        return list(old.values())

    def undetermined(self) -> Counter[str]:
        """Return how many findings wait for the register, by rule."""
        held = [self._held[key] for key in self._pending.waiting() if key in self._held]
        filed = (filed for order in held for filed in order.filed.values())
        return Counter(one.rule for one in filed if one.status is Status.UNDETERMINED)

    def _may_differ(self, key: str, order: Order, before: Mark | None) -> bool:
        """Tell whether judging can lead to anything: of what no rule asks nothing follows."""
        grown = before is None or order.has_grown(before)
        return (grown and bool(order.reports or order.filed)) or key in self._docket

    def _judge(self, key: str, order: Order, judged: Judged) -> None:
        known = dict(order.filed)
        try:
            conclusion, events = self._conclude(key, order)
        except Exception as failure:  # one order's defect must not hurt its neighbours
            judged.defective[key] = failure
            self._undo(key, order, known)
            return
        self._wait(key, conclusion.waiting)
        judged.events.extend(events)
        if self.shadows:
            events_in_shadow, waited_for = self.shadows.judge(order)
            judged.shadow.extend(events_in_shadow)
            self._wait(key, waited_for)
        if key in self._before or self._docket.recalled(key) or order.filed != known:
            judged.changed.append(order)

    def _conclude(self, key: str, order: Order) -> tuple[Conclusion, Sequence[FindingEvent]]:
        """Judge an order, and say what the queue is to be told of it."""
        reached = self._docket.why(key)
        if key in self._before:
            before = self._before[key]
            known = before.reports if before is not None else 0
            if not order.filed and not reached and self._sieve.passes(order, known=known):
                return NOTHING, ()
            reached = {**reached, None: Occasion(order.arrival)}
        conclusion = judge(order, self._law, feed=self.feed, partition=self.partition)
        return conclusion, announce(order, conclusion, law=self._law, reached=reached)

    def _wait(self, key: str, waited_for: Iterable[Waiting]) -> None:
        for waiting in waited_for:
            self._pending.add(waiting.kind, waiting.until, key)

    def _undo(self, key: str, order: Order, filed: dict[FindingId, Filed]) -> None:
        """Put an order back to how it stood before this round."""
        order.filed = filed
        if key in self._before:
            before = self._before[key]
            if before is not None:
                order.back_to(before)
            else:
                self._held.let_go([order])
