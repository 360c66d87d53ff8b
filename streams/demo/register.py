"""What the departments state: one source each for platforms, vehicles and drivers.

A month's edition is written for its first day and is the same all month; its number is the
sequence, so the next month's replaces it. Statements and table rows are those of the
project's own interface (``feed.register.<source>`` and ``regulator register import``).
"""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import TextIO

import msgspec

from regulator.domain.instants import DAY, Instant, day_of, start_of, to_rfc3339
from regulator.domain.licences import LicenceKind, PeriodState
from streams.demo.chance import chance, whole
from streams.demo.colours import chinese
from streams.demo.identities import driving_licence, is_new_energy
from streams.demo.pack import MODEL_YEAR, SNAPSHOT, VehicleKind
from streams.demo.platforms import PLATFORMS
from streams.demo.roll import LEAD, Roll, plate_of
from streams.demo.watch_list import WATCH_LIST

SOURCE_OF = {
    LicenceKind.PLATFORM_PERMIT: "platform-permits",
    LicenceKind.VEHICLE_PERMIT: "vehicle-permits",
    LicenceKind.DRIVER_CERTIFICATE: "driver-certificates",
}
SOURCES = (*SOURCE_OF.values(), WATCH_LIST)
"""In the order in which they state what they know."""

_AREA, _ISLAND = "310000", "310151"
"""Where permits are for: the city, or Chongming alone."""
_COLUMNS = (
    *("kind", "certificate", "subject", "sequence", "area", "first_registered", "from", "to", "state"),
    *("brand", "model", "colour", "plate_colour"),
)
_DRIVER_TERM = timedelta(days=730)
_VEHICLE_TERM = timedelta(days=3 * 365)
_YOUNGEST, _OLDEST = 30, 1_000
"""Vehicle permits were granted so many days ago; how many is chance: the source does not say."""


class Span(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """Whole days in one state, the last one included; ``end`` None is open."""

    start: date
    end: date | None
    state: PeriodState


class Described(msgspec.Struct, frozen=True):
    """How a permit describes its car."""

    brand: str
    model: str
    colour: str
    plate_colour: str


class Licence(msgspec.Struct, frozen=True, kw_only=True, tag="licence", omit_defaults=True):
    """A statement as it is written to a topic."""

    kind: LicenceKind
    certificate: str
    subject: str
    sequence: int
    recorded_at: str
    periods: tuple[Span, ...]
    area: str
    first_registered: date | None = None
    vehicle: Described | None = None


def statements(roll: Roll, edition: date) -> Iterator[Licence]:
    """Yield the whole register of a month: platforms, vehicles, drivers."""
    return chain(
        (platform_permit(number, edition) for number in range(len(PLATFORMS))),
        (vehicle_permit(roll, number, edition) for number in range(len(roll.vehicles))),
        (driver_certificate(roll, number, edition) for number in range(len(roll.expiries))),
    )


def filed_late(order: str, licence: str, at: Instant) -> Licence:
    """Return the certificate that is filed at an instant and holds since the day before."""
    since = day_of(Instant(at - DAY))
    return Licence(
        kind=LicenceKind.DRIVER_CERTIFICATE,
        certificate=f"演示驾驶员证补录{order}",
        subject=licence,
        area=_AREA,
        sequence=1,
        recorded_at=to_rfc3339(at),
        periods=(Span(since, since + _DRIVER_TERM, PeriodState.VALID),),
    )


def heartbeat(complete_to: Instant) -> bytes:
    """Write a source's word that it has said all it knows up to an instant."""
    return msgspec.json.encode({"type": "heartbeat", "complete_to": to_rfc3339(complete_to)})


def write_table(file: TextIO, licences: Iterator[Licence]) -> int:
    """Write licences as the rows that ``regulator register import`` reads; return how many rows."""
    table = csv.writer(file, lineterminator="\n")
    table.writerow(_COLUMNS)
    count = 0
    for licence in licences:
        table.writerows(rows := _rows(licence))
        count += len(rows)
    return count


def _rows(licence: Licence) -> list[Sequence[object]]:
    car = licence.vehicle or Described("", "", "", "")
    return [
        (
            *(licence.kind.value, licence.certificate, licence.subject, licence.sequence, licence.area),
            *(licence.first_registered or "", span.start, span.end or "", span.state.value),
            *(car.brand, car.model, car.colour, car.plate_colour),
        )
        for span in licence.periods
    ]


def _sequence(edition: date) -> int:
    return edition.year * 100 + edition.month


def _recorded(edition: date) -> str:
    return to_rfc3339(start_of(edition))


def platform_permit(number: int, edition: date) -> Licence:
    """Return a month's statement about a platform, by its place among them."""
    return Licence(
        kind=LicenceKind.PLATFORM_PERMIT,
        certificate=f"演示经营许可{number + 1:02d}",
        subject=PLATFORMS[number].company,
        area=_AREA,
        sequence=_sequence(edition),
        recorded_at=_recorded(edition),
        periods=(Span(edition - timedelta(days=400), edition + timedelta(days=1_000), PeriodState.VALID),),
    )


def vehicle_permit(roll: Roll, number: int, edition: date) -> Licence:
    """Return a month's statement about a vehicle of the roll."""
    kind = roll.vehicles[number]
    registered = _first_registered(number, kind, edition)
    granted = edition - timedelta(days=_YOUNGEST + whole(_OLDEST - _YOUNGEST, "granted", number))
    start = max(granted, registered or granted)
    spans = [Span(start, start + _VEHICLE_TERM, PeriodState.VALID)]
    if kind.state != PeriodState.VALID:
        # Ended some time after it was granted, and well before today.
        ended = edition - timedelta(days=1 + round((edition - start).days * chance("ended", number)))
        spans.append(Span(ended, None, PeriodState(kind.state)))
    return Licence(
        kind=LicenceKind.VEHICLE_PERMIT,
        certificate=f"演示运输证{number:06d}",
        subject=plate_of(number),
        area=_ISLAND if number in roll.regional else _AREA,
        sequence=_sequence(edition),
        recorded_at=_recorded(edition),
        first_registered=registered,
        periods=tuple(spans),
        vehicle=Described(
            kind.make.title(),
            kind.model.title(),
            chinese(kind.colour),
            "绿" if is_new_energy(number) else "蓝",
        ),
    )


def _first_registered(number: int, kind: VehicleKind, edition: date) -> date | None:
    """Return a day in the model year, that year moved so that cars are as old as in the source."""
    if kind.year is None:
        return None
    new_year = date(kind.year + edition.year - MODEL_YEAR, 1, 1)
    return min(
        new_year + timedelta(days=whole(365, "registered", number)), edition - timedelta(days=_YOUNGEST)
    )


def driver_certificate(roll: Roll, number: int, edition: date) -> Licence:
    """Return a month's statement about a driver of the roll."""
    last = roll.expiries[number] + (edition - LEAD - SNAPSHOT)
    return Licence(
        kind=LicenceKind.DRIVER_CERTIFICATE,
        certificate=f"演示驾驶员证{number:06d}",
        subject=driving_licence(number),
        area=_AREA,
        sequence=_sequence(edition),
        recorded_at=_recorded(edition),
        periods=(Span(last - _DRIVER_TERM + timedelta(days=1), last, PeriodState.VALID),),
    )
