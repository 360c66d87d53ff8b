"""An agent is given each record until it has handled it: Faust's real app, agent and stream."""

import asyncio

import pytest
from faust.exceptions import ImproperlyConfigured

from streams.faust.fence import NO_GENERATION, Fenced
from streams.faust.runs import Run, TopicPartition
from streams.faust.terms import Terms
from tests.streams.faust.paper import (
    CRASH,
    ZERO,
    PaperApp,
    PaperBroker,
    nothing,
    records,
    until,
    values,
    worker,
)


class Handler:
    """Keeps what it is given; raises on CRASH."""

    def __init__(self) -> None:
        self.handled: list[bytes | None] = []

    async def __call__(self, run: Run) -> None:
        if CRASH in values(run):
            raise RuntimeError("CRASH")
        self.handled.extend(values(run))


async def test_records_before_a_crash_are_committed_and_none_after_it():
    broker, handler = PaperBroker(b"1", b"2", CRASH, b"3"), Handler()

    async with worker(broker, handler, run_records=1) as app:
        await until(lambda: app.crashed)

    assert handler.handled == [b"1", b"2"]
    assert broker.committed == {ZERO: 2}


async def test_after_a_crash_the_run_comes_again_and_then_the_rest():
    broker, handler = PaperBroker(b"1", b"2", CRASH, b"3"), Handler()
    async with worker(broker, handler, run_records=1) as app:
        await until(lambda: app.crashed)
    broker.log[ZERO][2] = records(b"mended", first=2)[0]

    async with worker(broker, handler, run_records=1):
        await until(lambda: broker.committed == {ZERO: 4})

    assert handler.handled == [b"1", b"2", b"mended", b"3"]


async def test_a_run_that_crashes_in_its_middle_is_not_acknowledged_in_part():
    broker, handler = PaperBroker(b"1", b"2", CRASH, b"3"), Handler()

    async with worker(broker, handler) as app:
        await until(lambda: app.crashed)

    assert broker.committed == {}


async def test_a_run_whose_handling_is_cut_short_by_a_stop_is_not_acknowledged():
    broker = PaperBroker(b"1", b"2")
    forever, begun = asyncio.Event(), asyncio.Event()

    async def handle(run: Run) -> None:
        if values(run) == [b"2"]:
            begun.set()
            await forever.wait()

    async with worker(broker, handle, run_records=1, stop_within=0.4) as app:
        await begun.wait()

    assert app.delivery.ledger.due() == {}
    assert broker.committed == {ZERO: 1}


async def test_a_refused_commit_is_tried_again():
    broker, handler = PaperBroker(b"1", b"2"), Handler()
    broker.refusals = 3

    async with worker(broker, handler):
        await until(lambda: broker.committed == {ZERO: 2})

    assert broker.refusals == 0


async def test_a_stop_commits_what_is_handled():
    broker, handler = PaperBroker(b"1", b"2"), Handler()

    async with worker(broker, handler, commit_every=1000.0):
        await until(lambda: handler.handled == [b"1", b"2"])

    assert broker.committed == {ZERO: 2}


async def test_what_could_not_be_committed_before_a_rebalance_is_opened_and_handled_again():
    broker, handler = PaperBroker(b"1"), Handler()
    happened: list[str] = []

    async def on_opened(opened: object) -> None:
        happened.append("opened")

    async def on_closed(partition: TopicPartition) -> None:
        happened.append("closed")

    async with worker(broker, handler, on_opened=on_opened, on_closed=on_closed) as app:
        broker.refusals = 10**6
        await until(lambda: handler.handled == [b"1"])
        await app.thread.rebalance({ZERO})
        broker.refusals = 0
        await until(lambda: broker.committed == {ZERO: 1})

    assert handler.handled == [b"1", b"1"]
    assert happened == ["opened", "closed", "opened"]


async def test_a_worker_that_missed_a_generation_does_not_take_back_what_others_committed():
    broker, handler = PaperBroker(b"1", b"2"), Handler()

    async with worker(broker, handler, run_records=1) as app:
        broker.refusals = 10**6  # as if it were frozen here
        await until(lambda: handler.handled == [b"1", b"2"])
        broker.generation += 3
        broker.committed = {ZERO: 2}
        broker.log[ZERO] += records(b"3", b"4", first=2)
        broker.committed = {ZERO: 4}
        broker.refusals = 0

    assert broker.committed == {ZERO: 4}
    assert app.delivery.ledger.due() == {ZERO: 2}


async def test_a_rebalance_that_leaves_everything_in_place_repeats_nothing():
    broker, handler = PaperBroker(b"1"), Handler()
    happened: list[str] = []

    async def on_opened(opened: object) -> None:
        happened.append("opened")

    async with worker(broker, handler, on_opened=on_opened) as app:
        await until(lambda: handler.handled == [b"1"])
        await app.thread.rebalance({ZERO})
        broker.log[ZERO] += records(b"2", first=1)
        await until(lambda: broker.committed == {ZERO: 2})

    assert handler.handled == [b"1", b"2"]
    assert happened == ["opened"]


async def test_a_run_is_ours_until_the_group_moves_on():
    broker = PaperBroker()
    answers: list[bool] = []

    async def handle(run: Run) -> None:
        answers.append(app.still_ours(run))
        broker.generation += 1  # as aiokafka's would, or fall to -1
        answers.append(app.still_ours(run))
        with pytest.raises(Fenced):
            await app.fence(run)
        answers.append(True)

    async with worker(broker, handle) as app:
        broker.log[ZERO] += records(b"1")
        await until(lambda: len(answers) == 3)

    assert answers == [True, False, True]


async def test_the_fence_of_a_partition_waits_for_the_end_of_a_rebalance():
    broker, handler = PaperBroker(partitions=2), Handler()
    one = TopicPartition("feed", 1)

    async with worker(broker, handler) as app:
        await until(lambda: app.opened() == {ZERO, one})
        app.delivery.fence.leave()
        waiting = [asyncio.create_task(app.fence(p)) for p in (ZERO, one)]
        await asyncio.sleep(0.2)
        assert not any(task.done() for task in waiting)

        await app.thread.rebalance({ZERO})
        kept, lost = await asyncio.gather(*waiting, return_exceptions=True)

    assert kept is None
    assert isinstance(lost, Fenced)


async def test_a_partition_is_lost_at_once_when_the_group_has_given_the_worker_up():
    broker, handler = PaperBroker(), Handler()

    async with worker(broker, handler) as app:
        await until(lambda: app.opened())
        await app.fence(ZERO)
        broker.generation = NO_GENERATION

        with pytest.raises(Fenced):
            await app.fence(ZERO)


async def test_a_worker_with_nothing_to_do_is_well_and_not_behind():
    broker, handler = PaperBroker(), Handler()

    async with worker(broker, handler) as app:
        await until(lambda: app.health().ok and app.opened())

        assert app.lag() == {ZERO: 0}


async def test_lag_counts_what_is_neither_handled_nor_committed():
    broker = PaperBroker(b"1", b"2", b"3")
    forever = asyncio.Event()

    async def handle(run: Run) -> None:
        if values(run) == [b"2"]:
            await forever.wait()

    async with worker(broker, handle, run_records=1) as app:
        await until(lambda: broker.committed == {ZERO: 1})

        assert app.lag() == {ZERO: 2}
        assert app.counts().runs == 1
        forever.set()


async def test_an_app_has_exactly_one_agent():
    app = PaperApp(PaperBroker(), on_opened=nothing, on_closed=nothing, terms=Terms())

    with pytest.raises(ImproperlyConfigured):
        await app.on_start()
