"""Drafts what a file says of things: the half of an import that needs no database."""

import msgspec

from regulator.domain.licences import SourceName
from regulator.store.drafts import Draft, draft_of
from regulator.store.register_comparison import in_sequence
from regulator.wire.register_pieces import Thing, word_of


class Drafted(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A thing's draft. ``numbered``: the file names its sequence; else it is that of a first word."""

    draft: Draft
    numbered: bool


encode_things = msgspec.msgpack.Encoder().encode
"""Write things for whoever drafts them: much smaller, and sooner read, than objects are."""
_things = msgspec.msgpack.Decoder(list[Thing])
_encode = msgspec.msgpack.Encoder().encode
decode_drafts = msgspec.msgpack.Decoder(list[Drafted]).decode
"""Read what comes back."""


class Drafting:
    """Drafts batches of things, of one source; both travel as bytes."""

    def __init__(self, source: SourceName) -> None:
        self._source = source

    def __call__(self, things: bytes) -> bytes:
        """Return the drafts of things."""
        return _encode([self._drafted(thing) for thing in _things.decode(things)])

    def _drafted(self, thing: Thing) -> Drafted:
        word, numbered = word_of(thing, self._source)
        return Drafted(draft_of(word if numbered else in_sequence(word, None)), numbered)
