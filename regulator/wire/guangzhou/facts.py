"""Where Guangzhou's records say something otherwise than the ministry's of the same meaning."""

from typing import Any

from regulator.domain.instants import Instant
from regulator.domain.register import Mileage
from regulator.wire.guangzhou.commands import Command
from regulator.wire.ministry.sight import Reader, Sight
from regulator.wire.ministry.times import Instants


def _mileage(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Mileage | None:
    """Read how far a car had been driven; the record names no time, so it holds from its arrival on."""
    vehicle, kilometres = sight.cars[record.VehicleNo].plate, record.TotalMile
    if not vehicle or kilometres is None:
        return None
    return Mileage(vehicle=vehicle, at=arrival, kilometres=kilometres)


_READERS = {"CLLC": _mileage}


def reader_of(command: Command) -> Reader | None:
    """Return the reader of a command; None where the ministry's of the same meaning serves."""
    return _READERS.get(command.name)
