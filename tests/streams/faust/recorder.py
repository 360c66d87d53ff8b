"""A worker that writes down, line by line in a file, all that happens to it. Run as a program.

Records are handled so: `crash` raises, `sleep <seconds>` takes that long, `block <seconds>` too and
keeps the event loop from everything else; then they are written down.
"""

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from streams.faust import Opened, Run, Terms, TopicPartition, build_app, run_worker


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """What the recorder is told on its command line."""

    group: str
    brokers: str
    topics: list[str]
    notes: str
    web_port: int | None = None
    opening_takes: float = 0.0
    opening_fails: bool = False
    joining_takes: float = 0.0
    run_takes: float = 0.0
    topics_within: float = 60.0
    stuck_after: float = 120.0
    commit_every: float = 1.0
    run_records: int = 500
    fenced: bool = True


class Notes:
    """Lines appended by several processes to one file."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write(self, event: str, **facts: object) -> None:
        """Append one line, whole."""
        os.write(self._file, json.dumps({"event": event, "pid": os.getpid(), **facts}).encode() + b"\n")


def main(orders: Orders) -> None:
    """Work until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    notes = Notes(Path(orders.notes))

    async def before_joining() -> None:
        await asyncio.sleep(orders.joining_takes)
        notes.write("joining")

    async def on_opened(opened: Opened) -> None:
        if orders.opening_fails:
            raise RuntimeError("told to fail")
        notes.write("opening", partition=list(opened.partition), committed=opened.committed, end=opened.end)
        await asyncio.sleep(orders.opening_takes)
        notes.write("opened", partition=list(opened.partition))

    async def on_closed(partition: TopicPartition) -> None:
        notes.write("closed", partition=list(partition))

    async def on_stopped() -> None:
        notes.write("stopped")

    app = build_app(
        orders.group,
        brokers=orders.brokers,
        topics=orders.topics,
        web_port=orders.web_port,
        before_joining=before_joining,
        on_opened=on_opened,
        on_closed=on_closed,
        on_stopped=on_stopped,
        terms=Terms(
            session_timeout=6.0,
            topics_within=orders.topics_within,
            stuck_after=orders.stuck_after,
            commit_every=orders.commit_every,
            run_records=orders.run_records,
        ),
    )

    @app.agent(app.feed)
    async def record(runs: AsyncIterator[Run]) -> None:
        async for run in runs:
            await asyncio.sleep(orders.run_takes)
            for one in run.records:
                await obey((one.value or b"").decode())
            if orders.fenced:
                await app.fence(run)
            values = [(one.offset, (one.value or b"").decode()) for one in run.records]
            notes.write("run", partition=list(run.partition), values=values)

    run_worker(app)


async def obey(value: str) -> None:
    """Do what a record says."""
    if value == "crash":
        raise RuntimeError("told to crash")
    if value.startswith("sleep "):
        await asyncio.sleep(float(value.removeprefix("sleep ")))
    if value.startswith("block "):
        time.sleep(float(value.removeprefix("block ")))


if __name__ == "__main__":
    main(msgspec.json.decode(sys.argv[1], type=Orders))
