"""What nobody is accused of yet: undetermined findings, and for what each of them waits."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from regulator.domain.findings import Status
from regulator.domain.instants import Instant, to_rfc3339
from regulator.domain.licences import LicenceKind
from regulator.domain.register import Sources
from regulator.explaining.told.reports import WaitsFor
from regulator.explaining.verdicts import hear
from regulator.explaining.waiting import waits_for, waits_for_register
from regulator.joins.orders import Filed, Order
from regulator.law import LawOver
from regulator.rules.rule import Outcome
from regulator.store.register_view import RegisterView
from regulator.store.schema import orders
from regulator.wire.orders import decode_order

_AT_ONCE = 1_000
_KIND_OF = {str(kind): kind for kind in LicenceKind}


class Undetermined(msgspec.Struct, frozen=True, kw_only=True):
    """One finding that nobody is accused of yet. ``reason``: what is absent; ``at``: of the report.

    ``waits_for`` is empty where nothing is waited for any more: it is about to be settled.
    """

    company: str
    order: str | None
    login: str | None
    rule: str
    subject: str
    reason: str | None
    stage: str
    at: str
    waits_for: tuple[WaitsFor, ...]


def undetermined(connection: Connection, sources: Sources, law: LawOver) -> Iterator[Undetermined]:
    """Yield every undetermined finding, those of the order that was quiet the longest first."""
    query = select(orders.c.state).where(orders.c.state.contains(f'"{Status.UNDETERMINED}"'))
    streamed = {"yield_per": _AT_ONCE}
    states = connection.execute(query.order_by(orders.c.updated_at), execution_options=streamed).scalars()
    waits = _Waits(connection, sources, law)
    for state in states:
        order = decode_order(state.encode())
        for filed in order.filed.values():
            if filed.status is Status.UNDETERMINED:
                yield Undetermined(
                    company=order.company,
                    order=order.number,
                    login=order.login,
                    rule=filed.rule,
                    subject=filed.subject,
                    reason=filed.reason,
                    stage=filed.stage,
                    at=to_rfc3339(filed.at),
                    waits_for=waits.of(order, filed),
                )


class _Waits:
    """Says for what a finding waits; of a licence rule without asking the register, for there are many."""

    def __init__(self, connection: Connection, sources: Sources, law: LawOver) -> None:
        self._sources = sources
        self._register = RegisterView(connection, sources)
        self._law = law(self._register)
        self._beats = self._register.heartbeats()

    def of(self, order: Order, filed: Filed) -> tuple[WaitsFor, ...]:
        kind = _KIND_OF.get(filed.rule)
        if kind is not None:
            return (waits_for_register(kind, _last(order, filed), self._sources, self._beats),)
        return self._judged(order, filed)

    def _judged(self, order: Order, filed: Filed) -> tuple[WaitsFor, ...]:
        heard = (
            one for one in hear(order, self._law) if (one.rule.id, one.subject) == (filed.rule, filed.subject)
        )
        waits = [
            wait
            for one in heard
            if one.verdict is not None and one.verdict.outcome is Outcome.UNDETERMINED
            for wait in waits_for(one.facts, one.verdict, one.asked, sources=self._sources, beats=self._beats)
        ]
        return tuple(dict.fromkeys(waits))


def _last(order: Order, filed: Filed) -> Instant:
    """The last report of whom a finding is about: so far the register must be complete to settle it."""
    reports = (filing.report for filing in order.reports)
    about = [one.at for one in reports if filed.subject in (order.company, one.vehicle, one.driver)]
    return max((filed.at, *about))
