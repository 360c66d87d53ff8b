"""What only a check digit, a calendar or a clock can find wrong with a record."""

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
    flaws: list[Flaw] = []
    if shape.names_driver and drivers[record.LicenseId].wrong_check_digit:
        flaws.append(Flaw("LicenseId", FlawKind.BAD_FIELD))
    for name, sent, instant in zip(shape.time_names, shape.times(record), instants, strict=True):
        if instant is None and sent is not None:
            flaws.append(Flaw(name, FlawKind.BAD_FIELD))
    for name, calendar in shape.days:
        number = getattr(record, name)
        if number is not None and calendar(number) is None:
            flaws.append(Flaw(name, FlawKind.BAD_FIELD))
    if shape.not_before:
        later, earlier = (instants[place] for place in shape.not_before)
        if later is not None and earlier is not None and later < earlier:
            flaws.append(Flaw(shape.type.not_before[0], FlawKind.CONTRADICTION))
    if shape.is_timed and timeliness.is_untimely(instants[shape.index_of_timely], arrival):
        flaws.append(Flaw(shape.type.timely_by, FlawKind.UNTIMELY))
    return tuple(flaws)
