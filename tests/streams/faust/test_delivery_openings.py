"""A partition is opened before its first run, closed when it is lost, and left alone when it is kept."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager

import pytest

from streams.faust.openings import Bounds, Openings
from streams.faust.runs import Opened, TopicPartition
from tests.streams.faust.paper import until

A, B, C = (TopicPartition("feed", n) for n in range(3))


class Owner:
    """Notes what is asked of it; opening waits for `gate`."""

    def __init__(self) -> None:
        self.happened: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.bounds = Bounds(committed=5, begin=0, end=9)

    async def ask(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, Bounds]:
        return dict.fromkeys(partitions, self.bounds)

    async def on_opened(self, opened: Opened) -> None:
        self.happened.append(f"opening {opened.partition.partition}")
        await self.gate.wait()
        self.happened.append(f"opened {opened.partition.partition}")

    async def on_closed(self, partition: TopicPartition) -> None:
        self.happened.append(f"closed {partition.partition}")


@asynccontextmanager
async def running(owner: Owner) -> AsyncIterator[Openings]:
    openings = Openings(
        owner.ask, on_opened=owner.on_opened, on_closed=owner.on_closed, opened=lambda *_: None
    )
    task = asyncio.create_task(openings.run())
    try:
        yield openings
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_everything_assigned_is_opened_in_order():
    owner = Owner()
    async with running(owner) as openings:
        openings.assign({B, A}, generation=1)
        await until(lambda: openings.open.keys() == {A, B})

    assert owner.happened == ["opening 0", "opened 0", "opening 1", "opened 1"]


async def test_what_is_kept_in_the_next_generation_stays_open():
    owner = Owner()
    async with running(owner) as openings:
        openings.assign({A, B}, generation=1)
        await until(lambda: openings.open.keys() == {A, B})
        owner.happened.clear()

        kept = openings.assign({A, C}, generation=2)
        assert kept == {A}
        assert openings.open.keys() == {A}
        await until(lambda: openings.open.keys() == {A, C})

    assert owner.happened == ["closed 1", "opening 2", "opened 2"]


@pytest.mark.parametrize(("generation", "unsettled"), [(3, set()), (2, {A})], ids=["missed one", "unsettled"])
async def test_what_another_may_have_had_or_comes_again_is_closed_and_opened(generation, unsettled):
    owner = Owner()
    async with running(owner) as openings:
        openings.assign({A}, generation=1)
        await until(lambda: openings.open.keys() == {A})
        owner.happened.clear()

        assert openings.assign({A}, generation=generation, unsettled=unsettled) == set()
        assert not openings.open
        await until(lambda: openings.open.keys() == {A})

    assert owner.happened == ["closed 0", "opening 0", "opened 0"]


async def test_an_opening_goes_on_when_its_partition_is_kept():
    owner = Owner()
    async with running(owner) as openings:
        owner.gate.clear()
        openings.assign({A}, generation=1)
        await until(lambda: openings.opening)

        openings.assign({A, B}, generation=2)
        owner.gate.set()
        await until(lambda: openings.open.keys() == {A, B})

    assert owner.happened == ["opening 0", "opened 0", "opening 1", "opened 1"]


async def test_an_opening_is_cut_short_and_closed_when_its_partition_is_lost():
    owner = Owner()
    async with running(owner) as openings:
        owner.gate.clear()
        openings.assign({A}, generation=1)
        await until(lambda: openings.opening)
        assert openings.begun(A)

        openings.assign({B}, generation=2)
        owner.gate.set()
        await until(lambda: openings.open.keys() == {B})

    assert owner.happened == ["opening 0", "closed 0", "opening 1", "opened 1"]
    assert not openings.begun(A)


async def test_what_a_hook_raises_ends_it():
    owner = Owner()

    async def fail(opened: Opened) -> None:
        raise LookupError("no state")

    openings = Openings(owner.ask, on_opened=fail, on_closed=owner.on_closed, opened=lambda *_: None)
    openings.assign({A}, generation=1)

    with pytest.raises(LookupError):
        await openings.run()
