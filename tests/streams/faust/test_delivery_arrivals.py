"""Runs are cut from what has arrived, in order, within their bounds."""

from hypothesis import given
from hypothesis import strategies as st

from streams.faust.arrivals import Arrivals
from streams.faust.runs import TopicPartition
from tests.streams.faust.paper import ZERO, PaperRecord, records

ONE = TopicPartition("feed", 1)
QUIET = TopicPartition("quiet", 0)


def drained(arrivals: Arrivals) -> list[tuple[TopicPartition, list[int]]]:
    runs = []
    while (run := arrivals.take()) is not None:
        runs.append((run.partition, [record.offset for record in run.records]))
    return runs


def test_what_arrives_while_the_agent_is_busy_makes_one_run():
    arrivals = Arrivals(run_records=10, run_bytes=100)
    arrivals.bring(ZERO, records(b"a"), generation=1)
    arrivals.bring(ZERO, records(b"b", b"c", first=1), generation=1)

    assert drained(arrivals) == [(ZERO, [0, 1, 2])]


def test_partitions_take_turns():
    arrivals = Arrivals(run_records=2, run_bytes=100)
    arrivals.bring(ZERO, records(*b"abcde".split(), *[b"x"] * 3), generation=1)
    arrivals.bring(ONE, records(b"x"), generation=1)

    assert drained(arrivals) == [(ZERO, [0, 1]), (ONE, [0]), (ZERO, [2, 3])]


def test_a_topic_that_comes_while_another_floods_is_next():
    arrivals = Arrivals(run_records=2, run_bytes=100)
    arrivals.bring(ZERO, records(*[b"x"] * 9), generation=1)
    arrivals.bring(ONE, records(*[b"x"] * 9), generation=1)
    first = arrivals.take()
    assert first is not None
    assert first.topic == "feed"

    arrivals.bring(QUIET, records(b"a"), generation=1)

    assert [partition for partition, _ in drained(arrivals)][:3] == [QUIET, ONE, ZERO]


def test_a_topic_of_many_partitions_has_no_more_turns_than_one_of_one():
    arrivals = Arrivals(run_records=1, run_bytes=100)
    for number in range(4):
        arrivals.bring(TopicPartition("feed", number), records(b"x", b"x"), generation=1)
    arrivals.bring(QUIET, records(b"a", b"b", b"c"), generation=1)

    turns = [partition.topic for partition, _ in drained(arrivals)]

    assert turns[:6].count("quiet") == 3


def test_while_there_is_enough_it_still_knows_who_has_nothing_here():
    arrivals = Arrivals(run_records=1, run_bytes=100)
    arrivals.bring(ZERO, records(*[b"x"] * 9), generation=1)

    assert arrivals.full
    assert arrivals.holds(ZERO)
    assert not arrivals.holds(ONE)


def test_a_record_larger_than_a_run_is_a_run():
    arrivals = Arrivals(run_records=10, run_bytes=3)
    arrivals.bring(ZERO, records(b"a", b"larger", b"b", b"c"), generation=1)

    assert drained(arrivals) == [(ZERO, [0]), (ZERO, [1]), (ZERO, [2, 3])]


def test_a_tombstone_takes_no_room():
    arrivals = Arrivals(run_records=10, run_bytes=1)
    arrivals.bring(ZERO, [PaperRecord(0, None), PaperRecord(5, b"a"), PaperRecord(9, None)], generation=1)

    assert drained(arrivals) == [(ZERO, [0, 5, 9])]


def test_it_is_full_by_number_and_by_bytes_until_runs_are_taken():
    by_number = Arrivals(run_records=1, run_bytes=100)
    by_bytes = Arrivals(run_records=100, run_bytes=1)
    for arrivals in (by_number, by_bytes):
        arrivals.bring(ZERO, records(b"a", b"b", b"c"), generation=1)
        assert not arrivals.full

        arrivals.bring(ZERO, records(b"d", first=3), generation=1)
        assert arrivals.full

        arrivals.take()
        assert not arrivals.full


def test_records_of_an_older_generation_are_forgotten():
    arrivals = Arrivals(run_records=10, run_bytes=100)
    arrivals.bring(ZERO, records(b"a", b"b"), generation=1)
    arrivals.bring(ZERO, records(b"a"), generation=2)

    run = arrivals.take()

    assert run is not None
    assert (run.generation, run.first, run.last, len(run)) == (2, 0, 0, 1)
    assert len(arrivals) == 0


def test_a_run_shows_no_content_in_logs():
    arrivals = Arrivals(run_records=10, run_bytes=100)
    arrivals.bring(ZERO, records(b"310115199001011234"), generation=1)

    assert repr(arrivals.take()) == "Run(feed[0] 0..0)"


@given(
    sizes=st.lists(st.integers(0, 20), max_size=60),
    cuts=st.lists(st.integers(1, 7), min_size=1),
    run_records=st.integers(1, 8),
    run_bytes=st.integers(1, 40),
)
def test_however_records_arrive_each_comes_once_in_order_and_runs_keep_their_bounds(
    sizes, cuts, run_records, run_bytes
):
    arrivals = Arrivals(run_records=run_records, run_bytes=run_bytes)
    everything = [PaperRecord(n, b"x" * size) for n, size in enumerate(sizes)]
    at, runs = 0, []
    for n in range(len(everything) + 1):
        cut = cuts[n % len(cuts)]
        arrivals.bring(ZERO, everything[at : at + cut], generation=1)
        at += cut
        if n % 2 and (run := arrivals.take()) is not None:
            runs.append(run)
    while (run := arrivals.take()) is not None:
        runs.append(run)

    assert [record for run in runs for record in run.records] == everything
    for run in runs:
        assert 1 <= len(run) <= run_records
        assert len(run) == 1 or sum(len(record.value) for record in run.records) <= run_bytes
    assert len(arrivals) == 0
    assert not arrivals.full
