"""Every table. Of a driver there is nothing but pseudonym and last four, and one encrypted column."""

from regulator.store.schema.access import api_keys, audit_subjects, reported
from regulator.store.schema.archive import (
    footings,
    order_subjects,
    order_waits,
    reconciliation_differences,
    reconciliations,
    rejudgements,
)
from regulator.store.schema.base import base_facts
from regulator.store.schema.columns import metadata
from regulator.store.schema.enforcement import alerts, audit, finding_events, findings, rulings
from regulator.store.schema.movement import consumed, counters, orders, positions, refusals
from regulator.store.schema.notices import notices
from regulator.store.schema.quality import (
    feed_hours,
    quality_days,
    quality_order_days,
    quality_orders,
    quality_runs,
)
from regulator.store.schema.register import (
    driver_numbers,
    episodes,
    heartbeats,
    imports,
    mileages,
    outbox,
    statements,
    vouched,
)

__all__ = [
    "alerts",
    "api_keys",
    "audit",
    "audit_subjects",
    "base_facts",
    "consumed",
    "counters",
    "driver_numbers",
    "episodes",
    "feed_hours",
    "finding_events",
    "findings",
    "footings",
    "heartbeats",
    "imports",
    "metadata",
    "mileages",
    "notices",
    "order_subjects",
    "order_waits",
    "orders",
    "outbox",
    "positions",
    "quality_days",
    "quality_order_days",
    "quality_orders",
    "quality_runs",
    "reconciliation_differences",
    "reconciliations",
    "refusals",
    "rejudgements",
    "reported",
    "rulings",
    "statements",
    "vouched",
]
