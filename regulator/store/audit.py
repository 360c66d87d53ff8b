"""Who looked at what, and who did what: never changed, never deleted by us."""

import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, insert, select

from regulator.domain.instants import Instant
from regulator.store.schema import audit, audit_subjects

_subjects = msgspec.json.Decoder(list[str])


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

    def write_many(self, who: str, what: str, *, subjects: Sequence[str], at: Instant) -> None:
        """Add one entry for many subjects: ten thousand plates take the room of a few hundred entries."""
        listed = msgspec.json.encode(list(dict.fromkeys(subjects)))
        told = f"{len(subjects)} subjects, SHA-256 {sha256(listed).hexdigest()}"
        entry = insert(audit).values(at=at, who=who, what=what, subject=told).returning(audit.c.id)
        number = self._connection.execute(entry).scalar_one()
        packed = {"audit": number, "count": len(subjects), "subjects": zlib.compress(listed, 6)}
        self._connection.execute(insert(audit_subjects).values(packed))

    def about(self, subject: str, *, since: Instant, until: Instant) -> Iterator[AuditEntry]:
        """Yield the entries of [since, until) that name a subject, alone or among many, the oldest first."""
        query = (
            select(audit.c.at, audit.c.who, audit.c.what, audit.c.subject, audit_subjects.c.subjects)
            .outerjoin_from(audit, audit_subjects, audit_subjects.c.audit == audit.c.id)
            .where(audit.c.at >= since, audit.c.at < until)
            .where((audit.c.subject == subject) | audit_subjects.c.audit.is_not(None))
            .order_by(audit.c.at, audit.c.id)
            .execution_options(yield_per=100)
        )
        for row in self._connection.execute(query).mappings():
            many = row["subjects"]
            if many is None or subject in _subjects.decode(zlib.decompress(many)):
                yield AuditEntry(at=row["at"], who=row["who"], what=row["what"], subject=row["subject"])

    def newest(self, limit: int) -> list[AuditEntry]:
        """Return the last entries, newest first."""
        query = select(audit.c.at, audit.c.who, audit.c.what, audit.c.subject)
        rows = self._connection.execute(query.order_by(audit.c.id.desc()).limit(limit)).mappings()
        return [AuditEntry(**row) for row in rows]
