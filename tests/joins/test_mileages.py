"""Of a car's mileages those are kept that can still matter, in whatever order they come."""

from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.register import Mileage
from regulator.joins.mileages import Mileages
from tests.builders.law import CAR, OTHER_CAR, driven, minutes

readings = st.lists(st.builds(driven, st.integers(0, 6), st.integers(0, 6)), max_size=8)


@given(readings)
def test_whether_a_car_had_been_driven_so_far_by_then_is_answered_as_if_all_were_kept(
    told: list[Mileage],
) -> None:
    kept = Mileages()
    for mileage in told:
        kept.add(mileage)

    for at in range(7):
        for least in range(7):
            by_then = [one for one in told if one.at <= minutes(at) and one.kilometres >= least]
            left = [one for one in kept.of(CAR) if one.at <= minutes(at) and one.kilometres >= least]
            assert bool(left) is bool(by_then)


@given(readings)
def test_a_reading_is_news_exactly_if_it_can_change_an_answer(told: list[Mileage]) -> None:
    kept = Mileages()
    for mileage in told:
        before = any(one.at <= mileage.at and one.kilometres >= mileage.kilometres for one in kept.of(CAR))
        assert kept.add(mileage) is not before


def test_cars_are_kept_apart() -> None:
    kept = Mileages()
    kept.add(driven(9))

    assert list(kept.of(CAR)) == [driven(9)]
    assert not kept.of(OTHER_CAR)
