"""Gates: one a type. A record goes in as it was decoded or mended, and comes out with its fate.

A gate is a function that remembers what it needs: it is called for every record there is, and
looking things up on an object would be a tenth of its cost.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import asdict, astuple

from regulator.domain.feed import Accepted, Flaw, Outcome, Position, Refusal, Refused
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId, OrderNumber
from regulator.wire.ministry.batches import Batch
from regulator.wire.ministry.content import Digester
from regulator.wire.ministry.facts import NO_ORDER, READERS
from regulator.wire.ministry.faults import find_faults
from regulator.wire.ministry.mending import Mended, mend
from regulator.wire.ministry.shapes import Shape
from regulator.wire.ministry.sight import Sight, says_nothing
from regulator.wire.ministry.table import Key
from regulator.wire.ministry.timeliness import Timeliness

Companies = Mapping[str, CompanyId]
"""The companies that a slug may speak for, by what a record calls them."""

Gate = Callable[[Any, int, Batch, Instant], Outcome]
"""(struct of the shape or ``Mended``, index, envelope, arrival) → what becomes of the record."""

_is_blank = str.isspace


def read_gate(
    shape: Shape, *, companies: Companies, sight: Sight, timeliness: Timeliness, key: bytes
) -> Gate:
    """Return the gate of a type whose content is read: attributed, checked, made a fact."""
    name, texts, instants_of, width = shape.name, shape.texts, shape.instants, shape.width
    names_order, names_driver, timely = shape.names_order, shape.names_driver, shape.index_of_timely
    own_key, needs_order, is_position = (
        shape.type.own_key,
        shape.type.key is Key.ORDER,
        shape.type.is_position,
    )
    needs_fact, is_timed = shape.type.key is Key.CAR_OR_DRIVER, shape.is_timed
    digest_of, reader, drivers = (
        Digester(key, shape.type.code, shape.decimals).digest,
        READERS.get(name, says_nothing),
        sight.drivers,
    )
    is_untimely, compares = timeliness.is_untimely, bool(shape.not_before or shape.checks)

    def cross(read: Any, index: int, batch: Batch, arrival: Instant) -> Outcome:
        record, mended, flaws = read, None, batch.flaws
        if type(read) is Mended or any(map(_is_blank, texts(read))):
            mended = _mended(shape, read)
            record, flaws = mended.record, _united(batch, mended)
        company = companies.get(record.CompanyId or batch.company)
        if company is None:
            return _refused(shape, record, index, batch, Refusal.FOREIGN)
        order = (record.OrderId or None) if names_order else None
        if is_position and order in NO_ORDER:
            order = None
        instants = instants_of(record)
        fact = reader(record, instants, arrival, sight)
        if (
            (mended is not None and not mended.is_object)
            or (order is None and needs_order)
            or (fact is None and needs_fact)
            or (own_key and not getattr(record, own_key))
        ):
            return _refused(shape, record, index, batch, Refusal.UNATTRIBUTABLE)
        if (
            compares
            or None in instants
            or (names_driver and drivers[record.LicenseId].wrong_check_digit)
            or (is_timed and is_untimely(instants[timely], arrival))
        ):
            flaws += find_faults(
                shape, record, instants=instants, arrival=arrival, drivers=drivers, timeliness=timeliness
            )
        digest = 0
        if not is_position or _names_nobody(fact):
            digest = digest_of(astuple(record)[:width] if mended is None else mended.content)
        return Accepted(
            index=index, type=name, company=company, order=order, digest=digest, fact=fact, flaws=flaws
        )

    return cross


def wrong_topic_gate(shape: Shape) -> Gate:
    """Return the gate of a type that belongs on the platform's other topic."""

    def cross(read: Any, index: int, batch: Batch, arrival: Instant) -> Outcome:
        return _refused(shape, _mended(shape, read).record, index, batch, Refusal.WRONG_TOPIC)

    return cross


def _names_nobody(fact: Any) -> bool:
    """Tell whether a position can be known by its content only."""
    return isinstance(fact, Position) and not (fact.vehicle or fact.driver)


def _mended(shape: Shape, read: Any) -> Mended:
    return read if type(read) is Mended else mend(shape, asdict(read))


def _order(shape: Shape, record: Any) -> OrderNumber | None:
    text = record.OrderId if shape.names_order else None
    if not text or (shape.type.is_position and text in NO_ORDER):
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
