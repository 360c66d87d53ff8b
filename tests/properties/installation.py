"""A judge's worker over topics that are lists, doing what streams.judge does on Kafka, one write at a time.

``Topics`` outlive a crash, a ``Worker`` does not. The order of writes is that of
``streams.judge.unit``: violations, then states with the checkpoint, then the acknowledgement. A
crash is allowed between any two single writes, which is worse than what a broker does to batches.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from regulator.domain.feed import FeedKind
from regulator.domain.instants import SECOND, Instant
from regulator.domain.licences import SourceName
from regulator.domain.register import Mileage, RegisterChange
from regulator.joins.register_index import RegisterIndex
from regulator.joins.statements import StatementBook
from regulator.judging.announcing import Occasion
from regulator.judging.court import Court
from regulator.judging.hearing import Hearing
from regulator.judging.judged import Judged
from regulator.judging.order_book import OrderBook
from regulator.law import law_in_force
from regulator.store.outbox import key_of
from regulator.wire.ministry import Border
from regulator.wire.orders import encode_order
from regulator.wire.register import decode_change, encode_change, read_register
from regulator.wire.violations import encode_violation
from streams.judge.opening import load, remind
from streams.writing import CHECKPOINT, seen_record
from tests.properties.stories import CONFIG, FEED, LATER, SECRETS


class Crashed(Exception):
    """The worker is gone; begin another on the same topics."""


@dataclass
class Topics:
    """What is durable."""

    feed: Sequence[bytes]
    register: list[tuple[bytes, bytes] | None] = field(default_factory=list)
    """Key and change by offset, as the desk publishes them; None where compaction removed one."""
    told: list[Mileage] = field(default_factory=list)
    """What platforms told the desk of cars, through the judge."""
    violations: list[bytes] = field(default_factory=list)
    states: dict[bytes, bytes] = field(default_factory=dict)
    committed: int = 0
    fates: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """By company, type and fate, of every record acknowledged."""
    read: int = 0
    """How far any worker ever read the feed."""

    def compact_register(self) -> None:
        """Keep the newest record of each key, as the broker does when it pleases."""
        newest = {record[0]: place for place, record in enumerate(self.register) if record}
        for place, record in enumerate(self.register):
            if record and newest[record[0]] != place:
                self.register[place] = None


class Desk:
    """Resolves sequences and publishes what changed; it never crashes here."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self._statements = StatementBook()
        self._passed_on = 0

    def hear(self, department: str, payload: bytes) -> None:
        source = CONFIG.sources[SourceName(department)]
        said = read_register(payload, source=source, arrival=LATER, pseudonym_key=SECRETS.pseudonym_key)
        change = self._statements.take(said)
        if change is not None:
            self._publish(change)

    def pass_on(self) -> None:
        """Publish what platforms told since the last time."""
        for mileage in self._topics.told[self._passed_on :]:
            self._publish(mileage)
        self._passed_on = len(self._topics.told)

    def _publish(self, change: RegisterChange) -> None:
        self._topics.register.append((key_of(change), encode_change(change)))


class Worker:
    """One life of a judge. ``writes`` is how many single writes it lives for; None: for ever."""

    def __init__(self, topics: Topics, *, writes: int | None = None) -> None:
        self._topics = topics
        self._writes_left = writes
        index = RegisterIndex(CONFIG.sources)
        self._court = Court(law_in_force(CONFIG, SECRETS, index), index)
        self._followed = 0
        self.follow()
        self._open()

    def follow(self) -> None:
        """Follow the register to its present end; what it reaches is judged by the next conclusion."""
        for record in filter(None, self._topics.register[self._followed :]):
            self._court.follow(decode_change(record[1]), LATER)
        self._followed = len(self._topics.register)

    def hear(self, messages: int) -> None:
        """Judge a run of so many messages."""
        first = self._topics.committed
        payloads = self._topics.feed[first : first + messages]
        for offset, payload in enumerate(payloads, first):
            self._hearing.hear(payload, arrival=Instant(LATER + offset * SECOND), offset=offset)
        last = first + len(payloads)
        self._topics.read = max(self._topics.read, last)
        self._recall_after(last)
        self._conclude()
        self._tell()
        account = self._hearing.close_account()
        self._write()
        self._topics.fates += account.fates
        self._topics.committed = last

    def rejudge(self) -> None:
        """Judge again what the register has reached."""
        self._conclude()

    def _open(self) -> None:
        border = Border(
            companies=CONFIG.companies,
            kind=FeedKind.ORDERS,
            pseudonym_key=SECRETS.pseudonym_key,
            fillers=CONFIG.driver_fillers,
            limits=CONFIG.limits,
        )
        self._hearing = Hearing(border, OrderBook(self._court.law, feed=FEED, partition=0))
        checkpoint = load(self._hearing, self._topics.states, Occasion(LATER))
        for said in self._topics.violations[checkpoint:]:
            remind(self._hearing, said)
        self._recall_from: int | None = self._topics.read
        self._recall_after(self._topics.committed)
        self._court.open(self._hearing)

    def _recall_after(self, offset: int) -> None:
        if self._recall_from is not None and offset >= self._recall_from:
            self._recall_from = None
            self._hearing.book.recall(Occasion(LATER))

    def _conclude(self) -> None:
        judged = self._hearing.conclude()
        assert not judged.defective, judged.defective
        self._keep(judged)

    def _keep(self, judged: Judged) -> None:
        for event in judged.events:
            self._write()
            self._topics.violations.append(encode_violation(event))
        for order in judged.changed:
            self._write()
            self._topics.states[order.key.encode()] = encode_order(order)
        for digest, origin in judged.others.items():
            self._write()
            key, value = seen_record(digest, origin)
            if key is not None and value is not None:
                self._topics.states[key] = value
        if judged.events and self._recall_from is None:
            self._write()
            self._topics.states[CHECKPOINT] = str(len(self._topics.violations)).encode()

    def _tell(self) -> None:
        for told in self._hearing.told():
            assert isinstance(told.fact, Mileage)
            self._write()
            self._topics.told.append(told.fact)

    def _write(self) -> None:
        if self._writes_left is not None:
            if self._writes_left == 0:
                raise Crashed
            self._writes_left -= 1
