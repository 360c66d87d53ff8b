"""Rows of a register file (contract, section 1.2): one period a row, read by the rules of a message.

A row is a whole statement with one period; rows of one certificate are put together elsewhere.
"""

import re
from collections.abc import Mapping

import msgspec

from regulator.domain.drivers import DriverNumber, driver_number
from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate, LicenceKind, Statement
from regulator.domain.register import Source
from regulator.wire.register import (
    RegisterRefusal,
    RegisterRefused,
    masked_certificate,
    read_register,
    spelt_certificate,
)

NEEDED = ("kind", "certificate", "subject", "sequence", "from", "state")
_OF_STATEMENT = ("kind", "certificate", "subject", "area", "first_registered", "recorded_at")
_OF_PERIOD = ("from", "to", "state")
_OF_VEHICLE = ("brand", "model", "colour", "plate_colour")
COLUMNS = (*_OF_STATEMENT, "sequence", *_OF_PERIOD, *_OF_VEHICLE)

_PUBLIC_KINDS = frozenset({LicenceKind.PLATFORM_PERMIT, LicenceKind.VEHICLE_PERMIT})
_PERSONAL = frozenset({"certificate", "subject"})
_WRONG = re.compile(
    r"(?:periods\[0\]\.|vehicle\.)?(?P<column>\w+)(?: is missing|: (?:expected )?(?P<rest>.*))"
)
_encoder = msgspec.json.Encoder()

Cells = Mapping[str, str]
"""A row by column, without blank cells."""


class BadRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one row, fit to be shown: personal data are masked."""

    row: int
    column: str
    value: str
    expected: str


class Row(msgspec.Struct, frozen=True):
    """A statement of one period. ``number``: the driver it names, if it names one."""

    statement: Statement
    number: DriverNumber | None


def read_row(
    cells: Cells, *, row: int, source: Source, arrival: Instant, pseudonym_key: bytes
) -> Row | BadRow:
    """Read one row, or say what is wrong with it."""
    payload = _encoder.encode(_message(cells))
    try:
        said = read_register(
            payload, source=source, arrival=arrival, pseudonym_key=pseudonym_key, particular=True
        )
    except RegisterRefused as why:
        if why.reason is RegisterRefusal.KIND_NOT_ALLOWED:
            return bad_row(cells, row, "kind", f"what {source.name} may state: {_list(source)}")
        return _bad(cells, row, why.detail)
    if not isinstance(said, Statement):  # cannot be: the message says that it is a licence
        return bad_row(cells, row, "kind", "a licence")
    certified = said.kind is LicenceKind.DRIVER_CERTIFICATE
    return Row(said, driver_number(cells["subject"]) if certified else None)


def bad_row(cells: Cells, row: int, column: str, expected: str) -> BadRow:
    """Say what is wrong with a row."""
    return BadRow(row=row, column=column, value=_shown(cells, column), expected=expected)


def matter_of(cells: Cells, *, pseudonym_key: bytes) -> tuple[str, Certificate]:
    """Return kind and certificate of a row, as they stand in statements, whatever else is wrong with it."""
    kind, certificate = cells.get("kind", ""), spelt_certificate(cells.get("certificate", ""))
    if kind == LicenceKind.DRIVER_CERTIFICATE and certificate:
        return kind, masked_certificate(certificate, pseudonym_key)
    return kind, certificate


def _message(cells: Cells) -> dict[str, object]:
    sequence = cells.get("sequence", "")
    return {
        "type": "licence",
        **{name: cells[name] for name in _OF_STATEMENT if name in cells},
        "sequence": int(sequence) if sequence.isascii() and sequence.isdecimal() else sequence,
        "periods": [{name: cells[name] for name in _OF_PERIOD if name in cells}],
        "vehicle": {name: cells[name] for name in _OF_VEHICLE if name in cells} or None,
    }


def _list(source: Source) -> str:
    return ", ".join(sorted(source.kinds & set(LicenceKind)))


def _bad(cells: Cells, row: int, detail: str) -> BadRow:
    """Turn a message's refusal into a row's: ``periods[0].from: expected …, got …``."""
    wrong = _WRONG.fullmatch(detail)
    if wrong is None:
        return bad_row(cells, row, "", detail)
    rest = (wrong["rest"] or "a value").partition(", got ")[0].replace("periods[0].", "")
    return bad_row(cells, row, wrong["column"], rest)


def _shown(cells: Cells, column: str) -> str:
    value = cells.get(column, "")
    if value and column in _PERSONAL and cells.get("kind") not in _PUBLIC_KINDS:
        return f"…{value[-4:]}" if len(value) > 8 else "…"
    return value
