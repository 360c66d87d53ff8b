"""A register file: its rows gathered into statements, and those that cannot be taken.

A statement replaces everything that its source said before about the certificate, so it is taken
whole or not at all: with one bad row, the certificate's other rows stay out too.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from regulator.domain.drivers import Driver, DriverNumber
from regulator.domain.errors import RegulatorError
from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate, Period, Statement
from regulator.domain.register import Source
from regulator.wire.register_rows import COLUMNS, NEEDED, BadRow, Cells, Row, bad_row, matter_of, read_row

_ENCODINGS = ("utf-8-sig", "gb18030")
_AGREEING = ("subject", "sequence", "area", "first_registered", "recorded_at", "vehicle")


Matter = tuple[str, Certificate]
"""Kind and certificate."""


class BadFile(RegulatorError):
    """Give another file: this one cannot be read as a register at all."""


class Group(msgspec.Struct):
    """The rows of one certificate so far. ``first``: the statement of the first; ``row``: its number."""

    first: Statement
    row: int
    periods: list[Period]
    bad: bool = False

    @property
    def statement(self) -> Statement:
        """Return the whole statement."""
        return msgspec.structs.replace(self.first, periods=tuple(self.periods))


class RegisterFile(msgspec.Struct):
    """What a file said. ``left_out``: good rows of certificates that have a bad one."""

    groups: dict[Matter, Group]
    numbers: dict[Driver, DriverNumber]
    bad: list[BadRow]
    ignored_columns: list[str]
    rows: int = 0
    left_out: int = 0


def read_file(
    path: Path,
    *,
    source: Source,
    arrival: Instant,
    pseudonym_key: bytes,
    on_bytes: Callable[[int], object] = lambda _: None,
) -> RegisterFile:
    """Read a CSV file (UTF-8 or GB 18030); raises BadFile. ``on_bytes`` hears how many bytes went by."""
    file = RegisterFile({}, {}, [], [])
    spoilt: set[Matter] = set()
    for number, cells in _rows(path, file, on_bytes):
        file.rows += 1
        read = read_row(cells, row=number, source=source, arrival=arrival, pseudonym_key=pseudonym_key)
        matter = matter_of(cells, pseudonym_key=pseudonym_key)
        wrong = read if isinstance(read, BadRow) else _join(file, matter, read, cells, number)
        if wrong is not None:
            file.bad.append(wrong)
            spoilt.add(matter)
    for matter in spoilt & file.groups.keys():
        file.left_out += len(file.groups.pop(matter).periods)
    return file


def _join(file: RegisterFile, matter: Matter, read: Row, cells: Cells, number: int) -> BadRow | None:
    """Add a row to its certificate's others, with which it must agree in all but the period."""
    group = file.groups.get(matter)
    said = read.statement
    if group is None:
        file.groups[matter] = group = Group(said, number, [])
    for name in _AGREEING:
        if getattr(said, name) != getattr(group.first, name):
            return bad_row(cells, number, name, f"the same as in row {group.row}, of the same certificate")
    group.periods.extend(said.periods)
    if read.number is not None:
        file.numbers[Driver(said.subject)] = read.number
    return None


def _rows(path: Path, file: RegisterFile, on_bytes: Callable[[int], object]) -> Iterator[tuple[int, Cells]]:
    """Yield the rows that are not blank, numbered as a spreadsheet does: the header is row 1."""
    try:
        with path.open("r", encoding=_encoding(path), newline="") as text:
            reader = csv.reader(_counted(text, on_bytes), strict=True)
            names = _header(next(reader, []), file)
            for number, cells in enumerate(reader, 2):
                row = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
                if any(row.values()):
                    yield number, {name: cell for name, cell in row.items() if cell}
    except (OSError, csv.Error) as why:
        raise BadFile(f"{path.name} cannot be read as CSV: {why}") from why


def _header(cells: list[str], file: RegisterFile) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise BadFile(f"the first row must name the columns; {', '.join(missing)} not found in it")
    file.ignored_columns = [name for name in names if name and name not in COLUMNS]
    return names


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


def _counted(lines: Iterator[str], on_bytes: Callable[[int], object]) -> Iterator[str]:
    passed = 0
    for line in lines:
        passed += len(line.encode())
        if passed > 1 << 16:
            on_bytes(passed)
            passed = 0
        yield line
    on_bytes(passed)
