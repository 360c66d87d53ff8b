"""Number plates: one spelling, and what identifies a car. Vectors: public test suites named beside them."""

import pytest

from regulator.domain.plates import Plate, is_plate, plate

PLATES = [
    "粤BA03205",  # new energy, small (hutool)
    "闽20401领",  # consulate (hutool)
    "京A00599",  # any-rule
    "黑D23908",
    "京AD92035",
    "甘G23459F",  # new energy, large
    "京AA92035",
    "京A12345D",
    "粤T88888",  # Furion
    "沪AE22075",
    "沪BK2345",
    "粤BD12345",
    "京A12345",
    "沪A1234学",
    "粤Z1234港",
    "粤Z1234澳",
    "沪A1234警",
    "沪A1234挂",
    "沪A1234使",
    "沪A1234领",
    "沪AK12345",  # GA 36-2018 widened the letters to A-H, J, K
    "沪A12345K",
    "沪ADZ1234",
]
MALFORMED = [
    "粤B好几个8",
    "宁AD1234555555",
    "浙苏H6F681",
    "1234",
    "",
    "沪",
    "沪A1234",
    "沪A123456",  # a large new-energy plate ends in a letter
    "沪AI2345",  # no I
    "沪AO2345",  # no O
    "沪O12345",
    "沪AL12345",  # L is no new-energy letter
    "沪A12345L",
    "A沪12345",
    "台A12345",
    "沪A1学234",
    "沪A12٣45",
]


@pytest.mark.parametrize("text", PLATES)
def test_a_plate_identifies_a_car(text: str) -> None:
    assert is_plate(plate(text))
    assert plate(text) == text


@pytest.mark.parametrize("text", MALFORMED)
def test_what_has_no_form_of_a_plate_identifies_nobody(text: str) -> None:
    assert not is_plate(plate(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("沪ad12345", id="lower case"),
        pytest.param("沪A·D12345", id="middle dot"),
        pytest.param("沪A•D12345", id="bullet"),
        pytest.param("沪A.D12345", id="full stop"),
        pytest.param("沪A-D12345", id="hyphen"),
        pytest.param(" 沪A D12345\t", id="spaces"),
        pytest.param("沪\u3000AD12345", id="wide space"),
        pytest.param("沪ＡＤ１２３４５", id="full width"),
        pytest.param("沪ａ．ｄ－１２３４５", id="full width, lower case, with separators"),
    ],
)
def test_every_spelling_of_a_plate_is_one_plate(text: str) -> None:
    assert plate(text) == "沪AD12345"


def test_a_line_feed_is_part_of_no_plate() -> None:
    assert not is_plate(Plate("沪A12345\n"))


def test_the_province_is_never_corrected() -> None:
    assert plate("苏AD12345") != plate("沪AD12345")


def test_to_spell_twice_is_to_spell_once() -> None:
    assert plate(plate("沪ａ·d1 2345")) == plate("沪ａ·d1 2345")
