"""A worker under measurement: a process of its own, and the processor time that it uses."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from benchmarks.lab import PARTITIONS, Lab, Pair
from streams.broker.ports import free_port
from streams.supervisor.leash import leash

_TICKS = os.sysconf("SC_CLK_TCK")
_LOOK_SECONDS = 0.25
_PATIENCE_SECONDS = 300


class Worker:
    """A running worker of one group that consumes one feed."""

    def __init__(self, lab: Lab, process: "subprocess.Popen[bytes]", *, group: str, feed: str) -> None:
        self._lab = lab
        self._process = process
        self._group = group
        self._feed = feed

    def cost(self, pairs: Sequence[Pair]) -> float:
        """Write messages to the feed; return the seconds of processor until all are committed."""
        before = self._cpu()
        self._lab.produce(self._feed, pairs)
        self.catch_up()
        return self._cpu() - before

    def catch_up(self) -> None:
        """Wait until everything on the feed is handled and committed."""
        brokers = self._lab.broker.bootstrap
        parts = [TopicPartition(self._feed, number) for number in range(PARTITIONS)]
        with closing(KafkaConsumer(bootstrap_servers=brokers)) as consumer:
            ends = {part: end for part, end in consumer.end_offsets(parts).items() if end}
        with closing(KafkaAdminClient(bootstrap_servers=brokers)) as admin:
            self._wait(lambda: self._reached(admin, ends))

    def _reached(self, admin: KafkaAdminClient, ends: dict[TopicPartition, int]) -> bool:
        try:
            committed = admin.list_group_offsets(self._group)[self._group]
        except KafkaError:  # the group does not exist yet
            return False
        return all(part in committed and committed[part].offset >= end for part, end in ends.items())

    def _wait(self, question: Callable[[], bool]) -> None:
        give_up = time.monotonic() + _PATIENCE_SECONDS
        while not question():
            if self._process.poll() is not None:
                raise SystemExit(f"the worker of {self._feed} ended with {self._process.returncode}")
            if time.monotonic() > give_up:
                raise SystemExit(f"the worker of {self._feed} did not keep up in {_PATIENCE_SECONDS} s")
            time.sleep(_LOOK_SECONDS)

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS  # user and system time, all threads


@contextmanager
def working(lab: Lab, command: Sequence[str], *, home: Path, group: str, feed: str) -> Iterator[Worker]:
    """Run a worker for as long as the block runs; show its last words if the block fails."""
    log = home / "process.log"
    with log.open("ab") as words:
        process = subprocess.Popen(
            [sys.executable, *command],
            env=_environment(lab, home),
            stdout=words,
            stderr=words,
            preexec_fn=leash(signal.SIGKILL),
        )
    try:
        yield Worker(lab, process, group=group, feed=feed)
    except BaseException:
        print(log.read_text("utf-8", "replace")[-3000:], file=sys.stderr)
        raise
    finally:
        process.terminate()
        process.wait()


def _environment(lab: Lab, home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "REGULATOR_HOME": str(home),
        "REGULATOR_KAFKA": lab.broker.bootstrap,
        "REGULATOR_PSEUDONYM_KEY": "laboratory",
        "REGULATOR_JUDGE_PORT": str(free_port()),
        "REGULATOR_TRACK_PORT": str(free_port()),
    }
