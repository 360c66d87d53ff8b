"""The ministry's 32 record types as the field tables of the interface print them.

One word a field: `Name:kind:length`, `?` when it is optional. Kinds: `s` text, `u` unsigned
integer, `i` signed integer, `f` decimal. Lengths: `Vn` up to n, `Fn` exactly n, `-` not stated.
"""

from typing import NamedTuple

_TABLES: dict[str, str] = {
    "baseInfoCompany": """
        CompanyId:s:V32 CompanyName:s:V256 Identifier:s:V32 Address:u:F6 BusinessScope:s:V256
        ContactAddress:s:V256 EconomicType:s:V128 RegCapital:s:V128 LegalName:s:V256 LegalID:s:V32
        LegalPhone:s:V32 LegalPhoto:s:V128? State:u:F1 Flag:u:F1 UpdateTime:u:F14 Reserved:s:-?""",
    "baseInfoCompanyStat": """
        CompanyId:s:V32 VehicleNum:u:V64 DriverNum:u:V64 Flag:u:F1 UpdateTime:u:F14 Reserved:s:-?""",
    "baseInfoCompanyPay": """
        CompanyId:s:V32 PayName:s:V256 PayId:s:V32 PayType:s:V64 PayScope:s:V64 PrepareBank:s:V256
        CountDate:u:V10 State:u:F1 Flag:u:F1 UpdateTime:u:F14 Reserved:s:-?""",
    "baseInfoCompanyService": """
        CompanyId:s:V32 Address:u:F6 ServiceName:s:V128 ServiceNo:s:V64 DetailAddress:s:V128
        ResponsibleName:s:V64 ResponsiblePhone:s:V32 ManagerName:s:V64 ManagerPhone:s:V32
        ContactPhone:s:V32? MailAddress:s:V128 CreateDate:u:F8 State:u:F1 Flag:u:F1 UpdateTime:u:F14
        Reserved:s:-?""",
    "baseInfoCompanyPermit": """
        CompanyId:s:V32 Address:u:F6 Certificate:s:V64 OperationArea:s:V128 OwnerName:s:V256
        Organization:s:V256 StartDate:u:F8 StopDate:u:F8 CertifyDate:u:F8 State:s:V8 Flag:u:F1
        UpdateTime:u:F14 Reserved:s:-?""",
    "baseInfoCompanyFare": """
        CompanyId:s:V32 Address:u:F6 FareType:s:V16 FareTypeNote:s:V128? FareValidOn:u:F14
        FareValidOff:u:F14? StartFare:f:V10 StartMile:f:V10 UnitPricePerMile:f:V10 UnitPricePerMinute:f:V10
        UpPrice:f:V10? UpPriceStartMile:f:V10? MorningPeakTimeOn:s:V8 MorningPeakTimeOff:s:V8
        EveningPeakTimeOn:s:V8 EveningPeakTimeOff:s:V8 OtherPeakTimeOn:s:V8? OtherPeakTimeOff:s:V8?
        PeakUnitPrice:f:V10 PeakPriceStartMile:f:V10 LowSpeedPricePerMinute:f:V10? NightPricePerMile:f:V10?
        NightPricePerMinute:f:V10? OtherPrice:f:V10? State:u:F1 UpdateTime:u:F14 Flag:u:F1 Reserved:s:-?""",
    "baseInfoVehicle": """
        CompanyId:s:V32 Address:u:F6 VehicleNo:s:V32 PlateColor:s:V32 Seats:u:V10 Brand:s:V64 Model:s:V64
        VehicleType:s:V64 OwnerName:s:V64 VehicleColor:s:V32 EngineId:s:V32 VIN:s:F17 CertifyDateA:u:F8
        FuelType:s:V32 EngineDisplace:s:V32 PhotoId:s:V128? Certificate:s:V64? TransAgency:s:V256
        TransArea:s:V256 TransDateStart:u:F8 TransDateStop:u:F8 CertifyDateB:u:F8 FixState:s:V64
        NextFixDate:u:F8? CheckState:s:F2 FeePrintId:s:V32 GPSBrand:s:V256 GPSModel:s:V64 GPSIMEI:s:V128?
        GPSInstallDate:u:F8 RegisterDate:u:F8 CommercialType:u:F1 FareType:s:V16 State:u:F1 Flag:u:F1
        UpdateTime:u:F14 Reserved:s:-?""",
    "baseInfoVehicleInsurance": """
        CompanyId:s:V32 VehicleNo:s:V32 InsurCom:s:V64 InsurNum:s:V64 InsurType:s:V32 InsurCount:f:V10
        InsurEff:u:F8 InsurExp:u:F8 Flag:u:F1 UpdateTime:u:F14 Reserved:s:-?""",
    "baseInfoVehicleTotalMile": """
        CompanyId:s:V32 Address:u:F6 VehicleNo:s:V32 TotalMile:f:V64 Flag:u:F1 UpdateTime:u:F14
        Reserved:s:-?""",
    "baseInfoDriver": """
        CompanyId:s:V32 Address:u:F6 DriverName:s:V64? DriverPhone:s:V32 DriverGender:s:V2
        DriverBirthday:u:F8 DriverNationality:s:V32? DriverNation:s:V32 DriverMaritalStatus:s:V64?
        DriverLanguageLevel:s:V64? DriverEducation:s:V64? DriverCensus:s:V256? DriverAddress:s:V256?
        DriverContactAddress:s:V256 PhotoId:s:V128? LicenseId:s:V32 LicensePhotoId:s:V128? DriverType:s:V16?
        GetDriverLicenseDate:u:F8 DriverLicenseOn:u:F8 DriverLicenseOff:u:F8 TaxiDriver:u:F1
        CertificateNo:s:V128 NetworkCarIssueOrganization:s:V256 NetworkCarIssueDate:u:F8
        GetNetworkCarProofDate:u:F8 NetworkCarProofOn:u:F8 NetworkCarProofOff:u:F8 RegisterDate:u:F8
        FullTimeDriver:u:F1? InDriverBlacklist:u:F1? CommercialType:u:F1 ContractCompany:s:V256
        ContractOn:u:F8 ContractOff:u:F8 EmergencyContact:s:V64? EmergencyContactPhone:s:V32?
        EmergencyContactAddress:s:V256? State:u:F1 Flag:u:F1 UpdateTime:u:F14 Reserved:s:-?""",
    "baseInfoDriverEducate": """
        CompanyId:s:V32 Address:u:F6 LicenseId:s:V32 CourseName:s:V64 CourseDate:u:F8 StartTime:s:V8
        StopTime:s:V8 Duration:u:V10 Flag:u:F1 UpdateTime:u:F14 Reserved:s:-?""",
    "baseInfoDriverApp": """
        CompanyId:s:V32 Address:u:F6 LicenseId:s:V32 DriverPhone:s:V32 NetType:u:F1 AppVersion:s:V32
        MapType:u:F1 State:u:F1 Flag:u:F1 UpdateTime:u:F14 Reserved:s:-?""",
    "baseInfoDriverStat": """
        CompanyId:s:V32 Address:u:F6 LicenseId:s:V32 Cycle:u:F6 OrderCount:u:V10 TrafficViolationCount:u:V32
        ComplainedCount:u:V32 Flag:u:F1 UpdateTime:u:F14 Reserved:s:-?""",
    "baseInfoPassenger": """
        CompanyId:s:V32 RegisterDate:u:F8? PassengerPhone:s:V32 PassengerName:s:V64? PassengerGender:s:V2?
        State:u:F1 Flag:u:F1 UpdateTime:u:F14 Reserved:s:-?""",
    "orderCreate": """
        CompanyId:s:V32 Address:u:F6 OrderId:s:V64 DepartTime:u:F14 OrderTime:u:F14 PassengerNote:s:V128?
        Departure:s:V128 DepLongitude:u:V10 DepLatitude:u:V10 Destination:s:V128 DestLongitude:u:V10
        DestLatitude:u:V10 Encrypt:u:F1 FareType:s:V16 Reserved:s:-?""",
    "orderMatch": """
        CompanyId:s:V32 Address:u:F6 OrderId:s:V64 Longitude:u:V10? Latitude:u:V10? Encrypt:u:F1
        LicenseId:s:V32 DriverPhone:s:V32 VehicleNo:s:V32 DistributeTime:u:F14 Reserved:s:-?""",
    "orderCancel": """
        CompanyId:s:V32 Address:u:F6 OrderId:s:V64 OrderTime:u:F14? CancelTime:u:F14 Operator:s:V64
        CancelTypeCode:s:V32 CancelReason:s:V128? Reserved:s:-?""",
    "operateLogin": """
        CompanyId:s:V32 LicenseId:s:V32 VehicleNo:s:V32 LoginTime:u:F14 Longitude:u:V10? Latitude:u:V10?
        Encrypt:u:F1 Reserved:s:-?""",
    "operateLogout": """
        CompanyId:s:V32 LicenseId:s:V32 VehicleNo:s:V32 LogoutTime:u:F14 Longitude:u:V10? Latitude:u:V10?
        Encrypt:u:F1 Reserved:s:-?""",
    "operateDepart": """
        CompanyId:s:V32 OrderId:s:V64 LicenseId:s:V32 FareType:s:V16 VehicleNo:s:V32 DepLongitude:u:V10
        DepLatitude:u:V10 Encrypt:u:F1 DepTime:u:F14 WaitMile:f:V10? WaitTime:u:V10? Reserved:s:-?""",
    "operateArrive": """
        CompanyId:s:V32 OrderId:s:V64 DestLongitude:u:V10 DestLatitude:u:V10 Encrypt:u:F1 DestTime:u:F14
        DriveMile:f:V10 DriveTime:u:V10 Reserved:s:-?""",
    "operatePay": """
        CompanyId:s:V32 OrderId:s:V64 OnArea:u:F6 DriverName:s:V64? LicenseId:s:V32 FareType:s:V16
        VehicleNo:s:V32 BookDepTime:u:F14 WaitTime:u:V10? DepLongitude:u:V10 DepLatitude:u:V10
        DepArea:s:V128? DepTime:u:F14 DestLongitude:u:V10 DestLatitude:u:V10 DestArea:s:V128? DestTime:u:F14
        BookModel:s:V64? Model:s:V64? DriveMile:f:V10 DriveTime:u:V10 WaitMile:f:V10? FactPrice:f:V10
        Price:f:V10? CashPrice:f:V10? LineName:s:V64? LinePrice:f:V10? PosName:s:V64? PosPrice:f:V10?
        BenfitPrice:f:V10? BookTip:f:V10? PassengerTip:f:V10? PeakUpPrice:f:V10? NightUpPrice:f:V10?
        FarUpPrice:f:V10 OtherUpPrice:f:V10 PayState:s:V32 PayTime:u:F14? OrderMatchTime:u:F14?
        InvoiceStatus:s:V32 Reserved:s:-?""",
    "positionDriver": """
        CompanyId:s:V32 LicenseId:s:V32 DriverRegionCode:u:F6 VehicleNo:s:V32 PositionTime:u:V14
        Longitude:u:V10 Latitude:u:V10 Encrypt:u:V10? Direction:u:V10? Elevation:i:V10? Speed:u:V10?
        BizStatus:u:V10? OrderId:s:V64 Reserved:s:-?""",
    "positionVehicle": """
        CompanyId:s:V32 VehicleNo:s:V32 VehicleRegionCode:u:F6 PositionTime:u:V14 Longitude:u:V10
        Latitude:u:V10 Speed:u:V10? Direction:u:V10? Elevation:i:V10? Mileage:f:V10? Encrypt:u:V10?
        WarnStatus:u:V10? VehStatus:u:V10? BizStatus:u:V10? OrderId:s:V64 Reserved:s:-?""",
    "ratedPassenger": """
        CompanyId:s:V32 OrderId:s:V64 EvaluateTime:u:F14 ServiceScore:u:V10 DriverScore:u:V10?
        VehicleScore:u:V10? Detail:s:V128? Reserved:s:-?""",
    "ratedPassengerComplaint": """
        CompanyId:s:V32 OrderId:s:V64 ComplaintTime:u:F14 Detail:s:V256 Result:s:V128? Reserved:s:-?""",
    "ratedDriverPunish": """
        CompanyId:s:V32 LicenseId:s:V32 PunishTime:u:F14 PunishReason:s:V128? PunishResult:s:V128
        Reserved:s:-?""",
    "ratedDriver": """
        CompanyId:s:V32 LicenseId:s:V32 Level:u:V10 TestDate:u:F8 TestDepartment:s:V128 Reserved:s:-?""",
    "shareCompany": """
        CompanyId:s:- CompanyName:s:- Identifier:s:- Address:u:- ContactAddress:s:- EconomicType:s:-
        LegalName:s:- LegalPhone:s:- State:u:- Flag:u:- UpdateTime:u:- Reserved:s:-?""",
    "shareRoute": """
        CompanyId:s:- Address:u:-? RouteId:s:- DriverName:s:- DriverPhone:s:- LicenseId:s:- VehicleNo:s:-
        Departure:s:- DepLongitude:u:- DepLatitude:u:- Destination:s:- DestLongitude:u:- DestLatitude:u:-
        Encrypt:u:- RouteCreateTime:u:- RouteMile:f:-? RouteNote:s:-? Reserved:s:-?""",
    "shareOrder": """
        CompanyId:s:- Address:u:-? RouteId:s:- OrderId:s:- BookDepartTime:u:- Departure:s:- DepLongitude:u:-
        DepLatitude:u:- Destination:s:- DestLongitude:u:- DestLatitude:u:- Encrypt:u:- OrderEnsureTime:u:-
        PassengerNum:u:- PassengerNote:s:-? Reserved:s:-?""",
    "sharePay": """
        CompanyId:s:- Address:u:-? RouteId:s:- OrderId:s:- DriverPhone:s:- LicenseId:s:- VehicleNo:s:-
        FareType:s:- BookDepartTime:u:- DepartTime:u:- Departure:s:- DepLongitude:u:- DepLatitude:u:-
        DestTime:u:- Destination:s:- DestLongitude:u:- DestLatitude:u:- Encrypt:u:- DriveMile:f:-
        DriveTime:u:- FactPrice:f:- Price:f:- CashPrice:f:- LineName:s:-? LinePrice:f:- BenfitPrice:f:-?
        ShareFuelFee:f:-? ShareHighwayToll:f:-? PassengerTip:f:-? ShareOther:f:-? PayState:s:-
        PassengerNum:u:- PayTime:u:-? OrderMatchTime:u:-? Reserved:s:-?""",
}


