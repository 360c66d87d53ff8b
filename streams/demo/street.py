"""Where the demonstration's messages go out: one producer for all who send."""

from collections.abc import Callable, Iterable
from functools import partial
from threading import Event, Thread

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError
from kafka.producer.future import FutureRecordMetadata

from streams.demo.messages import Message

_LOOK_UP_SECONDS = 1.0
"""So long one attempt may block; between attempts it is seen whether to stop."""
_LAST_WORDS_SECONDS = 0.5
"""So long what is left may take to be sent at the end; a flush's own timeout is one for every batch."""
_PATIENCE = 120
"""So many attempts in a row, then the broker's absence is somebody else's business."""


class Street:
    """Sends messages; what could not be sent is raised at the next call, as kafka's own error."""

    def __init__(self, kafka: str, *, stop: Event) -> None:
        self._stop = stop
        self._failure: Exception | None = None
        self._producer = KafkaProducer(
            bootstrap_servers=kafka,
            client_id="regulator-demo",
            acks="all",
            compression_type="lz4",
            linger_ms=20,
            batch_size=128 * 1024,
            max_block_ms=round(_LOOK_UP_SECONDS * 1000),
        )

    def send(self, messages: Iterable[Message]) -> int:
        """Hand messages over for sending, until told to stop; return how many."""
        count = 0
        for message in messages:
            if self._stop.is_set():
                break
            self._persist(partial(self._send, message))
            count += 1
        self._raise()
        return count

    def flush(self) -> None:
        """Return when everything handed over is written, or when told to stop."""
        self._persist(lambda: self._producer.flush(timeout=_LOOK_UP_SECONDS))
        self._raise()

    def close(self) -> None:
        """Send what is left and let go of the broker; if it is slow or away, what is left is lost."""
        closing = Thread(target=self._close, daemon=True)
        closing.start()
        closing.join(_LAST_WORDS_SECONDS)

    def _close(self) -> None:
        try:
            self._producer.close(timeout=_LAST_WORDS_SECONDS)
        except KafkaError:
            return  # sent again after the next start; a failure while playing has been raised

    def _send(self, message: Message) -> None:
        sent: FutureRecordMetadata = self._producer.send(message.topic, message.value, message.key)
        sent.add_errback(self._failed)

    def _persist(self, attempt: Callable[[], object]) -> None:
        for tried in range(1, _PATIENCE + 1):
            try:
                attempt()
            except KafkaTimeoutError:
                if self._stop.is_set():
                    return
                if tried == _PATIENCE:
                    raise
            else:
                return

    def _failed(self, why: Exception) -> None:
        self._failure = why

    def _raise(self) -> None:
        if self._failure is not None:
            raise self._failure
