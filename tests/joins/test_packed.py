"""Statements in as few bytes as they need: written and read back, nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate, Period, PeriodState, Reason, in_force
from regulator.joins.packed import Entry, answer_of_one, one_holds, pack, pack_one, unpack
from tests.builders.law import REVOKED, SUSPENDED, a_statement, minutes, period

instants = st.integers(-(1 << 62), 1 << 62).map(Instant)
periods = st.builds(Period, instants, st.none() | instants, st.sampled_from(sorted(PeriodState)))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(Certificate)
entries = st.builds(Entry, st.integers(0, 65_535), texts, st.lists(periods, max_size=4).map(tuple))


@given(st.lists(entries, max_size=4))
def test_to_unpack_what_was_packed_is_identity(written: list[Entry]) -> None:
    assert list(unpack(pack(written))) == written


@given(st.integers(0, 65_535), texts, periods)
def test_the_short_way_to_pack_one_writes_the_same(rank: int, certificate: Certificate, one: Period) -> None:
    assert pack_one(rank, certificate, one) == pack([Entry(rank, certificate, (one,))])


@given(texts, periods, instants)
def test_the_short_way_to_answer_reads_as_the_law_does(
    certificate: Certificate, one: Period, at: Instant
) -> None:
    if one.end is not None and one.end <= one.start:
        one = Period(one.start, None, one.state)
    packed = pack_one(0, certificate, one)
    answer = answer_of_one(packed, at)

    assert answer == in_force([a_statement(one, certificate=certificate)], at)
    assert one_holds(packed, at) is answer.held


@pytest.mark.parametrize("at", [-2, -1, 0, 1, 2])
def test_an_empty_period_is_answered_the_same_the_short_way(at: float) -> None:
    packed = pack_one(0, "one", period(0, 0))

    assert answer_of_one(packed, minutes(at)) == in_force([a_statement(period(0, 0))], minutes(at))
    assert one_holds(packed, minutes(at)) is False


@pytest.mark.parametrize("state", [REVOKED, SUSPENDED])
def test_a_statement_is_a_reason(state: PeriodState) -> None:
    answer = answer_of_one(pack_one(0, "one", period(state=state)), minutes(0))

    assert answer is not None
    assert answer.reason == Reason(state)


def test_more_than_one_period_or_entry_is_left_to_be_weighed() -> None:
    one, other = Entry(0, Certificate("one"), (period(),)), Entry(1, Certificate("two"), (period(),))
    several = Entry(0, Certificate("one"), (period(), period()))
    none = Entry(0, Certificate("one"), ())

    for written in ([one, other], [several], [none], []):
        assert answer_of_one(pack(written), minutes(0)) is None
