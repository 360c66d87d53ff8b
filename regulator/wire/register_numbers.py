"""The driving-licence number in a register message, for the one encrypted column that keeps it."""

from typing import Literal

import msgspec

from regulator.domain.drivers import DriverNumber, driver_number


class _Certified(msgspec.Struct, frozen=True):
    kind: Literal["driver_certificate"]
    subject: str


_decoder = msgspec.json.Decoder(_Certified)


def driver_number_in(payload: bytes) -> DriverNumber | None:
    """Return the number that a statement on a driver's certificate names; None in any other message."""
    try:
        return driver_number(_decoder.decode(payload).subject)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
