"""Plates and numbers that others published as right and wrong.

Values and verdicts: dromara/hutool (MulanPSL-2.0), any86/any-rule and MonkSoul/Furion (MIT); the
first number is GB 11643's own example.
"""

import pytest

from regulator.domain.drivers import FILLERS
from regulator.domain.plates import NOBODY, Plate
from regulator.wire.ministry.names import Cars, Drivers, NamedCar

PLATES = """粤BA03205 闽20401领 京A00599 黑D23908 京AD92035 甘G23459F 京AA92035 京A12345D 粤T88888
    沪AE22075 沪BK2345 粤BD12345 京A12345"""
NO_PLATES = "粤B好几个8 宁AD1234555555 浙苏H6F681 1234"
RIGHT = """11010519491231002X 321083197812162119 150102198807303035 33010219200403064X 33010219200403064x
    932682198501010017 81000019980902013X 820000200009100032 830000200209060065 321083200807112111"""
NOT_CHECKED = "150102880730303 3301022011022000D6 H01487002 110105194912310"
WRONG = "110105194912310021 321083197812162110 33010219200403064１"


@pytest.mark.parametrize("text", PLATES.split())
def test_a_plate_identifies_a_car(text: str) -> None:
    assert Cars()[text] == NamedCar(Plate(text), blank=False)


@pytest.mark.parametrize("text", NO_PLATES.split())
def test_what_is_no_plate_identifies_none(text: str) -> None:
    assert Cars()[text] == NamedCar(NOBODY, blank=False)


@pytest.mark.parametrize("text", ["", "·", " - ", "\u3000"])
def test_a_plate_of_which_nothing_is_left_is_blank(text: str) -> None:
    assert Cars()[text] == NamedCar(NOBODY, blank=True)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        *((text, False) for text in (RIGHT + " " + NOT_CHECKED).split()),
        *((text, True) for text in WRONG.split()),
    ],
)
def test_the_check_digit_of_an_id_number_is_checked(text: str, wrong: bool) -> None:
    named = Drivers(b"key", FILLERS)[text]

    assert named.wrong_check_digit is wrong
    assert len(named.driver) == 32


def test_fillers_may_be_configured_in_any_spelling() -> None:
    drivers = Drivers(b"key", {"ｎｏｂｏｄｙ"})

    assert drivers["Nobody"].driver == ""
    assert drivers["1234"].driver != ""


def test_who_was_forgotten_is_known_again() -> None:
    cars = Cars()
    first = cars["沪AD12345"]
    for number in range(400_001):
        cars[str(number)] = first

    cars["x"]

    assert len(cars) < 400_001
    assert cars["沪AD12345"] == first
