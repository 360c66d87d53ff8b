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
from regulator.wire.ministry.times import Instants

_is_blank = str.isspace


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
        if type(read) is Mended:
            return careful.cross(read, index, batch, window)
        instants: Instants = (read.PositionTime * SECOND,)
        if not window.first <= instants[0] <= window.last:  # type: ignore[operator]  # a number
            instants = instants_of(read)  # it may be 14 digits
        company = companies.get(read.CompanyId)
        fact: Any = reader(read, instants, window.arrival, sight)
        if (
            company is None
            or fact is None
            or not (fact.vehicle or fact.driver)
            or (at := instants[0]) is None
            or not window.first <= at <= window.last
            or read.OrderId.isspace()
            or (names_driver and (read.VehicleNo.isspace() or drivers[read.LicenseId].is_odd))
        ):
            return careful.cross(read, index, batch, window)
        return Accepted(
            index=index,
            type=name,
            company=company,
            order=fact.order,
            digest=0,
            fact=fact,
            flaws=batch.flaws,
        )

    return cross


def _report_gate(careful: CarefulGate) -> Gate:
    """Return the gate of order and operate records."""
    shape, companies, reader, sight = careful.shape, careful.companies, careful.reader, careful.sight
    name, times, instants_of, timely = shape.name, shape.times, shape.instants, shape.index_of_timely
    doubtful, width, digest_of, names_order = shape.doubtful, shape.width, careful.digest, shape.names_order
    names_driver, drivers, (later, earlier) = shape.names_driver, sight.drivers, shape.not_before or (0, 0)

    def cross(read: Any, index: int, batch: Batch, window: Window) -> Outcome:
        if type(read) is Mended:
            return careful.cross(read, index, batch, window)
        company, instants = companies.get(read.CompanyId), instants_of(read)
        at = instants[timely]
        if company is None or at is None or not window.first <= at <= window.last:
            return careful.cross(read, index, batch, window)
        if None in instants and instants.count(None) != times(read).count(None):
            return careful.cross(read, index, batch, window)  # a time that was sent is no time
        fact = reader(read, instants, window.arrival, sight)
        if (
            fact is None
            or instants[later] < instants[earlier]  # type: ignore[operator]  # both were sent
            or any(map(_is_blank, doubtful(read)))
            or (names_driver and drivers[read.LicenseId].is_odd)
        ):
            return careful.cross(read, index, batch, window)
        return Accepted(
            index=index,
            type=name,
            company=company,
            order=read.OrderId if names_order else None,
            digest=digest_of(astuple(read)[:width]),
            fact=fact,
            flaws=batch.flaws,
        )

    return cross
