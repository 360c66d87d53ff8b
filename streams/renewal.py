"""Limits that are renewed while a process runs: looks at the file, and says what came of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from regulator.config import Config
from regulator.config.limits import LIMITS
from regulator.config.renewing import LOOK_EVERY_SECONDS, LimitsWatch, Look

REFUSED = "regulator_config_refused"
DESCRIBED = {
    REFUSED: ("Whether a configuration file as it is now is refused, and the old one stays.", "file")
}

_log = logging.getLogger(__name__)


class Renewal:
    """Keeps a configuration's limits as limits.toml says. For one thread or loop."""

    def __init__(self, config: Config) -> None:
        self._watch = LimitsWatch(config.folder, config.limits)

    def look(self) -> bool:
        """Look once; tell whether the limits are others now."""
        match self._watch.look():
            case Look.RENEWED:
                _log.warning("%s was changed and is in force", LIMITS)
                return True
            case Look.REFUSED:
                _log.error("the old limits stay in force: %s", self._watch.refused)
        return False

    async def run(self, renewed: Callable[[], Awaitable[None]]) -> None:
        """Look for ever; after each renewal await what follows from it."""
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            if self.look():
                await renewed()

    def gauges(self) -> Mapping[str, float]:
        """Return 1 for a file that is refused, else 0."""
        return {LIMITS: float(bool(self._watch.refused))}
