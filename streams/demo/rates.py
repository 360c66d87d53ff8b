"""How often what goes wrong in the demonstration city: the one table.

Planted means made up. Beside it there is what the register's real spread brings: the cars whose
permit lapsed (``LAPSED_CARS``) and the drivers whose certificate had expired in the source (2 to 6 %).
Together some 15 % of the orders break a rule.
"""

from collections.abc import Mapping
from enum import StrEnum, auto
from types import MappingProxyType


class Plant(StrEnum):
    """What is made to be wrong with an order."""

    NOTHING = auto()
    VEHICLE_NEVER = auto()
    """A car that never had a permit."""
    VEHICLE_LAPSED = auto()
    """A car whose permit is suspended, cancelled or revoked."""
    DRIVER_NEVER = auto()
    """A driver who never had a certificate."""
    DRIVER_EXPIRED = auto()
    """A driver whose certificate has expired."""
    UNIDENTIFIED = auto()
    """Plate, driver or both are fillers, blanks or garbage."""
    SWAPPED = auto()
    """At departure the car or the driver is another one (人车不符)."""
    OUT_OF_AREA = auto()
    """A car whose permit is for Chongming alone, at work in the middle of the city."""
    LICENCE_LATE = auto()
    """The certificate is filed, back-dated, a minute or two after the match: the alert is withdrawn."""
    SECOND_MATCH = auto()
    """The match is corrected seconds later by a cleaner one: the finding is disputed."""


PLANTED: Mapping[Plant, float] = MappingProxyType(
    {
        Plant.VEHICLE_NEVER: 0.012,
        Plant.VEHICLE_LAPSED: 0.012,
        Plant.DRIVER_NEVER: 0.012,
        Plant.DRIVER_EXPIRED: 0.012,
        Plant.UNIDENTIFIED: 0.010,
        Plant.SWAPPED: 0.010,
        Plant.OUT_OF_AREA: 0.006,
        Plant.LICENCE_LATE: 0.010,
        Plant.SECOND_MATCH: 0.010,
    }
)
"""Share of all orders."""

UNLICENSED = 0.09
"""Share of the last platform's orders that its company without a permit takes: some 1 % of all."""

LAPSED_CARS = 0.03
"""Share of the cars at work whose permit does not hold; of which kind is as in the source."""

UNREPORTED_CARS, UNREPORTED_DRIVERS = 0.02, 0.02
"""Share of a platform's own cars and drivers that it leaves out when it reports its fleet."""
FLAWED = 0.006
"""Share of the order records that carry a flaw."""
REFUSED = 0.003
"""Share of the order records beside which one is sent that must be refused."""
REPEATED = 0.010
"""Share of the departures that are sent twice."""
FLAWED_POSITIONS = 0.0005
"""Share of the positions that carry a flaw."""
