"""Statements in brief: what nearly every one says, at one width, so that millions become rows at once.

The topic ``register`` carries them so (``wire.register_topic``). Texts are UTF-8, filled up with zeros.
"""

from binascii import Error, unhexlify

import numpy as np

from regulator.domain.licences import STRENGTH, LicenceKind
from regulator.joins.licence_index.areas import Areas
from regulator.joins.licence_index.keys import FILL, KEY_BYTES, hashes, keys
from regulator.joins.licence_index.papers import Papers
from regulator.joins.licence_index.rows import HEAD, ROW, Column

BRIEF = np.dtype(
    [
        ("kind", "u1"),  # a place in KINDS
        ("state", "u1"),  # a place in STATES
        ("source", "S24"),
        ("subject", "S32"),
        ("certificate", "S48"),
        ("area", "S8"),
        ("sequence", "<i8"),
        ("start", "<i8"),
        ("end", "<i8"),  # of the only period; the greatest number: without end
        ("recorded_at", "<i8"),  # the least number: it is not stated
        ("first_registered", "<i4"),  # ``date.toordinal``; 0: it is not stated
    ]
)
KINDS = (LicenceKind.PLATFORM_PERMIT, LicenceKind.VEHICLE_PERMIT, LicenceKind.DRIVER_CERTIFICATE)
STATES = STRENGTH

_DRIVERS = LicenceKind.DRIVER_CERTIFICATE


def of_kind(briefs: Column, kind: LicenceKind) -> Column:
    """Tell which briefs are of a kind."""
    chosen: Column = briefs["kind"] == KINDS.index(kind)
    return chosen


def rows_of_briefs(
    kind: LicenceKind, briefs: Column, ranks: Column, *, papers: Papers, areas: Areas
) -> Column:
    """Write statements of one kind, each with the rank of its source, in their order."""
    rows = np.empty(len(briefs), ROW)
    rows["key"] = words = _keys(kind, briefs["subject"])
    rows["hash"] = hashes(words)
    rows["start"], rows["end"] = briefs["start"], briefs["end"]
    rows["first"] = briefs["first_registered"]
    rows["area"] = _areas(briefs["area"], areas)
    rows["rank"] = ranks
    rows["mark"] = briefs["state"] | HEAD
    rows["form"], rows["paper"] = papers.write_texts(briefs["certificate"])
    return rows


def texts(column: Column) -> list[str]:
    """Return the texts of a column."""
    return [text.decode() for text in column.tolist()]


def _keys(kind: LicenceKind, subjects: Column) -> Column:
    """Return what ``keys.keys`` returns for the subjects' texts."""
    letters = np.ascontiguousarray(subjects).view("u1").reshape(len(subjects), -1)
    if kind is _DRIVERS:
        if letters[:, -1].all():
            try:
                return np.frombuffer(unhexlify(letters.tobytes()), "<u8").reshape(-1, 2)
            except Error:
                pass
    elif not letters[:, KEY_BYTES:].any():
        short = letters[:, :KEY_BYTES]
        return np.where(short == 0, np.uint8(FILL), short).view("<u8")
    return keys(kind, texts(subjects))


def _areas(codes: Column, areas: Areas) -> Column:
    names, which = np.unique(np.ascontiguousarray(codes).view("<u8"), return_inverse=True)
    numbers = np.array([areas[name] for name in texts(names.view(codes.dtype))], "<u4")
    chosen: Column = numbers[which]
    return chosen
