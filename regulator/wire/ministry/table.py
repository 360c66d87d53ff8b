"""The 32 message types of the interface: one row each, and how records of a type are keyed and timed.

A type without field rows is known and handled, and what it says is not read.
"""

from enum import StrEnum

import msgspec

from regulator.wire.ministry import operate_fields, order_fields, position_fields
from regulator.wire.ministry.fields import Field, Kind, optional

UNREAD = (optional(1, "CompanyId", Kind.TEXT, "V32"), optional(0, "OrderId", Kind.TEXT, "V64"))
"""Stands for the fields of a type that has no rows yet: what it takes to attribute a record."""


class Key(StrEnum):
    """What a record must name, or it cannot be attributed."""

    NONE = "none"
    ORDER = "order"
    CAR_OR_DRIVER = "car_or_driver"


class MessageType(msgspec.Struct, frozen=True):
    """One type: its ``IPCType``, the code (also the payload's protobuf number), fields, key and times.

    ``event_time`` is the field a report is judged by, ``timely_by`` the one that says whether it
    came in time; blank where a type has no time of its own. ``not_before`` names a pair of fields
    of which the first may not lie before the second.
    """

    name: str
    code: int
    fields: tuple[Field, ...] = UNREAD
    key: Key = Key.NONE
    event_time: str = ""
    timely_by: str = ""
    not_before: tuple[str, ...] = ()

    @property
    def is_position(self) -> bool:
        """Whether it belongs on a platform's topic of positions."""
        return self.name.startswith("position")

    @property
    def times(self) -> tuple[str, ...]:
        """The names of all fields that hold a time, the event time first."""
        times = (field.name for field in self.fields if field.kind in (Kind.MOMENT, Kind.UNIX_TIME))
        return tuple(sorted(times, key=lambda name: name != self.event_time))

    @property
    def is_read(self) -> bool:
        """Whether the table has its fields, so that its content can be read."""
        return self.fields is not UNREAD

    def has(self, name: str) -> bool:
        """Tell whether the type has a field of that name."""
        return any(field.name == name for field in self.fields)


def _timed(name: str, code: int, fields: tuple[Field, ...], key: Key, event_time: str) -> MessageType:
    return MessageType(name, code, fields, key, event_time, event_time)


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
    MessageType("baseInfoCompany", 0x1001),
    MessageType("baseInfoCompanyStat", 0x1002),
    MessageType("baseInfoCompanyPay", 0x1003),
    MessageType("baseInfoCompanyService", 0x1004),
    MessageType("baseInfoCompanyPermit", 0x1005),
    MessageType("baseInfoCompanyFare", 0x1006),
    MessageType("baseInfoVehicle", 0x1007),
    MessageType("baseInfoVehicleInsurance", 0x1008),
    MessageType("baseInfoVehicleTotalMile", 0x1009),
    MessageType("baseInfoDriver", 0x1010),
    MessageType("baseInfoDriverEducate", 0x1011),
    MessageType("baseInfoDriverApp", 0x1012),
    MessageType("baseInfoDriverStat", 0x1013),
    MessageType("baseInfoPassenger", 0x1014),
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
    MessageType("ratedPassenger", 0x5001),
    MessageType("ratedPassengerComplaint", 0x5002),
    MessageType("ratedDriverPunish", 0x5003),
    MessageType("ratedDriver", 0x5004),
    MessageType("shareCompany", 0x6001),
    MessageType("shareRoute", 0x6002),
    MessageType("shareOrder", 0x6003),
    MessageType("sharePay", 0x6004),
)