class Field(NamedTuple):
    """One line of a field table; `size` is 0 where the page states none."""

    name: str
    kind: str
    exact: bool
    size: int
    required: bool


def _field(word: str) -> Field:
    optional = word.endswith("?")
    name, kind, length = word.rstrip("?").split(":")
    return Field(name, kind, length[0] == "F", int(length[1:] or 0), not optional)


FIELDS: dict[str, tuple[Field, ...]] = {
    kind: tuple(_field(word) for word in table.split()) for kind, table in _TABLES.items()
}
POSITIONS = ("positionDriver", "positionVehicle")
EVENT_TIME = {
    "orderCreate": "OrderTime",
    "orderMatch": "DistributeTime",
    "orderCancel": "CancelTime",
    "operateLogin": "LoginTime",
    "operateLogout": "LogoutTime",
    "operateDepart": "DepTime",
    "operateArrive": "DestTime",
    "operatePay": "DestTime",
    "positionDriver": "PositionTime",
    "positionVehicle": "PositionTime",
}
# The ten types whose flaws this program checks: those that an order, a car or a driver is judged by.
CHECKED = tuple(EVENT_TIME)
CODES = {
    "Encrypt": range(5),
    "BizStatus": range(1, 5),
    "Operator": range(1, 4),
    "CancelTypeCode": range(1, 6),
    "PayState": range(3),
    "InvoiceStatus": range(3),
}
# The key without which a base record says nothing.
BASE_KEY = {
    "baseInfoVehicle": "VehicleNo",
    "baseInfoVehicleInsurance": "VehicleNo",
    "baseInfoVehicleTotalMile": "VehicleNo",
    "baseInfoDriver": "LicenseId",
    "baseInfoDriverEducate": "LicenseId",
    "baseInfoDriverApp": "LicenseId",
    "baseInfoDriverStat": "LicenseId",
    "baseInfoPassenger": "PassengerPhone",
    "baseInfoCompanyPermit": "Certificate",
    "baseInfoCompanyFare": "FareType",
    "baseInfoCompanyService": "ServiceNo",
    "baseInfoCompanyPay": "PayId",
}
