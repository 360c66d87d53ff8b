"""The driving-licence number in a register message, for the one encrypted column that keeps it."""

from typing import Literal

import msgspec

from regulator.domain.drivers import DriverNumber, driver_number


class _Licence(msgspec.Struct, frozen=True, tag="licence", tag_field="type"):
    kind: Literal["driver_certificate"]
    subject: str


class _Episode(msgspec.Struct, frozen=True, tag="episode", tag_field="type"):
    driver: str


_decoder = msgspec.json.Decoder(_Licence | _Episode)
_NAMES_A_DRIVER = b'"driver'
"""Bytes of every message that names one; the others are not decoded a second time."""


def driver_number_in(payload: bytes) -> DriverNumber | None:
    """Return the number that a certificate's statement or an episode names; None in any other message."""
    if _NAMES_A_DRIVER not in payload:
        return None
    try:
        read = _decoder.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return driver_number(read.subject if isinstance(read, _Licence) else read.driver)
