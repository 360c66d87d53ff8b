"""The one clock. Only processes' edges call it; everything else is handed an instant."""

import time
from collections.abc import Callable

from regulator.domain.instants import Instant

Clock = Callable[[], Instant]


def now() -> Instant:
    """Return the present instant."""
    return Instant(time.time_ns() // 1000)
