"""Drivers: who is identified, by what pseudonym, and the check digit of an ID number (GB 11643)."""

import pytest

from regulator.domain.drivers import (
    FILLERS,
    driver_number,
    has_wrong_check_digit,
    is_driver,
    last4,
    pseudonym,
)

KEY = b"heldout-oracle"


def test_the_contracts_vector_of_the_pseudonym() -> None:
    assert pseudonym(driver_number("11010519491231002X"), KEY) == "3b19c912c058ebba1d0aba5754b1473a"


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002X\t",
    ],
)
def test_every_spelling_of_a_number_is_one_driver(text: str) -> None:
    assert driver_number(text) == "11010519491231002X"


def test_another_key_makes_another_pseudonym() -> None:
    number = driver_number("11010519491231002X")

    assert pseudonym(number, b"another") != pseudonym(number, KEY)
    assert len(pseudonym(number, b"another")) == 32


@pytest.mark.parametrize("text", ["", "   ", "\u3000", "0", "1234", "-", "无", "null", "Null", "Ｎ/Ａ"])
def test_a_blank_or_a_filler_identifies_nobody(text: str) -> None:
    assert not is_driver(driver_number(text))


@pytest.mark.parametrize("text", ["1", "12345", "00", "--", "无名", "310000123456", "11010519491231002X"])
def test_anything_else_identifies_somebody(text: str) -> None:
    assert is_driver(driver_number(text))


def test_configuration_may_name_other_fillers() -> None:
    assert not is_driver(driver_number("待定"), FILLERS | {"待定"})
    assert is_driver(driver_number("0"), frozenset())


def test_an_officer_is_shown_the_last_four() -> None:
    assert last4(driver_number("11010519491231002x")) == "002X"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("11010519491231002X", False),
        ("321083197812162119", False),
        ("932682198501010017", False),  # foreign permanent resident, 2023 style
        ("150102198807303035", False),
        ("33010219200403064X", False),
        ("81000019980902013X", False),  # Hong Kong
        ("820000200009100032", False),  # Macau
        ("830000200209060065", False),  # Taiwan
        ("110101199003074477", False),
        ("321083200807112111", False),
        ("321083197812162118", True),
        ("201511221897205960", False),  # born in month 20, but the check digit agrees
        ("110105194912310021", True),
        ("11010519491231002A", False),  # no ID number's form: nothing to check
        ("150102880730303", False),  # 15 digits have no check digit
        ("310000123456", False),
        ("H01487002", False),
        ("", False),
    ],
)
def test_only_a_number_of_18_digits_can_fail_its_check(text: str, wrong: bool) -> None:
    assert has_wrong_check_digit(driver_number(text)) is wrong
