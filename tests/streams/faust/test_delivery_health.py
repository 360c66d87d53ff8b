"""Health says what is wrong in words; the watchdog ends what does not move."""

import asyncio
from dataclasses import replace

import pytest

from streams.faust.delivery import Delivery
from streams.faust.fetching import Fetched
from streams.faust.health import Ages, Health, Vitals, judge_health
from streams.faust.openings import Bounds
from streams.faust.runs import TopicPartition
from streams.faust.terms import Terms
from streams.faust.watchdog import Stuck, watch
from tests.streams.faust.paper import ZERO, nothing, records, until

WELL = Vitals(
    stage="running",
    coordinator_known=True,
    generation=3,
    session_timeout=10.0,
    ages=Ages(heard=1.0, looked=0.2, settled=1.0),
    lag=100,
)


def test_a_worker_that_consumes_is_well():
    assert judge_health(WELL) == Health(ok=True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"stage": "waiting for the broker and the topics"}, "waiting for the broker and the topics"),
        ({"coordinator_known": False}, "no broker answers for the consumer group"),
        ({"generation": -1}, "not a member of its consumer group"),
        ({"ages": replace(WELL.ages, heard=11.0)}, "last heartbeat answered 11 s ago"),
        ({"ages": replace(WELL.ages, looked=20.0)}, "last looked for records 20 s ago"),
        ({"ages": replace(WELL.ages, settled=61.0)}, "100 records behind, last commit 61 s ago"),
    ],
)
def test_a_worker_is_not_well_when(change, reason):
    assert judge_health(replace(WELL, **change)) == Health(ok=False, reasons=(reason,))


def test_an_old_commit_is_no_matter_when_there_is_nothing_to_commit():
    assert judge_health(replace(WELL, lag=0, ages=replace(WELL.ages, settled=1000.0))).ok


def test_every_reason_is_given():
    assert len(judge_health(replace(WELL, coordinator_known=False, generation=-1)).reasons) == 2


def delivery(**terms: float) -> Delivery:
    async def ask(partitions: object) -> dict[TopicPartition, Bounds]:
        return {ZERO: Bounds(committed=3, begin=0, end=5)}

    it = Delivery(Terms(**terms), ask=ask, on_opened=nothing, on_closed=nothing)
    it.resume()
    it.assign({ZERO}, generation=1)
    return it


async def test_a_run_in_hand_for_too_long_is_stuck():
    it = delivery(stuck_after=0.0)
    it.bring(Fetched(1, {ZERO: records(b"a")}))
    await it.next_run()

    with pytest.raises(Stuck, match="in hand: Run"):
        watch(it)


def test_records_that_nobody_takes_are_stuck():
    it = delivery(stuck_after=0.0)
    it.bring(Fetched(1, {ZERO: records(b"a")}))

    with pytest.raises(Stuck, match="no run was finished"):
        watch(it)


def test_a_pump_that_stands_still_is_stuck():
    it = delivery(stuck_after=0.0)

    with pytest.raises(Stuck, match="no look for records"):
        watch(it)


def test_a_worker_that_has_nothing_to_do_is_not_stuck():
    it = delivery(stuck_after=1.0)
    it.wanted()

    watch(it)


def test_what_was_fetched_before_a_rebalance_is_not_handed_out():
    it = delivery()
    it.assign({ZERO}, generation=2)

    it.bring(Fetched(1, {ZERO: records(b"a")}))

    assert it.stuck_for() == 0.0


async def test_offsets_without_records_do_not_count_as_lag():
    it = delivery()
    opening = asyncio.create_task(it.openings.run())
    await until(lambda: it.openings.open)
    opening.cancel()

    assert it.behind(ZERO, reached=None, end=None) == 2
    assert it.behind(ZERO, reached=5, end=5) == 0
    assert it.behind(ZERO, reached=5, end=6) == 1

    it.bring(Fetched(1, {ZERO: records(b"a", b"b", first=3)}))
    assert it.behind(ZERO, reached=5, end=6) == 3
