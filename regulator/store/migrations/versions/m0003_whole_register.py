"""Episodes, how far cars were driven, imports, and what each source vouched for at any time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STANDS = "superseded_at IS NULL"
_IMPORTED = "import_number IS NOT NULL"


def upgrade() -> None:
    """Make the tables; heartbeats known so far are the first of their history."""
    _provenance()
    _episodes()
    _vouched()
    _mileages()
    _imports()


def _provenance() -> None:
    for name in ("replaced", "import_number"):
        op.add_column("statements", sa.Column(name, sa.BigInteger(), nullable=True))
    _imported("statements")


def _imported(table: str) -> None:
    op.create_index(
        f"ix_{table}_import",
        table,
        ["import_number"],
        unique=False,
        sqlite_where=sa.text(_IMPORTED),
        postgresql_where=sa.text(_IMPORTED),
    )


def _episodes() -> None:
    op.create_table(
        "episodes",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("vehicle", sa.Text(), nullable=False),
        sa.Column("driver", sa.Text(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("superseded_at", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("replaced", sa.BigInteger(), nullable=True),
        sa.Column("import_number", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episodes")),
    )
    op.create_index("ix_episodes_number", "episodes", ["source", "number"], unique=False)
    op.create_index("ix_episodes_vehicle", "episodes", ["vehicle"], unique=False)
    op.create_index("ix_episodes_driver", "episodes", ["driver"], unique=False)
    op.create_index(
        "uq_episodes_standing",
        "episodes",
        ["source", "number"],
        unique=True,
        sqlite_where=sa.text(_STANDS),
        postgresql_where=sa.text(_STANDS),
    )
    _imported("episodes")


def _vouched() -> None:
    op.create_table(
        "vouched",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("complete_to", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "received_at", name=op.f("pk_vouched")),
    )
    op.execute(
        "INSERT INTO vouched (source, received_at, complete_to)"
        " SELECT source, received_at, complete_to FROM heartbeats"
    )


def _mileages() -> None:
    op.create_table(
        "mileages",
        sa.Column("vehicle", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("kilometres", sa.Float(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("vehicle", "at", "company", "kilometres", name=op.f("pk_mileages")),
    )


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("takes_back", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_imports")),
        sqlite_autoincrement=True,
    )
