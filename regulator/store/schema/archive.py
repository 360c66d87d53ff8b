"""Orders that no judge holds any more: whom they name, what they wait for, what is to be judged again.

``order_key``: company and number or login string, as ``regulator.joins.orders.key_of`` writes it.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from regulator.store.schema.columns import Moment, Number, metadata

order_subjects = Table(
    "order_subjects",
    metadata,
    Column("subject", Text, nullable=False),
    Column("order_key", Text, nullable=False),
    PrimaryKeyConstraint("subject", "order_key"),
)

order_waits = Table(
    "order_waits",
    metadata,
    Column("order_key", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("until", Moment, nullable=False),
    PrimaryKeyConstraint("order_key", "kind", "until"),
    Index("ix_order_waits_kind", "kind", "until"),
)

rejudgements = Table(
    "rejudgements",
    metadata,
    Column("subject", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("because", Text, nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("cursor", Text, nullable=False),
    Column("total", BigInteger),
    Column("done", BigInteger, nullable=False),
    Column("change", BigInteger, nullable=False),
    PrimaryKeyConstraint("subject", "kind"),
    Index("ix_rejudgements_arrived_at", "arrived_at", "subject"),
)
"""Whose orders wait to be judged again. ``kind``: of licence, else blank; ``cursor``: the last order done."""

footings = Table(
    "footings",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("document", Text, nullable=False),
    Column("touched", Text),
    Column("noticed_at", Moment, nullable=False),
    Column("cursor_at", Moment, nullable=False),
    Column("cursor_company", Text, nullable=False),
    Column("cursor_key", Text, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("finished_at", Moment),
    sqlite_autoincrement=True,
)
"""Under which rules, limits and areas archived orders are judged: the newest row. Until it is finished
those that it touches, and that come after the cursor, are judged under what was in force before."""

reconciliations = Table(
    "reconciliations",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("day", String(10), nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("orders", BigInteger, nullable=False),
    Column("findings", BigInteger, nullable=False),
    Column("not_comparable", BigInteger, nullable=False),
    Column("differences", BigInteger, nullable=False),
    Index("ix_reconciliations_day", "day", "finished_at"),
    sqlite_autoincrement=True,
)

reconciliation_differences = Table(
    "reconciliation_differences",
    metadata,
    Column("reconciliation", BigInteger, nullable=False),
    Column("line", Integer, nullable=False),
    Column("order_key", Text, nullable=False),
    Column("finding", String(32), nullable=False),
    Column("rule", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Column("replayed", Text),
    Column("stored", Text),
    PrimaryKeyConstraint("reconciliation", "line"),
)
"""What a replay of the feed says of a finding and what SQL says, where they differ; null: it says nothing."""
