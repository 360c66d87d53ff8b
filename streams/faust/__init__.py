"""What Faust needs mended, and nothing else: runs of records, acknowledgement, commit, health.

    app = build_app("judge", brokers="127.0.0.1:9092", topics=["feed.sunny.orders"], web_port=9101,
                    before_joining=..., on_opened=..., on_closed=..., on_stopped=...)

    @app.agent(app.feed)
    async def judge(runs):
        async for run in runs:
            await handle(run)

    run_worker(app)

**Runs.** The one agent of an app gets `Run`s: raw records of one partition in order of offset,
bounded by number and bytes, never waiting to be filled. A run is acknowledged when the body asks
for the next one. If the body raises, nothing is acknowledged, the process exits with 1, and the run
comes again after the restart. At least once, therefore: effects must bear repetition.

**Hooks.** `before_joining()` is awaited once, before the group is joined, as long as it takes.
`on_opened(Opened)` is awaited for every partition that became this worker's, also one without
records, before its first run; other partitions go on meanwhile, and the group is kept (heartbeats
have their own thread). Once begun, an opening is followed by a closing: `on_closed(partition)` when
the partition is lost, or was lost and came back. It is not called when the process stops. A
partition kept through a rebalance with nothing lost is neither closed nor opened. `on_stopped()` is
awaited after the last commit, also when the start was broken off: it must bear that. What a hook
raises ends the process with 1.

**Fence.** `await app.fence(run)` (or a partition) right before writing: it raises `Fenced` when
another worker may have the partition by now, and waits while that is open: when the last heartbeat
is too old, and, for a partition, during a rebalance. `app.still_ours(run)` answers the same without
waiting.

**Watching.** `app.health()`, `app.lag()`, `app.opened()`, `app.counts()`; /health and /metrics on
`web_port`. A worker that has stopped consuming without an error (the group refused it, a run in hand
for too long, an event loop that stands still) ends itself, so that its supervisor starts it again.
`Terms` holds every bound and patience.

**Inside.** `pump` -> `arrivals` -> the agent's `stream` -> `ledger` -> commit are put together in
`delivery`, which knows neither Kafka nor Faust; `consumer` and `thread` join it to them. What they
replace or read of both is listed in tests/streams/faust/test_delivery_pins.py.
"""

from streams.faust.app import App
from streams.faust.build import build_app
from streams.faust.fence import Fenced
from streams.faust.health import Health
from streams.faust.runs import Opened, Record, Run, TopicPartition
from streams.faust.terms import Terms
from streams.faust.worker import run_worker

__all__ = [
    "App",
    "Fenced",
    "Health",
    "Opened",
    "Record",
    "Run",
    "Terms",
    "TopicPartition",
    "build_app",
    "run_worker",
]
