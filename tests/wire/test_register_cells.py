"""A cell is read as what somebody meant to write, and shown without giving anybody's number away."""

import pytest

from regulator.wire.register_cells import DIGITS_ARE_LOST, CellRefused, digits_of, number_of, shown, text_of
from tests.builders.register import NUMBER


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  沪AD12345 ", "沪AD12345"),
        ("\u3000沪A\u200bD12345\ufeff", "沪AD12345"),
        ("'110105", "110105"),
        ('="110105"', "110105"),
        ("=", "="),
        (310000, "310000"),
        (310000.0, "310000"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_text_is_what_was_meant(cell, text):
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "digits"), [("310000.0", "310000"), (8812.0, "8812"), ("8.5", "8.5"), ("", "")]
)
def test_a_whole_number_loses_the_nought_that_a_spreadsheet_adds(cell, digits):
    assert digits_of(cell) == digits


@pytest.mark.parametrize(
    "cell", ["1.10105E+17", "1.10105194912310E+17", 110105194912310000, 1.1010519491231e17]
)
def test_an_identifier_whose_digits_a_spreadsheet_lost_is_refused(cell):
    with pytest.raises(CellRefused) as caught:
        number_of(cell, "driver")

    assert (caught.value.column, caught.value.expected) == ("driver", DIGITS_ARE_LOST)


@pytest.mark.parametrize("cell", ["x" * 201, "a\0b"])
def test_a_text_that_cannot_be_stored_is_refused(cell):
    with pytest.raises(CellRefused, match="up to 200 characters"):
        number_of(cell, "certificate")


@pytest.mark.parametrize(
    ("cell", "personal", "text"),
    [
        (NUMBER, True, "…002X"),
        (NUMBER, False, "…002X"),
        ("12345", True, "…"),
        ("沪AD12345", False, "沪AD12345"),
        ("", True, ""),
    ],
)
def test_a_persons_number_is_shown_by_its_last_four_wherever_it_stands(cell, personal, text):
    assert shown(cell, personal=personal) == text
