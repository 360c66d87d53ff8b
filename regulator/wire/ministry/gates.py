"""Gates: one a type. A record goes in as it was decoded or mended, and comes out with its fate."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import asdict, astuple

from regulator.domain.feed import Accepted, Flaw, Outcome, Position, Refusal, Refused
from regulator.domain.orders import CompanyId, OrderNumber
from regulator.wire.ministry.batches import Batch
from regulator.wire.ministry.content import digester
from regulator.wire.ministry.facts import NO_ORDER, READERS
from regulator.wire.ministry.faults import find_faults
from regulator.wire.ministry.mending import Mended
from regulator.wire.ministry.mending_few import mend_quickly
from regulator.wire.ministry.shapes import Shape
from regulator.wire.ministry.sight import Reader, Sight, says_nothing
from regulator.wire.ministry.table import Key
from regulator.wire.ministry.timeliness import Timeliness, Window
from regulator.wire.ministry.times import Instants

Companies = Mapping[str, CompanyId]
"""The companies that a slug may speak for, by what a record calls them."""

Gate = Callable[[Any, int, Batch, Window], Outcome]
"""(struct of the shape or ``Mended``, index, envelope, arrival) → what becomes of the record."""

_is_blank = str.isspace


class CarefulGate:
    """The gate of one type that asks of a record everything there is to ask."""

    def __init__(
        self,
        shape: Shape,
        *,
        companies: Companies,
        sight: Sight,
        timeliness: Timeliness,
        key: bytes,
        reader: Reader | None = None,
    ) -> None:
        self.shape = shape
        self.companies = companies
        self.sight = sight
        self.reader: Reader = reader or READERS.get(shape.name, says_nothing)
        self.digest = digester(key, shape.type.code, decimals=shape.decimals, blankable=shape.blankable)
        self._timeliness = timeliness
        self._is_plain = shape.is_timed and not (shape.checks or shape.not_before)

    def cross(self, read: Any, index: int, batch: Batch, window: Window) -> Outcome:
        """Return what becomes of a record."""
        shape, record, mended, flaws = self.shape, read, None, batch.flaws
        if type(read) is Mended or any(map(_is_blank, shape.texts(read))):
            mended = _mended(shape, read)
            record, flaws = mended.record, _united(batch, mended)
        company = self.companies.get(record.CompanyId or batch.company)
        if company is None:
            return _refused(shape, record, index, batch, Refusal.FOREIGN)
        instants = shape.instants(record)
        fact = self.reader(record, instants, window.arrival, self.sight)
        if (mended is not None and not mended.is_object) or not _is_about_something(shape, record, fact):
            return _refused(shape, record, index, batch, Refusal.UNATTRIBUTABLE)
        if not self._is_faultless(record, instants, window):
            flaws += find_faults(
                shape,
                record,
                instants=instants,
                arrival=window.arrival,
                drivers=self.sight.drivers,
                timeliness=self._timeliness,
            )
        digest = 0
        if not shape.is_position or _names_nobody(fact):
            digest = self.digest(astuple(record)[: shape.width] if mended is None else mended.content)
        return Accepted(
            index=index,
            type=shape.name,
            company=company,
            order=_order(shape, record),
            digest=digest,
            fact=fact,
            flaws=flaws,
        )

    def _is_faultless(self, record: Any, instants: Instants, window: Window) -> bool:
        """Tell, of the types that are sent by the thousand, whether there is no fault to be found."""
        shape = self.shape
        if not self._is_plain or None in instants:
            return False
        if shape.names_driver and self.sight.drivers[record.LicenseId].is_odd:
            return False
        return window.first <= instants[shape.index_of_timely] <= window.last  # type: ignore[operator]  # no None


def wrong_topic_gate(shape: Shape) -> Gate:
    """Return the gate of a type that belongs on the platform's other topic."""

    def cross(read: Any, index: int, batch: Batch, window: Window) -> Outcome:
        return _refused(shape, _mended(shape, read).record, index, batch, Refusal.WRONG_TOPIC)

    return cross


def _is_about_something(shape: Shape, record: Any, fact: object) -> bool:
    """Tell whether a record names what its type must name, or it cannot be attributed."""
    if shape.key is Key.ORDER:
        return bool(record.OrderId)
    if shape.key is Key.OWN:
        return bool(getattr(record, shape.own_key))
    return shape.key is Key.NONE or fact is not None


def _names_nobody(fact: Any) -> bool:
    """Tell whether a position can be known by its content only."""
    return isinstance(fact, Position) and not (fact.vehicle or fact.driver)


def _mended(shape: Shape, read: Any) -> Mended:
    return read if type(read) is Mended else mend_quickly(shape, asdict(read))


def _order(shape: Shape, record: Any) -> OrderNumber | None:
    text = record.OrderId if shape.names_order else None
    if not text or (shape.is_position and text == NO_ORDER):
        return None
    return OrderNumber(text)


def _united(batch: Batch, mended: Mended) -> tuple[Flaw, ...]:
    """Return both the record's flaws and those that the envelope gives it, each once."""
    given = batch.flaws if mended.record.CompanyId else batch.flaws + batch.company_flaws
    return mended.flaws + tuple(flaw for flaw in given if flaw not in mended.flaws)


def _refused(shape: Shape, record: Any, index: int, batch: Batch, reason: Refusal) -> Refused:
    return Refused(
        index=index,
        type=shape.name,
        company=record.CompanyId or batch.company,
        order=_order(shape, record),
        reason=reason,
    )
