"""``/api/live``: server-sent events. A page that lost us resumes where it was, and misses nothing."""

import asyncio
from collections.abc import AsyncIterator

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from regulator.console.context import Visit, visit
from regulator.console.frames import Behind
from regulator.console.poller import RELOAD, card_frames
from regulator.domain.errors import Unavailable
from regulator.store.cards import CardStore

_RETRY = b"retry: 1000\n\n"
_CATCH_UP = 400


async def live(request: Request) -> Response:
    """Stream changes after ``Last-Event-ID``, else after ``?after=``, else from now on."""
    wanted = request.headers.get("last-event-id") or request.query_params.get("after") or ""
    after = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else None
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_stream(visit(request), after), media_type="text/event-stream", headers=headers)


async def _stream(here: Visit, after: int | None) -> AsyncIterator[bytes]:
    console = here.console
    frames = console.poller.frames
    with console.measures.pages.track_inprogress():
        yield _RETRY
        while True:
            position = frames.end
            yield await _caught_up(here, after) + console.poller.greeting()
            try:
                while True:
                    text, position = await frames.following(position, here.language)
                    yield text
            except Behind:
                after = None
                yield RELOAD


async def _caught_up(here: Visit, after: int | None) -> bytes:
    """Return every card that changed since; where SQL is away, try again until it is back."""
    while after is not None:
        try:
            return await to_thread.run_sync(_missed, here, after)
        except Unavailable:
            await asyncio.sleep(1)
    return b""


def _missed(here: Visit, after: int) -> bytes:
    with here.console.store.reading() as connection:
        store = CardStore(connection)
        if after > store.newest_change():
            return RELOAD
        cards = store.changed_since(after, limit=_CATCH_UP)
    if len(cards) >= _CATCH_UP:
        return RELOAD
    frames = card_frames(cards, around=here.console.around, clock=here.console.clock)
    return b"".join(frame.texts[here.language] for frame in frames)
