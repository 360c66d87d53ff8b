"""A cell of a table: what a file or a spreadsheet holds, as the text that somebody meant."""

import re
from datetime import date, datetime, time

from regulator.domain.errors import RegulatorError

Cell = str | int | float | bool | date | datetime | time | None

_LONGEST_TEXT = 200
_EXACT = 10**15
"""From here on a spreadsheet's numbers have lost digits."""
_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+", re.ASCII)
_INVISIBLE = str.maketrans("", "", "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060")
"""Copied along from forms and web pages; two numbers that look the same must be the same."""
_LIKE_A_PERSONS_NUMBER = re.compile(r"[0-9]{14,}")

DIGITS_ARE_LOST = "all its digits: the spreadsheet made a number of it; format the column as text"


class CellRefused(RegulatorError):
    """Tell the clerk: this cell of a row cannot be taken. ``column`` is our name of it."""

    def __init__(self, column: str, expected: str) -> None:
        super().__init__(f"{column}: expected {expected}")
        self.column = column
        self.expected = expected


def text_of(cell: Cell) -> str:
    """Return a cell's text; blank where it holds nothing."""
    if type(cell) is str:
        text = cell.strip()
        if not text.isascii():
            return text.translate(_INVISIBLE)
        if text[:1] in ("'", "="):
            return _unquoted(text)
        return text
    return _written(cell)


def number_of(cell: Cell, column: str) -> str:
    """Return an identifier: a text whose every character counts. Raises CellRefused."""
    text = text_of(cell)
    if type(cell) is not str and isinstance(cell, int | float) and abs(cell) >= _EXACT:
        raise CellRefused(column, DIGITS_ARE_LOST)
    if "+" in text and _SHORTENED.fullmatch(text):
        raise CellRefused(column, DIGITS_ARE_LOST)
    if len(text) > _LONGEST_TEXT or "\0" in text:
        raise CellRefused(column, f"a text of up to {_LONGEST_TEXT} characters")
    return text


def digits_of(cell: Cell) -> str:
    """Return the text of a whole number, without the nought behind the point that spreadsheets add."""
    text = text_of(cell)
    whole, point, rest = text.partition(".")
    return whole if point and not rest.strip("0") else text


def shown(cell: Cell, *, personal: bool) -> str:
    """Return a cell's text as it may be shown: what may be somebody's number by its last four characters."""
    text = text_of(cell)
    if text and (personal or _LIKE_A_PERSONS_NUMBER.search(text)):
        return f"…{text[-4:]}" if len(text) > 8 else "…"
    return text


def _unquoted(text: str) -> str:
    """Take off what keeps a spreadsheet from making a number of a text: '123, ="123"."""
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1].strip()
    return text[1:].strip() if text.startswith("'") else text


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)
