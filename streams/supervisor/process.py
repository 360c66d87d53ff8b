"""What is to be kept running, and how patiently."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A program that should run for as long as the supervisor does."""

    name: str
    """Names its log file and its lines on the terminal."""
    command: tuple[str, ...]
    after: tuple[str, ...] = ()
    """Those that must be ready before its first start."""
    ready: Callable[[], bool] | None = None
    """Whether its successors may start; answers within a second. None: as soon as it runs."""
    health: str | None = None
    """A URL on the loopback interface. No answer, or 500 and more once it was well, means: restart me."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Added to the supervisor's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the supervisor waits for what, in seconds."""

    first_pause: float = 0.5
    """Before the first restart; doubled by each further one."""
    longest_pause: float = 10.0
    forgive_after: float = 60.0
    """A process that was up so long starts again with the first pause."""
    grow_up: float = 60.0
    """So long a process may be silent on its health URL after a start."""
    ask_every: float = 1.0
    """Between two questions to a health URL."""
    sick: float = 30.0
    """So long its health may fail after that before it is killed."""
    stop: float = 10.0
    """For all together to end when asked."""
    tick: float = 0.1


def check(processes: tuple[Process, ...]) -> None:
    """Refuse a list that names a process twice, or one before what it comes after."""
    seen: set[str] = set()
    for process in processes:
        if process.name in seen:
            raise ValueError(f"two processes are called {process.name}")
        missing = set(process.after) - seen
        if missing:
            raise ValueError(f"{process.name} comes after {sorted(missing)}, not declared before it")
        seen.add(process.name)
