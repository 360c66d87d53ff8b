"""The 32 message types of the interface: one row each, and how records of a type are keyed and timed."""

from enum import StrEnum

import msgspec

from regulator.wire.ministry import (
    company_fields,
    driver_fields,
    operate_fields,
    order_fields,
    position_fields,
    rated_fields,
    share_fields,
    vehicle_fields,
)
from regulator.wire.ministry.fields import Field, Kind


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
    second; ``own_key`` the field without which a base record is about nothing.
    """

    name: str
    code: int
    fields: tuple[Field, ...]
    key: Key = Key.NONE
    event_time: str = ""
    timely_by: str = ""
    not_before: tuple[str, ...] = ()
    own_key: str = ""

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


def _untimed(name: str, code: int, fields: tuple[Field, ...]) -> MessageType:
    return MessageType(name, code, fields)


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
    _untimed("baseInfoCompany", 0x1001, company_fields.COMPANY),
    _untimed("baseInfoCompanyStat", 0x1002, company_fields.STATISTICS),
    _base("baseInfoCompanyPay", 0x1003, company_fields.PAYMENT, "PayId"),
    _base("baseInfoCompanyService", 0x1004, company_fields.SERVICE, "ServiceNo"),
    _base("baseInfoCompanyPermit", 0x1005, company_fields.PERMIT, "Certificate"),
    _base("baseInfoCompanyFare", 0x1006, company_fields.FARE, "FareType"),
    _base("baseInfoVehicle", 0x1007, vehicle_fields.VEHICLE, "VehicleNo"),
    _base("baseInfoVehicleInsurance", 0x1008, vehicle_fields.INSURANCE, "VehicleNo"),
    _base("baseInfoVehicleTotalMile", 0x1009, vehicle_fields.TOTAL_MILE, "VehicleNo"),
    _base("baseInfoDriver", 0x1010, driver_fields.DRIVER, "LicenseId"),
    _base("baseInfoDriverEducate", 0x1011, driver_fields.TRAINING, "LicenseId"),
    _base("baseInfoDriverApp", 0x1012, driver_fields.APP, "LicenseId"),
    _base("baseInfoDriverStat", 0x1013, driver_fields.STATISTICS, "LicenseId"),
    _base("baseInfoPassenger", 0x1014, driver_fields.PASSENGER, "PassengerPhone"),
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
    _timed("ratedPassenger", 0x5001, rated_fields.PASSENGER, Key.NONE, "EvaluateTime"),
    _timed("ratedPassengerComplaint", 0x5002, rated_fields.COMPLAINT, Key.NONE, "ComplaintTime"),
    _timed("ratedDriverPunish", 0x5003, rated_fields.PUNISHMENT, Key.NONE, "PunishTime"),
    _untimed("ratedDriver", 0x5004, rated_fields.DRIVER),
    _untimed("shareCompany", 0x6001, share_fields.COMPANY),
    _timed("shareRoute", 0x6002, share_fields.ROUTE, Key.NONE, "RouteCreateTime"),
    _timed("shareOrder", 0x6003, share_fields.ORDER, Key.NONE, "OrderEnsureTime"),
    _timed("sharePay", 0x6004, share_fields.PAY, Key.NONE, "DestTime"),
)
