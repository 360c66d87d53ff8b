"""Cards made readable: the one place where a stored card becomes what an officer sees."""

import logging
from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

import msgspec
from prometheus_client import Counter

from regulator.console.languages import SPEAKERS, Language, Speaker
from regulator.console.licences import licences_shown
from regulator.console.outlines import Sheet
from regulator.console.places_in_list import plan, standing_at, written
from regulator.console.shown import CardShown, Chip, DisputeShown, FindingShown, PlateShown
from regulator.console.times import clock_time, event_time, milliseconds
from regulator.domain.instants import Instant, from_rfc3339
from regulator.domain.orders import Report
from regulator.domain.places import Place
from regulator.domain.plates import is_plate, plate
from regulator.explaining.naming import Names
from regulator.store.cards import Card, CardFinding
from regulator.store.disputes import Dispute
from regulator.wire.violations import ViolationEvent

_ORIGINS_SHOWN = 4
_WHAT_IS_IN_FORCE = frozenset({"limits", "law"})
"""Causes that are no word of the register."""

logger = logging.getLogger(__name__)


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages know beside SQL: names of companies and districts, and where mistakes are counted."""

    companies: Mapping[str, str]
    sheet: Sheet
    defects: Counter

    def company(self, company: str) -> str:
        """Return a company's name, or its number where configuration names none."""
        return self.companies.get(company) or company


