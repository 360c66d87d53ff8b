"""Clean JSON envelopes: one typed decode proves the envelope and all its records."""

import msgspec

from regulator.wire.ministry.batches import Batch, Lost
from regulator.wire.ministry.shapes import SHAPES, Envelope
from regulator.wire.ministry.tolerant_json import NUL, read_tolerantly

_ESCAPE = b"\\"
"""Looked for first: one byte is found four times as fast as six."""

_decode = msgspec.json.Decoder(Envelope).decode


def read_json(payload: bytes) -> Batch | Lost:
    """Take a JSON envelope apart; raises ``Unreadable``."""
    try:
        envelope = _decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return read_tolerantly(payload)
    shape = SHAPES.get(envelope.IPCType)
    records = None if shape is None else getattr(envelope, shape.name)
    if shape is None or records is None or (_ESCAPE in payload and NUL in payload):
        return read_tolerantly(payload)
    return Batch(shape, envelope.CompanyId or "", records)
