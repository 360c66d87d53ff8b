"""The way of clean records of the judged types, which is nearly all of them.

What these gates cannot wave through they hand to the careful gate, which answers the same and asks
everything. They are functions that remember what they need: they are called for every record
there is, and looking things up on an object would be a tenth of their cost.
"""

from typing import Any

from msgspec.structs import astuple

from regulator.domain.feed import Accepted, Outcome
from regulator.domain.instants import SECOND
from regulator.wire.ministry.batches import Batch
from regulator.wire.ministry.gates import CarefulGate, Gate
from regulator.wire.ministry.mending import Mended
from regulator.wire.ministry.table import Key
from regulator.wire.ministry.timeliness import Window
from regulator.wire.ministry.times import local_time


def quick_gate(careful: CarefulGate) -> Gate:
    """Return the quickest gate of a type."""
    kind = careful.shape.type
    if kind.is_position:
        return _position_gate(careful)
    return _report_gate(careful) if kind.key in (Key.ORDER, Key.CAR_OR_DRIVER) else careful.cross


def _position_gate(careful: CarefulGate) -> Gate:
    """Return the gate of positions: known by car or driver and second, so they have no digest."""
    shape, companies, reader, sight = careful.shape, careful.companies, careful.reader, careful.sight
    name, instants_of, names_driver, drivers = shape.name, shape.instants, shape.names_driver, sight.drivers

    def cross(read: Any, index: int, batch: Batch, window: Window) -> Outcome:
        if type(read) is not Mended:
            company, at = companies.get(read.CompanyId), read.PositionTime * SECOND
            is_timely = window.first <= at <= window.last
            if not is_timely:  # it may be 14 digits
                (at,) = instants_of(read)
                is_timely = at is not None and window.first <= at <= window.last
            fact: Any = reader(read, (at,), window.arrival, sight)
            if (
                is_timely
                and company is not None
                and fact is not None
                and (fact.vehicle or fact.driver)
                and not read.OrderId.isspace()
                and not (names_driver and (read.VehicleNo.isspace() or drivers[read.LicenseId].is_odd))
            ):
                return Accepted(
                    index=index,
                    type=name,
                    company=company,
                    order=fact.order,
                    digest=0,
                    fact=fact,
                    flaws=batch.flaws,
                )
        return careful.cross(read, index, batch, window)

    return cross


def _report_gate(careful: CarefulGate) -> Gate:
    """Return the gate of order and operate records."""
    shape, companies, reader, sight = careful.shape, careful.companies, careful.reader, careful.sight
    name, names_order, names_driver, drivers = (
        shape.name,
        shape.names_order,
        shape.names_driver,
        sight.drivers,
    )
    texts_in, times_in, digest_of = shape.doubtful_in, shape.times_in, careful.digest
    timely, is_ordered, (later, earlier) = shape.index_of_timely, shape.not_before, shape.not_before or (0, 0)
    has_one_time, width = len(shape.time_names) == 1, shape.width

    def cross(read: Any, index: int, batch: Batch, window: Window) -> Outcome:
        if type(read) is Mended or (company := companies.get(read.CompanyId)) is None:
            return careful.cross(read, index, batch, window)
        content = astuple(read)[:width]
        sent = times_in(content)
        instants = (local_time(sent[0]),) if has_one_time else tuple(map(local_time, sent))
        at = instants[timely]
        if (
            at is None
            or not window.first <= at <= window.last
            or (None in instants and instants.count(None) != sent.count(None))  # what was sent is no time
            or (is_ordered and instants[later] < instants[earlier])  # type: ignore[operator]  # both were sent
            or (names_driver and drivers[read.LicenseId].is_odd)
        ):
            return careful.cross(read, index, batch, window)
        for text in texts_in(content):
            if text.isspace():
                return careful.cross(read, index, batch, window)
        fact = reader(read, instants, window.arrival, sight)
        if fact is None:
            return careful.cross(read, index, batch, window)
        return Accepted(
            index=index,
            type=name,
            company=company,
            order=read.OrderId if names_order else None,
            digest=digest_of(content),
            fact=fact,
            flaws=batch.flaws,
        )

    return cross
