"""What platforms' feeds were made of, by day and by hour, and which orders were reported whole."""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from regulator.store.schema.columns import Moment, metadata

quality_days = Table(
    "quality_days",
    metadata,
    Column("day", String(10), nullable=False),
    Column("topic", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("type", String(32), nullable=False),
    Column("what", String(16), nullable=False),
    Column("field", String(64), nullable=False),
    Column("number", BigInteger, nullable=False),
    PrimaryKeyConstraint("day", "topic", "company", "type", "what", "field"),
)
"""Counts of a feed (``regulator.quality.tally.Count``) by the day of arrival in Asia/Shanghai."""

feed_hours = Table(
    "feed_hours",
    metadata,
    Column("topic", Text, nullable=False),
    Column("hour", Moment, nullable=False),
    Column("messages", BigInteger, nullable=False),
    Column("records", BigInteger, nullable=False),
    Column("handled", BigInteger, nullable=False),
    Column("untimely", BigInteger, nullable=False),
    Column("newest_at", Moment, nullable=False),
    PrimaryKeyConstraint("topic", "hour"),
)
"""What arrived on a feed in an hour, and when its last message did."""

quality_runs = Table(
    "quality_runs",
    metadata,
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
    Column("taken_at", Moment, nullable=False),
    PrimaryKeyConstraint("topic", "partition", "first"),
    Index("ix_quality_runs_last", "topic", "partition", "last"),
    Index("ix_quality_runs_taken_at", "topic", "partition", "taken_at"),
)
"""Runs that were counted lately: one that is delivered again replaces them."""

quality_orders = Table(
    "quality_orders",
    metadata,
    Column("company", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("day", String(10), nullable=False),
    Column("district", String(16), nullable=False),
    Column("marks", Integer, nullable=False),
    PrimaryKeyConstraint("company", "key"),
)
"""How each order was counted. ``marks``: bits of ``regulator.quality.orders.Mark``."""

quality_order_days = Table(
    "quality_order_days",
    metadata,
    Column("day", String(10), nullable=False),
    Column("company", Text, nullable=False),
    Column("district", String(16), nullable=False),
    Column("marks", Integer, nullable=False),
    Column("number", BigInteger, nullable=False),
    PrimaryKeyConstraint("day", "company", "district", "marks"),
)
"""How many orders of a day and district have the same marks."""
