"""Fields of the operate messages (经营): login, logout, depart, arrive, pay."""

from regulator.wire.ministry.codes import ENCRYPT, INVOICED, SETTLED
from regulator.wire.ministry.fields import Field, Kind, optional

LOGIN = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "LicenseId", Kind.TEXT, "V32"),
    Field(3, "VehicleNo", Kind.TEXT, "V32"),
    Field(4, "LoginTime", Kind.MOMENT, "F14"),
    optional(5, "Longitude", Kind.LONGITUDE, "V10"),
    optional(6, "Latitude", Kind.LATITUDE, "V10"),
    Field(7, "Encrypt", Kind.COUNT, "F1", codes=ENCRYPT),
    optional(8, "Reserved", Kind.TEXT),
)

LOGOUT = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "LicenseId", Kind.TEXT, "V32"),
    Field(3, "VehicleNo", Kind.TEXT, "V32"),
    Field(4, "LogoutTime", Kind.MOMENT, "F14"),
    optional(5, "Longitude", Kind.LONGITUDE, "V10"),
    optional(6, "Latitude", Kind.LATITUDE, "V10"),
    Field(7, "Encrypt", Kind.COUNT, "F1", codes=ENCRYPT),
    optional(8, "Reserved", Kind.TEXT),
)

DEPART = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "OrderId", Kind.TEXT, "V64"),
    Field(3, "LicenseId", Kind.TEXT, "V32"),
    Field(4, "FareType", Kind.TEXT, "V16"),
    Field(5, "VehicleNo", Kind.TEXT, "V32"),
    Field(6, "DepLongitude", Kind.LONGITUDE, "V10"),
    Field(7, "DepLatitude", Kind.LATITUDE, "V10"),
    Field(8, "Encrypt", Kind.COUNT, "F1", codes=ENCRYPT),
    Field(9, "DepTime", Kind.MOMENT, "F14"),
    optional(10, "WaitMile", Kind.DECIMAL, "V10"),
    optional(11, "WaitTime", Kind.COUNT, "V10"),
    optional(12, "Reserved", Kind.TEXT),
)

ARRIVE = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "OrderId", Kind.TEXT, "V64"),
    Field(3, "DestLongitude", Kind.LONGITUDE, "V10"),
    Field(4, "DestLatitude", Kind.LATITUDE, "V10"),
    Field(5, "Encrypt", Kind.COUNT, "F1", codes=ENCRYPT),
    Field(6, "DestTime", Kind.MOMENT, "F14"),
    Field(7, "DriveMile", Kind.DECIMAL, "V10"),
    Field(8, "DriveTime", Kind.COUNT, "V10"),
    optional(9, "Reserved", Kind.TEXT),
)

PAY = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "OrderId", Kind.TEXT, "V64"),
    Field(3, "OnArea", Kind.COUNT, "F6"),
    optional(4, "DriverName", Kind.TEXT, "V64"),
    Field(5, "LicenseId", Kind.TEXT, "V32"),
    Field(6, "FareType", Kind.TEXT, "V16"),
    Field(7, "VehicleNo", Kind.TEXT, "V32"),
    # The interface has no field 8.
    Field(9, "BookDepTime", Kind.MOMENT, "F14"),
    optional(10, "WaitTime", Kind.COUNT, "V10"),
    Field(11, "DepLongitude", Kind.LONGITUDE, "V10"),
    Field(12, "DepLatitude", Kind.LATITUDE, "V10"),
    optional(13, "DepArea", Kind.TEXT, "V128"),
    Field(14, "DepTime", Kind.MOMENT, "F14"),
    Field(15, "DestLongitude", Kind.LONGITUDE, "V10"),
    Field(16, "DestLatitude", Kind.LATITUDE, "V10"),
    optional(17, "DestArea", Kind.TEXT, "V128"),
    Field(18, "DestTime", Kind.MOMENT, "F14"),
    optional(19, "BookModel", Kind.TEXT, "V64"),
    optional(20, "Model", Kind.TEXT, "V64"),
    Field(21, "DriveMile", Kind.DECIMAL, "V10"),
    Field(22, "DriveTime", Kind.COUNT, "V10"),
    optional(23, "WaitMile", Kind.DECIMAL, "V10"),
    Field(24, "FactPrice", Kind.DECIMAL, "V10"),
    optional(25, "Price", Kind.DECIMAL, "V10"),
    optional(26, "CashPrice", Kind.DECIMAL, "V10"),
    optional(27, "LineName", Kind.TEXT, "V64"),
    optional(28, "LinePrice", Kind.DECIMAL, "V10"),
    optional(29, "PosName", Kind.TEXT, "V64"),
    optional(30, "PosPrice", Kind.DECIMAL, "V10"),
    optional(31, "BenfitPrice", Kind.DECIMAL, "V10"),  # the interface's own spelling
    optional(32, "BookTip", Kind.DECIMAL, "V10"),
    optional(33, "PassengerTip", Kind.DECIMAL, "V10"),
    optional(34, "PeakUpPrice", Kind.DECIMAL, "V10"),
    optional(35, "NightUpPrice", Kind.DECIMAL, "V10"),
    Field(36, "FarUpPrice", Kind.DECIMAL, "V10"),
    Field(37, "OtherUpPrice", Kind.DECIMAL, "V10"),
    Field(38, "PayState", Kind.TEXT, "V32", codes=SETTLED),
    optional(39, "PayTime", Kind.MOMENT, "F14"),
    optional(40, "OrderMatchTime", Kind.MOMENT, "F14"),
    Field(41, "InvoiceStatus", Kind.TEXT, "V32", codes=INVOICED),
    optional(42, "Reserved", Kind.TEXT),
)
