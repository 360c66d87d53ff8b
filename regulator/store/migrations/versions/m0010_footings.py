"""Under which rules, limits and areas archived orders were judged; orders that claim a time to come."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make table and column."""
    op.create_table(
        "footings",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("touched", sa.Text(), nullable=True),
        sa.Column("noticed_at", sa.BigInteger(), nullable=False),
        sa.Column("cursor_at", sa.BigInteger(), nullable=False),
        sa.Column("cursor_company", sa.Text(), nullable=False),
        sa.Column("cursor_key", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_footings")),
        sqlite_autoincrement=True,
    )
    op.add_column("orders", sa.Column("ahead_at", sa.BigInteger(), nullable=True))
    ahead = sa.text("ahead_at IS NOT NULL")
    op.create_index("ix_orders_ahead_at", "orders", ["ahead_at"], sqlite_where=ahead, postgresql_where=ahead)
