"""Is what this worker is about to write still its own to write?"""

from collections.abc import Callable

from streams.faust.elapsed import elapsed

NO_GENERATION = -1


class Fenced(Exception):
    """The partition may belong to another worker by now: write nothing and let this go up."""


class Fence:
    """Membership of the group, as far as this process can vouch for it.

    The broker gives a member up a session timeout after it last heard of it. A process that was
    stopped and wakes up cannot know what became of its partitions; it knows how old its last sign
    of life is.
    """

    def __init__(self, *, session_timeout: float, clock: Callable[[], float] = elapsed) -> None:
        """Trust a sign of life for `session_timeout` seconds from when it was sent."""
        self._session_timeout = session_timeout
        self._clock = clock
        self._generation = NO_GENERATION
        self._heard = float("-inf")

    @property
    def generation(self) -> int:
        """The generation whose partitions this worker holds, else NO_GENERATION."""
        return self._generation

    def join(self, generation: int) -> None:
        """Note the generation for which partitions were assigned."""
        self._generation = generation

    def leave(self) -> None:
        """Note that the partitions were given back, or lost."""
        self._generation = NO_GENERATION

    def heard(self, sent: float) -> None:
        """Note that the group's coordinator answered, well, what was sent then."""
        self._heard = max(self._heard, sent)

    def silence(self) -> float:
        """Return the age of the last sign of life in seconds."""
        return self._clock() - self._heard

    def member(self, generation: int) -> bool:
        """Tell whether that is the present generation, as far as this process was told."""
        return generation == self._generation != NO_GENERATION

    def holds(self, generation: int) -> bool:
        """Tell whether nobody else can have been given that generation's partitions."""
        return self.member(generation) and self.silence() < self._session_timeout
