"""How long and how much: everything that can be set, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Bounds of runs, and the patience of a worker in seconds."""

    run_records: int = 500
    run_bytes: int = 2_000_000
    session_timeout: float = 10.0
    """After this long without a heartbeat the group gives the worker up."""
    heartbeat_every: float = 1.0
    rebalance_within: float = 60.0
    """How long a rebalance waits for the run in hand."""
    commit_every: float = 1.0
    stuck_after: float = 120.0
    """A run in hand for this long, or no look for records for this long, is a crash."""
    open_within: float = 600.0
    """An `on_opened` that takes longer is a crash."""
    topics_within: float = 60.0
    """How long a start waits for a broker that answers and for the topics."""
    stop_within: float = 45.0
    """A stop, or the end of a crash, that takes longer is cut short with exit code 1; so is one that has
    taken a session, and for a session nobody has answered for the group."""

    def __post_init__(self) -> None:
        if self.run_records < 1 or self.run_bytes < 1:
            raise ValueError("a run holds at least one record and one byte")
        if not self.heartbeat_every * 3 <= self.session_timeout:
            raise ValueError("three heartbeats must fit into a session")
