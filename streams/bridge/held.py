"""Frames that have come and are not yet on the topics: bounded, in their order."""

import asyncio


class Held:
    """A queue that is full by bytes as well as by number; one task puts, one takes."""

    def __init__(self, *, most_bytes: int, most_frames: int) -> None:
        self._most_bytes = most_bytes
        self._most_frames = most_frames
        self._frames: list[bytes] = []
        self._bytes = 0
        self._some, self._none, self._room = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._tell()

    async def room(self) -> None:
        """Wait until another frame may come."""
        await self._room.wait()

    def put(self, frame: bytes) -> None:
        """Hold a frame, whatever its size: what was read is not dropped."""
        self._frames.append(frame)
        self._bytes += len(frame)
        self._tell()

    async def take(self) -> list[bytes]:
        """Wait for frames and return all; they are held until `settle`."""
        await self._some.wait()
        return list(self._frames)

    def settle(self, number: int) -> None:
        """Let go of the first ones: they are durable."""
        self._bytes -= sum(map(len, self._frames[:number]))
        del self._frames[:number]
        self._tell()

    async def empty(self) -> None:
        """Wait until nothing is held."""
        await self._none.wait()

    def _tell(self) -> None:
        has_room = self._bytes < self._most_bytes and len(self._frames) < self._most_frames
        for event, true in (
            (self._some, bool(self._frames)),
            (self._none, not self._frames),
            (self._room, has_room),
        ):
            if true:
                event.set()
            else:
                event.clear()
