"""Findings and the officers' cards."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, String, Table, Text, text

from regulator.store.schema.columns import Moment, Number, metadata

findings = Table(
    "findings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("standing", Boolean, nullable=False),
    Column("judgement", String(64), nullable=False),
    Column("rule", String(32), nullable=False),
    Column("reason", String(32)),
    Column("company", Text, nullable=False),
    Column("order", Text),
    Column("login", Text),
    Column("vehicle", Text, nullable=False),
    Column("driver", String(32), nullable=False),
    Column("last4", String(8), nullable=False),
    Column("stage", String(8), nullable=False),
    Column("at", Moment, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("district", Text),
    Column("place_lon", Float),
    Column("place_lat", Float),
    Column("disputed", Boolean, nullable=False),
    Column("alert", String(32)),
    Column("event", Text, nullable=False),
    Column("change", BigInteger, nullable=False),
    Index("ix_findings_alert", "alert", "standing", "at"),
    Index("ix_findings_vehicle", "vehicle", "at"),
    Index("ix_findings_driver", "driver", "at"),
)
Index(
    "ix_findings_standing",
    findings.c.rule,
    sqlite_where=text("standing = 1"),
    postgresql_where=text("standing"),
)

finding_events = Table(
    "finding_events",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("finding", String(32), nullable=False),
    Column("event", String(16), nullable=False),
    Column("judgement", String(64), nullable=False),
    Column("reason", String(32)),
    Column("because", Text),
    Column("arrived_at", Moment, nullable=False),
    Column("origin", Text, nullable=False),
    Index("ix_finding_events_finding", "finding"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("pair", Text, nullable=False),
    Column("vehicle", Text, nullable=False),
    Column("driver", String(32), nullable=False),
    Column("last4", String(8), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("closed_because", String(16)),
    Column("closed_by", Text),
    Column("note", Text),
    Column("claimed_by", Text),
    Column("claimed_at", Moment),
    Column("standing", Integer, nullable=False),
    Column("newest_at", Moment, nullable=False),
    Column("company", Text, nullable=False),
    Column("order_key", Text, nullable=False),
    Column("phase", String(16), nullable=False),
    Column("expected_arrival", Moment),
    Column("destination_lon", Float),
    Column("destination_lat", Float),
    Column("destination_text", Text, nullable=False),
    Column("place_lon", Float),
    Column("place_lat", Float),
    Column("district", Text),
    Column("change", BigInteger, nullable=False),
    Index("ix_alerts_change", "change"),
    Index("ix_alerts_vehicle", "vehicle"),
    Index("ix_alerts_driver", "driver"),
)
Index(
    "uq_alerts_open",
    alerts.c.pair,
    unique=True,
    sqlite_where=alerts.c.closed_at.is_(None),
    postgresql_where=alerts.c.closed_at.is_(None),
)
Index(
    "ix_alerts_order",
    alerts.c.order_key,
    alerts.c.company,
    sqlite_where=alerts.c.closed_at.is_(None),
    postgresql_where=alerts.c.closed_at.is_(None),
)

rulings = Table(
    "rulings",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("finding", String(32), nullable=False),
    Column("judgement", String(16), nullable=False),
    Column("ruling", String(16), nullable=False),
    Column("officer", Text, nullable=False),
    Column("ruled_at", Moment, nullable=False),
    Index("ix_rulings_finding", "finding", "number"),
    sqlite_autoincrement=True,
)
"""What officers decided about disputed findings; the newest of a finding counts, all are kept."""

audit = Table(
    "audit",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Index("ix_audit_at", "at"),
)
