"""The orders of one partition of a feed: as they stand, and what was said about them.

A state machine without clock or Kafka. Records go in with ``take``, changes of the register with
``reach`` and ``settle``; ``conclude`` judges what either reached and returns what the enforcement
queue is to be told and which orders changed. At rest nothing depends on the order of arrival.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain

from regulator.domain.feed import Accepted
from regulator.domain.findings import FindingEvent, FindingId, Status
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.orders import CompanyId, Report
from regulator.joins.orders import Filed, Mark, Order, case_key, opened
from regulator.joins.pending import Pending
from regulator.joins.recent import Origin, Recent
from regulator.joins.subjects import Subjects
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


_LONG_AGO = Instant(-(1 << 62))


class OrderBook:
    """Orders and logins of one partition, by key and by subject."""

    def __init__(self, law: Law, *, feed: str, partition: int) -> None:
        self.feed = feed
        self.partition = partition
        self._law = law
        self._orders: dict[str, Order] = {}
        self._subjects = Subjects()
        self._pending = Pending()
        self._before: dict[str, Mark | None] = {}
        self._docket = Docket()
        self._untimed: dict[tuple[CompanyId, int], str] = {}
        self._others = Recent()
        self._sieve = Sieve(law)
        self.shadows = Shadows(law, feed=feed, partition=partition)

    def __len__(self) -> int:
        return len(self._orders)

    def __iter__(self) -> Iterator[Order]:
        return iter(self._orders.values())

    def get(self, key: str) -> Order | None:
        """Return the order with this key, if it is held."""
        return self._orders.get(key)

    def load(self, order: Order, occasion: Occasion) -> None:
        """Take back an order as it was kept; it is judged again by the next ``conclude``."""
        self._orders[order.key] = order
        for filing in order.reports:
            self._subjects.add(order.key, filing.report)
        if order.login and not all(filing.report.timed for filing in order.reports):
            self._untimed.update({(order.company, seen.digest): order.key for seen in order.seen})
        self._docket.reach([order.key], None, occasion)

    def remember(self, digest: int, origin: Origin) -> None:
        """Take back, the oldest first, from where a record of no order came first."""
        self._others.remember(digest, origin)

    def knows(self, key: str) -> bool:
        """Tell whether an order is held, or was spoken of and is to come again."""
        return key in self._orders or self._docket.notes(key)

    def remind(self, key: str, id_: FindingId, filed: Filed) -> None:
        """Be told what the queue has heard of an order, which the order as kept may not know.

        Such an order is not judged before it is recalled: some of what it was judged by may still
        have to come again, and half of it would take back what the whole of it said.
        """
        order = self._orders.get(key)
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
        held = self._orders.get(key)
        if held is None or held.given >= order.given:
            return False
        both = self._orders[key] = united(held, order)
        for filing in both.reports:
            self._subjects.add(key, filing.report)
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
        key = self._key(record)
        if key is None:
            return self._fate_of_other(record, offset), None
        order = self._orders.get(key)
        first = order.first_seen(record.digest) if order is not None else None
        if first is not None:
            return Fate.HANDLED if first == (offset, record.index) else Fate.REPEATED, key
        if order is not None and len(order.seen) >= MOST_RECORDS:
            return Fate.NAMES_NO_ORDER, None
        if key not in self._before:
            self._before[key] = order.mark() if order is not None else None
        if order is None:
            order = self._orders[key] = opened(record, arrival)
            if self._docket.notes(key):
                order.filed = self._docket.told(key)
        report = order.add(record, arrival=arrival, offset=offset)
        if report is not None:
            self._subjects.add(key, report)
        return Fate.HANDLED, key

    def _key(self, record: Accepted) -> str | None:
        """Name the record's order or login; a login without a usable time as its first arrival named it."""
        key = case_key(record)
        if key is None or not isinstance(record.fact, Report) or record.order or record.fact.timed:
            return key
        return self._untimed.setdefault((record.company, record.digest), key)

    def _fate_of_other(self, record: Accepted, offset: int) -> Fate:
        """A record of no order or login has no effect, once or twice; only the account tells them apart."""
        if not record.digest:
            return Fate.HANDLED
        origin = offset, record.index
        return Fate.HANDLED if self._others.first(record.digest, origin) == origin else Fate.REPEATED

    def reach(self, kind: LicenceKind | None, subjects: Iterable[Subject], occasion: Occasion) -> None:
        """Mark the orders that name any of these subjects to be judged again.

        ``kind`` is that of the licence the register spoke of; None where it spoke of something else.
        """
        for subject in subjects:
            if kind is LicenceKind.PLATFORM_PERMIT:
                company = CompanyId(subject)
                keys = [key for key, order in self._orders.items() if order.company == company]
            else:
                keys = list(self._subjects.orders_of(subject))
            self._docket.reach(keys, kind, occasion)

    def reconsider(self, keys: Iterable[str], occasion: Occasion) -> None:
        """Mark orders to be judged again, whatever they name: the law itself has changed."""
        self._docket.reach((key for key in keys if key in self._orders), None, occasion)

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
            order = self._orders[key]
            if self._docket.holds_back(key) or not self._may_differ(key, order, before):
                judged.changed.append(order)
            else:
                self._judge(key, order, judged)
        due = self._docket.first(most, but=self._before)
        for key in due:
            held = self._orders.get(key)
            if held is not None and not self._docket.holds_back(key):
                self._judge(key, held, judged)
        self._docket.strike(chain(self._before, due))
        self._before.clear()
        return judged

    def forget(
        self,
        arrived_before: Instant,
        *,
        ended_before: Instant | None = None,
        waiting_before: Instant | None = None,
    ) -> list[Order]:
        """Let go of orders whose newest record is old; return them.

        One that has ended is old sooner, from ``ended_before`` on. One that waits for the register is
        kept longer, until ``waiting_before``: what is said to happen in a hundred years must not be
        waited for.
        """
        busy = self._docket.busy() | self._before.keys()
        old = [
            order
            for order in self._orders.values()
            if order.key not in busy
            and order.arrival < self._kept_from(order, arrived_before, ended_before, waiting_before)
        ]
        gone = {order.key for order in old}
        for order in old:
            del self._orders[order.key]
            for filing in order.reports:
                self._subjects.remove(order.key, filing.report)
        self._pending.forget(gone)
        self.shadows.forget(gone)
        self._forget_names(gone)
        return old

    def _kept_from(
        self, order: Order, arrived: Instant, ended: Instant | None, waiting: Instant | None
    ) -> Instant:
        """Return since when an order's newest record must have arrived for it to be kept."""
        if order.key in self._pending:
            return min(arrived, waiting) if waiting is not None else _LONG_AGO
        if order.ending is not None and ended is not None:
            return max(arrived, ended)
        return arrived

    def undetermined(self) -> Counter[str]:
        """Return how many findings wait for the register, by rule."""
        held = [self._orders[key] for key in self._pending.waiting() if key in self._orders]
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
                del self._orders[key]
                self._forget_names({key})

    def _forget_names(self, gone: Set[str]) -> None:
        """A login without a usable time that is no longer held is named anew if it comes again."""
        self._untimed = {content: key for content, key in self._untimed.items() if key not in gone}
