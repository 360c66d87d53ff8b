"""The agent's side: a Faust stream of runs."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, cast

from faust.streams import Stream

from streams.faust.runs import Run

if TYPE_CHECKING:
    from streams.faust.app import App


class RunStream(Stream[Run]):
    """Hands out one run after the other.

    A run is acknowledged when the body asks for the next one, and in no other way. Faust's own
    stream acknowledges also what the body raised on, or was cancelled in.
    """

    def __aiter__(self) -> AsyncIterator[Run]:
        return self._runs()

    async def _runs(self) -> AsyncIterator[Run]:
        delivery = cast("App", self.app).delivery
        await self.maybe_start()
        while not self.should_stop:
            run = await delivery.next_run()
            acknowledged = False
            try:
                yield run
                acknowledged = True
            finally:
                delivery.finish(run, acknowledged=acknowledged)
