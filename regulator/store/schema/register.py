"""What the departments stated, and the queue of what the desk has still to publish.

What is known of the register is kept for ever: a row of ``statements`` stands from ``received_at``
to ``superseded_at``, so that any past answer can be given again.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, String, Table, Text

from regulator.store.schema.columns import Moment, Number, metadata

statements = Table(
    "statements",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("source", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("certificate", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("subject", Text, nullable=False),
    Column("periods", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("first_registered", String(10)),
    Column("vehicle", Text),
    Column("recorded_at", Moment),
    Column("received_at", Moment, nullable=False),
    Column("superseded_at", Moment),
    Column("origin", Text, nullable=False),
    Column("digest", String(32), nullable=False),
    Index("ix_statements_certificate", "source", "kind", "certificate"),
    Index("ix_statements_subject", "kind", "subject"),
)
Index(
    "uq_statements_standing",
    statements.c.source,
    statements.c.kind,
    statements.c.certificate,
    unique=True,
    sqlite_where=statements.c.superseded_at.is_(None),
    postgresql_where=statements.c.superseded_at.is_(None),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("complete_to", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
)

driver_numbers = Table(
    "driver_numbers",
    metadata,
    Column("driver", String(32), primary_key=True),
    Column("last4", String(8), nullable=False),
    Column("number", LargeBinary, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("topic", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("written_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
