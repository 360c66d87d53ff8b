"""Statements as rows, and rows as statements."""

from datetime import date

import msgspec
from sqlalchemy import RowMapping

from regulator.domain.licences import LicenceKind, Period, Statement, VehicleDescription
from regulator.domain.register import Withdrawal
from regulator.store.bulk import Values

_encoder = msgspec.json.Encoder()
periods_of = msgspec.json.Decoder(tuple[Period, ...]).decode
"""Read the column ``periods``."""
_vehicle = msgspec.json.Decoder(VehicleDescription)
_NO_PERIODS = "[]"


def statement_of(row: RowMapping) -> Statement:
    """Return a row of ``statements`` as a value."""
    first = row["first_registered"]
    return Statement(
        source=row["source"],
        kind=LicenceKind(row["kind"]),
        certificate=row["certificate"],
        subject=row["subject"],
        sequence=row["sequence"],
        periods=periods_of(row["periods"]),
        area=row["area"],
        first_registered=date.fromisoformat(first) if first else None,
        recorded_at=row["recorded_at"],
        vehicle=_vehicle.decode(row["vehicle"]) if row["vehicle"] else None,
    )


def values_of_statement(word: Statement | Withdrawal) -> Values:
    """Return the columns of ``statements`` from ``source`` to ``recorded_at``."""
    if isinstance(word, Withdrawal):
        about = (word.source, word.kind.value, word.certificate, word.sequence)
        return (*about, True, "", _NO_PERIODS, "", None, None, None)
    return (
        word.source,
        word.kind.value,
        word.certificate,
        word.sequence,
        False,
        word.subject,
        _encoder.encode(word.periods).decode(),
        word.area,
        word.first_registered.isoformat() if word.first_registered else None,
        _encoder.encode(word.vehicle).decode() if word.vehicle else None,
        word.recorded_at,
    )
