"""A message as it goes to Kafka, and the envelopes that platforms put records in."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from regulator.domain.instants import Instant
from streams.demo.platforms import Habit, Platform
from streams.demo.protobuf import protobuf_envelope
from streams.demo.records import Record


class Message(NamedTuple):
    """One message and when its sender sends it."""

    topic: str
    at: Instant
    key: bytes | None
    value: bytes


def envelope(platform: Platform, company: str, records: Sequence[Record]) -> bytes:
    """Write records of one type as one message, the way the platform does it."""
    if platform.habit is Habit.PROTOBUF:
        return protobuf_envelope(company, records)
    kind = records[0].kind
    fields = [record.fields for record in records]
    alone = platform.habit is Habit.JSON_OBJECT and len(fields) == 1
    payload = fields[0] if alone else fields
    return msgspec.json.encode({"CompanyId": company, "Source": "0", "IPCType": kind, kind: payload})
