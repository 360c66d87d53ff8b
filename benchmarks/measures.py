"""The measurements of the spine, each against its goal. Quote ratios: machines differ, ratios hold."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from statistics import median

import msgspec

from benchmarks.lab import Lab, Pair
from benchmarks.traffic import orders, positions
from benchmarks.worker import Worker, working
from regulator.clock import now
from streams import topics

LICENSED = 1_000_000
"""Cars, and drivers, that hold a licence; ``traffic.register`` states a few fewer than there are."""
_POSITION_CARS = 20_000
_ROUNDS = 3


class Measured(msgspec.Struct, frozen=True):
    """One line of the result."""

    what: str
    figure: str
    goal: str = ""
    met: bool = True


class Job(msgspec.Struct, frozen=True):
    """One worker to be measured, and how many records it is given a round."""

    command: tuple[str, ...]
    group: str
    slug: str
    records: int


Traffic = Callable[[int, int], Sequence[Pair]]
"""(records, seed) → messages."""


def measure_orders(lab: Lab, *, ours: int, stock: int) -> Iterator[Measured]:
    """Order messages a core, one record a message; ours and stock Faust in turn."""
    jobs = (
        Job(("-m", "streams.cli", "judge", "--config"), "judge", "orders-ours", ours),
        Job(("-m", "benchmarks.stock", "orders", "orders-stock"), "stock-orders", "orders-stock", stock),
    )
    mine, theirs = _in_turn(lab, jobs, topics.feed_orders, _orders)
    yield from _compare("order messages", mine, theirs, goal=8.0)


def measure_positions(lab: Lab, *, ours: int, stock: int) -> Iterator[Measured]:
    """Positions a core, a hundred a message; ours and stock Faust in turn."""
    jobs = (
        Job(("-m", "streams.cli", "track", "--config"), "track", "positions-ours", ours),
        Job(
            ("-m", "benchmarks.stock", "positions", "positions-stock"),
            "stock-positions",
            "positions-stock",
            stock,
        ),
    )
    mine, theirs = _in_turn(lab, jobs, topics.feed_positions, _positions)
    yield from _compare("positions", mine, theirs, goal=None)
    rate = 1e6 / mine
    yield Measured("positions a second a core", f"{rate:,.0f}", "≥ 150,000", rate >= 150_000)


def _in_turn(
    lab: Lab, jobs: tuple[Job, Job], feed: Callable[[str], str], traffic: Traffic
) -> tuple[float, float]:
    """Give both workers their records in turn; return the median cost of each in µs a record."""
    spent: tuple[list[float], list[float]] = ([], [])
    with _work(lab, jobs[0], feed) as first, _work(lab, jobs[1], feed) as second:
        for worker, job in zip((first, second), jobs, strict=True):
            worker.cost(traffic(job.records // 10, 0))  # it reads its register, and warms up
        for round_ in range(1, _ROUNDS + 1):
            for worker, job, costs in zip((first, second), jobs, spent, strict=True):
                costs.append(worker.cost(traffic(job.records, round_)) / job.records * 1e6)
    return median(spent[0]), median(spent[1])


def _work(lab: Lab, job: Job, feed: Callable[[str], str]) -> AbstractContextManager[Worker]:
    home = lab.platform(job.slug)
    return working(lab, [*job.command, str(home)], home=home, group=job.group, feed=feed(job.slug))


def _orders(records: int, seed: int) -> Sequence[Pair]:
    return list(orders(records, cars=LICENSED, drivers=LICENSED, now=now(), seed=seed))


def _positions(records: int, seed: int) -> Sequence[Pair]:
    return list(positions(records, cars=_POSITION_CARS, now=now(), seed=seed))


def _compare(what: str, ours: float, stock: float, *, goal: float | None) -> Iterator[Measured]:
    yield Measured(f"{what}: µs of processor a record", f"{ours:.1f}")
    yield Measured(f"{what}: the same job on stock Faust", f"{stock:.1f}")
    ratio = stock / ours
    met = goal is None or ratio >= goal
    yield Measured(f"{what}: times stock Faust", f"{ratio:.1f}", f"≥ {goal:.0f}" if goal else "", met)
