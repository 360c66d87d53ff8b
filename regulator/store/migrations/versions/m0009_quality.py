"""What platforms' feeds were made of, by day and by hour, and which orders were reported whole."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "quality_days",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "topic", "company", "type", "what", "field", name=op.f("pk_quality_days")
        ),
    )
    op.create_table(
        "feed_hours",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("messages", sa.BigInteger(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("handled", sa.BigInteger(), nullable=False),
        sa.Column("untimely", sa.BigInteger(), nullable=False),
        sa.Column("newest_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "hour", name=op.f("pk_feed_hours")),
    )
    op.create_table(
        "quality_runs",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "partition", "first", name=op.f("pk_quality_runs")),
    )
    op.create_index("ix_quality_runs_last", "quality_runs", ["topic", "partition", "last"])
    op.create_index("ix_quality_runs_taken_at", "quality_runs", ["topic", "partition", "taken_at"])
    _orders()


def _orders() -> None:
    op.create_table(
        "quality_orders",
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("district", sa.String(length=16), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("company", "key", name=op.f("pk_quality_orders")),
    )
    op.create_table(
        "quality_order_days",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("district", sa.String(length=16), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "company", "district", "marks", name=op.f("pk_quality_order_days")),
    )
