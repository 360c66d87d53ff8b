"""The measurements of the spine, each against its goal. Quote ratios: machines differ, ratios hold."""

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.lab import Cost, Lab, Pair, slope
from benchmarks.traffic import orders, positions, register
from regulator.clock import now
from regulator.config import load_config
from regulator.domain.licences import LicenceKind
from regulator.domain.register import RegisterChange, Stated
from regulator.joins.register_index import RegisterIndex
from regulator.wire.register import decode_change, encode_change
from streams import topics
from streams.follower import Follower

LICENCES = 1_000_000


class Measured(msgspec.Struct, frozen=True):
    """One line of the result."""

    what: str
    figure: str
    goal: str
    met: bool


def fill_register(lab: Lab) -> None:
    """Write 1 M vehicle permits and 1 M driver certificates to the register's topic."""
    lab.platform("fill")
    changes = register(LICENCES, LICENCES, now())
    lab.produce(topics.REGISTER, map(_pair, changes), partitions=1)


def _pair(change: RegisterChange) -> Pair:
    if isinstance(change, Stated):
        one = change.statement
        return f"licence|{one.kind}|{one.source}|{one.certificate}".encode(), encode_change(change)
    return b"heartbeat", encode_change(change)


def measure_register(lab: Lab) -> Iterator[Measured]:
    """Read the whole register as a judge does before it joins its group."""
    out = subprocess.run(
        [sys.executable, "-m", "benchmarks.measures", lab.broker.bootstrap, str(lab.folder / "fill")],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    wall, cpu, megabytes, count = out.split()
    yield Measured(f"register of {count} licences read, seconds", wall, "< 10", float(wall) < 10)
    yield Measured("of these, seconds of processor", cpu, "", True)
    yield Measured("memory of the process that holds it, MB", megabytes, "< 800", int(megabytes) < 800)


def measure_orders(lab: Lab, *, ours: tuple[int, int], stock: tuple[int, int]) -> Iterator[Measured]:
    """Order messages a core, one record a message; ours and stock Faust, in the same run."""
    us = slope(*(_orders(lab, "judge", count) for count in ours), ours[1] - ours[0])
    them = slope(*(_orders(lab, "stock-orders", count) for count in stock), stock[1] - stock[0])
    yield from _compare("order messages", us, them, goal=8.0)


def measure_positions(lab: Lab, *, ours: tuple[int, int], stock: tuple[int, int]) -> Iterator[Measured]:
    """Positions a core, a hundred a message; ours and stock Faust, in the same run."""
    us = slope(*(_positions(lab, "track", count) for count in ours), ours[1] - ours[0])
    them = slope(*(_positions(lab, "stock-positions", count) for count in stock), stock[1] - stock[0])
    yield from _compare("positions", us, them, goal=None)
    rate = 1e6 / us
    yield Measured("positions a second a core", f"{rate:,.0f}", "≥ 150,000", rate >= 150_000)


def _compare(what: str, ours: float, stock: float, *, goal: float | None) -> Iterator[Measured]:
    yield Measured(f"{what}: µs of processor a record", f"{ours:.1f}", "", True)
    yield Measured(f"{what}: the same job on stock Faust", f"{stock:.1f}", "", True)
    ratio = stock / ours
    met = goal is None or ratio >= goal
    yield Measured(f"{what}: times stock Faust", f"{ratio:.1f}", f"≥ {goal:.0f}" if goal else "", met)


def _orders(lab: Lab, worker: str, count: int) -> Cost:
    slug = f"{worker}-{count}"
    config = lab.platform(slug)
    feed = topics.feed_orders(slug)
    lab.produce(feed, orders(count, cars=LICENCES, drivers=LICENCES, now=now()))
    command = (
        ["-m", "streams.cli", "judge", "--config", str(config)]
        if worker == "judge"
        else ["-m", "benchmarks.stock", "orders", slug, str(config)]
    )
    return lab.cost(command, home=config, done=lab.handled(worker, feed))


def _positions(lab: Lab, worker: str, count: int) -> Cost:
    slug = f"{worker}-{count}"
    config = lab.platform(slug)
    feed = topics.feed_positions(slug)
    lab.produce(feed, positions(count, cars=20_000, now=now()))
    command = (
        ["-m", "streams.cli", "track", "--config", str(config)]
        if worker == "track"
        else ["-m", "benchmarks.stock", "positions", slug, str(config)]
    )
    return lab.cost(command, home=config, done=lab.handled(worker, feed))


async def _read_register(brokers: str, config: Path) -> None:
    index = RegisterIndex(load_config(config).sources)
    started = time.monotonic()
    async with Follower(brokers, topics.REGISTER, [0]) as follower:
        async for batch in follower.whole():
            for record in batch:
                if record.value is not None:
                    index.apply(decode_change(record.value))
    wall = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    print(f"{wall:.1f}", f"{cpu:.1f}", used.ru_maxrss // 1024, sum(index.count(kind) for kind in LicenceKind))


if __name__ == "__main__":
    from streams.garbage import freeze_garbage

    freeze_garbage()
    asyncio.run(_read_register(sys.argv[1], Path(sys.argv[2])))
