"""How whoever a verdict is about is named to people: a driver by the last four characters, or not at all."""

import re
from collections.abc import Iterable, Mapping

from regulator.domain.drivers import Driver
from regulator.domain.licences import Certificate, LicenceKind
from regulator.domain.orders import Report

_PSEUDONYM = re.compile(r"[0-9a-f]{32}")
_UNKNOWN = "????"
HIDDEN = "…"


class Names:
    """Knows the last four characters of some drivers' numbers."""

    def __init__(self, last4: Mapping[Driver, str] | None = None) -> None:
        self._last4 = dict(last4 or {})

    def learn(self, reports: Iterable[Report]) -> None:
        """Learn them from reports."""
        self._last4.update({one.driver: one.last4 for one in reports if one.driver and one.last4})

    def subject(self, text: str) -> str:
        """Name a subject: every pseudonym in it, of a driver or within a login, is hidden."""
        return _PSEUDONYM.sub(lambda found: self._driver(Driver(found.group())), text)

    def driver(self, driver: Driver) -> str | None:
        """Name a driver; None for nobody."""
        return self._driver(driver) if driver else None

    def certificate(self, kind: LicenceKind, certificate: Certificate | None) -> str | None:
        """Name a certificate; a driver's is last four and pseudonym, of which the last four are named."""
        if certificate is None or kind is not LicenceKind.DRIVER_CERTIFICATE:
            return certificate
        return certificate.partition("·")[0]

    def _driver(self, driver: Driver) -> str:
        return HIDDEN + self._last4.get(driver, _UNKNOWN)
