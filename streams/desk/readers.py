"""Which messages the desk reads, and what each kind says to it. One function a kind of topic."""

import logging
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import groupby

import msgspec

from regulator.config import Config
from regulator.domain.coordinates import wgs84
from regulator.domain.drivers import Driver, DriverNumber, spelt_fillers
from regulator.domain.episodes import Episode
from regulator.domain.licences import Statement
from regulator.domain.limits import Limits
from regulator.domain.notices import NoticeId
from regulator.domain.orders import CompanyId
from regulator.domain.places import Place
from regulator.domain.register import RegisterMessage, Source
from regulator.quality.orders import seen, start_of_order
from regulator.store.notices import Given
from regulator.store.orders import OrderLeft
from regulator.store.queue_events import read_event, state_of
from regulator.store.refusals import Range, RefusedRecord
from regulator.store.register import Heard
from regulator.wire.ministry.content import is_storable, storable
from regulator.wire.notices import decode_answer
from regulator.wire.orders import decode_order
from regulator.wire.receipts import decode_receipt
from regulator.wire.register import RegisterRefused, read_register
from regulator.wire.register_numbers import driver_number_in
from regulator.wire.tallies import decode_tally
from regulator.wire.told import decode_told
from streams import topics
from streams.desk.gathered import DEFECT, Gathered, Message, arrival, origin
from streams.desk.whereabouts import Whereabouts

Reader = Callable[[Message, Gathered], None]
Districts = Callable[[Place], str | None]

_CHECKPOINT = b"~"
_ORDERS = topics.orders("")
_UNREADABLE = "unreadable"
_LONGEST_TEXT = 500
_log = logging.getLogger(__name__)


def _nowhere(_: Place) -> None:
    """Know no district."""


def readers(
    config: Config, *, pseudonym_key: bytes, whereabouts: Whereabouts, district: Districts = _nowhere
) -> Mapping[str, Reader]:
    """Return who reads which topic; ``district`` says which one holds a place."""
    found: dict[str, Reader] = {topics.VIOLATIONS: read_violation, topics.TRACKS: whereabouts.read}
    for name, platform in config.platforms.items():
        if not platform.sandbox:
            found[topics.orders(name)] = order_reader(config.limits, district)
            found[topics.receipts(name)] = read_receipt
            found[topics.quality(name)] = read_tally
            found[topics.base(name)] = told_reader(config.limits)
            found[topics.answers(name)] = answer_reader(name)
    fillers = spelt_fillers(config.driver_fillers)
    for source in config.sources.values():
        found[topics.feed_register(source.name)] = register_reader(source, pseudonym_key, fillers)
    return found


def gather(messages: Iterable[Message], known: Mapping[str, Reader]) -> Gathered:
    """Read what a poll brought. Whatever cannot be read is refused by itself; its neighbours go on."""
    gathered = Gathered()
    for (topic, _), batch in groupby(messages, key=lambda one: (one.topic, one.partition)):
        together = list(batch)
        for message in together:
            if message.value is not None:
                _read_safely(known[topic], message, gathered)
            elif topic.startswith(_ORDERS) and not (message.key or b"").startswith(_CHECKPOINT):
                _leave(message, gathered)
        gathered.reach(together)
    return gathered


def _leave(message: Message, gathered: Gathered) -> None:
    """A judge let go of an order."""
    company, _, case = (message.key or b"").decode().partition("|")
    gathered.states.append(OrderLeft(company=CompanyId(company), key=case))


def _read_safely(read: Reader, message: Message, gathered: Gathered) -> None:
    """Our own topics hold what our own code wrote: a message that breaks the reader is our defect."""
    try:
        read(message, gathered)
    except Exception as failure:
        _log.error("a message was not understood: %s", origin(message), exc_info=failure)
        gathered.refuse(message, DEFECT, type(failure).__name__)


def read_violation(message: Message, gathered: Gathered) -> None:
    """A finding was raised, updated or withdrawn."""
    event = read_event(_payload(message), arrived_at=arrival(message), origin=origin(message))
    gathered.events.append(event)


def order_reader(limits: Limits, district: Districts = _nowhere) -> Reader:
    """Return the reader of orders as they stand."""

    def read(message: Message, gathered: Gathered) -> None:
        if not (message.key or b"").startswith(_CHECKPOINT):
            feed = topics.feed_of_orders(message.topic)
            payload = _payload(message)
            order = decode_order(payload)
            state = state_of(order, payload, limits=limits, feed=feed, partition=message.partition)
            gathered.states.append(state)
            if order.number is not None:
                start = wgs84(start_of_order(order))
                gathered.seen.append(seen(order, (district(start) if start else None) or ""))

    return read


def read_receipt(message: Message, gathered: Gathered) -> None:
    """A run was answered: what it refused replaces what was said before about its range."""
    receipt = decode_receipt(_payload(message))
    refused = (
        RefusedRecord(
            topic=receipt.topic,
            partition=receipt.partition,
            offset=one.offset,
            index=one.index,
            reason=one.reason,
            order=one.order,
            detail="",
            refused_at=arrival(message),
        )
        for one in receipt.refused
    )
    gathered.answer(Range(receipt.topic, receipt.partition, receipt.first, receipt.last), refused)


def read_tally(message: Message, gathered: Gathered) -> None:
    """A run was counted."""
    gathered.tallies.append(decode_tally(_payload(message)))


def told_reader(limits: Limits) -> Reader:
    """Return the reader of what platforms told of themselves."""

    def read(message: Message, gathered: Gathered) -> None:
        gathered.told.extend(decode_told(_payload(message)))
        gathered.least_kilometres = limits.least("retirement_kilometres")

    return read


def answer_reader(platform: str) -> Reader:
    """Return the reader of a platform's answers to notices."""

    def read(message: Message, gathered: Gathered) -> None:
        try:
            said = decode_answer(_payload(message))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as why:
            _, _, place = str(why).rpartition(" - at ")  # the rest may repeat what was sent
            gathered.refuse(message, _UNREADABLE, f"no answer as published: {place or 'no JSON object'}")
            return
        if not is_storable(said.notice):
            gathered.refuse(message, _UNREADABLE, "notice: no number of a notice")
            return
        given = Given(
            platform=platform,
            notice=NoticeId(said.notice),
            answer=said.answer,
            text=storable(said.text[:_LONGEST_TEXT]),
            at=arrival(message),
        )
        gathered.given.append((message, given))

    return read


def register_reader(source: Source, pseudonym_key: bytes, fillers: Set[str]) -> Reader:
    """Return the reader of what a department states."""

    def read(message: Message, gathered: Gathered) -> None:
        payload, arrived = _payload(message), arrival(message)
        try:
            content = read_register(
                payload, source=source, arrival=arrived, pseudonym_key=pseudonym_key, fillers=fillers
            )
        except RegisterRefused as why:
            gathered.refuse(message, why.reason, why.detail)
            return
        gathered.heard.append(Heard(content=content, received_at=arrived, origin=origin(message)))
        number = driver_number_in(payload)
        if number is not None:
            _keep_number(content, number, gathered)

    return read


def _keep_number(content: RegisterMessage, number: DriverNumber, gathered: Gathered) -> None:
    match content:
        case Statement(subject=subject):
            gathered.numbers[Driver(subject)] = number
        case Episode(driver=driver) if driver:
            gathered.numbers[driver] = number


def _payload(message: Message) -> bytes:
    assert message.value is not None  # noqa: S101 - tombstones are left out before
    return message.value
