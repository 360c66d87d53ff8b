"""Who looked at what, and who did what: never changed, never deleted by us."""

import msgspec
from sqlalchemy import Connection, insert, select

from regulator.domain.instants import Instant
from regulator.store.schema import audit


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One act of a person."""

    at: Instant
    who: str
    what: str
    subject: str


class AuditStore:
    """Adds entries; a look-up and its entry share a transaction, so there is none without the other."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, who: str, what: str, *, subject: str, at: Instant) -> None:
        """Add an entry."""
        self._connection.execute(insert(audit).values(at=at, who=who, what=what, subject=subject))

    def newest(self, limit: int) -> list[AuditEntry]:
        """Return the last entries, newest first."""
        query = select(audit.c.at, audit.c.who, audit.c.what, audit.c.subject)
        rows = self._connection.execute(query.order_by(audit.c.id.desc()).limit(limit)).mappings()
        return [AuditEntry(**row) for row in rows]
