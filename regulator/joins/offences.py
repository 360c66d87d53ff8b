"""How often whom an episode names was found at it again: a count for officers, no ground of a verdict."""

from regulator.domain.instants import Instant


class Offences:
    """Orders and logins with a standing finding of re-offence, by episode."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, Instant]] = {}

    def add(self, episode: str, case: str, at: Instant) -> int:
        """Note that a re-offence was found in a case; return which time it is by event time, from 1."""
        cases = self._of.setdefault(episode, {})
        cases[case] = at
        return sum((when, which) <= (at, case) for which, when in cases.items())

    def remove(self, episode: str, case: str) -> None:
        """Forget a finding that was withdrawn, or is another judge's now."""
        cases = self._of.get(episode, {})
        cases.pop(case, None)
        if not cases:
            self._of.pop(episode, None)
