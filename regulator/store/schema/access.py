"""Who may ask about licences, about whom, and whom many were asked about at once."""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, PrimaryKeyConstraint, String, Table, Text

from regulator.store.schema.columns import Moment, Number, metadata

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("platform", String(64)),
    Column("digest", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Column("last_used_at", Moment),
)

reported = Table(
    "reported",
    metadata,
    Column("company", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("subject", Text, nullable=False),
    Column("first_reported_at", Moment, nullable=False),
    Column("last_reported_at", Moment, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    PrimaryKeyConstraint("kind", "subject", "company"),
)

audit_subjects = Table(
    "audit_subjects",
    metadata,
    Column("audit", Number, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("subjects", LargeBinary, nullable=False),
)
