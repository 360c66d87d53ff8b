"""From the ministry's dispatch onto the feed, at least once.

A frame is let go only when the broker has all of it. The dispatch knows no acknowledgement: it is
slowed down by not being read, and after a break it says again what it said from the earliest on.
What comes twice has no effect at the judge. Not knowing how far it repeats, the bridge never drops a
frame that it has read: through breaks of the line and outages of the broker it holds it.
"""

import asyncio
import logging
import random
from collections.abc import Sequence
from threading import Event

import msgspec

from regulator.wire.dispatch import Part, take_apart
from streams.bridge.held import Held
from streams.bridge.line import LineDown, connected
from streams.bridge.metrics import BridgeMetrics
from streams.bridge.sink import Sink, Stopped
from streams.bridge.terms import Account, Terms

_LAST_WORK_SECONDS = 15.0
_log = logging.getLogger(__name__)


class Health(msgspec.Struct, frozen=True):
    """``ok`` as long as it runs: outages on either side are waited out. ``reasons`` names them."""

    ok: bool
    reasons: tuple[str, ...]


class Bridge:
    """One dispatch, one slug."""

    def __init__(
        self, account: Account, topics: Sequence[str], *, sink: Sink, metrics: BridgeMetrics, terms: Terms
    ) -> None:
        self._account = account
        self._topics = topics
        self._sink = sink
        self._metrics = metrics
        self._terms = terms
        self._held = Held(most_bytes=terms.held_bytes, most_frames=terms.held_frames)
        self._down: str | None = "not connected yet"

    async def run(self, stop: asyncio.Event, *, give_up: Event) -> int:
        """Forward until told to stop; return 0, or 1 if the broker did not take all that had come.

        Our own failures are raised: the process ends, and is started again by its supervisor.
        """
        listening = asyncio.create_task(self._listen())
        writing = asyncio.create_task(self._write())
        stopping = asyncio.create_task(stop.wait())
        try:
            done, _ = await asyncio.wait((listening, writing, stopping), return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stopping}:
                task.result()
            await _cancelled(listening)
            return await self._finish(give_up)
        finally:
            give_up.set()
            for task in (listening, writing, stopping):
                await _cancelled(task)

    def health(self) -> Health:
        """Say what is being waited out."""
        down = f"ministry's dispatch: {self._down}" if self._down else None
        return Health(True, tuple(reason for reason in (down, self._sink.trouble) if reason))

    async def _finish(self, give_up: Event) -> int:
        try:
            await asyncio.wait_for(self._held.empty(), _LAST_WORK_SECONDS)
        except TimeoutError:
            give_up.set()
            _log.error("Kafka did not take the last frames; the ministry has to send them again")
            return 1
        return 0

    async def _listen(self) -> None:
        """Connect again and again, with growing pauses while nothing comes."""
        pause = self._terms.first_pause
        while True:
            frames = 0
            try:
                async with connected(self._account, self._topics, self._terms) as line:
                    self._up()
                    while True:
                        await self._held.room()
                        self._held.put(await line.frame())
                        self._metrics.frame()
                        frames += 1
            except LineDown as why:
                self._lost(str(why))
            pause = self._terms.first_pause if frames else min(2 * pause, self._terms.longest_pause)
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 - no secret

    async def _write(self) -> None:
        while True:
            frames = await self._held.take()
            parts = await asyncio.to_thread(_parts, frames)
            try:
                await asyncio.to_thread(self._sink.write, parts)
            except Stopped:
                return
            self._metrics.durable(parts)
            self._held.settle(len(frames))

    def _up(self) -> None:
        self._metrics.attempt(opened=True)
        self._metrics.connected.set(1)
        self._down = None
        _log.info("connected to the ministry's dispatch")

    def _lost(self, why: str) -> None:
        if self._down is None:
            _log.warning("the ministry's dispatch: %s; connecting again", why)
        else:
            self._metrics.attempt(opened=False)
            if self._down != why:
                _log.warning("the ministry's dispatch: %s; trying again", why)
        self._metrics.connected.set(0)
        self._down = why


def _parts(frames: Sequence[bytes]) -> list[Part]:
    return [part for frame in frames for part in take_apart(frame)]


async def _cancelled(task: asyncio.Task[object]) -> None:
    task.cancel()
    await asyncio.wait((task,))
