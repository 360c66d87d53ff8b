"""The worlds that a supposition asks about: an order, and a law over it, with one thing otherwise."""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.instants import Instant, to_rfc3339
from regulator.domain.licences import Answer, LicenceKind, Subject
from regulator.domain.orders import Ending, Report, Stage
from regulator.domain.places import RawPlace
from regulator.domain.plates import Plate
from regulator.explaining.naming import Names
from regulator.explaining.supposing import (
    HELD,
    INSIDE,
    OUTSIDE,
    TAKEN_AWAY,
    Otherwise,
    SupposedAreas,
    SupposedRegister,
)
from regulator.explaining.told.findings import Supposition
from regulator.explaining.verdicts import Heard
from regulator.joins.orders import Filing, Order
from regulator.judging.law import Law

_SOMEBODYS_CAR, _SOMEBODY = Plate("?"), Driver("?")
"""Stand for a car and a driver that are identifiable and licensed."""
_LICENSED = {
    (LicenceKind.VEHICLE_PERMIT, Subject(_SOMEBODYS_CAR)): HELD,
    (LicenceKind.DRIVER_CERTIFICATE, Subject(_SOMEBODY)): HELD,
}
_ALWAYS = Instant(1 << 62)
_PAIRS = 4
"""So many other pairs of an order are tried."""


class World(msgspec.Struct, frozen=True, kw_only=True):
    """A supposition, and order and law as they would be under it."""

    said: Supposition
    order: Order
    law: Law


