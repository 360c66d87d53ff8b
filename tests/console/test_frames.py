"""Events of one process, shared by all its pages."""

import asyncio

import pytest

from regulator.console.frames import Behind, Frames, same
from regulator.console.languages import Language

ZH = Language.ZH


async def test_a_page_gets_everything_since_its_position_in_one_text() -> None:
    frames = Frames()
    start = frames.end
    frames.publish([same(b"a"), same(b"b")])
    frames.publish([same(b"c")])

    assert await frames.following(start, ZH) == (b"abc", 3)


async def test_a_page_waits_for_what_is_next() -> None:
    frames = Frames()
    waiting = asyncio.create_task(frames.following(frames.end, ZH))
    await asyncio.sleep(0)

    frames.publish([same(b"a")])

    assert await asyncio.wait_for(waiting, 1) == (b"a", 1)


async def test_a_page_too_far_behind_is_told_so() -> None:
    frames = Frames()
    for _ in range(1025):
        frames.publish([same(b"a")])

    assert (await frames.following(1, ZH))[1] == 1025
    with pytest.raises(Behind):
        await frames.following(0, ZH)
