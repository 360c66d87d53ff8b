"""Where cars were last, for the cars that officers look for."""

from collections.abc import Iterable, Set

import msgspec
from sqlalchemy import Connection, RowMapping, select

from regulator.domain.feed import BizStatus
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.domain.places import Place
from regulator.domain.plates import Plate
from regulator.store.schema import alerts, positions
from regulator.store.upserts import upsert


class CarPosition(msgspec.Struct, frozen=True, kw_only=True):
    """Where a car was. Speed in km/h, direction in degrees clockwise from north."""

    vehicle: Plate
    place: Place
    at: Instant
    company: CompanyId
    speed: int | None = None
    direction: int | None = None
    status: BizStatus = BizStatus.UNKNOWN


class PositionStore:
    """Keeps one position a car."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def wanted(self) -> Set[Plate]:
        """Return the cars with an open card."""
        query = (
            select(alerts.c.vehicle).where(alerts.c.closed_at.is_(None), alerts.c.vehicle != "").distinct()
        )
        return {Plate(vehicle) for vehicle in self._connection.execute(query).scalars()}

    def write(self, cars: Iterable[CarPosition]) -> None:
        """Replace the positions of these cars."""
        upsert(self._connection, positions, [_row(car) for car in cars])

    def of(self, vehicle: Plate) -> CarPosition | None:
        """Return where a car was last."""
        query = select(positions).where(positions.c.vehicle == vehicle)
        row = self._connection.execute(query).mappings().one_or_none()
        return _position(row) if row else None

    def of_open_cards(self) -> list[CarPosition]:
        """Return where the cars with an open card were last."""
        wanted = select(alerts.c.vehicle).where(alerts.c.closed_at.is_(None))
        query = select(positions).where(positions.c.vehicle.in_(wanted)).order_by(positions.c.vehicle)
        return [_position(row) for row in self._connection.execute(query).mappings()]


def place_of(row: RowMapping, prefix: str = "") -> Place | None:
    """Return the place in a row's ``lon`` and ``lat`` columns; None where it holds none."""
    lon, lat = row[f"{prefix}lon"], row[f"{prefix}lat"]
    return None if lon is None or lat is None else Place(lon, lat)


def _row(car: CarPosition) -> dict[str, object]:
    return {
        "vehicle": car.vehicle,
        "lon": car.place.lon,
        "lat": car.place.lat,
        "at": car.at,
        "speed": car.speed,
        "direction": car.direction,
        "company": car.company,
        "status": car.status,
    }


def _position(row: RowMapping) -> CarPosition:
    return CarPosition(
        vehicle=row["vehicle"],
        place=Place(row["lon"], row["lat"]),
        at=row["at"],
        company=row["company"],
        speed=row["speed"],
        direction=row["direction"],
        status=BizStatus(row["status"]),
    )
