"""What one poll brought, read and sorted, and its one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from regulator.domain.drivers import Driver, DriverNumber
from regulator.domain.instants import Instant
from regulator.domain.reported import Told
from regulator.joins.orders import Order
from regulator.quality.orders import OrderSeen
from regulator.quality.tally import Tally
from regulator.store import Connection
from regulator.store.base_facts import BaseFactStore
from regulator.store.driver_numbers import DriverNumbers
from regulator.store.enforcement import apply_judgements
from regulator.store.findings import QueueEvent
from regulator.store.keeping import Word
from regulator.store.notices import Given, NoticeStore
from regulator.store.outbox import OutboxStore, Post
from regulator.store.progress import Partition, ProgressStore, Reached
from regulator.store.quality import QualityStore
from regulator.store.quality_orders import OrderQualityStore
from regulator.store.refusals import Range, RefusalStore, RefusedRecord
from regulator.store.register import Heard, RegisterStore
from regulator.wire.orders import encode_order
from streams.topics import RETURNED

_UNKNOWN_NOTICE = "unknown_notice"
DEFECT = "defect"
"""Why a message is refused that is right, for all we know: the failure is ours."""
CONSUMER = "desk"
"""The name under which offsets are kept."""


class Message(Protocol):
    """A consumed message: what the desk relies on of a ``ConsumerRecord``."""

    @property
    def topic(self) -> str:
        """Its topic."""
        ...

    @property
    def partition(self) -> int:
        """Its partition."""
        ...

    @property
    def offset(self) -> int:
        """Its offset."""
        ...

    @property
    def timestamp(self) -> int:
        """When it came in, in milliseconds since 1970."""
        ...

    @property
    def key(self) -> bytes | None:
        """Its key."""
        ...

    @property
    def value(self) -> bytes | None:
        """Its payload; None is a tombstone."""
        ...


def arrival(message: Message) -> Instant:
    """Return when a message came into its topic."""
    return Instant(message.timestamp * 1000)


def origin(message: Message) -> str:
    """Return where a message can be found again."""
    return f"{message.topic}/{message.partition}/{message.offset}"


@dataclass(slots=True)
class Gathered:
    """What a batch of messages asks of SQL, each kind in its order."""

    events: list[QueueEvent] = field(default_factory=list)
    states: list[Word] = field(default_factory=list)
    answered: list[Range] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)
    unreadable: list[RefusedRecord] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    numbers: dict[Driver, DriverNumber] = field(default_factory=dict)
    given: list[tuple[Message, Given]] = field(default_factory=list)
    """Answers to notices, each with the message that it came in."""
    told: list[Told] = field(default_factory=list)
    seen: list[OrderSeen] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    least_kilometres: float = 0.0
    """Under which no rule asks how far a car was driven."""
    reached: dict[Partition, Reached] = field(default_factory=dict)

    def reach(self, messages: Sequence[Message]) -> None:
        """Note how far a partition was read."""
        last = messages[-1]
        self.reached[last.topic, last.partition] = Reached(last.offset + 1, arrival(last))

    def answer(self, run: Range, refused: Iterable[RefusedRecord]) -> None:
        """Take a receipt; what was said before about its range counts no more."""
        if any(one.overlaps(run) for one in self.answered):
            self.refused = [one for one in self.refused if not run.holds(one)]
        self.answered.append(run)
        self.refused.extend(refused)

    def refuse(self, message: Message, reason: str, detail: str) -> None:
        """Keep a message as refused: where it is and why, never what it says."""
        self.unreadable.append(_refused(message, reason, detail))

    def write(self, connection: Connection, *, encryption_key: bytes, at: Instant) -> None:
        """Let everything have its effect, and keep the offsets beside it."""
        if self.events or self.states:
            applied = apply_judgements(connection, self.events, self.states, at=at)
            OutboxStore(connection).post([_returned(order) for order in applied.give_back], at=at)
        if self.numbers:
            DriverNumbers(connection, encryption_key).keep(self.numbers)
        RegisterStore(connection).take(self.heard)
        if self.told:
            BaseFactStore(connection).take(self.told, least_kilometres=self.least_kilometres)
        QualityStore(connection).take(self.tallies, at=at)
        OrderQualityStore(connection).take(self.seen)
        unknown = self._take_answers(NoticeStore(connection))
        refusals = RefusalStore(connection)
        refusals.replace(self.answered)
        refusals.write([*self.refused, *self.unreadable, *unknown])
        ProgressStore(connection).write(CONSUMER, self.reached, at=at)

    def _take_answers(self, notices: NoticeStore) -> list[RefusedRecord]:
        """Take answers to notices; return those that answer none."""
        return [
            _refused(message, _UNKNOWN_NOTICE, "notice: this platform was sent none of this number")
            for message, given in self.given
            if not notices.answer(given)
        ]


def _refused(message: Message, reason: str, detail: str) -> RefusedRecord:
    return RefusedRecord(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        index=0,
        reason=reason,
        order=None,
        detail=detail,
        refused_at=arrival(message),
    )


def _returned(order: Order) -> Post:
    return Post(RETURNED, 0, order.key.encode(), encode_order(order))
