"""Explains an order or a car from a recorded log, by the same code as from SQL.

``known_by`` ends the log: neither reports nor the register know anything that came later.
"""

from array import array
from collections.abc import Iterable

import msgspec

from regulator.config import Config
from regulator.domain.errors import RegulatorError
from regulator.domain.findings import FindingEvent, FindingId
from regulator.domain.instants import Instant, to_rfc3339
from regulator.domain.plates import Plate, is_plate, plate
from regulator.domain.register import RegisterChange
from regulator.explaining.case import Explainer, Feed
from regulator.explaining.explained import CaseExplained, Explained, PlateExplained, RefusedTold, Unknown
from regulator.explaining.naming import Names
from regulator.explaining.plate import PlateQuestion, explain_plate
from regulator.explaining.stated import StatedRegister
from regulator.explaining.told.findings import QueueEvent
from regulator.joins.orders import Order
from regulator.law import law_in_force
from regulator.replay.engine import LOG, Replay
from regulator.replay.recorded import Message
from regulator.secrets import Secrets

_SHOWN = 20


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be explained: an order number, a login or a plate; ``company`` where several have it."""

    text: str
    company: str = ""
    at: Instant | None = None
    known_by: Instant | None = None


class NotOne(RegulatorError):
    """Several companies have an order of this number: name the company."""


def explain_log(messages: Iterable[Message], asked: Asked, *, config: Config, secrets: Secrets) -> Explained:
    """Judge a log and account for what is asked."""
    reading = _Reading(config, secrets)
    for message in messages:
        if asked.known_by is not None and message.at > asked.known_by:
            break
        reading.take(message)
    return reading.explain(asked)


class _Reading:
    def __init__(self, config: Config, secrets: Secrets) -> None:
        self._config = config
        self._register = StatedRegister(config.sources)
        self._law = law_in_force(config, secrets, self._register)
        self._arrivals = array("q")
        self._told: dict[FindingId, list[QueueEvent]] = {}
        self._names = Names()
        self._replay = Replay(config, secrets, on_event=self._hear, on_change=self._follow)

    def take(self, message: Message) -> None:
        self._arrivals.append(message.at)
        self._replay.take(message)

    def explain(self, asked: Asked) -> Explained:
        found = [one for one in self._replay.orders if _is_meant(one, asked)]
        if len(found) > 1:
            companies = ", ".join(sorted({one.company for one in found}))
            raise NotOne(f"{len(found)} orders or logins are called so ({companies}): name the company")
        if found:
            return self._case(found[0], asked)
        vehicle = plate(asked.text)
        if is_plate(vehicle):
            return self._plate(vehicle, asked)
        return Unknown(asked=asked.text, refused=self._refused(asked.text))

    def _follow(self, change: RegisterChange, message: Message, number: int) -> None:
        self._register.follow(change, message.at, f"{message.topic}, line {number} of the log")

    def _hear(self, event: FindingEvent) -> None:
        because = event.because
        self._told.setdefault(event.finding.id, []).append(
            QueueEvent(
                event=event.kind,
                at=to_rfc3339(event.caused_at),
                reason=event.finding.reason,
                because=f"{because.kind} {because.source}" if because else None,
            )
        )

    def _case(self, order: Order, asked: Asked) -> CaseExplained:
        arrivals = {one.offset: Instant(self._arrivals[one.offset - 1]) for one in order.reports}
        explainer = Explainer(self._law, self._register, self._config.sources, self._names)
        return explainer.explain(
            order,
            Feed(topic=LOG, partition=0, arrivals=arrivals),
            told=self._told,
            at=asked.at,
            known_by=asked.known_by,
            refused=self._refused(order.number) if order.number else (),
        )

    def _plate(self, vehicle: Plate, asked: Asked) -> PlateExplained:
        cases = [
            order
            for order in self._replay.orders
            if any(one.report.vehicle == vehicle for one in order.reports)
        ]
        newest = sorted(cases, key=lambda order: order.arrival, reverse=True)[:_SHOWN]
        last = Instant(self._arrivals[-1]) if self._arrivals else Instant(0)
        return explain_plate(
            PlateQuestion(
                vehicle=vehicle, at=last if asked.at is None else asked.at, known_by=asked.known_by
            ),
            [(order, self._told) for order in newest],
            law=self._law,
            register=self._register,
            sources=self._config.sources,
            names=self._names,
        )

    def _refused(self, number: str) -> tuple[RefusedTold, ...]:
        return tuple(
            RefusedTold(
                topic=LOG,
                partition=0,
                offset=one.offset,
                index=one.index,
                reason=one.reason,
                at=to_rfc3339(Instant(self._arrivals[one.offset - 1])),
            )
            for one in self._replay.account.refused
            if one.order == number
        )


def _is_meant(order: Order, asked: Asked) -> bool:
    if asked.company and order.company != asked.company:
        return False
    if order.case == asked.text:
        return True
    login, meant = (order.login or "").split("|"), asked.text.split("|")
    return len(login) == len(meant) == 3 and (login[0], login[2]) == (plate(meant[0]), meant[2])
