"""``make bench``: every figure, on a real broker; ``python -m benchmarks NAME…`` for some of them."""

import sys
from collections.abc import Callable, Iterable

from benchmarks.lab import Lab, laboratory
from benchmarks.latency import measure_latency
from benchmarks.measures import (
    Measured,
    fill_register,
    measure_orders,
    measure_positions,
    measure_register,
)

_ALL: dict[str, Callable[[Lab], Iterable[Measured]]] = {
    "register": measure_register,
    "orders": lambda lab: measure_orders(lab, ours=(40_000, 240_000), stock=(8_000, 40_000)),
    "positions": lambda lab: measure_positions(lab, ours=(500_000, 2_500_000), stock=(500_000, 2_500_000)),
    "latency": lambda lab: measure_latency(lab, seconds=60),
}


def main() -> int:
    """Measure, print a table, and say with the exit code whether every goal was met."""
    wanted = sys.argv[1:] or list(_ALL)
    met = True
    with laboratory() as lab:
        print("writing a register of 2 M licences …", flush=True)
        fill_register(lab)
        for name in wanted:
            for one in _ALL[name](lab):
                met = met and one.met
                mark = "" if not one.goal else (" ✓" if one.met else " ✗")
                print(f"| {one.what} | {one.figure} | {one.goal}{mark} |", flush=True)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
