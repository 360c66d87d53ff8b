"""Answers "why is there an alert, or none?" from SQL; who asked, and for what, is on record first."""

from collections.abc import Collection, Mapping
from functools import cache

import msgspec
from sqlalchemy import Connection

from regulator.config import Config
from regulator.domain.errors import RegulatorError
from regulator.domain.instants import Instant
from regulator.domain.plates import Plate, is_plate, plate
from regulator.domain.register import Sources
from regulator.explaining.case import Explainer, Feed
from regulator.explaining.explained import CaseExplained, Explained, PlateExplained, Unknown
from regulator.explaining.naming import Names
from regulator.explaining.plate import PlateQuestion, explain_plate
from regulator.law import LawOver, law_over
from regulator.secrets import Secrets
from regulator.store.audit import AuditStore
from regulator.store.cases import CaseStore, Kept
from regulator.store.database import Store
from regulator.store.register_view import RegisterView

_SHOWN = 20


class Ambiguous(RegulatorError):
    """Several companies have an order of this number: name the company."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants explained: an order number, a login string or a plate.

    ``at``: also ask for licences at this instant. ``known_by``: answer by what the register knew then.
    """

    asked: str
    company: str = ""
    at: Instant | None = None
    known_by: Instant | None = None


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides SQL. ``feeds``: the topic of each company's orders."""

    law: LawOver
    sources: Sources
    feeds: Mapping[str, str]


def office_of(config: Config, secrets: Secrets) -> Office:
    """Return what explaining needs of an installation."""
    feeds = {
        company: f"feed.{slug}.orders"
        for slug, platform in config.platforms.items()
        for company in sorted(platform.companies)
    }
    return Office(law=law_over(config, secrets), sources=config.sources, feeds=feeds)


def explain(store: Store, question: Question, office: Office, *, who: str, now: Instant) -> Explained:
    """Record who asks, and answer; Ambiguous where more than one company's order is meant."""
    with store.writing() as connection:
        subject = Names().subject(question.asked)
        AuditStore(connection).write(who, "explain", subject=subject, at=now)
    with store.reading() as connection:
        return _Answer(connection, question, office, now).explained()


class _Once(RegisterView):
    """The register within one reading transaction: SQL is asked each question once."""

    def __init__(self, connection: Connection, sources: Sources, *, known_by: Instant | None) -> None:
        super().__init__(connection, sources, known_by=known_by)
        self.words = cache(super().words)  # type: ignore[method-assign] # the same, remembered
        self.heartbeats = cache(super().heartbeats)  # type: ignore[method-assign] # the same, remembered
        self.mileages = cache(super().mileages)  # type: ignore[method-assign] # the same, remembered
        self.episodes = cache(super().episodes)  # type: ignore[method-assign] # the same, remembered


class _Answer:
    def __init__(self, connection: Connection, question: Question, office: Office, now: Instant) -> None:
        self._cases = CaseStore(connection)
        self._question = question
        self._office = office
        self._now = now
        self._register = _Once(connection, office.sources, known_by=question.known_by)
        self._law = office.law(self._register)

    def explained(self) -> Explained:
        """Explain an order of that number, else a login, else a car."""
        asked = self._question.asked
        found = self._cases.named(asked, self._companies) or self._logins()
        if found:
            return self._case(self._only(found))
        vehicle = plate(asked)
        if is_plate(vehicle):
            return self._plate(vehicle)
        return Unknown(asked=asked, refused=tuple(self._cases.refused(asked)))

    @property
    def _companies(self) -> Collection[str]:
        company = self._question.company
        return (company,) if company else self._office.feeds.keys()

    def _logins(self) -> list[Kept]:
        """A login as it is shown names no driver: the car and the time tell it."""
        parts = self._question.asked.split("|")
        if len(parts) != 3:
            return []
        found = self._cases.logins(plate(parts[0]), parts[2])
        return [one for one in found if one.order.company in self._companies]

    def _only(self, found: list[Kept]) -> Kept:
        if len(found) > 1:
            companies = ", ".join(sorted({one.order.company for one in found}))
            raise Ambiguous(f"{len(found)} orders or logins are called so ({companies}): name the company")
        return found[0]

    def _case(self, kept: Kept) -> CaseExplained:
        order, names = kept.order, self._names([kept])
        explainer = Explainer(self._law, self._register, self._office.sources, names)
        return explainer.explain(
            order,
            self._feed(kept),
            told=self._cases.told([kept]),
            at=self._question.at,
            known_by=self._question.known_by,
            refused=self._cases.refused(order.number) if order.number else (),
        )

    def _plate(self, vehicle: Plate) -> PlateExplained:
        orders = self._cases.of_vehicle(vehicle, limit=_SHOWN)
        at = self._now if self._question.at is None else self._question.at
        told = self._cases.told(orders)
        return explain_plate(
            PlateQuestion(vehicle=vehicle, at=at, known_by=self._question.known_by),
            [(kept.order, told) for kept in orders],
            law=self._law,
            register=self._register,
            sources=self._office.sources,
            names=self._names(orders),
        )

    def _names(self, orders: Collection[Kept]) -> Names:
        drivers = {one.report.driver for kept in orders for one in kept.order.reports if one.report.driver}
        return Names(self._cases.last4(drivers))

    def _feed(self, kept: Kept) -> Feed:
        if kept.feed:
            return Feed(topic=kept.feed, partition=kept.partition)
        return Feed(topic=self._office.feeds.get(kept.order.company, ""))
