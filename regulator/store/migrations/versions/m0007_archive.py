"""Who holds an order, whom archived orders name and what they wait for; letters with a partition."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make columns and tables; every order that is there counts as held by its judge."""
    _orders()
    _letters()
    _index()
    _reconciliations()


def _orders() -> None:
    for column in (
        sa.Column("held_by", sa.String(length=8), nullable=False, server_default="judge"),
        sa.Column("feed", sa.Text(), nullable=False, server_default=""),
        sa.Column("partition", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("first_offset", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("returned", sa.Text(), nullable=True),
    ):
        op.add_column("orders", column)
    leaving = sa.text("held_by = 'leaving'")
    op.create_index(
        "ix_orders_leaving", "orders", ["updated_at"], sqlite_where=leaving, postgresql_where=leaving
    )
    op.create_index("ix_orders_updated_at", "orders", ["updated_at"])


def _letters() -> None:
    op.add_column("outbox", sa.Column("partition", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_outbox_topic", "outbox", ["topic", "id"])


def _index() -> None:
    op.create_table(
        "order_subjects",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("order_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "order_key", name=op.f("pk_order_subjects")),
    )
    op.create_table(
        "order_waits",
        sa.Column("order_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("order_key", "kind", "until", name=op.f("pk_order_waits")),
    )
    op.create_index("ix_order_waits_kind", "order_waits", ["kind", "until"])
    op.create_table(
        "rejudgements",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "kind", name=op.f("pk_rejudgements")),
    )
    op.create_index("ix_rejudgements_arrived_at", "rejudgements", ["arrived_at", "subject"])


def _reconciliations() -> None:
    op.create_table(
        "reconciliations",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.BigInteger(), nullable=False),
        sa.Column("not_comparable", sa.BigInteger(), nullable=False),
        sa.Column("differences", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reconciliations")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reconciliations_day", "reconciliations", ["day", "finished_at"])
    op.create_table(
        "reconciliation_differences",
        sa.Column("reconciliation", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("order_key", sa.Text(), nullable=False),
        sa.Column("finding", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("replayed", sa.Text(), nullable=True),
        sa.Column("stored", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("reconciliation", "line", name=op.f("pk_reconciliation_differences")),
    )
