"""Drivers, known by a pseudonym of their driving-licence number (机动车驾驶证号).

The number is usually the holder's ID number (GB 11643), so it goes no further than the border:
topics, state, logs and metrics hold a keyed hash, officers see the last four characters.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterable, Set
from typing import NewType

DriverNumber = NewType("DriverNumber", str)
"""A driving-licence number in its one spelling. Personal data."""

Driver = NewType("Driver", str)
"""A driver's pseudonym: 32 hexadecimal digits."""

NO_DRIVER = Driver("")
"""Stands where a report names no identifiable driver."""

FILLERS = frozenset({"0", "1234", "-", "无", "NULL", "NONE", "N/A", "未知", "000000000000000000"})
"""What senders write into a required field that they cannot fill. Configuration may say otherwise."""

_IDENTITY_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def driver_number(text: str) -> DriverNumber:
    """Spell a driving-licence number the one way: NFKC, upper case, no spaces."""
    return DriverNumber("".join(unicodedata.normalize("NFKC", text).upper().split()))


def is_driver(number: DriverNumber, fillers: Set[str] = FILLERS) -> bool:
    """Tell whether a number identifies somebody: it is not blank and no known filler."""
    return bool(number) and number not in fillers


def spelt_fillers(texts: Iterable[str]) -> frozenset[str]:
    """Spell fillers as numbers are spelt, to be compared with them."""
    return frozenset(map(driver_number, texts))


def pseudonym(number: DriverNumber, key: bytes) -> Driver:
    """Return the keyed hash that stands for a number everywhere behind the border.

    >>> pseudonym(driver_number("11010519491231002x"), b"heldout-oracle")
    '3b19c912c058ebba1d0aba5754b1473a'
    """
    return Driver(hmac.digest(key, number.encode(), "sha256").hex()[:32])


def last4(number: DriverNumber) -> str:
    """Return what an officer is shown of a number."""
    return number[-4:]


def has_wrong_check_digit(number: DriverNumber) -> bool:
    """Tell whether a number has the form of an 18-digit ID number and fails its check (GB 11643)."""
    if _IDENTITY_NUMBER.fullmatch(number) is None:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECKS[total % 11] != number[17]
