"""Fields of the base messages about cars: what each is and may, its insurance, how far it was driven."""

from regulator.wire.ministry.codes import FLAG, REPAIRED, SERVICE, STATE
from regulator.wire.ministry.fields import Field, Kind, optional

VEHICLE = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "Address", Kind.COUNT, "F6"),
    Field(3, "VehicleNo", Kind.TEXT, "V32"),
    Field(4, "PlateColor", Kind.TEXT, "V32"),
    Field(5, "Seats", Kind.COUNT, "V10"),
    Field(6, "Brand", Kind.TEXT, "V64"),
    Field(7, "Model", Kind.TEXT, "V64"),
    Field(8, "VehicleType", Kind.TEXT, "V64"),
    Field(9, "OwnerName", Kind.TEXT, "V64"),
    Field(10, "VehicleColor", Kind.TEXT, "V32"),
    Field(11, "EngineId", Kind.TEXT, "V32"),
    Field(12, "VIN", Kind.TEXT, "F17"),
    Field(13, "CertifyDateA", Kind.DAY, "F8"),
    Field(14, "FuelType", Kind.TEXT, "V32"),
    Field(15, "EngineDisplace", Kind.TEXT, "V32"),
    optional(16, "PhotoId", Kind.TEXT, "V128"),
    optional(17, "Certificate", Kind.TEXT, "V64"),
    Field(18, "TransAgency", Kind.TEXT, "V256"),
    Field(19, "TransArea", Kind.TEXT, "V256"),
    Field(20, "TransDateStart", Kind.DAY, "F8"),
    Field(21, "TransDateStop", Kind.DAY, "F8"),
    Field(22, "CertifyDateB", Kind.DAY, "F8"),
    Field(23, "FixState", Kind.TEXT, "V64", codes=REPAIRED),
    optional(24, "NextFixDate", Kind.DAY, "F8"),
    Field(25, "CheckState", Kind.TEXT, "F2"),
    Field(26, "FeePrintId", Kind.TEXT, "V32"),
    Field(27, "GPSBrand", Kind.TEXT, "V256"),
    Field(28, "GPSModel", Kind.TEXT, "V64"),
    optional(29, "GPSIMEI", Kind.TEXT, "V128"),
    Field(30, "GPSInstallDate", Kind.DAY, "F8"),
    Field(31, "RegisterDate", Kind.DAY, "F8"),
    Field(32, "CommercialType", Kind.COUNT, "F1", codes=SERVICE),
    Field(33, "FareType", Kind.TEXT, "V16"),
    Field(34, "State", Kind.COUNT, "F1", codes=STATE),
    Field(35, "Flag", Kind.COUNT, "F1", codes=FLAG),
    Field(36, "UpdateTime", Kind.MOMENT, "F14"),
    optional(37, "Reserved", Kind.TEXT),
)

INSURANCE = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "VehicleNo", Kind.TEXT, "V32"),
    Field(3, "InsurCom", Kind.TEXT, "V64"),
    Field(4, "InsurNum", Kind.TEXT, "V64"),
    Field(5, "InsurType", Kind.TEXT, "V32"),
    Field(6, "InsurCount", Kind.DECIMAL, "V10"),
    Field(7, "InsurEff", Kind.DAY, "F8"),
    Field(8, "InsurExp", Kind.DAY, "F8"),
    Field(9, "Flag", Kind.COUNT, "F1", codes=FLAG),
    Field(10, "UpdateTime", Kind.MOMENT, "F14"),
    optional(11, "Reserved", Kind.TEXT),
)

TOTAL_MILE = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "Address", Kind.COUNT, "F6"),
    Field(3, "VehicleNo", Kind.TEXT, "V32"),
    Field(4, "TotalMile", Kind.DECIMAL, "V64"),
    Field(5, "Flag", Kind.COUNT, "F1", codes=FLAG),
    Field(6, "UpdateTime", Kind.MOMENT, "F14"),
    optional(7, "Reserved", Kind.TEXT),
)
