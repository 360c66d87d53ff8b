"""One row of the interface's field tables: what a field may hold."""

from enum import StrEnum

import msgspec

_UINT32 = 2**32 - 1
_INT32 = 2**31 - 1
_INT64 = 2**63 - 1

LONGITUDES = (73_000_000, 136_000_000)
"""Millionths of a degree east, both ends allowed (contract, section 2)."""
LATITUDES = (3_000_000, 54_000_000)

_GREATEST_FLOAT = 2.0**128 - 2.0**103
"""From here on a number has no place in 32 bits."""


class Kind(StrEnum):
    """How a field is read. The interface itself knows 字符型 and 数字型 only."""

    TEXT = "text"
    COUNT = "count"  # uint32
    SIGNED = "signed"  # int32
    DECIMAL = "decimal"  # float
    MOMENT = "moment"  # F14, YYYYMMDDhhmmss, local time
    UNIX_TIME = "unix_time"  # V14: seconds by the book, milliseconds or 14 local digits in practice
    DAY = "day"  # F8, YYYYMMDD
    BIRTHDAY = "birthday"  # F8, YYYYMMDD; that somebody was born on 1970-01-01 is no empty field
    MONTH = "month"  # F6, YYYYMM
    LONGITUDE = "longitude"
    LATITUDE = "latitude"


_PROTO = {
    Kind.TEXT: "string",
    Kind.COUNT: "uint32",
    Kind.SIGNED: "int32",
    Kind.DECIMAL: "float",
    Kind.MOMENT: "uint64",
    Kind.UNIX_TIME: "uint64",
    Kind.DAY: "uint64",
    Kind.BIRTHDAY: "uint64",
    Kind.MONTH: "uint64",
    Kind.LONGITUDE: "uint64",
    Kind.LATITUDE: "uint64",
}


class Field(msgspec.Struct, frozen=True):
    """A field: protobuf number, name, kind, size (``V32`` up to, ``F6`` exactly) and code list.

    ``size`` is blank where the interface gives none.
    """

    number: int
    name: str
    kind: Kind
    size: str = ""
    required: bool = True
    codes: tuple[int, ...] | tuple[str, ...] = ()

    @property
    def proto(self) -> str:
        """The protobuf type."""
        return _PROTO[self.kind]

    @property
    def length(self) -> int | None:
        """The greatest number of characters or digits; None without a limit."""
        return int(self.size[1:]) if self.size else None

    @property
    def fixed(self) -> bool:
        """Whether every value has exactly ``length`` characters or digits."""
        return self.size.startswith("F")

    @property
    def greatest_decimal(self) -> float:
        """What a decimal stays below, with either sign: V10 has at most ten digits before its point."""
        return _GREATEST_FLOAT if self.length is None else min(10.0**self.length, _GREATEST_FLOAT)

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and greatest whole number that size, type and map allow, both included."""
        digits = self.length or 20
        greatest = min(10**digits - 1, _INT64)
        match self.kind:
            case Kind.LONGITUDE:
                return LONGITUDES
            case Kind.LATITUDE:
                return LATITUDES
            case Kind.SIGNED:
                return -min(greatest, _INT32 + 1), min(greatest, _INT32)
            case Kind.COUNT:
                greatest = min(greatest, _UINT32)
        return (10 ** (digits - 1) if self.fixed and digits > 1 else 0), greatest


def optional(
    number: int,
    name: str,
    kind: Kind,
    size: str = "",
    codes: tuple[int, ...] | tuple[str, ...] = (),
) -> Field:
    """Return a field that may be left out (必选: 否)."""
    return Field(number, name, kind, size, False, codes)
