"""One record across the border: attributed, checked against calendar and clock, turned into a fact."""

from collections.abc import Set
from typing import Any

from msgspec.structs import asdict, astuple

from regulator.domain.feed import Accepted, Flaw, FlawKind, Outcome, Refusal, Refused
from regulator.domain.orders import CompanyId, OrderNumber
from regulator.wire.ministry.batches import Batch
from regulator.wire.ministry.content import Digester
from regulator.wire.ministry.facts import NO_ORDER, READERS, Instants, Sight
from regulator.wire.ministry.mending import Mended, mend
from regulator.wire.ministry.shapes import SHAPES, Shape
from regulator.wire.ministry.table import Key
from regulator.wire.ministry.timeliness import Timeliness

_is_blank = str.isspace


class Crossing:
    """Takes records across, whether clean (a struct of their shape) or mended."""

    def __init__(self, companies: Set[str], key: bytes, timeliness: Timeliness) -> None:
        self._companies = companies
        self._timeliness = timeliness
        self._digest = {
            shape.name: Digester(key, shape.type.code, shape.decimals).digest for shape in SHAPES.values()
        }

    def cross(self, batch: Batch, read: Any, index: int, sight: Sight) -> Outcome:
        """Return what becomes of one record."""
        shape = batch.shape
        mended = _mended(shape, read)
        record = read if mended is None else mended.record
        company = record.CompanyId or batch.company
        if company not in self._companies:
            return _refused(batch, record, index, Refusal.FOREIGN)
        order = _order(shape, record)
        flaws = batch.flaws if mended is None else _united(batch.flaws, mended.flaws)
        digest, fact = 0, None
        reader = READERS.get(shape.name)
        if reader is not None:
            instants = tuple(map(shape.clock, shape.times(record)))
            fact = reader(record, instants, sight)
            if fact is None or (order is None and shape.type.key is Key.ORDER):
                return _refused(batch, record, index, Refusal.UNATTRIBUTABLE)
            flaws += self._faults(shape, record, instants, sight)
            if not shape.type.is_position:
                content = astuple(record)[: shape.width] if mended is None else mended.content
                digest = self._digest[shape.name](content)
        elif mended is not None and not mended.is_object:
            return _refused(batch, record, index, Refusal.UNATTRIBUTABLE)
        return Accepted(
            index=index,
            type=shape.name,
            company=CompanyId(company),
            order=order,
            digest=digest,
            fact=fact,
            flaws=flaws,
        )

    def _faults(self, shape: Shape, record: Any, instants: Instants, sight: Sight) -> tuple[Flaw, ...]:
        """Return what only a check digit, a calendar or a clock can find."""
        flaws: tuple[Flaw, ...] = ()
        if shape.names_driver and sight.drivers[record.LicenseId].wrong_check_digit:
            flaws += (Flaw("LicenseId", FlawKind.BAD_FIELD),)
        if None in instants:
            flaws += tuple(
                Flaw(name, FlawKind.BAD_FIELD)
                for name, sent, instant in zip(shape.time_names, shape.times(record), instants, strict=True)
                if instant is None and sent is not None
            )
        if shape.not_before:
            later, earlier = (instants[place] for place in shape.not_before)
            if later is not None and earlier is not None and later < earlier:
                flaws += (Flaw(shape.type.not_before[0], FlawKind.CONTRADICTION),)
        timely_by = instants[shape.index_of_timely]
        if timely_by is not None and self._timeliness.is_untimely(timely_by, sight.arrival):
            flaws += (Flaw(shape.type.timely_by, FlawKind.UNTIMELY),)
        return flaws


def misplaced(batch: Batch, read: Any, index: int, sight: Sight) -> Outcome:
    """Refuse a record that came on the wrong one of the platform's topics."""
    mended = _mended(batch.shape, read)
    return _refused(batch, read if mended is None else mended.record, index, Refusal.WRONG_TOPIC)


def _mended(shape: Shape, read: Any) -> Mended | None:
    """Return the mended record; None for a clean one. A required text of mere spaces is not clean."""
    if type(read) is Mended:
        return read
    if any(map(_is_blank, shape.texts(read))):
        return mend(shape, asdict(read))
    return None


def _order(shape: Shape, record: Any) -> OrderNumber | None:
    text = record.OrderId if shape.names_order else None
    if not text or (shape.type.is_position and text in NO_ORDER):
        return None
    return OrderNumber(text)


def _united(envelope: tuple[Flaw, ...], record: tuple[Flaw, ...]) -> tuple[Flaw, ...]:
    """Return both the record's flaws and the envelope's, each once."""
    return record + tuple(flaw for flaw in envelope if flaw not in record)


def _refused(batch: Batch, record: Any, index: int, reason: Refusal) -> Refused:
    return Refused(
        index=index,
        type=batch.shape.name,
        company=record.CompanyId or batch.company,
        order=_order(batch.shape, record),
        reason=reason,
    )
