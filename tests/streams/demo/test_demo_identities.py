"""Made-up identities have the right form and belong to nobody, as far as that can be known."""

import re

import pytest

from regulator.domain.drivers import driver_number, has_wrong_check_digit, is_driver
from regulator.domain.plates import is_plate
from regulator.domain.plates import plate as spelt
from streams.demo.identities import DRIVERS, PLATES, driving_licence, phone, plate

_SOME = range(0, 130_000, 7)


def test_plates_have_the_form_of_plates() -> None:
    assert all(is_plate(spelt(plate(number))) and spelt(plate(number)) == plate(number) for number in _SOME)


def test_plates_are_of_kinds_that_are_not_handed_out() -> None:
    """Three letters in an ordinary plate, a late second letter in a new-energy one."""
    forms = re.compile(r"沪A(?:[A-HJ-NP-Z]{3}[0-9]{2}|D[P-Z][0-9]{4})")

    assert all(forms.fullmatch(plate(number)) for number in _SOME)


def test_different_cars_have_different_plates() -> None:
    assert len({plate(number) for number in range(150_000)}) == 150_000


def test_driving_licence_numbers_identify_and_their_check_digit_is_right() -> None:
    numbers = [driver_number(driving_licence(number)) for number in range(0, DRIVERS, 997)]

    assert all(is_driver(number) and re.fullmatch(r"[0-9]{17}[0-9X]", number) for number in numbers)
    assert not any(has_wrong_check_digit(number) for number in numbers)


def test_driving_licence_numbers_begin_with_a_region_that_was_never_issued() -> None:
    assert all(driving_licence(number).startswith("3199") for number in range(0, DRIVERS, 997))


def test_different_drivers_have_different_numbers() -> None:
    assert len({driving_licence(number) for number in range(100_000)}) == 100_000


def test_telephones_are_no_mobile_numbers() -> None:
    assert re.fullmatch(r"100[0-9]{8}", phone(42_208))


@pytest.mark.parametrize("number", [-1, PLATES])
def test_a_car_that_no_plate_is_left_for_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="a car's number"):
        plate(number)


@pytest.mark.parametrize("number", [-1, DRIVERS])
def test_a_driver_that_no_number_is_left_for_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="a driver's number"):
        driving_licence(number)
