"""Plates, driving-licence numbers and telephone numbers that belong to nobody, as far as that can be known.

- Ordinary plates carry three letters (``沪A`` ``YKQ27``): the numbering rules of GA 36 allow two at most.
- New-energy plates carry ``D`` and a late second letter (``沪A`` ``DY1234``): the form exists, and Shanghai
  is not known to have come that far. Whether it ever will, nobody can say.
- ID numbers begin with 319900, a code that no edition of GB/T 2260 contains; the check digit is right.
- Telephone numbers begin with 100: no mobile number does.
"""

from datetime import date, timedelta
from functools import lru_cache

from streams.demo.chance import chance

PLATES = 1_382_400
"""How many different plates there are."""
DRIVERS = 8_990_000
"""How many different driving-licence numbers there are."""
REGION = "319900"

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LATE_SECOND = "PQRSTUVWXYZ"
_NEW_ENERGY = len(_LATE_SECOND) * 10_000
_NEW_ENERGY_SHARE = 0.6
_STRIDE = 49_999
"""Shares no factor with any count here: neighbours get numbers that look unrelated, each its own."""

_FIRST_BIRTHDAY = date(1966, 1, 1)
_BIRTHDAYS = 9_000
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

_VIN_HEAD, _VIN_HEAD_TOTAL = "0DEMYANS", 8 * 0 + 7 * 4 + 6 * 5 + 5 * 4 + 4 * 8 + 3 * 1 + 2 * 5 + 10 * 2
"""The maker's part, and what its letters are worth to the check digit."""
_VIN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


@lru_cache(maxsize=200_000)
def is_new_energy(number: int) -> bool:
    """Tell whether a car carries a green plate; where these are used up, none does."""
    return number < _NEW_ENERGY and chance("new energy", number) < _NEW_ENERGY_SHARE


@lru_cache(maxsize=200_000)
def plate(number: int) -> str:
    """Return the plate of a car, a number in [0, PLATES); different cars, different plates."""
    if not 0 <= number < PLATES:
        raise ValueError(f"a car's number lies in [0, {PLATES}), not {number}")
    if is_new_energy(number):
        second, digits = divmod(number * _STRIDE % _NEW_ENERGY, 10_000)
        return f"沪AD{_LATE_SECOND[second]}{digits:04d}"
    letters, digits = divmod(number * _STRIDE % PLATES, 100)
    letters, third = divmod(letters, len(_LETTERS))
    first, second = divmod(letters, len(_LETTERS))
    return f"沪A{_LETTERS[first]}{_LETTERS[second]}{_LETTERS[third]}{digits:02d}"


@lru_cache(maxsize=200_000)
def driving_licence(number: int) -> str:
    """Return the driving-licence number of a driver, a number in [0, DRIVERS)."""
    if not 0 <= number < DRIVERS:
        raise ValueError(f"a driver's number lies in [0, {DRIVERS}), not {number}")
    sequence, birthday = divmod(number * _STRIDE % DRIVERS, _BIRTHDAYS)
    born = _FIRST_BIRTHDAY + timedelta(days=birthday)
    digits = f"{REGION}{born:%Y%m%d}{sequence + 1:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return digits + _CHECKS[total % 11]


def vin(number: int) -> str:
    """Return a car's identification number: no country's begins with 0; the check digit is right."""
    digits = f"{number:08d}"
    total = _VIN_HEAD_TOTAL + sum(
        weight * int(digit) for weight, digit in zip(_VIN_WEIGHTS, digits, strict=True)
    )
    return f"{_VIN_HEAD}{'0123456789X'[total % 11]}{digits}"


def phone(number: int) -> str:
    """Return the telephone number of a driver."""
    return f"100{number:08d}"
