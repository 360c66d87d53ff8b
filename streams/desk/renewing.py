"""The desk's limits, as limits.toml says; and what judges must be told when a limit begins to ask for more.

Judges are told of a mileage only where a limit can ask for it. When the limit of retirement falls,
they are told of those that lie between: which limit they were told by is kept in SQL, so that one
that fell while no desk ran is noticed too.
"""

from regulator.clock import Clock
from regulator.config.renewing import LOOK_EVERY_SECONDS
from regulator.domain.limits import Limits
from regulator.store import Store
from regulator.store.mileages import MileageStore
from streams.desk.patience import Patience
from streams.renewal import Renewal

_LIMIT = "retirement_kilometres"


class Renewing:
    """Looks at the file, and lets judges know what they lack."""

    def __init__(
        self, store: Store, *, renewal: Renewal, limits: Limits, patience: Patience, clock: Clock
    ) -> None:
        self._store = store
        self._renewal = renewal
        self._limits = limits
        self._patience = patience
        self._clock = clock
        self._seen: float | None = None
        self._told: float | None = None

    def run(self) -> None:
        """Look until stopped."""
        while not self._patience.stopping:
            self._renewal.look()
            self._patience.until_it_works(self.tell)
            self._patience.rest(LOOK_EVERY_SECONDS)

    def tell(self) -> None:
        """Tell judges, a look after the limit fell: what was read by the old one is in SQL by then."""
        least, seen = self._limits.least(_LIMIT), self._seen
        self._seen = least
        if least == seen and least != self._told:
            with self._store.writing() as connection:
                MileageStore(connection).tell_from(least, at=self._clock())
            self._told = least
