"""Statements as rows, and rows as statements."""

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import RowMapping

from regulator.domain.licences import LicenceKind, Period, Statement, VehicleDescription
from regulator.store.statements import Kept

_encoder = msgspec.json.Encoder()
_periods = msgspec.json.Decoder(tuple[Period, ...])
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
        periods=_periods.decode(row["periods"]),
        area=row["area"],
        first_registered=date.fromisoformat(first) if first else None,
        recorded_at=row["recorded_at"],
        vehicle=_vehicle.decode(row["vehicle"]) if row["vehicle"] else None,
    )


def kept_of(row: RowMapping) -> Kept:
    """Return what is known of a word without its text."""
    return Kept(
        sequence=row["sequence"],
        withdrawn=row["withdrawn"],
        subject=row["subject"],
        digest=row["digest"],
        received_at=row["received_at"],
        superseded_at=row["superseded_at"],
        id=row["id"],
    )


def row_of(kept: Kept) -> dict[str, Any]:
    """Return a word that was just heard as a row of ``statements``."""
    word = kept.word
    assert word is not None  # noqa: S101 - only what was just heard is written
    said = word if isinstance(word, Statement) else None
    return {
        "source": word.source,
        "kind": word.kind,
        "certificate": word.certificate,
        "sequence": word.sequence,
        "withdrawn": kept.withdrawn,
        "subject": kept.subject,
        "periods": _encoder.encode(said.periods).decode() if said else _NO_PERIODS,
        "area": said.area if said else "",
        "first_registered": said.first_registered.isoformat() if said and said.first_registered else None,
        "vehicle": _encoder.encode(said.vehicle).decode() if said and said.vehicle else None,
        "recorded_at": said.recorded_at if said else None,
        "received_at": kept.received_at,
        "superseded_at": kept.superseded_at,
        "origin": kept.origin,
        "digest": kept.digest,
    }
