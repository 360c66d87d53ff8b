"""Which word of a source on one licence or episode stands (contract, section 1.2).

A higher sequence replaces what stands, an equal one too if it comes later; a lower one is history
from the start. Nothing is forgotten.
"""

import msgspec

from regulator.domain.instants import Instant
from regulator.domain.licences import Subject
from regulator.store.drafts import Change, Draft


class Kept(msgspec.Struct):
    """A word that was heard. ``id`` is None, and ``draft`` known, until it is in the database.

    ``replaced`` is the row of what stood before it; ``subjects`` are those whom it names.
    """

    sequence: int
    withdrawn: bool
    subjects: tuple[Subject, ...]
    digest: str
    received_at: Instant
    superseded_at: Instant | None = None
    id: int | None = None
    draft: Draft | None = None
    origin: str = ""
    replaced: int | None = None
    import_number: int | None = None
    ended_here: bool = False

    @property
    def stands(self) -> bool:
        """Tell whether this is the source's present word."""
        return self.superseded_at is None


class History:
    """Everything that one source ever said about one licence or episode."""

    __slots__ = ("kept",)

    def __init__(self) -> None:
        self.kept: list[Kept] = []

    @property
    def standing(self) -> Kept | None:
        """Return the source's present word."""
        return next((one for one in reversed(self.kept) if one.superseded_at is None), None)

    def hear(self, new: Kept) -> Change | None:
        """Take a word in; return what changes by it for those who judge."""
        present = self.standing if self.kept else None
        if present is not None:
            if present.digest == new.digest:
                return None
            if new.sequence < present.sequence:
                self._remember(new)
                return None
            # What is known when must leave no gap and no overlap, whatever clock each way in has.
            new.received_at = present.superseded_at = max(new.received_at, present.received_at)
            new.replaced = present.id
            present.ended_here = True
        self.kept.append(new)
        return self._change(new, present)

    def _remember(self, late: Kept) -> None:
        """Keep a word that came too late to stand, once."""
        if all(one.digest != late.digest for one in self.kept):
            late.superseded_at = late.received_at
            self.kept.append(late)

    def _change(self, new: Kept, before: Kept | None) -> Change | None:
        if new.draft is None or (new.withdrawn and (before is None or before.withdrawn)):
            return None
        if before is None:
            return Change(new.draft)
        ever = dict.fromkeys(subject for one in self.kept for subject in one.subjects)
        return Change(new.draft, tuple(subject for subject in ever if subject not in new.subjects))


def kept(draft: Draft, *, received_at: Instant, origin: str, import_number: int | None = None) -> Kept:
    """Return a word as it is heard."""
    return Kept(
        sequence=draft.sequence,
        withdrawn=draft.withdrawn,
        subjects=draft.subjects,
        digest=draft.digest,
        received_at=received_at,
        draft=draft,
        origin=origin,
        import_number=import_number,
    )
