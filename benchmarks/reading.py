"""The register as a judge reads it before it joins its group: time and memory.

``python -m benchmarks.reading BROKERS CONFIG`` is the process that is measured.
"""

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.lab import SECRETS, Lab, Pair
from benchmarks.measures import LICENSED, Measured
from benchmarks.traffic import register
from regulator.clock import now
from regulator.config import load_config
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind
from regulator.domain.register import RegisterChange
from regulator.joins.register_index import RegisterIndex
from regulator.judging.court import Court
from regulator.law import law_in_force
from regulator.store.outbox import key_of
from regulator.wire.register import decode_change, encode_change
from streams import topics
from streams.follower import Follower
from streams.garbage import freeze_garbage

_ROUNDS = 3


def fill_register(lab: Lab) -> None:
    """Write 1 M vehicle permits and 1 M driver certificates to the register's topic."""
    lab.platform("fill")
    changes = register(LICENSED, LICENSED, now())
    lab.produce(topics.REGISTER, map(_pair, changes), partitions=1)


def measure_register(lab: Lab) -> Iterator[Measured]:
    """Read the whole register, the best of some rounds: what others do on the machine only slows it."""
    rounds = [_round(lab) for _ in range(_ROUNDS)]
    wall, cpu = min(one[0] for one in rounds), min(one[1] for one in rounds)
    megabytes, count = max(one[2] for one in rounds), rounds[0][3]
    yield Measured(f"register of {count:,.0f} licences read, seconds", f"{wall:.1f}", "< 10", wall < 10)
    yield Measured("of these, seconds of processor", f"{cpu:.1f}")
    yield Measured("memory of the process that holds it, MB", f"{megabytes:.0f}", "< 800", megabytes < 800)


def _round(lab: Lab) -> list[float]:
    command = [sys.executable, "-m", "benchmarks.reading", lab.broker.bootstrap, str(lab.folder / "fill")]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [float(figure) for figure in out.split()]


def _pair(change: RegisterChange) -> Pair:
    return key_of(change), encode_change(change)


async def _read(brokers: str, config: Path) -> None:
    settings = load_config(config)
    index = RegisterIndex(settings.sources)
    court = Court(law_in_force(settings, SECRETS, index), index)
    started, used_before = time.monotonic(), time.process_time()
    async with Follower(brokers, topics.REGISTER, [0]) as follower:
        async for batch in follower.whole():
            for record in batch:
                if record.value is not None:
                    court.follow(decode_change(record.value), Instant(record.timestamp * topics.MILLISECOND))
    wall, cpu = time.monotonic() - started, time.process_time() - used_before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(wall, cpu, peak, sum(index.count(kind) for kind in LicenceKind))


if __name__ == "__main__":
    freeze_garbage()
    asyncio.run(_read(sys.argv[1], Path(sys.argv[2])))
