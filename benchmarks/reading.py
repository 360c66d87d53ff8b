"""The register as a judge reads it before it joins its group: time, memory, and how well it answers then.

``python -m benchmarks.reading BROKERS CONFIG`` is the process that is measured.
"""

import asyncio
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.lab import SECRETS, Lab, Pair
from benchmarks.measures import LICENSED, Measured
from benchmarks.traffic import driving_licence, plate, register, revoked
from regulator.clock import now
from regulator.config import load_config
from regulator.domain.drivers import driver_number, pseudonym
from regulator.domain.instants import SECOND
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.register import RegisterChange
from regulator.joins.register_index import RegisterIndex
from regulator.store.outbox import key_of
from regulator.wire.register import decode_change, encode_change
from streams import topics
from streams.follower import Follower
from streams.judge.reading import read_whole

NATION = 3_000_000, 7_000_000
"""Cars and drivers that hold a licence."""
_ROUNDS = 3
_ASKED = 20_000
_REVOKED = 1
"""The car whose permit is taken away while the register is followed."""


class _Read(msgspec.Struct):
    """What one process found; seconds, megabytes, microseconds a question."""

    wall: float
    cpu: float
    megabytes: float
    count: int
    holds: float
    in_force: float
    change: float = 0.0


def fill_register(lab: Lab) -> None:
    """Write 1 M vehicle permits and 1 M driver certificates to the register's topic."""
    lab.platform("fill")
    _fill(lab, range(LICENSED), range(LICENSED))


def measure_register(lab: Lab) -> Iterator[Measured]:
    """Read the whole register, the best of some rounds: what others do on the machine only slows it."""
    rounds = [_round(lab) for _ in range(_ROUNDS)]
    yield from _table(rounds, seconds=10, megabytes=800)


def measure_nation(lab: Lab) -> Iterator[Measured]:
    """Read a nation's register."""
    _fill(lab, range(LICENSED, NATION[0]), range(LICENSED, NATION[1]))
    rounds = [_round(lab) for _ in range(_ROUNDS)]
    yield from _table(rounds, seconds=30, megabytes=2_000)
    yield Measured("µs of processor to ask whether somebody holds", f"{min(one.holds for one in rounds):.1f}")
    yield Measured("µs to ask for the answer in full", f"{min(one.in_force for one in rounds):.1f}")
    slowest = max(one.change for one in rounds)
    yield Measured("a revocation on the topic → in force, seconds", f"{slowest:.3f}", "< 1", slowest < 1)


def _table(rounds: Sequence[_Read], *, seconds: int, megabytes: int) -> Iterator[Measured]:
    wall, cpu = min(one.wall for one in rounds), min(one.cpu for one in rounds)
    most, what = max(one.megabytes for one in rounds), f"register of {rounds[0].count:,} licences"
    yield Measured(f"{what} read, seconds", f"{wall:.1f}", f"< {seconds}", wall < seconds)
    yield Measured("of these, seconds of processor", f"{cpu:.1f}")
    yield Measured(
        "most memory of the process that holds it, MB", f"{most:.0f}", f"< {megabytes}", most < megabytes
    )


def _fill(lab: Lab, cars: range, drivers: range) -> None:
    lab.produce(topics.REGISTER, map(_pair, register(cars, drivers, now())), partitions=1)


def _pair(change: RegisterChange) -> Pair:
    return key_of(change), encode_change(change)


def _round(lab: Lab) -> _Read:
    """Let a process read the register; then take a permit away, and give it back."""
    command = [sys.executable, "-m", "benchmarks.reading", lab.broker.bootstrap, str(lab.folder / "fill")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, b"")
        read = msgspec.json.decode(next(lines), type=_Read)
        lab.produce(topics.REGISTER, [_pair(revoked(_REVOKED, now()))], partitions=1)
        read.change = float(next(lines))
    _fill(lab, range(1), range(0))
    return read


async def _read(brokers: str, config: Path) -> None:
    index = RegisterIndex(load_config(config).sources)
    started, used_before = time.monotonic(), time.process_time()
    async with Follower(brokers, topics.REGISTER, [0]) as follower:
        await read_whole(follower, index)
        wall, cpu = time.monotonic() - started, time.process_time() - used_before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        count = sum(index.count(kind) for kind in LicenceKind)
        holds, in_force = _ask(index)
        read = _Read(wall=wall, cpu=cpu, megabytes=peak, count=count, holds=holds, in_force=in_force)
        print(msgspec.json.encode(read).decode(), flush=True)
        print(await _until_revoked(follower, index), flush=True)


async def _until_revoked(follower: Follower, index: RegisterIndex) -> float:
    """Return the seconds from a revocation's arrival at the broker until it is in force here."""
    car = Subject(plate(_REVOKED))
    assert index.holds(LicenceKind.VEHICLE_PERMIT, car, now())
    async for batch in follower.on():
        for record in batch:
            if record.value is not None:
                index.apply(decode_change(record.value))
        if not index.holds(LicenceKind.VEHICLE_PERMIT, car, now()):
            return (now() - batch[-1].timestamp * topics.MILLISECOND) / SECOND
    raise AssertionError("a follower follows for ever")


def _ask(index: RegisterIndex) -> tuple[float, float]:
    """Return the µs of processor a question: most ask of somebody else than the one before."""
    chance, at = random.Random(1), now()
    cars = [Subject(plate(chance.randrange(NATION[0]))) for _ in range(_ASKED // 2)]
    numbers = [driver_number(driving_licence(chance.randrange(NATION[1]))) for _ in cars]
    drivers = [Subject(pseudonym(number, SECRETS.pseudonym_key)) for number in numbers]
    spent = []
    for question in (index.holds, index.in_force):
        started = time.process_time()
        for car, driver in zip(cars, drivers, strict=True):
            question(LicenceKind.VEHICLE_PERMIT, car, at)
            question(LicenceKind.DRIVER_CERTIFICATE, driver, at)
        spent.append((time.process_time() - started) / _ASKED * 1e6)
    return spent[0], spent[1]


if __name__ == "__main__":
    asyncio.run(_read(sys.argv[1], Path(sys.argv[2])))
