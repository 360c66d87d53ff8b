"""SQL to topics: what waits in the outbox goes out in its order, and is forgotten when the broker has it.

After a crash or an outage it may be unknown which letters went out. The topic ``register`` itself
knows: each message carries its letter's number, and a letter no newer than the topic's last message
was sent. Letters to other topics may be sent twice, and are so written that it does not matter.
"""

import logging
from collections.abc import Callable, Sequence

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaError, KafkaTimeoutError

from regulator.clock import Clock
from regulator.domain.errors import Unavailable
from regulator.store import Store
from regulator.store.outbox import Letter, OutboxStore
from regulator.store.register import RegisterStore
from streams.desk.lines import CALL_MS, consumer, producer
from streams.desk.metrics import DeskMetrics
from streams.desk.patience import Patience
from streams.topics import REGISTER

NUMBER = "letter"
"""The header that carries a letter's number."""

_AT_ONCE = 4_000
_PAUSE_SECONDS = 0.05
_FLUSH_SECONDS = 20
_WHOLE = TopicPartition(REGISTER, 0)
_log = logging.getLogger(__name__)


class Postman:
    """The only writer of the topic ``register``; sends what the archive says, too."""

    def __init__(
        self, store: Store, *, brokers: str, patience: Patience, metrics: DeskMetrics, clock: Clock
    ) -> None:
        self._store = store
        self._brokers = brokers
        self._patience = patience
        self._metrics = metrics
        self._clock = clock
        self._producer: KafkaProducer | None = None

    def run(self) -> None:
        """Send until stopped."""
        try:
            while not self._patience.stopping:
                if not self._patience.until_it_works(self.send_waiting):
                    self._patience.rest(_PAUSE_SECONDS)
        finally:
            self._hang_up()

    def send_waiting(self) -> int:
        """Send the first letters and return how many. Raises KafkaError, Unavailable; nothing is lost."""
        try:
            if self._producer is None:
                self._agree()
                self._producer = producer(self._brokers, "desk-postman")
            sent = self._send_waiting(self._producer, lambda box: box.first(_AT_ONCE))
            sent += self._send_waiting(self._producer, lambda box: box.first_of_others(_AT_ONCE))
        except (KafkaError, Unavailable):  # what was sent and not ticked off is asked of the topic again
            self._hang_up()
            raise
        return sent

    def _send_waiting(self, line: KafkaProducer, wanted: Callable[[OutboxStore], list[Letter]]) -> int:
        """Send letters of one topic, and forget them before any other topic's turn."""
        with self._store.reading() as connection:
            letters = wanted(OutboxStore(connection))
        if letters:
            self._send(line, letters)
            self._forget(letters[-1].id, letters[-1].topic)
            self._metrics.published(len(letters))
        return len(letters)

    def _send(self, line: KafkaProducer, letters: Sequence[Letter]) -> None:
        pending = [
            line.send(
                one.topic,
                key=one.key,
                value=one.value,
                partition=one.partition,
                headers=[(NUMBER, b"%d" % one.id)],
            )
            for one in letters
        ]
        line.flush(_FLUSH_SECONDS)
        for one in pending:
            one.get(0)

    def _forget(self, upto: int, topic: str = REGISTER) -> None:
        with self._store.writing() as connection:
            OutboxStore(connection).sent(upto, topic=topic)

    def _agree(self) -> None:
        """Learn from the topic what it has; a topic that was lost is told everything again."""
        line = consumer(self._brokers, "desk-postman")
        try:
            end = line.end_offsets([_WHOLE], timeout_ms=CALL_MS)[_WHOLE]
            last = _last_message(line, end) if end else None
        finally:
            line.close()
        if end == 0:
            self._tell_everything()
        elif last is not None and self._is_letter(*last):
            self._forget(last[0])

    def _is_letter(self, number: int, key: bytes | None, value: bytes | None) -> bool:
        """Make sure that the number is ours: a database from a backup counts some numbers twice."""
        with self._store.reading() as connection:
            letter = OutboxStore(connection).find(number)
        return letter is not None and (letter.key, letter.value) == (key, value)

    def _tell_everything(self) -> None:
        with self._store.writing() as connection:
            count = RegisterStore(connection).requeue(at=self._clock())
        if count:
            _log.warning("the topic %s is empty: %d statements are published again", REGISTER, count)

    def _hang_up(self) -> None:
        """Drop what was not sent with the line: it must not go out behind what is sent next."""
        if self._producer is not None:
            self._producer.close(timeout=0)
            self._producer = None


def _last_message(line: KafkaConsumer, end: int) -> tuple[int, bytes | None, bytes | None] | None:
    """Return letter number, key and value of the topic's last message; None where it carries no number."""
    line.assign([_WHOLE])
    line.seek(_WHOLE, end - 1)
    for _ in range(20):
        for message in line.poll(timeout_ms=500).get(_WHOLE, ()):
            numbers = [value for name, value in message.headers if name == NUMBER]
            return (int(numbers[0]), message.key, message.value) if numbers else None
    raise KafkaTimeoutError(f"{REGISTER} does not give its last message")
