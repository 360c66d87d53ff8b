"""Gates: one a type. A record goes in as it was decoded or mended, and comes out with its fate."""

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec.structs import asdict, astuple

from regulator.domain.feed import Accepted, Flaw, FlawKind, Outcome, Position, Refusal, Refused
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId, OrderNumber
from regulator.wire.ministry.batches import Batch
from regulator.wire.ministry.content import Digester
from regulator.wire.ministry.facts import NO_ORDER, READERS, Sight
from regulator.wire.ministry.mending import Mended, mend
from regulator.wire.ministry.shapes import Shape
from regulator.wire.ministry.table import Key
from regulator.wire.ministry.timeliness import Timeliness
from regulator.wire.ministry.times import Instants

Companies = Mapping[str, CompanyId]
"""The companies that a slug may speak for, by what a record calls them."""

_is_blank = str.isspace


class Gate(Protocol):
    """Decides one record of one type; ``read`` is a struct of the shape or a ``Mended``."""

    def cross(self, read: Any, index: int, batch: Batch, arrival: Instant) -> Outcome:
        """Return what becomes of the record."""
        ...


class ReadGate:
    """For the types whose content is read: attributed, checked against calendar and clock, made a fact."""

    def __init__(
        self, shape: Shape, *, companies: Companies, sight: Sight, timeliness: Timeliness, key: bytes
    ) -> None:
        self._shape = shape
        self._companies = companies
        self._sight = sight
        self._timeliness = timeliness
        self._reader = READERS[shape.name]
        self._needs_order = shape.type.key is Key.ORDER
        self._digest = Digester(key, shape.type.code, shape.decimals).digest
        self._is_position = shape.type.is_position

    def cross(self, read: Any, index: int, batch: Batch, arrival: Instant) -> Outcome:
        """Return what becomes of the record."""
        shape = self._shape
        flaws = batch.flaws
        mended = None
        record = read
        if type(read) is Mended or any(map(_is_blank, shape.texts(read))):
            mended = _mended(shape, read)
            record, flaws = mended.record, _united(flaws, mended.flaws)
        company = self._companies.get(record.CompanyId or batch.company)
        if company is None:
            return _refused(shape, record, index, batch, Refusal.FOREIGN)
        order = (record.OrderId or None) if shape.names_order else None
        if self._is_position and order in NO_ORDER:
            order = None
        instants = shape.instants(record)
        fact = self._reader(record, instants, arrival, self._sight)
        if fact is None or (order is None and self._needs_order):
            return _refused(shape, record, index, batch, Refusal.UNATTRIBUTABLE)
        if self._is_suspect(record, instants, arrival):
            flaws += self._faults(record, instants, arrival)
        digest = 0
        if not isinstance(fact, Position) or not (fact.vehicle or fact.driver):
            digest = self._digest(astuple(record)[: shape.width] if mended is None else mended.content)
        return Accepted(
            index=index,
            type=shape.name,
            company=company,
            order=order,
            digest=digest,
            fact=fact,
            flaws=flaws,
        )

    def _is_suspect(self, record: Any, instants: Instants, arrival: Instant) -> bool:
        """Tell whether a look for faults is worth its time; almost no record's is."""
        shape = self._shape
        if None in instants or shape.not_before:
            return True
        if shape.names_driver and self._sight.drivers[record.LicenseId].wrong_check_digit:
            return True
        return self._timeliness.is_untimely(instants[shape.index_of_timely], arrival)

    def _faults(self, record: Any, instants: Instants, arrival: Instant) -> tuple[Flaw, ...]:
        """Return what only a check digit, a calendar or a clock can find."""
        shape = self._shape
        flaws: tuple[Flaw, ...] = ()
        if shape.names_driver and self._sight.drivers[record.LicenseId].wrong_check_digit:
            flaws += (Flaw("LicenseId", FlawKind.BAD_FIELD),)
        flaws += tuple(
            Flaw(name, FlawKind.BAD_FIELD)
            for name, sent, instant in zip(shape.time_names, shape.times(record), instants, strict=True)
            if instant is None and sent is not None
        )
        if shape.not_before:
            later, earlier = (instants[place] for place in shape.not_before)
            if later is not None and earlier is not None and later < earlier:
                flaws += (Flaw(shape.type.not_before[0], FlawKind.CONTRADICTION),)
        if self._timeliness.is_untimely(instants[shape.index_of_timely], arrival):
            flaws += (Flaw(shape.type.timely_by, FlawKind.UNTIMELY),)
        return flaws


class UnreadGate:
    """For the types that are known and handled, and whose content is not read."""

    def __init__(self, shape: Shape, companies: Companies, key: bytes) -> None:
        self._shape = shape
        self._companies = companies
        self._digest = Digester(key, shape.type.code, ()).digest
        self._own_key = shape.type.fields[-1].name

    def cross(self, read: Any, index: int, batch: Batch, arrival: Instant) -> Outcome:
        """Return what becomes of the record."""
        shape = self._shape
        mended = _mended(shape, read)
        record = mended.record
        company = self._companies.get(record.CompanyId or batch.company)
        if company is None:
            return _refused(shape, record, index, batch, Refusal.FOREIGN)
        if not mended.is_object or (shape.type.key is Key.OWN and not getattr(record, self._own_key)):
            return _refused(shape, record, index, batch, Refusal.UNATTRIBUTABLE)
        return Accepted(
            index=index,
            type=shape.name,
            company=company,
            order=_order(shape, record),
            digest=self._digest(mended.content),
            fact=None,
            flaws=_united(batch.flaws, mended.flaws),
        )


class WrongTopicGate:
    """For the types that belong on the platform's other topic."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def cross(self, read: Any, index: int, batch: Batch, arrival: Instant) -> Outcome:
        """Refuse the record."""
        return _refused(self._shape, _mended(self._shape, read).record, index, batch, Refusal.WRONG_TOPIC)


def _mended(shape: Shape, read: Any) -> Mended:
    return read if type(read) is Mended else mend(shape, asdict(read))


def _order(shape: Shape, record: Any) -> OrderNumber | None:
    text = record.OrderId if shape.names_order else None
    if not text or (shape.type.is_position and text in NO_ORDER):
        return None
    return OrderNumber(text)


def _united(envelope: tuple[Flaw, ...], record: tuple[Flaw, ...]) -> tuple[Flaw, ...]:
    """Return both the record's flaws and the envelope's, each once."""
    return record + tuple(flaw for flaw in envelope if flaw not in record)


def _refused(shape: Shape, record: Any, index: int, batch: Batch, reason: Refusal) -> Refused:
    return Refused(
        index=index,
        type=shape.name,
        company=record.CompanyId or batch.company,
        order=_order(shape, record),
        reason=reason,
    )
