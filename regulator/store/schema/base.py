"""What platforms told of themselves, as it was told last."""

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from regulator.store.schema.columns import Moment, metadata

base_facts = Table(
    "base_facts",
    metadata,
    Column("company", Text, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("document", Text, nullable=False),
    Index("ix_base_facts_subject", "kind", "subject"),
)
