"""Tries again what an outage stops: with growing pauses, logged once, until told to stop."""

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from kafka.errors import KafkaError

from regulator.domain.errors import Unavailable
from streams.desk.condition import Condition

_FIRST_SECONDS = 0.2
_LONGEST_SECONDS = 5.0
_Result = TypeVar("_Result")


class Stopped(Exception):
    """Leave: the process is to end."""


class Patience:
    """One thread's patience with the database and the broker, which come and go.

    ``lasting``: the thread comes back here again and again until the end.
    """

    def __init__(self, who: str, *, condition: Condition, stop: Event, lasting: bool = False) -> None:
        self._lasting = lasting
        self._who = who
        self._condition = condition
        self._stop = stop

    @property
    def stopping(self) -> bool:
        """Tell whether the process is to end."""
        return self._stop.is_set()

    def until_it_works(self, attempt: Callable[[], _Result]) -> _Result:
        """Return what an attempt returns in the end; raises Stopped when told to stop meanwhile."""
        pause = _FIRST_SECONDS
        while True:
            if self._lasting:
                self._condition.comes_round(self._who)
            try:
                result = attempt()
            except Unavailable as why:
                self._condition.fails(f"{self._who}, database", why)
            except (KafkaError, OSError) as why:
                self._condition.fails(f"{self._who}, kafka", why or type(why).__name__)
            else:
                self._condition.works(f"{self._who}, database")
                self._condition.works(f"{self._who}, kafka")
                return result
            self.rest(pause)
            pause = min(2 * pause, _LONGEST_SECONDS)

    def rest(self, seconds: float) -> None:
        """Wait; raises Stopped when told to stop."""
        if self._stop.wait(seconds):
            raise Stopped
