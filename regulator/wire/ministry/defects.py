"""Failures of our own code on a record: told once each, without a word of what the record said."""

import logging
import traceback

_log = logging.getLogger(__name__)


class Defects:
    """Remembers which failures were told."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()

    def note(self, error: Exception) -> None:
        """Log the kind of failure and the place in our code, the first time only."""
        frames = traceback.extract_tb(error.__traceback__)
        where = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "unknown"
        failure = (type(error).__name__, where)
        if failure not in self._told:
            self._told.add(failure)
            _log.error("our code failed on a record: %s at %s; told once", *failure)
