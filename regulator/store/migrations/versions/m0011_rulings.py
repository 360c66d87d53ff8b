"""What officers decided about disputed findings."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "rulings",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("finding", sa.String(length=32), nullable=False),
        sa.Column("judgement", sa.String(length=16), nullable=False),
        sa.Column("ruling", sa.String(length=16), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("ruled_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_rulings")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rulings_finding", "rulings", ["finding", "number"])
