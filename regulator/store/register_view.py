"""The register as it stands in SQL, read for people: one subject at a time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, func, select

from regulator.domain.instants import Instant
from regulator.domain.licences import (
    Answer,
    LicenceKind,
    SourceName,
    Statement,
    Subject,
    in_force,
)
from regulator.domain.register import Sources, complete_to, ranked
from regulator.store.register import RegisterStore
from regulator.store.schema import statements
from regulator.store.statement_rows import statement_of


class RegisterView:
    """A ``domain.register.Register`` over SQL."""

    def __init__(self, connection: Connection, sources: Sources) -> None:
        self._connection = connection
        self._sources = sources

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer for one subject at one instant, from all that is known now."""
        return in_force(self.counting(kind, subject), at)

    def holds(self, kind: LicenceKind, subject: Subject, at: Instant) -> bool:
        """Tell whether the licence was held."""
        return self.in_force(kind, subject, at).held

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        """Return the instant up to which absence means absence."""
        return complete_to(kind, self._sources, self.heartbeats())

    def counting(self, kind: LicenceKind, subject: Subject) -> list[Statement]:
        """Return the statements that count: of each certificate the one of the source that goes before."""
        first = {said.certificate: said for said in reversed(self.statements(kind, subject))}
        return list(first.values())

    def statements(self, kind: LicenceKind, subject: Subject) -> list[Statement]:
        """Return every source's standing statements, the source that counts most first."""
        query = _standing().where(statements.c.kind == kind, statements.c.subject == subject)
        found = [statement_of(row) for row in self._connection.execute(query).mappings()]
        rank = {name: index for index, name in enumerate(ranked(self._sources))}
        known = [said for said in found if said.source in rank]
        return sorted(known, key=lambda said: (rank[said.source], said.certificate))

    def heartbeats(self) -> Mapping[SourceName, Instant]:
        """Return the instant up to which each source vouches for what it said."""
        return RegisterStore(self._connection).heartbeats()

    def licences(self) -> Mapping[LicenceKind, int]:
        """Count the certificates that somebody states."""
        stated = statements.c.superseded_at.is_(None) & ~statements.c.withdrawn
        query = select(statements.c.kind, func.count()).where(stated).group_by(statements.c.kind)
        return {LicenceKind(kind): count for kind, count in self._connection.execute(query)}


def _standing() -> Select[Any]:
    return select(statements).where(statements.c.superseded_at.is_(None), ~statements.c.withdrawn)
