"""Is this worker well? Not whether it is alive: a worker can live and have stopped consuming."""

from dataclasses import dataclass

LOOKS_WITHIN = 15.0
COMMITS_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Health:
    """What /health answers."""

    ok: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """Seconds since something last happened."""

    heard: float
    """A heartbeat was answered."""
    looked: float
    """The pump looked for records."""
    settled: float
    """Something was committed, or there was nothing to commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What health is judged by."""

    stage: str
    """`running`, or what the worker is doing instead."""
    coordinator_known: bool
    generation: int
    session_timeout: float
    ages: Ages
    lag: int


def judge_health(vitals: Vitals) -> Health:
    """Say what is wrong, every reason."""
    if vitals.stage != "running":
        return Health(False, (vitals.stage,))
    ages = vitals.ages
    reasons = []
    if not vitals.coordinator_known:
        reasons.append("no broker answers for the consumer group")
    if vitals.generation < 0:
        reasons.append("not a member of its consumer group")
    if ages.heard > vitals.session_timeout:
        reasons.append(f"last heartbeat answered {ages.heard:.0f} s ago")
    if ages.looked > LOOKS_WITHIN:
        reasons.append(f"last looked for records {ages.looked:.0f} s ago")
    if vitals.lag and ages.settled > COMMITS_WITHIN:
        reasons.append(f"{vitals.lag} records behind, last commit {ages.settled:.0f} s ago")
    return Health(not reasons, tuple(reasons))
