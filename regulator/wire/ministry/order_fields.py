"""Fields of the order messages (订单): orderCreate, orderMatch, orderCancel."""

from regulator.wire.ministry.codes import CANCEL_TYPE, ENCRYPT, OPERATOR
from regulator.wire.ministry.fields import Field, Kind, optional

CREATE = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "Address", Kind.COUNT, "F6"),
    Field(3, "OrderId", Kind.TEXT, "V64"),
    Field(4, "DepartTime", Kind.MOMENT, "F14"),
    Field(5, "OrderTime", Kind.MOMENT, "F14"),
    optional(6, "PassengerNote", Kind.TEXT, "V128"),
    Field(7, "Departure", Kind.TEXT, "V128"),
    Field(8, "DepLongitude", Kind.LONGITUDE, "V10"),
    Field(9, "DepLatitude", Kind.LATITUDE, "V10"),
    Field(10, "Destination", Kind.TEXT, "V128"),
    Field(11, "DestLongitude", Kind.LONGITUDE, "V10"),
    Field(12, "DestLatitude", Kind.LATITUDE, "V10"),
    Field(13, "Encrypt", Kind.COUNT, "F1", codes=ENCRYPT),
    Field(14, "FareType", Kind.TEXT, "V16"),
    optional(15, "Reserved", Kind.TEXT),
)

MATCH = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "Address", Kind.COUNT, "F6"),
    Field(3, "OrderId", Kind.TEXT, "V64"),
    optional(4, "Longitude", Kind.LONGITUDE, "V10"),
    optional(5, "Latitude", Kind.LATITUDE, "V10"),
    Field(6, "Encrypt", Kind.COUNT, "F1", codes=ENCRYPT),
    Field(7, "LicenseId", Kind.TEXT, "V32"),
    Field(8, "DriverPhone", Kind.TEXT, "V32"),
    Field(9, "VehicleNo", Kind.TEXT, "V32"),
    Field(10, "DistributeTime", Kind.MOMENT, "F14"),
    optional(11, "Reserved", Kind.TEXT),
)

CANCEL = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "Address", Kind.COUNT, "F6"),
    Field(3, "OrderId", Kind.TEXT, "V64"),
    optional(4, "OrderTime", Kind.MOMENT, "F14"),
    Field(5, "CancelTime", Kind.MOMENT, "F14"),
    Field(6, "Operator", Kind.TEXT, "V64", codes=OPERATOR),
    Field(7, "CancelTypeCode", Kind.TEXT, "V32", codes=CANCEL_TYPE),
    optional(8, "CancelReason", Kind.TEXT, "V128"),
    optional(9, "Reserved", Kind.TEXT),
)
