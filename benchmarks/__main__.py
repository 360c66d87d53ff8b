"""``make bench``: every figure, on a real broker; ``python -m benchmarks NAME…`` for some of them."""

import logging
import os
import sys
from collections.abc import Callable, Iterable

from benchmarks.city_day import measure_replay
from benchmarks.lab import Lab, laboratory
from benchmarks.latency import measure_latency
from benchmarks.measures import Measured, measure_orders, measure_positions
from benchmarks.reading import fill_register, measure_nation, measure_register
from benchmarks.register_import import measure_import

_ALL: dict[str, Callable[[Lab], Iterable[Measured]]] = {
    "register": measure_register,
    "orders": lambda lab: measure_orders(lab, ours=80_000, stock=8_000),
    "positions": lambda lab: measure_positions(lab, ours=400_000, stock=400_000),
    "latency": lambda lab: measure_latency(lab, seconds=60),
    "replay": lambda lab: measure_replay(),
    "import": lambda lab: measure_import(),
    "nation": measure_nation,
}


_WITHOUT_REGISTER = {"positions", "replay", "import"}


def main() -> int:
    """Measure, print a table, and say with the exit code whether every goal was met."""
    # A topic that was just made has no leader for a moment; aiokafka says so and tries again.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    wanted = sys.argv[1:] or list(_ALL)
    short = []
    with laboratory() as lab:
        if set(wanted) - _WITHOUT_REGISTER:
            print("writing a register of 2 M licences …", flush=True)
            fill_register(lab)
        for name in wanted:
            for one in _ALL[name](lab):
                mark = "" if not one.goal else (" ✓" if one.met else " ✗")
                print(f"| {one.what} | {one.figure} | {one.goal}{mark} |", flush=True)
                short += [] if one.met else [one.what]
            print(f"  (processes that wanted a core, last minute: {os.getloadavg()[0]:.1f})", flush=True)
    for what in short:
        print(f"falls short: {what}", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
