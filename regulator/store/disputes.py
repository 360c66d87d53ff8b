"""Both of a platform's words on a finding that it disputes: what that rests on, and what else it said."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from regulator.domain.findings import FindingId
from regulator.domain.orders import Report
from regulator.domain.rulings import Ruled
from regulator.store.cards import CardFinding
from regulator.store.cases import CaseStore
from regulator.store.rulings import RulingStore


class Dispute(msgspec.Struct, frozen=True):
    """The reports a finding rests on, the others of its stages, and what an officer decided, if one has."""

    accused: Sequence[Report]
    otherwise: Sequence[Report]
    ruled: Ruled | None


def disputes_of(connection: Connection, shown: Iterable[CardFinding]) -> Mapping[FindingId, Dispute]:
    """Return the disputes of those findings that are disputed."""
    disputed = [finding for finding in shown if finding.disputed]
    ruled = RulingStore(connection).of(finding.id for finding in disputed)
    store = CaseStore(connection)
    return {finding.id: _dispute(store, finding, ruled.get(finding.id)) for finding in disputed}


def _dispute(store: CaseStore, finding: CardFinding, ruled: Ruled | None) -> Dispute:
    rests_on = {(one.offset, one.index) for one in finding.event.origins}
    accused, otherwise = list[Report](), list[Report]()
    for kept in store.named(finding.order or finding.login or "", [finding.company]):
        for filing in kept.order.reports:
            if filing.report.stage in finding.event.stages:
                rests = (filing.offset, filing.index) in rests_on
                (accused if rests else otherwise).append(filing.report)
    return Dispute(accused, otherwise, ruled)
