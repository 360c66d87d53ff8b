"""Fields of the rated messages (评价): praise and complaints, a driver's punishments and standing."""

from regulator.wire.ministry.fields import Field, Kind, optional

PASSENGER = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "OrderId", Kind.TEXT, "V64"),
    Field(3, "EvaluateTime", Kind.MOMENT, "F14"),
    Field(4, "ServiceScore", Kind.COUNT, "V10"),
    optional(5, "DriverScore", Kind.COUNT, "V10"),
    optional(6, "VehicleScore", Kind.COUNT, "V10"),
    optional(7, "Detail", Kind.TEXT, "V128"),
    optional(8, "Reserved", Kind.TEXT),
)

COMPLAINT = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "OrderId", Kind.TEXT, "V64"),
    Field(3, "ComplaintTime", Kind.MOMENT, "F14"),
    Field(4, "Detail", Kind.TEXT, "V256"),
    optional(5, "Result", Kind.TEXT, "V128"),
    optional(6, "Reserved", Kind.TEXT),
)

PUNISHMENT = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "LicenseId", Kind.TEXT, "V32"),
    Field(3, "PunishTime", Kind.MOMENT, "F14"),
    optional(4, "PunishReason", Kind.TEXT, "V128"),
    Field(5, "PunishResult", Kind.TEXT, "V128"),
    optional(6, "Reserved", Kind.TEXT),
)

DRIVER = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "LicenseId", Kind.TEXT, "V32"),
    Field(3, "Level", Kind.COUNT, "V10"),
    Field(4, "TestDate", Kind.DAY, "F8"),
    Field(5, "TestDepartment", Kind.TEXT, "V128"),
    optional(6, "Reserved", Kind.TEXT),
)
