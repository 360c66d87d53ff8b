"""What only a check digit, a calendar or a clock can find wrong with a record."""

from collections.abc import Iterator
from typing import Any

from regulator.domain.feed import Flaw, FlawKind
from regulator.domain.instants import Instant
from regulator.wire.ministry.names import Drivers
from regulator.wire.ministry.shapes import Shape
from regulator.wire.ministry.timeliness import Timeliness
from regulator.wire.ministry.times import Instants


def find_faults(
    shape: Shape,
    record: Any,
    *,
    instants: Instants,
    arrival: Instant,
    drivers: Drivers,
    timeliness: Timeliness,
) -> tuple[Flaw, ...]:
    """Return the flaws of a record whose fields are each of the right type, length and code."""
    flaws = [Flaw(name, FlawKind.BAD_FIELD) for name in _wrong_fields(shape, record, instants, drivers)]
    if shape.not_before:
        later, earlier = (instants[place] for place in shape.not_before)
        if later is not None and earlier is not None and later < earlier:
            flaws.append(Flaw(shape.type.not_before[0], FlawKind.CONTRADICTION))
    if shape.is_timed and timeliness.is_untimely(instants[shape.index_of_timely], arrival):
        flaws.append(Flaw(shape.type.timely_by, FlawKind.UNTIMELY))
    return tuple(flaws)


def _wrong_fields(shape: Shape, record: Any, instants: Instants, drivers: Drivers) -> Iterator[str]:
    if shape.names_driver and drivers[record.LicenseId].wrong_check_digit:
        yield "LicenseId"
    for name, is_wrong in shape.checks:
        value = getattr(record, name)
        if value is not None and is_wrong(value):
            yield name
    for name, sent, instant in zip(shape.time_names, shape.times(record), instants, strict=True):
        if instant is None and sent is not None:
            yield name
