"""What platforms push to ``feed.<platform>.positions``: every fix, as driver's and as vehicle's position.

Nothing is interpolated: a fix a minute or so for each car, as the receivers gave it. A message
carries what a platform's cars reported in one second, up to 100 records.
"""

from collections import defaultdict
from collections.abc import Iterator

from regulator.domain.instants import SECOND, Instant
from streams import topics
from streams.demo.chance import chance
from streams.demo.city import City, Sighting
from streams.demo.crews import Crew
from streams.demo.messages import Message, envelope
from streams.demo.motion import UNKNOWN
from streams.demo.noise import flawed_position
from streams.demo.places import ENCRYPT
from streams.demo.platforms import Platform, platform_of
from streams.demo.records import CITY_CODE, Fields, Record
from streams.demo.rides import Ride

BATCH = 100
NO_ORDER = "0"
_ON_TRIP, _CALLED, _FREE = 1, 2, 3


def position_messages(city: City, start: int, end: int) -> Iterator[Message]:
    """Yield the positions of [start, end), Unix seconds; unsorted."""
    reported: dict[tuple[Platform, Instant], list[tuple[Crew, Fields]]] = defaultdict(list)
    for sighting in city.sightings(start, end):
        car = city.car(city.pack.tracks.cab[sighting.fix], sighting.echo)
        crew, fields = _position(city, sighting, car)
        if crew.plate or crew.licence:
            reported[platform_of(car), sighting.at].append((crew, fields))
    for (platform, at), positions in reported.items():
        yield from _batches(platform, at, positions)


def _position(city: City, sighting: Sighting, car: int) -> tuple[Crew, Fields]:
    """Return whom a fix names, and the fields that both kinds of record share."""
    trip = int(city.timeline.of_fix[sighting.fix])
    ride = city.ride(trip, sighting.base, sighting.echo) if trip >= 0 else None
    seat = city.seat(city.shifts.of_fix[sighting.fix], sighting.echo)
    crew = city.crews.own(car, seat) if ride is None else ride.crew_at(sighting.at)
    place = city.spot(sighting.fix)
    fields: Fields = {
        "CompanyId": platform_of(car).company if ride is None else ride.company,
        "VehicleNo": crew.plate,
        "PositionTime": sighting.at // SECOND,
        "Longitude": place.lon,
        "Latitude": place.lat,
        "Encrypt": ENCRYPT,
        "BizStatus": _status(ride, sighting.at),
        "OrderId": NO_ORDER if ride is None else ride.order,
    }
    if city.speeds[sighting.fix] != UNKNOWN:
        fields["Speed"] = int(city.speeds[sighting.fix])
        fields["Direction"] = int(city.headings[sighting.fix])
    return crew, flawed_position(fields, str(fields["OrderId"]), sighting.at)


def _status(ride: Ride | None, at: Instant) -> int:
    if ride is None:
        return _FREE
    return _ON_TRIP if at >= ride.depart else _CALLED


def _batches(platform: Platform, at: Instant, positions: list[tuple[Crew, Fields]]) -> Iterator[Message]:
    vehicles = [
        Record("positionVehicle", {**fields, "VehicleRegionCode": CITY_CODE})
        for crew, fields in positions
        if crew.plate
    ]
    drivers = [
        Record("positionDriver", {**fields, "LicenseId": crew.licence, "DriverRegionCode": CITY_CODE})
        for crew, fields in positions
    ]
    sent_at = Instant(at + int(chance("moment", platform.slug, at) * SECOND))
    for records in (drivers, vehicles):
        for low in range(0, len(records), BATCH):
            value = envelope(platform, platform.company, records[low : low + BATCH])
            yield Message(topics.feed_positions(platform.slug), sent_at, None, value)
