"""What an officer finds when he asks for a plate. Each question is recorded with its asker."""

from collections.abc import Iterable, Sequence

from regulator.console.context import Visit
from regulator.console.licences import answered, masked
from regulator.console.shown import LicenceFile, PeriodShown, PlateFile, PositionShown, StatementShown
from regulator.console.times import clock_time
from regulator.domain.drivers import Driver
from regulator.domain.instants import Instant, day_of
from regulator.domain.licences import LicenceKind, Period, Statement, Subject, state_at
from regulator.domain.plates import Plate, is_plate, plate
from regulator.store.audit import AuditStore
from regulator.store.disputes import disputes_of
from regulator.store.lookups import Known, LookupStore
from regulator.store.places import CarPosition
from regulator.store.register_view import RegisterView

_DRIVERS_SHOWN = 5


def answer(here: Visit, asked: str) -> tuple[PlateFile | None, str]:
    """Return what is known of a plate, or why the question is not answered."""
    if not asked:
        return None, ""
    if here.officer is None:
        return None, here.say("first_identity")
    vehicle = plate(asked)
    if not is_plate(vehicle):
        return None, here.say("lookup_not_plate", plate=asked)
    return _file(here, vehicle, who=here.officer.label), ""


def _file(here: Visit, vehicle: Plate, *, who: str) -> PlateFile:
    with here.console.store.writing() as connection:
        seen = LookupStore(connection).vehicle(vehicle, who=who, at=here.now)
        drivers = _drivers(seen)
        for driver, _ in drivers:
            AuditStore(connection).write(who, "see driver of vehicle", subject=driver, at=here.now)
    with here.console.store.reading() as connection:
        disputes = disputes_of(connection, seen.findings)
        register = RegisterView(connection, here.console.sources)
        licences = [
            _licence(here, register, LicenceKind.VEHICLE_PERMIT, Subject(vehicle)),
            *(
                _licence(here, register, LicenceKind.DRIVER_CERTIFICATE, Subject(driver), last4)
                for driver, last4 in drivers
            ),
        ]
    showing = here.showing
    return PlateFile(
        plate=showing.plate(vehicle),
        cards=[showing.card(card) for card in seen.cards if card.closed_at is None],
        position=_position(here, seen.position) if seen.position else None,
        licences=licences,
        findings=[showing.finding(finding, disputes.get(finding.id)) for finding in seen.findings],
    )


def _drivers(seen: Known) -> Sequence[tuple[Driver, str]]:
    """Who drove the car lately, the latest first, with the last four characters where a finding has them."""
    last4 = {finding.driver: finding.last4 for finding in seen.findings}
    drivers = dict.fromkeys(order.driver for order in seen.orders if order.driver)
    return [(driver, last4.get(driver, "")) for driver in list(drivers)[:_DRIVERS_SHOWN]]


def _licence(
    here: Visit, register: RegisterView, kind: LicenceKind, subject: Subject, last4: str = ""
) -> LicenceFile:
    answer = register.in_force(kind, subject, here.now)
    named = f" · {here.say('driver_last4', last4=last4)}" if last4 else ""
    return LicenceFile(
        title=f"{here.say.term('kind', kind)}{named}",
        mark="held" if answer.held else "failed",
        verdict=f"{here.say('lookup_now')} {answered(answer, say=here.say)}",
        statements=_statements(here, register.statements(kind, subject)),
    )


def _position(here: Visit, position: CarPosition) -> PositionShown:
    place = position.place
    return PositionShown(
        at=clock_time(position.at, now=here.now, seconds=True),
        place=f"{place.lat:.5f}, {place.lon:.5f}",
        district=here.console.around.sheet.district_at(place),
        speed="" if position.speed is None else here.say("speed", n=position.speed),
        status=here.say.term("status", position.status),
        company=here.console.around.company(position.company),
    )


def _statements(here: Visit, statements: Iterable[Statement]) -> Sequence[StatementShown]:
    return [
        StatementShown(
            certificate=masked(one.kind, one.certificate),
            source=one.source,
            vehicle=" ".join(filter(None, (one.vehicle.brand, one.vehicle.model, one.vehicle.colour)))
            if one.vehicle
            else "",
            periods=[_period(here, period, counts=state_at(one.periods, here.now)) for period in one.periods],
        )
        for one in statements
    ]


def _period(here: Visit, period: Period, *, counts: Period | None) -> PeriodShown:
    end = here.say("open_end") if period.end is None else day_of(Instant(period.end - 1)).isoformat()
    return PeriodShown(
        text=f"{day_of(period.start).isoformat()} – {end}",
        code=period.state,
        state=here.say.term("state", period.state),
        now=period is counts,
    )
