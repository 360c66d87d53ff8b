"""Fields of the base messages about the company itself: who it is, where, what it may, what it charges."""

from regulator.wire.ministry.codes import FLAG, STATE
from regulator.wire.ministry.fields import Field, Kind, optional

COMPANY = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "CompanyName", Kind.TEXT, "V256"),
    Field(3, "Identifier", Kind.TEXT, "V32"),
    Field(4, "Address", Kind.COUNT, "F6"),
    Field(5, "BusinessScope", Kind.TEXT, "V256"),
    Field(6, "ContactAddress", Kind.TEXT, "V256"),
    Field(7, "EconomicType", Kind.TEXT, "V128"),
    Field(8, "RegCapital", Kind.TEXT, "V128"),
    Field(9, "LegalName", Kind.TEXT, "V256"),
    Field(10, "LegalID", Kind.TEXT, "V32"),
    Field(11, "LegalPhone", Kind.TEXT, "V32"),
    optional(12, "LegalPhoto", Kind.TEXT, "V128"),
    Field(13, "State", Kind.COUNT, "F1", codes=STATE),
    Field(14, "Flag", Kind.COUNT, "F1", codes=FLAG),
    Field(15, "UpdateTime", Kind.MOMENT, "F14"),
    optional(16, "Reserved", Kind.TEXT),
)

STATISTICS = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "VehicleNum", Kind.COUNT, "V64"),
    Field(3, "DriverNum", Kind.COUNT, "V64"),
    Field(4, "Flag", Kind.COUNT, "F1", codes=FLAG),
    Field(5, "UpdateTime", Kind.MOMENT, "F14"),
    optional(6, "Reserved", Kind.TEXT),
)

PAYMENT = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "PayName", Kind.TEXT, "V256"),
    Field(3, "PayId", Kind.TEXT, "V32"),
    Field(4, "PayType", Kind.TEXT, "V64"),
    Field(5, "PayScope", Kind.TEXT, "V64"),
    Field(6, "PrepareBank", Kind.TEXT, "V256"),
    Field(7, "CountDate", Kind.COUNT, "V10"),
    Field(8, "State", Kind.COUNT, "F1", codes=STATE),
    Field(9, "Flag", Kind.COUNT, "F1", codes=FLAG),
    Field(10, "UpdateTime", Kind.MOMENT, "F14"),
    optional(11, "Reserved", Kind.TEXT),
)

SERVICE = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "Address", Kind.COUNT, "F6"),
    Field(3, "ServiceName", Kind.TEXT, "V128"),
    Field(4, "ServiceNo", Kind.TEXT, "V64"),
    Field(5, "DetailAddress", Kind.TEXT, "V128"),
    Field(6, "ResponsibleName", Kind.TEXT, "V64"),
    Field(7, "ResponsiblePhone", Kind.TEXT, "V32"),
    Field(8, "ManagerName", Kind.TEXT, "V64"),
    Field(9, "ManagerPhone", Kind.TEXT, "V32"),
    optional(10, "ContactPhone", Kind.TEXT, "V32"),
    Field(11, "MailAddress", Kind.TEXT, "V128"),
    Field(12, "CreateDate", Kind.DAY, "F8"),
    Field(13, "State", Kind.COUNT, "F1", codes=STATE),
    Field(14, "Flag", Kind.COUNT, "F1", codes=FLAG),
    Field(15, "UpdateTime", Kind.MOMENT, "F14"),
    optional(16, "Reserved", Kind.TEXT),
)

PERMIT = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "Address", Kind.COUNT, "F6"),
    Field(3, "Certificate", Kind.TEXT, "V64"),
    Field(4, "OperationArea", Kind.TEXT, "V128"),
    Field(5, "OwnerName", Kind.TEXT, "V256"),
    Field(6, "Organization", Kind.TEXT, "V256"),
    Field(7, "StartDate", Kind.DAY, "F8"),
    Field(8, "StopDate", Kind.DAY, "F8"),
    Field(9, "CertifyDate", Kind.DAY, "F8"),
    Field(10, "State", Kind.TEXT, "V8"),
    Field(11, "Flag", Kind.COUNT, "F1", codes=FLAG),
    Field(12, "UpdateTime", Kind.MOMENT, "F14"),
    optional(13, "Reserved", Kind.TEXT),
)

FARE = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "Address", Kind.COUNT, "F6"),
    Field(3, "FareType", Kind.TEXT, "V16"),
    optional(4, "FareTypeNote", Kind.TEXT, "V128"),
    Field(5, "FareValidOn", Kind.MOMENT, "F14"),
    optional(6, "FareValidOff", Kind.MOMENT, "F14"),
    Field(7, "StartFare", Kind.DECIMAL, "V10"),
    Field(8, "StartMile", Kind.DECIMAL, "V10"),
    Field(9, "UnitPricePerMile", Kind.DECIMAL, "V10"),
    Field(10, "UnitPricePerMinute", Kind.DECIMAL, "V10"),
    optional(11, "UpPrice", Kind.DECIMAL, "V10"),
    optional(12, "UpPriceStartMile", Kind.DECIMAL, "V10"),
    Field(13, "MorningPeakTimeOn", Kind.TEXT, "V8"),
    Field(14, "MorningPeakTimeOff", Kind.TEXT, "V8"),
    Field(15, "EveningPeakTimeOn", Kind.TEXT, "V8"),
    Field(16, "EveningPeakTimeOff", Kind.TEXT, "V8"),
    optional(17, "OtherPeakTimeOn", Kind.TEXT, "V8"),
    optional(18, "OtherPeakTimeOff", Kind.TEXT, "V8"),
    Field(19, "PeakUnitPrice", Kind.DECIMAL, "V10"),
    Field(20, "PeakPriceStartMile", Kind.DECIMAL, "V10"),
    optional(21, "LowSpeedPricePerMinute", Kind.DECIMAL, "V10"),
    optional(22, "NightPricePerMile", Kind.DECIMAL, "V10"),
    optional(23, "NightPricePerMinute", Kind.DECIMAL, "V10"),
    optional(24, "OtherPrice", Kind.DECIMAL, "V10"),
    Field(25, "State", Kind.COUNT, "F1", codes=STATE),
    Field(26, "UpdateTime", Kind.MOMENT, "F14"),
    Field(27, "Flag", Kind.COUNT, "F1", codes=FLAG),
    optional(28, "Reserved", Kind.TEXT),
)
