"""Check digits of companies and cars, by published vectors."""

import pytest

from regulator.domain.identifiers import has_wrong_credit_check, has_wrong_vin_check

CODE, VIN = "91350100M000100Y43", "1M8GDM9AXKP042788"


@pytest.mark.parametrize("text", [CODE, CODE.lower(), f" {CODE} ", "９１350100M000100Y43"])
def test_a_published_credit_code_passes_however_it_is_written(text: str) -> None:
    assert not has_wrong_credit_check(text)


@pytest.mark.parametrize("place", range(18))
def test_a_credit_code_with_one_wrong_character_fails(place: int) -> None:
    other = "1" if CODE[place] != "1" else "2"

    assert has_wrong_credit_check(CODE[:place] + other + CODE[place + 1 :])


@pytest.mark.parametrize("text", [VIN, VIN.lower(), f"{VIN}\n"])
def test_a_published_vehicle_number_passes_however_it_is_written(text: str) -> None:
    assert not has_wrong_vin_check(text)


@pytest.mark.parametrize("place", range(17))
def test_a_vehicle_number_with_one_wrong_character_fails(place: int) -> None:
    other = "1" if VIN[place] not in "1A" else "2"  # an A counts as 1

    assert has_wrong_vin_check(VIN[:place] + other + VIN[place + 1 :])


@pytest.mark.parametrize("text", ["", "1234", "无", CODE[:16], VIN[:16], "O" * 17, "I" * 18])
def test_what_has_not_the_form_is_not_checked(text: str) -> None:
    assert not has_wrong_credit_check(text)
    assert not has_wrong_vin_check(text)
