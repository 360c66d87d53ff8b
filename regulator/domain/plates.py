"""Number plates (号牌): one spelling, and whether a text is a plate at all.

Forms: GA 36-2018. Province character, letter, five characters (ordinary) or six (new energy);
no I, no O; some end in 学 警 港 澳 挂 使 领.
"""

import re
import unicodedata
from typing import NewType

Plate = NewType("Plate", str)
"""A plate in its one spelling. May be any text: ``is_plate`` says whether it identifies a car."""

NOBODY = Plate("")
"""Stands where a report names no identifiable car."""

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTER = "A-HJ-NP-Z"
_ORDINARY = rf"[{_LETTER}0-9]{{4}}[{_LETTER}0-9学警港澳挂使领]"
_NEW_ENERGY_SMALL = rf"[A-HJK][{_LETTER}0-9][0-9]{{4}}"
_NEW_ENERGY_LARGE = r"[0-9]{5}[A-HJK]"
_CONSULAR_OLD = r"[0-9]{5}[使领]"
_PLATE = re.compile(
    rf"[{_PROVINCES}](?:[{_LETTER}](?:{_ORDINARY}|{_NEW_ENERGY_SMALL}|{_NEW_ENERGY_LARGE})|{_CONSULAR_OLD})"
)
_SEPARATORS = str.maketrans("", "", "·•.-")


def plate(text: str) -> Plate:
    """Spell a plate the one way: NFKC, upper case, without separators and spaces.

    >>> plate("沪a·d1 2345")
    '沪AD12345'
    """
    spelt = unicodedata.normalize("NFKC", text).upper().translate(_SEPARATORS)
    return Plate("".join(spelt.split()))


def is_plate(text: Plate) -> bool:
    """Tell whether a text in its one spelling has the form of a plate."""
    return _PLATE.fullmatch(text) is not None
