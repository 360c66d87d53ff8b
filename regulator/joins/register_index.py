"""The register in memory: compact, and answering as of any instant.

Follows changes in any order in which one certificate's changes come in theirs. Holds one packed
value a subject (``packed``); the law's reading is ``domain.licences.in_force``, and a property
test holds the two together.
"""

from binascii import unhexlify
from collections.abc import Iterable, Mapping

from regulator.domain.instants import Instant
from regulator.domain.licences import (
    NEVER,
    Answer,
    Certificate,
    LicenceKind,
    SourceName,
    Statement,
    Subject,
    in_force,
)
from regulator.domain.register import (
    RegisterChange,
    Sources,
    Stated,
    Vouched,
    complete_to,
    ranked,
)
from regulator.joins.packed import Entry, answer_of_one, one_holds, pack, pack_one, unpack

_PSEUDONYM_DIGITS = 32
_OF_DRIVERS = LicenceKind.DRIVER_CERTIFICATE


class RegisterIndex:
    """What was in force, from the statements of every source."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._ranks = {name: rank for rank, name in enumerate(ranked(sources))}
        self._names = ranked(sources)
        self._packed: dict[LicenceKind, dict[bytes, bytes]] = {kind: {} for kind in LicenceKind}
        self._heartbeats: dict[SourceName, Instant] = {}
        self._complete_to: dict[LicenceKind, Instant | None] = dict.fromkeys(LicenceKind)

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer for one subject at one instant."""
        packed = self._packed[kind].get(_key(kind, subject))
        if packed is None:
            return NEVER
        return answer_of_one(packed, at) or self._weigh(kind, subject, packed, at)

    def holds(self, kind: LicenceKind, subject: Subject, at: Instant) -> bool:
        """Tell whether one subject held its licence at one instant."""
        packed = self._packed[kind].get(_key(kind, subject))
        if packed is None:
            return False
        held = one_holds(packed, at)
        return self._weigh(kind, subject, packed, at).held if held is None else held

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        """Return the instant up to which absence means absence; None where nothing is complete."""
        return self._complete_to[kind]

    def apply(self, change: RegisterChange) -> tuple[Subject, ...]:
        """Follow one change; return the subjects whose answer it may have changed."""
        if isinstance(change, Vouched):
            self._vouch(change)
            return ()
        if isinstance(change, Stated):
            statement, former = change.statement, change.former
            rank = self._ranks.get(statement.source)
            if rank is None:  # a source that configuration no longer lists
                return ()
            if former:
                self._drop(statement.kind, former, statement.source, statement.certificate)
            self._put(statement, rank)
            return (*former, statement.subject)
        self._drop(change.kind, change.former, change.source, change.certificate)
        return change.former

    @property
    def heartbeats(self) -> Mapping[SourceName, Instant]:
        """The greatest instant up to which each source has vouched."""
        return self._heartbeats

    def count(self, kind: LicenceKind) -> int:
        """Return the number of subjects with a statement."""
        return len(self._packed[kind])

    def _vouch(self, vouched: Vouched) -> None:
        if vouched.source not in self._sources:
            return
        self._heartbeats[vouched.source] = vouched.complete_to
        for kind in LicenceKind:
            self._complete_to[kind] = complete_to(kind, self._sources, self._heartbeats)

    def _put(self, statement: Statement, rank: int) -> None:
        table = self._packed[statement.kind]
        key = _key(statement.kind, statement.subject)
        present = table.get(key)
        if present is None and len(statement.periods) == 1:
            table[key] = pack_one(rank, statement.certificate, statement.periods[0])
            return
        entries = [
            entry
            for entry in unpack(present or b"")
            if (entry.rank, entry.certificate) != (rank, statement.certificate)
        ]
        entries.append(Entry(rank, statement.certificate, statement.periods))
        table[key] = pack(sorted(entries, key=_by_certificate))

    def _drop(
        self, kind: LicenceKind, subjects: Iterable[Subject], source: SourceName, certificate: Certificate
    ) -> None:
        table = self._packed[kind]
        rank = self._ranks.get(source)
        for key in (_key(kind, subject) for subject in subjects):
            entries = [
                entry
                for entry in unpack(table.get(key, b""))
                if (entry.rank, entry.certificate) != (rank, certificate)
            ]
            if entries:
                table[key] = pack(entries)
            else:
                table.pop(key, None)

    def _weigh(self, kind: LicenceKind, subject: Subject, packed: bytes, at: Instant) -> Answer:
        """Several certificates, sources or periods: read them as the law does."""
        counting: dict[Certificate, Entry] = {}
        for entry in unpack(packed):
            counting.setdefault(entry.certificate, entry)
        return in_force([self._statement(kind, subject, entry) for entry in counting.values()], at)

    def _statement(self, kind: LicenceKind, subject: Subject, entry: Entry) -> Statement:
        return Statement(
            source=self._names[entry.rank],
            kind=kind,
            certificate=entry.certificate,
            subject=subject,
            sequence=0,
            periods=entry.periods,
        )


def _by_certificate(entry: Entry) -> tuple[Certificate, int]:
    return entry.certificate, entry.rank


def _key(kind: LicenceKind, subject: Subject) -> bytes:
    """A driver's pseudonym is 32 hexadecimal digits: half of that as bytes."""
    if kind is _OF_DRIVERS and len(subject) == _PSEUDONYM_DIGITS:
        return unhexlify(subject)
    return subject.encode()
