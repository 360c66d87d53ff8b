"""Fields of the position messages (定位): positionDriver, positionVehicle."""

from regulator.wire.ministry.codes import BIZ_STATUS, ENCRYPT
from regulator.wire.ministry.fields import Field, Kind, optional

DRIVER = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "LicenseId", Kind.TEXT, "V32"),
    Field(3, "DriverRegionCode", Kind.COUNT, "F6"),
    Field(4, "VehicleNo", Kind.TEXT, "V32"),
    Field(5, "PositionTime", Kind.UNIX_TIME, "V14"),
    Field(6, "Longitude", Kind.LONGITUDE, "V10"),
    Field(7, "Latitude", Kind.LATITUDE, "V10"),
    optional(8, "Encrypt", Kind.COUNT, "V10", codes=ENCRYPT),
    optional(9, "Direction", Kind.COUNT, "V10"),
    optional(10, "Elevation", Kind.SIGNED, "V10"),
    optional(11, "Speed", Kind.COUNT, "V10"),
    optional(12, "BizStatus", Kind.COUNT, "V10", codes=BIZ_STATUS),
    Field(13, "OrderId", Kind.TEXT, "V64"),
    optional(14, "Reserved", Kind.TEXT),
)

VEHICLE = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "VehicleNo", Kind.TEXT, "V32"),
    Field(3, "VehicleRegionCode", Kind.COUNT, "F6"),
    Field(4, "PositionTime", Kind.UNIX_TIME, "V14"),
    Field(5, "Longitude", Kind.LONGITUDE, "V10"),
    Field(6, "Latitude", Kind.LATITUDE, "V10"),
    optional(7, "Speed", Kind.COUNT, "V10"),
    optional(8, "Direction", Kind.COUNT, "V10"),
    optional(9, "Elevation", Kind.SIGNED, "V10"),
    optional(10, "Mileage", Kind.DECIMAL, "V10"),
    optional(11, "Encrypt", Kind.COUNT, "V10", codes=ENCRYPT),
    optional(12, "WarnStatus", Kind.COUNT, "V10"),
    optional(13, "VehStatus", Kind.COUNT, "V10"),
    optional(14, "BizStatus", Kind.COUNT, "V10", codes=BIZ_STATUS),
    Field(15, "OrderId", Kind.TEXT, "V64"),
    optional(16, "Reserved", Kind.TEXT),
)
