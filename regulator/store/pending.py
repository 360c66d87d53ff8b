"""What waits for the register: findings that are undetermined, by the orders as they stand."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from regulator.domain.findings import Status
from regulator.domain.instants import to_rfc3339
from regulator.store.schema import orders
from regulator.wire.orders import decode_order

_AT_ONCE = 1_000


class Undetermined(msgspec.Struct, frozen=True, kw_only=True):
    """One finding that nobody is accused of yet. ``reason``: what is absent; ``at``: of the report."""

    company: str
    order: str | None
    login: str | None
    rule: str
    subject: str
    reason: str | None
    stage: str
    at: str


def undetermined(connection: Connection) -> Iterator[Undetermined]:
    """Yield every undetermined finding, those of the order that was quiet the longest first."""
    query = select(orders.c.state).where(orders.c.state.contains(f'"{Status.UNDETERMINED}"'))
    streamed = {"yield_per": _AT_ONCE}
    states = connection.execute(query.order_by(orders.c.updated_at), execution_options=streamed).scalars()
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
                )
