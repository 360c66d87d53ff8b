"""The 32 message types of the interface: one row each, and how records of a type are keyed and timed.

A type without field rows is known and handled, and what it says is not read.
"""

from enum import StrEnum

import msgspec

from regulator.wire.ministry import base_fields, operate_fields, order_fields, position_fields
from regulator.wire.ministry.fields import Field, Kind, optional

_COMPANY = optional(1, "CompanyId", Kind.TEXT, "V32")


class Key(StrEnum):
    """What a record must name, or it cannot be attributed."""

    NONE = "none"
    OWN = "own"
    ORDER = "order"
    CAR_OR_DRIVER = "car_or_driver"


class MessageType(msgspec.Struct, frozen=True):
    """One type: its ``IPCType``, the code (also the payload's protobuf number), fields, key and times.

    ``event_time`` is the field a report is judged by, ``timely_by`` the one that says whether it
    came in time; blank where a type has no time of its own: when a base record was updated is no
    such time. ``not_before`` names a pair of fields of which the first may not lie before the
    second; ``own_key`` the field without which a base record is about nothing. A type that is not
    read yet has only the fields that it takes to attribute a record.
    """

    name: str
    code: int
    fields: tuple[Field, ...]
    key: Key = Key.NONE
    event_time: str = ""
    timely_by: str = ""
    not_before: tuple[str, ...] = ()
    own_key: str = ""
    is_read: bool = True

    @property
    def is_position(self) -> bool:
        """Whether it belongs on a platform's topic of positions."""
        return self.name.startswith("position")

    @property
    def times(self) -> tuple[str, ...]:
        """The names of all fields that hold a time, the event time first."""
        times = (field.name for field in self.fields if field.kind in (Kind.MOMENT, Kind.UNIX_TIME))
        return tuple(sorted(times, key=lambda name: name != self.event_time))

    def has(self, name: str) -> bool:
        """Tell whether the type has a field of that name."""
        return any(field.name == name for field in self.fields)


def _timed(name: str, code: int, fields: tuple[Field, ...], key: Key, event_time: str) -> MessageType:
    return MessageType(name, code, fields, key, event_time, event_time)


def _base(name: str, code: int, fields: tuple[Field, ...], own_key: str) -> MessageType:
    return MessageType(name, code, fields, Key.OWN, own_key=own_key)


def _unread(name: str, code: int, *own_key: Field) -> MessageType:
    key = Key.OWN if own_key else Key.NONE
    named = own_key[0].name if own_key else ""
    return MessageType(name, code, (_COMPANY, *own_key), key, own_key=named, is_read=False)


_PAY = MessageType(
    "operatePay",
    0x3005,
    operate_fields.PAY,
    Key.ORDER,
    event_time="DepTime",
    timely_by="DestTime",
    not_before=("DestTime", "DepTime"),
)

TYPES = (
    _unread("baseInfoCompany", 0x1001),
    _unread("baseInfoCompanyStat", 0x1002),
    _unread("baseInfoCompanyPay", 0x1003, optional(3, "PayId", Kind.TEXT, "V32")),
    _unread("baseInfoCompanyService", 0x1004, optional(4, "ServiceNo", Kind.TEXT, "V64")),
    _unread("baseInfoCompanyPermit", 0x1005, optional(3, "Certificate", Kind.TEXT, "V64")),
    _unread("baseInfoCompanyFare", 0x1006, optional(3, "FareType", Kind.TEXT, "V16")),
    _unread("baseInfoVehicle", 0x1007, optional(3, "VehicleNo", Kind.TEXT, "V32")),
    _unread("baseInfoVehicleInsurance", 0x1008, optional(2, "VehicleNo", Kind.TEXT, "V32")),
    _base("baseInfoVehicleTotalMile", 0x1009, base_fields.TOTAL_MILE, "VehicleNo"),
    _unread("baseInfoDriver", 0x1010, optional(16, "LicenseId", Kind.TEXT, "V32")),
    _unread("baseInfoDriverEducate", 0x1011, optional(3, "LicenseId", Kind.TEXT, "V32")),
    _unread("baseInfoDriverApp", 0x1012, optional(3, "LicenseId", Kind.TEXT, "V32")),
    _unread("baseInfoDriverStat", 0x1013, optional(3, "LicenseId", Kind.TEXT, "V32")),
    _unread("baseInfoPassenger", 0x1014, optional(3, "PassengerPhone", Kind.TEXT, "V32")),
    _timed("orderCreate", 0x2001, order_fields.CREATE, Key.ORDER, "OrderTime"),
    _timed("orderMatch", 0x2002, order_fields.MATCH, Key.ORDER, "DistributeTime"),
    _timed("orderCancel", 0x2003, order_fields.CANCEL, Key.ORDER, "CancelTime"),
    _timed("operateLogin", 0x3001, operate_fields.LOGIN, Key.CAR_OR_DRIVER, "LoginTime"),
    _timed("operateLogout", 0x3002, operate_fields.LOGOUT, Key.CAR_OR_DRIVER, "LogoutTime"),
    _timed("operateDepart", 0x3003, operate_fields.DEPART, Key.ORDER, "DepTime"),
    _timed("operateArrive", 0x3004, operate_fields.ARRIVE, Key.ORDER, "DestTime"),
    _PAY,
    _timed("positionDriver", 0x4001, position_fields.DRIVER, Key.CAR_OR_DRIVER, "PositionTime"),
    _timed("positionVehicle", 0x4002, position_fields.VEHICLE, Key.CAR_OR_DRIVER, "PositionTime"),
    _unread("ratedPassenger", 0x5001),
    _unread("ratedPassengerComplaint", 0x5002),
    _unread("ratedDriverPunish", 0x5003),
    _unread("ratedDriver", 0x5004),
    _unread("shareCompany", 0x6001),
    _unread("shareRoute", 0x6002),
    _unread("shareOrder", 0x6003),
    _unread("sharePay", 0x6004),
)
