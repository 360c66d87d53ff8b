"""What platforms push to ``feed.<platform>.orders``, and what the departments file meanwhile."""

from collections.abc import Iterator

import msgspec

from regulator.domain.instants import SECOND, Instant
from regulator.domain.licences import LicenceKind
from streams import topics
from streams.demo import records, register
from streams.demo.chance import chance
from streams.demo.city import City, Happening
from streams.demo.messages import Message, envelope
from streams.demo.noise import flawed, refused_after, refused_beside
from streams.demo.platforms import platform_of
from streams.demo.rates import REPEATED, Plant
from streams.demo.records import Record
from streams.demo.rides import Ride
from streams.demo.timeline import SHIFT_STEPS, Step


def order_messages(
    city: City, start: int, end: int, *, under_way_at: Instant | None = None
) -> Iterator[Message]:
    """Yield what platforms send and departments file in [start, end), Unix seconds; unsorted.

    With ``under_way_at`` only orders that were created in the stretch and have not ended then.
    """
    for happening in city.happenings(start, end):
        if happening.step in SHIFT_STEPS:
            yield _shift_message(city, happening)
        else:
            ride = city.ride(happening.number, happening.base, happening.echo)
            if under_way_at is None or (ride.create >= start * SECOND and ride.arrive > under_way_at):
                yield from _ride_messages(ride, happening)


def _moment(at: Instant, *what: object) -> Instant:
    """Return when within its second something is sent."""
    return Instant(at + int(chance("moment", *what) * SECOND))


def _shift_message(city: City, happening: Happening) -> Message:
    shift, login = happening.number, happening.step is Step.LOGIN
    car = city.car(city.shifts.cab[shift], happening.echo)
    platform, crew = platform_of(car), city.crews.own(car, city.seat(shift, happening.echo))
    fix = city.shifts.first_fix[shift] if login else city.shifts.last_fix[shift]
    record = records.shift_step(
        "operateLogin" if login else "operateLogout",
        company=platform.company,
        crew=crew,
        at=happening.at,
        spot=city.spot(int(fix)),
    )
    return Message(
        topics.feed_orders(platform.slug),
        _moment(happening.at, car, record.kind),
        crew.plate.encode(),
        envelope(platform, platform.company, [record]),
    )


def _ride_messages(ride: Ride, happening: Happening) -> Iterator[Message]:
    match happening.step:
        case Step.CREATE:
            yield from _sent(ride, happening.at, records.order_create(ride))
        case Step.MATCH:
            yield from _sent(ride, happening.at, records.order_match(ride, ride.named.match, ride.match))
        case Step.REMATCH if ride.named.corrected is not None:
            first = records.order_match(ride, ride.named.match, ride.match)
            second = records.order_match(ride, ride.named.corrected, ride.rematch)
            yield _message(ride, happening.at, [first, second])
        case Step.STATED if ride.named.plant is Plant.LICENCE_LATE:
            yield _filed(ride)
        case Step.DEPART:
            yield from _sent(ride, happening.at, records.operate_depart(ride))
        case Step.REPEAT if chance("repeated", ride.order) < REPEATED:
            yield from _sent(ride, happening.at, records.operate_depart(ride))
        case Step.ARRIVE:
            yield from _sent(ride, happening.at, records.operate_arrive(ride))
        case Step.PAY:
            yield from _sent(ride, happening.at, records.operate_pay(ride))
        case _:
            pass


def _sent(ride: Ride, at: Instant, record: Record) -> Iterator[Message]:
    """Send one record, and what noise adds to it."""
    beside = refused_beside(record, ride.order)
    sent = flawed(record, ride.order)
    yield _message(ride, at, [sent] if beside is None else [sent, beside])
    if (after := refused_after(ride.platform, record, ride.order)) is not None:
        first = _message(ride, at, [sent])
        yield first._replace(at=Instant(first.at + 1), value=after)


def _message(ride: Ride, at: Instant, sent: list[Record]) -> Message:
    return Message(
        topics.feed_orders(ride.platform.slug),
        _moment(at, ride.order, at),
        ride.order.encode(),
        envelope(ride.platform, ride.company, sent),
    )


def _filed(ride: Ride) -> Message:
    at = _moment(ride.stated, ride.order, "stated")
    licence = register.filed_late(ride.order, ride.named.match.licence, at)
    topic = topics.feed_register(register.SOURCE_OF[LicenceKind.DRIVER_CERTIFICATE])
    return Message(topic, at, licence.certificate.encode(), msgspec.json.encode(licence))
