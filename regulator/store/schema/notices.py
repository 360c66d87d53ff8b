"""Notices to platforms, and what they answered."""

from sqlalchemy import Column, Index, String, Table, Text

from regulator.store.schema.columns import Moment, metadata

notices = Table(
    "notices",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("platform", String(64), nullable=False),
    Column("company", Text, nullable=False),
    Column("vehicle", Text, nullable=False),
    Column("driver", String(32), nullable=False),
    Column("last4", String(8), nullable=False),
    Column("rule", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("findings", Text, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("issued_by", Text, nullable=False),
    Column("until", Moment),
    Column("answer_by", Moment, nullable=False),
    Column("lifted_at", Moment),
    Column("lifted_by", Text),
    Column("answer", String(16)),
    Column("answer_text", Text),
    Column("answered_at", Moment),
    Index("ix_notices_platform", "platform", "issued_at"),
    Index("ix_notices_subject", "vehicle", "driver"),
)
