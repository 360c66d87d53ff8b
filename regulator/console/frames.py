"""Server-sent events: what goes to every open page, kept for those that are a moment behind."""

import asyncio
import json
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from regulator.console.languages import Language

_KEPT = 1024


class Frame(msgspec.Struct, frozen=True):
    """One event, ready to be sent, in each language."""

    texts: Mapping[Language, bytes]


class Behind(Exception):
    """What was asked for is no longer kept: start again from SQL."""


class Frames:
    """The events of one process in the order in which they happened, shared by all its pages."""

    def __init__(self) -> None:
        self._kept: deque[Frame] = deque(maxlen=_KEPT)
        self._end = 0
        self._more = asyncio.Event()

    @property
    def end(self) -> int:
        """The number of the next event."""
        return self._end

    def publish(self, frames: Sequence[Frame]) -> None:
        """Add events and wake every page. Call it on the event loop."""
        if frames:
            self._kept.extend(frames)
            self._end += len(frames)
            woken, self._more = self._more, asyncio.Event()
            woken.set()

    async def following(self, position: int, language: Language) -> tuple[bytes, int]:
        """Wait for events from a position on; return them as one text, and the position after them.

        Raises Behind where they are no longer kept.
        """
        while position >= self._end:
            await self._more.wait()
        behind = self._end - position
        if behind > len(self._kept):
            raise Behind
        kept = list(self._kept)[-behind:]
        return b"".join(frame.texts[language] for frame in kept), self._end


def sse(event: str, content: Any, *, change: int | None = None) -> bytes:
    """Write one server-sent event with JSON in it; ``change`` is where a page that lost us resumes."""
    head = f"id: {change}\n" if change is not None else ""
    return f"{head}event: {event}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n".encode()


def same(text: bytes) -> Frame:
    """Return an event that says the same in every language."""
    return Frame(dict.fromkeys(Language, text))
