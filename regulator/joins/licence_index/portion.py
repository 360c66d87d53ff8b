"""Many changes to be followed at once."""

from regulator.domain.licences import Certificate, LicenceKind, SourceName, Statement, Subject

_SOMEBODY = SourceName("")


class Portion:
    """Collects puts and drops of licences, of any kind, in their order."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.ranks: list[int] = []
        self.gone: set[int] = set()
        """Places of those among the statements that no longer stand."""

    def put(self, statement: Statement, rank: int) -> None:
        """Let a statement stand, as ``LicenceIndex.put``."""
        self.statements.append(statement)
        self.ranks.append(rank)

    def drop(self, kind: LicenceKind, subject: Subject, rank: int, certificate: Certificate) -> None:
        """Let nothing stand, as ``LicenceIndex.drop``."""
        self.gone.add(len(self.statements))
        nothing = Statement(
            source=_SOMEBODY, kind=kind, certificate=certificate, subject=subject, sequence=0, periods=()
        )
        self.put(nothing, rank)

    def of(self, kind: LicenceKind) -> "Portion":
        """Return what concerns one kind."""
        places = [place for place, one in enumerate(self.statements) if one.kind is kind]
        if len(places) == len(self.statements):
            return self
        part = Portion()
        part.statements = [self.statements[place] for place in places]
        part.ranks = [self.ranks[place] for place in places]
        part.gone = {there for there, place in enumerate(places) if place in self.gone}
        return part
