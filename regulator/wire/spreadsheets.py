"""Tables as departments keep them: CSV in UTF-8, UTF-16 or GB 18030, and Excel's .xlsx, row by row."""

import csv
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.utils.exceptions import InvalidFileException

from regulator.domain.errors import RegulatorError
from regulator.wire.register_cells import Cell

Rows = Iterator[tuple[int, Sequence[Cell]]]
"""Rows that are not blank, numbered as a spreadsheet does: the first is row 1. Texts are stripped."""

Advance = Callable[[int], object]
"""Hears how many bytes of the file went by."""

_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MARKUP = (b"<html", b"<!doc", b"<?xml", b"<tabl")
_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",;\t"
_STEP = 1 << 16


class BadFile(RegulatorError):
    """Give another file: this one cannot be read as a register at all."""


def read_table(path: Path, *, sheet: str | None = None, on_bytes: Advance = lambda _: None) -> Rows:
    """Yield a file's rows; raises BadFile. ``sheet``: which of a workbook's, if it has several."""
    with path.open("rb") as file:
        start = file.read(8)
    if start == _OLD_EXCEL:
        raise BadFile(
            f"{path.name} is an old Excel file (.xls), or locked by a password: save it as .xlsx without one"
        )
    if start.startswith(_ZIP):
        return _workbook(path, sheet, on_bytes)
    if start.lower().startswith(_MARKUP):
        raise BadFile(f"{path.name} is a web page or XML, whatever its name says: save it as .xlsx or CSV")
    if sheet is not None:
        raise BadFile(f"{path.name} has no sheets: it is a text")
    return _text(path, "utf-16" if start.startswith(_UTF16) else _encoding(path), on_bytes)


def _text(path: Path, encoding: str, on_bytes: Advance) -> Rows:
    try:
        with path.open("r", encoding=encoding, newline="") as text:
            lines = iter(text)
            first = next(lines, "")
            delimiter = max(_DELIMITERS, key=first.count)
            reader = csv.reader(_counted(chain([first], lines), on_bytes), delimiter=delimiter, strict=True)
            for number, cells in enumerate(reader, 1):
                stripped = [cell.strip() for cell in cells]
                if any(stripped):
                    yield number, stripped
    except (OSError, csv.Error, UnicodeError) as why:
        raise BadFile(f"{path.name} cannot be read as CSV: {why}") from why


def _encoding(path: Path) -> str:
    for encoding in _ENCODINGS:
        try:
            with path.open("r", encoding=encoding) as text:
                while text.read(1 << 20):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise BadFile(f"{path.name} is neither UTF-8 nor GB 18030")


def _counted(lines: Iterator[str], on_bytes: Advance) -> Iterator[str]:
    passed = 0
    for line in lines:
        passed += len(line) if line.isascii() else len(line.encode(errors="replace"))
        if passed > _STEP:
            on_bytes(passed)
            passed = 0
        yield line
    on_bytes(passed)


def _workbook(path: Path, name: str | None, on_bytes: Advance) -> Rows:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out: they hold no cells
            book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as why:
        raise BadFile(f"{path.name} is no Excel workbook (.xlsx): {why}") from why
    try:
        if book.epoch != WINDOWS_EPOCH:
            raise BadFile(f"{path.name} counts days from 1904: save it as CSV")
        yield from _cells(_sheet(book, name, path), path.stat().st_size, on_bytes)
    finally:
        book.close()


def _sheet(book: Any, name: str | None, path: Path) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets if sheet.sheet_state == "visible"}
    if name is not None and name not in sheets:
        raise BadFile(f"{path.name} has no sheet {name!r} (there: {', '.join(sheets)})")
    if name is None:
        filled = [title for title, sheet in sheets.items() if next(_filled(sheet), None) is not None]
        if len(filled) != 1:
            raise BadFile(f"{path.name} has {len(filled)} sheets with cells: choose one by --sheet")
        name = filled[0]
    return sheets[name]


def _cells(sheet: Any, size: int, on_bytes: Advance) -> Rows:
    rows = sheet.max_row or 1
    passed = 0
    for number, cells in _filled(sheet):
        share = size * number // rows
        if share - passed > _STEP:
            on_bytes(share - passed)
            passed = share
        yield number, cells
    on_bytes(max(0, size - passed))


def _filled(sheet: Any) -> Rows:
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        stripped = [cell.strip() if type(cell) is str else cell for cell in cells]
        if any(cell is not None and cell != "" for cell in stripped):
            yield number, stripped
