"""What Faust and aiokafka say, made readable: aiokafka repeats itself thirty times a second."""

import logging
from collections.abc import Callable

from streams.faust.elapsed import elapsed

REPEATED_EVERY = 10.0

TALKATIVE = ("aiokafka", "aiokafka.consumer.fetcher", "aiokafka.consumer.group_coordinator")
"""The loggers that speak at every attempt to reach a broker that is away."""


class Seldom(logging.Filter):
    """Lets a message of one wording pass once in a while."""

    def __init__(self, every: float = REPEATED_EVERY, *, clock: Callable[[], float] = elapsed) -> None:
        """Hold a wording back for `every` seconds after it has passed."""
        super().__init__()
        self._every = every
        self._clock = clock
        self._passed: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether the record passes; only warnings and errors are held back."""
        wording, now = str(record.msg), self._clock()
        if record.levelno < logging.WARNING:
            return True
        if now - self._passed.get(wording, float("-inf")) < self._every:
            return False
        self._passed[wording] = now
        return True


def quieten() -> None:
    """Let Faust speak only of what goes wrong, unless its level is set, and aiokafka not all the time."""
    for name in ("faust", "mode"):
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.WARNING)
    for name in TALKATIVE:
        logging.getLogger(name).addFilter(Seldom())
