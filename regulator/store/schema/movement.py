"""Orders and cars as they stand, what was refused, and how far topics were read."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

from regulator.store.schema.columns import Moment, metadata

counters = Table(
    "counters",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("company", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("state", Text),
    Column("phase", String(16), nullable=False),
    Column("vehicle", Text, nullable=False),
    Column("driver", String(32), nullable=False),
    Column("expected_arrival", Moment),
    Column("destination_lon", Float),
    Column("destination_lat", Float),
    Column("destination_text", Text, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("held_by", String(8), nullable=False, server_default="judge"),
    Column("feed", Text, nullable=False, server_default=""),
    Column("partition", Integer, nullable=False, server_default="0"),
    Column("first_offset", BigInteger, nullable=False, server_default="0"),
    Column("returned", Text),
    Column("ahead_at", Moment),
    PrimaryKeyConstraint("company", "key"),
    Index("ix_orders_vehicle", "vehicle", "updated_at"),
    Index("ix_orders_driver", "driver", "updated_at"),
    Index("ix_orders_updated_at", "updated_at"),
)
"""``returned``: a life that its judge was given back and has not yet shown to have. ``ahead_at``: its
latest report where that claims a time after its arrival, else null."""

Index(
    "ix_orders_leaving",
    orders.c.updated_at,
    sqlite_where=text("held_by = 'leaving'"),
    postgresql_where=text("held_by = 'leaving'"),
)

Index(
    "ix_orders_ahead_at",
    orders.c.ahead_at,
    sqlite_where=text("ahead_at IS NOT NULL"),
    postgresql_where=text("ahead_at IS NOT NULL"),
)

positions = Table(
    "positions",
    metadata,
    Column("vehicle", String(64), primary_key=True),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Column("at", Moment, nullable=False),
    Column("speed", Integer),
    Column("direction", Integer),
    Column("company", Text, nullable=False),
    Column("status", String(16), nullable=False),
)

refusals = Table(
    "refusals",
    metadata,
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("index", Integer, nullable=False),
    Column("reason", String(32), nullable=False),
    Column("order", Text),
    Column("detail", Text, nullable=False),
    Column("refused_at", Moment, nullable=False),
    PrimaryKeyConstraint("topic", "partition", "offset", "index"),
    Index("ix_refusals_refused_at", "refused_at"),
)

consumed = Table(
    "consumed",
    metadata,
    Column("consumer", String(32), nullable=False),
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("consumed_at", Moment, nullable=False),
    PrimaryKeyConstraint("consumer", "topic", "partition"),
)
