"""Drafts what a file says of things: the half of an import that needs no database."""

import msgspec
from cryptography.fernet import Fernet

from regulator.domain.drivers import Driver
from regulator.domain.episodes import Episode
from regulator.domain.licences import SourceName, Statement
from regulator.store.drafts import Draft, draft_of
from regulator.store.driver_numbers import Sealed, sealed
from regulator.store.enclosing import Enclosing
from regulator.store.register_comparison import in_sequence
from regulator.store.stage import Group
from regulator.wire.register_pieces import word_of


class Drafted(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A thing's draft, and the sealed number of the driver whom it names.

    ``numbered``: the file names its sequence; else it is that of a first word.
    """

    draft: Draft
    numbered: bool
    sealed: Sealed | None


class DraftingTask(msgspec.Struct, frozen=True, kw_only=True):
    """All that it takes to draft what a file of a source says."""

    source: SourceName
    enclosing_key: bytes
    sealing_key: bytes


encode_groups = msgspec.msgpack.Encoder().encode
"""Write a list of groups for whoever drafts them: much smaller, and sooner read, than objects are."""
_groups = msgspec.msgpack.Decoder(list[Group])
_encode = msgspec.msgpack.Encoder().encode
decode_drafts = msgspec.msgpack.Decoder(list[Drafted]).decode
"""Read what comes back."""


class Drafting:
    """Drafts batches of things; both travel as bytes."""

    def __init__(self, task: DraftingTask) -> None:
        self._source = task.source
        self._enclosing = Enclosing(task.enclosing_key)
        self._cipher = Fernet(task.sealing_key)

    def __call__(self, groups: bytes) -> bytes:
        """Return the drafts of things."""
        return _encode([self._drafted(group) for group in _groups.decode(groups)])

    def _drafted(self, group: Group) -> Drafted:
        word, numbered = word_of(group.thing, self._source)
        if not numbered:
            word = in_sequence(word, None)
        number = None if group.number is None else self._sealed(word, group.number)
        return Drafted(draft_of(word), numbered, number)

    def _sealed(self, word: Statement | Episode, enclosed: bytes) -> Sealed:
        driver = word.driver if isinstance(word, Episode) else Driver(word.subject)
        return sealed(driver, self._enclosing.open(enclosed), self._cipher)