class Worlds:
    """Yields them in the order in which a reader asks: licences, register, pair, trip, car, reports."""

    def __init__(self, order: Order, law: Law, heard: Sequence[Heard], names: Names) -> None:
        self._order = order
        self._law = law
        self._heard = heard
        self._names = names

    def __iter__(self) -> Iterator[World]:
        for worlds in (
            self._licences,
            self._completeness,
            self._pairs,
            self._identities,
            self._ends,
            self._episodes,
            self._cars,
            self._fewer_reports,
        ):
            yield from worlds()

    def _licences(self) -> Iterator[World]:
        """Held where it was not, taken away where it was."""
        answers: dict[tuple[LicenceKind, Subject], list[Answer]] = {}
        for one in self._heard:
            for (kind, subject, at), answer in one.asked.licences.items():
                if at == one.report.at:
                    answers.setdefault((kind, subject), []).append(answer)
        for (kind, subject), given in answers.items():
            if not all(answer.held for answer in given):
                yield self._licence("licence_held", kind, subject, HELD)
            if not all(answer.by_statement for answer in given):
                yield self._licence("licence_taken_away", kind, subject, TAKEN_AWAY)

    def _licence(self, code: str, kind: LicenceKind, subject: Subject, answer: Answer) -> World:
        said = Supposition(code=code, kind=kind, subject=self._names.subject(subject))
        return self._world(said, Otherwise(licences={(kind, subject): answer}))

    def _completeness(self) -> Iterator[World]:
        for kind in LicenceKind:
            complete = Supposition(code="register_complete", kind=kind)
            yield self._world(complete, Otherwise(complete_to={kind: _ALWAYS}))
            behind = Supposition(code="register_behind", kind=kind)
            yield self._world(behind, Otherwise(complete_to={kind: None}))

    def _pairs(self) -> Iterator[World]:
        """The pair of another report of the order, in place of a report's own."""
        pairs = list(dict.fromkeys((one.vehicle, one.driver) for one in self._reports))[:_PAIRS]
        for number, report in enumerate(self._reports):
            for vehicle, driver in pairs:
                if (vehicle, driver) != (report.vehicle, report.driver) and vehicle and driver:
                    said = Supposition(
                        code="other_pair",
                        stage=report.stage,
                        at=to_rfc3339(report.at),
                        subject=f"{vehicle} {self._names.driver(driver)}",
                    )
                    other = msgspec.structs.replace(report, vehicle=vehicle, driver=driver)
                    yield self._world(said, order=self._with_report(number, other))

    def _identities(self) -> Iterator[World]:
        """Somebody licensed, where nobody identifiable was named."""
        if any(not one.vehicle for one in self._reports):
            said = Supposition(code="vehicle_identified")
            yield self._world(said, Otherwise(licences=_LICENSED), self._with_reports(_with_car))
        if any(not one.driver for one in self._reports):
            said = Supposition(code="driver_identified")
            yield self._world(said, Otherwise(licences=_LICENSED), self._with_reports(_with_driver))

    def _ends(self) -> Iterator[World]:
        """Ends inside and outside; only where a rule asked for areas."""
        if not any(one.asked.areas for one in self._heard):
            return
        yield self._world(Supposition(code="start_inside"), order=self._starting(INSIDE))
        yield self._world(Supposition(code="end_inside"), order=self._ending(self._order, INSIDE))
        outside = self._ending(self._starting(OUTSIDE), OUTSIDE)
        yield self._world(Supposition(code="both_ends_outside"), order=outside)

    def _episodes(self) -> Iterator[World]:
        episodes = {key: one for heard in self._heard for key, one in heard.asked.episodes.items()}
        for key, one in episodes.items():
            said = Supposition(code="without_episode", subject=one.number)
            yield self._world(said, Otherwise(without_episode=key))

    def _cars(self) -> Iterator[World]:
        for vehicle in dict.fromkeys(car for one in self._heard for car in one.asked.cars):
            cars = frozenset({vehicle})
            yield self._world(Supposition(code="new_car", subject=vehicle), Otherwise(new_cars=cars))
            driven_less = Supposition(code="driven_less", subject=vehicle)
            yield self._world(driven_less, Otherwise(undriven_cars=cars))

    def _fewer_reports(self) -> Iterator[World]:
        """Where a stage has several reports, the order without one of them."""
        stages = [one.stage for one in self._reports]
        for number, report in enumerate(self._reports):
            if stages.count(report.stage) > 1:
                said = Supposition(code="without_report", stage=report.stage, at=to_rfc3339(report.at))
                rest = [one for index, one in enumerate(self._order.reports) if index != number]
                yield self._world(said, order=msgspec.structs.replace(self._order, reports=rest))

    @property
    def _reports(self) -> Sequence[Report]:
        return [filing.report for filing in self._order.reports]

    def _world(
        self, said: Supposition, otherwise: Otherwise | None = None, order: Order | None = None
    ) -> World:
        register = SupposedRegister(self._law.register, otherwise or Otherwise())
        law = msgspec.structs.replace(self._law, register=register, areas=SupposedAreas(self._law.areas))
        return World(said=said, order=order or self._order, law=law)

    def _with_report(self, number: int, report: Report) -> Order:
        reports = list(self._order.reports)
        reports[number] = Filing(report, reports[number].offset, reports[number].index)
        return msgspec.structs.replace(self._order, reports=reports)

    def _with_reports(self, changed: Callable[[Report], Report]) -> Order:
        reports = [Filing(changed(one.report), one.offset, one.index) for one in self._order.reports]
        return msgspec.structs.replace(self._order, reports=reports)

    def _starting(self, place: RawPlace) -> Order:
        def moved(report: Report) -> Report:
            return msgspec.structs.replace(report, place=place) if report.stage is Stage.DEPART else report

        return self._with_reports(moved)

    def _ending(self, order: Order, place: RawPlace) -> Order:
        at = order.arrived.at if order.arrived is not None else order.arrival
        return msgspec.structs.replace(order, arrived=Ending(at=at, place=place))


def _with_car(report: Report) -> Report:
    return report if report.vehicle else msgspec.structs.replace(report, vehicle=_SOMEBODYS_CAR)


def _with_driver(report: Report) -> Report:
    return report if report.driver else msgspec.structs.replace(report, driver=_SOMEBODY)
