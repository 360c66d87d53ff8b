"""The register as it stands in SQL, read for many subjects at once: a few queries, not one a subject."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from regulator.domain.instants import Instant
from regulator.domain.licences import (
    Answer,
    LicenceKind,
    PeriodState,
    SourceName,
    Statement,
    Subject,
    state_at,
)
from regulator.domain.licences import in_force as in_force_by
from regulator.domain.register import Sources, complete_to, ranked
from regulator.store.batches import among, rows_among
from regulator.store.register_view import RegisterView, stood
from regulator.store.schema import statements
from regulator.store.statement_rows import statement_of


class RegisterReading:
    """Answers like ``RegisterView``, about the subjects for which it was read.

    How far the register is complete is read before the statements, so that no answer by absence
    rests on a heartbeat whose statements were not seen.
    """

    def __init__(
        self,
        connection: Connection,
        sources: Sources,
        *,
        subjects: Mapping[LicenceKind, Iterable[Subject]],
        known_by: Instant | None = None,
    ) -> None:
        self._sources = sources
        self.heartbeats: Mapping[SourceName, Instant] = RegisterView(
            connection, sources, known_by=known_by
        ).heartbeats()
        self._counting = {
            kind: _counting(connection, sources, kind, asked, known_by) for kind, asked in subjects.items()
        }

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer for one subject at one instant."""
        return in_force_by(self._of(kind, subject), at)

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        """Return the instant up to which absence means absence; None where nothing is complete."""
        return complete_to(kind, self._sources, self.heartbeats)

    def areas(self, kind: LicenceKind, subject: Subject, at: Instant) -> Sequence[str]:
        """Return the codes of the areas for which a subject's licences are valid at an instant."""
        valid = {
            one.area
            for one in self._of(kind, subject)
            if (period := state_at(one.periods, at)) is not None and period.state is PeriodState.VALID
        }
        return sorted(valid - {""})

    def _of(self, kind: LicenceKind, subject: Subject) -> Sequence[Statement]:
        return self._counting[kind].get(subject, ())


def _counting(
    connection: Connection,
    sources: Sources,
    kind: LicenceKind,
    subjects: Iterable[Subject],
    known_by: Instant | None,
) -> Mapping[Subject, Sequence[Statement]]:
    """Of each certificate of a subject the statement of the source that goes before."""
    rank = {name: index for index, name in enumerate(ranked(sources))}
    query = select(statements).where(
        statements.c.kind == kind, among(statements.c.subject), stood(statements, known_by)
    )
    found: dict[Subject, list[Statement]] = defaultdict(list)
    for row in rows_among(connection, query, dict.fromkeys(subjects)):
        if row["source"] in rank:
            found[row["subject"]].append(statement_of(row))
    return {subject: _first(said, rank) for subject, said in found.items()}


def _first(said: list[Statement], rank: Mapping[SourceName, int]) -> Sequence[Statement]:
    if len(said) == 1:
        return said
    said.sort(key=lambda one: rank[one.source], reverse=True)
    return list({one.certificate: one for one in said}.values())