class Showing:
    """Shows stored values in one language as of one moment."""

    def __init__(self, around: Surroundings, *, language: Language, now: Instant) -> None:
        self.around = around
        self.say: Speaker = SPEAKERS[language]
        self.now = now

    def cards(self, cards: Iterable[Card]) -> Sequence[CardShown]:
        """Return cards with every text ready, without those that our own mistake keeps from being drawn."""
        return [shown for card in cards if (shown := self._card_safely(card)) is not None]

    def _card_safely(self, card: Card) -> CardShown | None:
        try:
            return self.card(card)
        except Exception:
            logger.exception("a card could not be drawn: %s", card.id)
            self.around.defects.inc()
            return None

    def card(self, card: Card) -> CardShown:
        """Return a card with every text ready."""
        standings = plan(card.phase, expected_arrival=card.expected_arrival, newest_at=card.newest_at)
        here = standing_at(standings, self.now)
        return CardShown(
            id=card.id,
            change=card.change,
            list=here.list,
            order=here.order,
            plan=written(standings),
            vehicle=card.vehicle,
            plate=self.plate(card.vehicle),
            phase=card.phase,
            phase_text=self.say.term("phase", card.phase),
            arrival=milliseconds(card.expected_arrival),
            arrival_text=clock_time(card.expected_arrival, now=self.now),
            newest_text=clock_time(card.newest_at, now=self.now),
            opened_text=clock_time(card.opened_at, now=self.now, seconds=True),
            company=self.around.company(card.company),
            company_id=card.company,
            driver=self.driver(card.last4),
            district=card.district or "",
            district_name=self.around.sheet.district(card.district),
            destination=card.destination_text or self._nearby(card.destination),
            target=f"{card.destination.lon:.5f},{card.destination.lat:.5f}" if card.destination else "",
            licences=licences_shown(_events(card.findings), say=self.say, now=self.now),
            complete_to=event_time(_complete_to(_events(card.findings)), now=self.now),
            chips=self._chips(card.findings),
            disputed=any(finding.disputed for finding in card.findings),
            claimed_by=card.claimed_by or "",
            claimed_text=clock_time(card.claimed_at, now=self.now),
        )

    def plate(self, vehicle: str) -> PlateShown:
        """Return a plate as it is painted: a dot after the second character; new-energy plates are green."""
        if not vehicle:
            return PlateShown(self.say("unreadable_plate"), "none")
        if not is_plate(plate(vehicle)):
            return PlateShown(vehicle, "none")
        return PlateShown(f"{vehicle[:2]}·{vehicle[2:]}", "green" if len(vehicle) == 8 else "blue")

    def driver(self, last4: str) -> str:
        """Return what may be shown of a driver."""
        return self.say("driver_last4", last4=last4) if last4 else self.say("driver_unknown")

    def finding(self, finding: CardFinding, dispute: Dispute | None = None) -> FindingShown:
        """Return one finding with its grounds, and with what its platform says otherwise."""
        event = finding.event
        comma = "、" if self.say.language is Language.ZH else ", "
        case = finding.order or clock_time(finding.at, now=self.now)
        return FindingShown(
            id=finding.id,
            rule=self.say.term("rule", finding.rule),
            reason=self._reason(finding),
            disputed=finding.disputed,
            at=clock_time(finding.at, now=self.now, seconds=True),
            stages=comma.join(self.say.term("stage", stage) for stage in event.stages),
            case=f"{self.say('order' if finding.order else 'login')} {case}",
            company=self.around.company(finding.company),
            legal_basis=event.legal_basis,
            origins=[
                f"{one.topic}/{one.partition}@{one.offset}#{one.index}"
                for one in event.origins[:_ORIGINS_SHOWN]
            ],
            why=_why(finding),
            dispute=self._dispute(finding, dispute) if dispute is not None else None,
        )

    def _dispute(self, finding: CardFinding, dispute: Dispute) -> DisputeShown:
        ruled = dispute.ruled
        said = ""
        if ruled is not None:
            at = clock_time(ruled.at, now=self.now, seconds=True)
            said = self.say("ruled", ruling=self.say.term("ruling", ruled.ruling), by=ruled.officer, at=at)
        return DisputeShown(
            accused=[self._reported(one) for one in dispute.accused],
            otherwise=[self._reported(one) for one in dispute.otherwise],
            ruling=ruled.ruling if ruled is not None else "",
            ruled=said,
            outdated=ruled is not None and ruled.judgement != finding.event.judgement,
        )

    def _reported(self, report: Report) -> Sequence[str]:
        """Say stage and time, car, and driver of a report."""
        at = clock_time(report.at, now=self.now, seconds=True)
        who = (self.plate(report.vehicle).text, self.driver(report.last4))
        return (f"{self.say.term('stage', report.stage)} {at}", *who)

    def _reason(self, finding: CardFinding) -> str:
        """Say why; of a re-offence also which time it was when it was raised, and whose episode."""
        reason, event = self.say.term("reason", finding.reason), finding.event
        if event.episode is None:
            return reason
        times = self.say("offence_times", n=event.times_since_removal) if event.times_since_removal else ""
        return " · ".join(filter(None, (reason, times, self.say("offence_episode", number=event.episode))))

    def farewell(self, card: Card) -> str:
        """Say that a card is gone, and why."""
        name = self.plate(card.vehicle).text
        if card.closed_because == "withdrawn":
            return self.say("gone_withdrawn", plate=name, why=self._withdrawal(card.findings))
        why = self.say.term("closing", card.note) or self.say.term("closing", "stopped")
        return self.say("gone_closed", plate=name, why=f"{why}（{card.closed_by or '—'}）")

    def _withdrawal(self, findings: Sequence[CardFinding]) -> str:
        because = findings[0].event.because if findings else None
        if because is None:
            return self.say("why_unknown")
        if because.kind in _WHAT_IS_IN_FORCE:
            return self.say(f"why_{because.kind}")
        return self.say(
            "why_stated",
            source=because.source or self.say("platform"),
            kind=self.say.term("kind", because.kind),
        )

    def _chips(self, findings: Iterable[CardFinding]) -> Sequence[Chip]:
        counts = Tally(finding.rule for finding in findings)
        return [Chip(self.say.term("rule", rule), count) for rule, count in counts.items()]

    def _nearby(self, place: Place | None) -> str:
        return f"{place.lat:.4f}, {place.lon:.4f}" if place else ""


def _why(finding: CardFinding) -> str:
    """Name the page that explains a finding; a login's driver is hidden there as here."""
    asked = finding.order or Names().subject(finding.login or "")
    return f"/explain?{urlencode({'q': asked, 'company': finding.company})}"


def _events(findings: Iterable[CardFinding]) -> Sequence[ViolationEvent]:
    return [finding.event for finding in findings]


def _complete_to(events: Iterable[ViolationEvent]) -> str | None:
    """The register's mark of the newest finding."""
    marks = [event.register_complete_to for event in events if event.register_complete_to]
    return max(marks, key=from_rfc3339, default=None)
