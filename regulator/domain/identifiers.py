"""Identifiers of companies and cars that carry a check digit.

A number that has not the form is not checked: nothing can be said about it.
"""

import re
import unicodedata

_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(rf"[{_CREDIT_LETTERS}]{{18}}")
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = {
    **{digit: int(digit) for digit in "0123456789"},
    **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)),
}
_VIN_CHECK = 8


def has_wrong_credit_check(text: str) -> bool:
    """Tell whether a unified social credit code (统一社会信用代码, GB 32100) fails its check.

    >>> has_wrong_credit_check("91350100M000100Y43"), has_wrong_credit_check("91350100M000100Y44")
    (False, True)
    """
    code = _spelt(text)
    if _CREDIT_CODE.fullmatch(code) is None:
        return False
    values = map(_CREDIT_LETTERS.index, code[:17])
    total = sum(weight * value for weight, value in zip(_CREDIT_WEIGHTS, values, strict=True))
    return _CREDIT_LETTERS[-total % 31] != code[17]


def has_wrong_vin_check(text: str) -> bool:
    """Tell whether a vehicle identification number (GB 16735) fails its check.

    >>> has_wrong_vin_check("1M8GDM9AXKP042788"), has_wrong_vin_check("1M8GDM9A1KP042788")
    (False, True)
    """
    number = _spelt(text)
    if _VIN.fullmatch(number) is None:
        return False
    total = sum(weight * _VIN_VALUES[letter] for weight, letter in zip(_VIN_WEIGHTS, number, strict=True))
    return "0123456789X"[total % 11] != number[_VIN_CHECK]


def _spelt(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).upper().split())
