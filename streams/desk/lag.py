"""How far the desk is behind, and whether the broker answers at all."""

from collections.abc import Callable, Iterable, Mapping

from kafka import KafkaConsumer, TopicPartition

from regulator.store.progress import Partition
from streams.desk.lines import CALL_MS, consumer
from streams.desk.metrics import DeskMetrics
from streams.desk.patience import Patience

_EVERY_SECONDS = 5.0


class LagWatch:
    """Compares the ends of topics with what is in SQL, every few seconds."""

    def __init__(
        self,
        *,
        brokers: str,
        partitions: Iterable[TopicPartition],
        reached: Callable[[], Mapping[Partition, int]],
        patience: Patience,
        metrics: DeskMetrics,
    ) -> None:
        self._brokers = brokers
        self._partitions = list(partitions)
        self._reached = reached
        self._patience = patience
        self._metrics = metrics

    def run(self) -> None:
        """Watch until stopped."""
        line = self._patience.until_it_works(lambda: consumer(self._brokers, "desk-lag"))
        try:
            while not self._patience.stopping:
                ends = self._patience.until_it_works(lambda: self._ends(line))
                self._metrics.lag(lag_by_topic(ends, self._reached()))
                self._patience.rest(_EVERY_SECONDS)
        finally:
            line.close()

    def _ends(self, line: KafkaConsumer) -> Mapping[TopicPartition, int]:
        ends: Mapping[TopicPartition, int] = line.end_offsets(self._partitions, timeout_ms=CALL_MS)
        return ends


def lag_by_topic(ends: Mapping[TopicPartition, int], reached: Mapping[Partition, int]) -> dict[str, int]:
    """Sum up, by topic, what is between what was reached and the end."""
    lags: dict[str, int] = {}
    for (topic, partition), end in ends.items():
        behind = max(0, end - reached.get((topic, partition), 0))
        lags[topic] = lags.get(topic, 0) + behind
    return lags
