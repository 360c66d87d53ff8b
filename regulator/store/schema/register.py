"""What the departments stated, and the queue of what the desk has still to publish.

What is known of the register is kept for ever: a row of ``statements`` or ``episodes`` stands from
``received_at`` to ``superseded_at``, so that any past answer can be given again.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, String, Table, Text

from regulator.store.schema.columns import Moment, Number, metadata


def _of_a_word() -> list[Column[object]]:
    """What is kept of anything that a source said. ``replaced``: the row of what stood before it."""
    return [
        Column("received_at", Moment, nullable=False),
        Column("superseded_at", Moment),
        Column("origin", Text, nullable=False),
        Column("digest", String(32), nullable=False),
        Column("replaced", BigInteger),
        Column("import_number", BigInteger),
    ]


def _standing_once(table: Table, *thing: str) -> None:
    """At most one word on a thing stands; and what an import brought is found by its number."""
    Index(
        f"uq_{table.name}_standing",
        *(table.c[name] for name in thing),
        unique=True,
        sqlite_where=table.c.superseded_at.is_(None),
        postgresql_where=table.c.superseded_at.is_(None),
    )
    Index(
        f"ix_{table.name}_import",
        table.c.import_number,
        sqlite_where=table.c.import_number.is_not(None),
        postgresql_where=table.c.import_number.is_not(None),
    )


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
    *_of_a_word(),
    Index("ix_statements_certificate", "source", "kind", "certificate"),
    Index("ix_statements_subject", "kind", "subject"),
)
_standing_once(statements, "source", "kind", "certificate")

episodes = Table(
    "episodes",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("source", String(64), nullable=False),
    Column("number", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("vehicle", Text, nullable=False),
    Column("driver", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("document", Text, nullable=False),
    *_of_a_word(),
    Index("ix_episodes_number", "source", "number"),
    Index("ix_episodes_vehicle", "vehicle"),
    Index("ix_episodes_driver", "driver"),
)
_standing_once(episodes, "source", "number")

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("complete_to", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
)

vouched = Table(
    "vouched",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("received_at", Moment, primary_key=True),
    Column("complete_to", Moment, nullable=False),
)
"""Every heartbeat that counted: both instants of a source only rise."""

mileages = Table(
    "mileages",
    metadata,
    Column("vehicle", Text, primary_key=True),
    Column("at", Moment, primary_key=True),
    Column("company", Text, primary_key=True),
    Column("kilometres", Float, primary_key=True),
    Column("received_at", Moment, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("source", String(64), nullable=False),
    Column("file", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("rows", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("takes_back", BigInteger),
    sqlite_autoincrement=True,
)
"""Each file that was taken into the register, and each take-back of one."""

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
    Column("partition", Integer, nullable=False, server_default="0"),
    Index("ix_outbox_topic", "topic", "id"),
    sqlite_autoincrement=True,
)
