"""Time that passes, not time of day."""

import time

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def elapsed() -> float:
    """Return seconds since some moment; where the system can, it counts while the machine sleeps."""
    return time.clock_gettime(_CLOCK)
