"""Findings, cards, orders, positions and refusals."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _findings()
    _alerts()
    _movement()


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("judgement", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=True),
        sa.Column("login", sa.Text(), nullable=True),
        sa.Column("vehicle", sa.Text(), nullable=False),
        sa.Column("driver", sa.String(length=32), nullable=False),
        sa.Column("last4", sa.String(length=8), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("place_lon", sa.Float(), nullable=True),
        sa.Column("place_lat", sa.Float(), nullable=True),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("alert", sa.String(length=32), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index("ix_findings_alert", "findings", ["alert", "standing", "at"], unique=False)
    op.create_index("ix_findings_driver", "findings", ["driver", "at"], unique=False)
    op.create_index(
        "ix_findings_standing",
        "findings",
        ["rule"],
        unique=False,
        sqlite_where=sa.text("standing = 1"),
        postgresql_where=sa.text("standing"),
    )
    op.create_index("ix_findings_vehicle", "findings", ["vehicle", "at"], unique=False)
    op.create_table(
        "finding_events",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("finding", sa.String(length=32), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("judgement", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_events")),
    )
    op.create_index("ix_finding_events_finding", "finding_events", ["finding"], unique=False)


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("vehicle", sa.Text(), nullable=False),
        sa.Column("driver", sa.String(length=32), nullable=False),
        sa.Column("last4", sa.String(length=8), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_because", sa.String(length=16), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("newest_at", sa.BigInteger(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("order_key", sa.Text(), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("expected_arrival", sa.BigInteger(), nullable=True),
        sa.Column("destination_lon", sa.Float(), nullable=True),
        sa.Column("destination_lat", sa.Float(), nullable=True),
        sa.Column("destination_text", sa.Text(), nullable=False),
        sa.Column("place_lon", sa.Float(), nullable=True),
        sa.Column("place_lat", sa.Float(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    op.create_index("ix_alerts_change", "alerts", ["change"], unique=False)
    op.create_index("ix_alerts_driver", "alerts", ["driver"], unique=False)
    op.create_index(
        "ix_alerts_order",
        "alerts",
        ["order_key", "company"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_alerts_vehicle", "alerts", ["vehicle"], unique=False)
    op.create_index(
        "uq_alerts_open",
        "alerts",
        ["pair"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "audit",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)


def _movement() -> None:
    op.create_table(
        "orders",
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("vehicle", sa.Text(), nullable=False),
        sa.Column("driver", sa.String(length=32), nullable=False),
        sa.Column("expected_arrival", sa.BigInteger(), nullable=True),
        sa.Column("destination_lon", sa.Float(), nullable=True),
        sa.Column("destination_lat", sa.Float(), nullable=True),
        sa.Column("destination_text", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("company", "key", name=op.f("pk_orders")),
    )
    op.create_index("ix_orders_driver", "orders", ["driver", "updated_at"], unique=False)
    op.create_index("ix_orders_vehicle", "orders", ["vehicle", "updated_at"], unique=False)
    op.create_table(
        "positions",
        sa.Column("vehicle", sa.String(length=64), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("speed", sa.Integer(), nullable=True),
        sa.Column("direction", sa.Integer(), nullable=True),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("vehicle", name=op.f("pk_positions")),
    )
    op.create_table(
        "refusals",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("order", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("refused_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "partition", "offset", "index", name=op.f("pk_refusals")),
    )
    op.create_index("ix_refusals_refused_at", "refusals", ["refused_at"], unique=False)
