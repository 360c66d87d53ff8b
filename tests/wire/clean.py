"""A clean record of each of the 32 types, as a careful platform would send it."""

from collections.abc import Mapping
from typing import Any

COMPANY = "3101YPZC0001"
DRIVER = "11010519491231002X"
PLATE = "沪AD12345"

_US = {"CompanyId": COMPANY}
_WHO = {"LicenseId": DRIVER, "VehicleNo": PLATE}
_PLACE = {"Longitude": 121_473_700, "Latitude": 31_230_400}
_START = {"DepLongitude": 121_473_700, "DepLatitude": 31_230_400}
_END = {"DestLongitude": 121_336_300, "DestLatitude": 31_196_900}
_ORDER = {"CompanyId": COMPANY, "OrderId": "SU0001"}
_BASE = {"CompanyId": COMPANY, "Flag": 2, "UpdateTime": 20200101000000}

CLEAN: Mapping[str, Mapping[str, Any]] = {
    "baseInfoCompany": {
        **_BASE, "CompanyName": "阳光出行", "Identifier": "91350100M000100Y43", "Address": 310000,
        "BusinessScope": "网络预约出租汽车", "ContactAddress": "人民大道200号", "EconomicType": "170",
        "RegCapital": "5000万元", "LegalName": "李某", "LegalID": DRIVER, "LegalPhone": "13800000001",
        "State": 0,
    },
    "baseInfoCompanyStat": {**_BASE, "VehicleNum": 12_000, "DriverNum": 30_000},
    "baseInfoCompanyPay": {
        **_BASE, "PayName": "某支付", "PayId": "Z2000133000019", "PayType": "互联网支付",
        "PayScope": "全国", "PrepareBank": "某银行", "CountDate": 7, "State": 0,
    },
    "baseInfoCompanyService": {
        **_BASE, "Address": 310000, "ServiceName": "黄浦服务点", "ServiceNo": "HP01",
        "DetailAddress": "西藏中路1号", "ResponsibleName": "王某", "ResponsiblePhone": "13800000002",
        "ManagerName": "赵某", "ManagerPhone": "13800000003", "MailAddress": "西藏中路1号",
        "CreateDate": 20180102, "State": 0,
    },
    "baseInfoCompanyPermit": {
        **_BASE, "Address": 310000, "Certificate": "沪交运管网字00001号", "OperationArea": "上海市",
        "OwnerName": "阳光出行", "Organization": "上海市道路运输管理局", "StartDate": 20240301,
        "StopDate": 20280229, "CertifyDate": 20160301, "State": "1",
    },
    "baseInfoCompanyFare": {
        **_BASE, "Address": 310000, "FareType": "F1", "FareTypeNote": "经济型",
        "FareValidOn": 20240101000000, "StartFare": 14, "StartMile": 3.0, "UnitPricePerMile": 2.5,
        "UnitPricePerMinute": 0.5, "MorningPeakTimeOn": "0700", "MorningPeakTimeOff": "0900",
        "EveningPeakTimeOn": "1700", "EveningPeakTimeOff": "1900", "PeakUnitPrice": 3.0,
        "PeakPriceStartMile": 0, "State": 0,
    },
    "baseInfoVehicle": {
        **_BASE, "Address": 310000, "VehicleNo": PLATE, "PlateColor": "5", "Seats": 5, "Brand": "荣威",
        "Model": "Ei5", "VehicleType": "小型轿车", "OwnerName": "某租赁公司", "VehicleColor": "白",
        "EngineId": "E123456", "VIN": "1M8GDM9AXKP042788", "CertifyDateA": 20220510, "FuelType": "C",
        "EngineDisplace": "0", "Certificate": "沪交运管许可310115002863",
        "TransAgency": "上海市道路运输管理局", "TransArea": "上海市", "TransDateStart": 20240301,
        "TransDateStop": 20270228, "CertifyDateB": 20220512, "FixState": "1", "CheckState": "01",
        "FeePrintId": "P1",
        "GPSBrand": "某牌", "GPSModel": "G1", "GPSInstallDate": 20220601, "RegisterDate": 20220602,
        "CommercialType": 1, "FareType": "F1", "State": 0,
    },
    "baseInfoVehicleInsurance": {
        **_BASE, "VehicleNo": PLATE, "InsurCom": "某保险", "InsurNum": "PDAA2026",
        "InsurType": "承运人责任险", "InsurCount": 1_000_000, "InsurEff": 20260101, "InsurExp": 20261231,
    },
    "baseInfoVehicleTotalMile": {**_BASE, "Address": 310000, "VehicleNo": PLATE, "TotalMile": 312_000.5},
    "baseInfoDriver": {
        **_BASE, "Address": 310000, "DriverName": "孙某", "DriverPhone": "13800000004", "DriverGender": "1",
        "DriverBirthday": 19700101, "DriverNation": "HA", "DriverContactAddress": "某路1号",
        "LicenseId": DRIVER, "DriverType": "C1", "GetDriverLicenseDate": 20050607,
        "DriverLicenseOn": 20230607, "DriverLicenseOff": 20330607, "TaxiDriver": 0, "CertificateNo": DRIVER,
        "NetworkCarIssueOrganization": "上海市道路运输管理局", "NetworkCarIssueDate": 20210405,
        "GetNetworkCarProofDate": 20210405, "NetworkCarProofOn": 20240405, "NetworkCarProofOff": 20270404,
        "RegisterDate": 20210406, "CommercialType": 1, "ContractCompany": "阳光出行", "ContractOn": 20210406,
        "ContractOff": 20270405, "EmergencyContact": "周某", "EmergencyContactPhone": "13800000005",
        "State": 0,
    },
    "baseInfoDriverEducate": {
        **_BASE, "Address": 310000, "LicenseId": DRIVER, "CourseName": "安全驾驶", "CourseDate": 20250607,
        "StartTime": "0900", "StopTime": "1100", "Duration": 120,
    },
    "baseInfoDriverApp": {
        **_BASE, "Address": 310000, "LicenseId": DRIVER, "DriverPhone": "13800000004", "NetType": 2,
        "AppVersion": "8.1.0", "MapType": 2, "State": 0,
    },
    "baseInfoDriverStat": {
        **_BASE, "Address": 310000, "LicenseId": DRIVER, "Cycle": 202602, "OrderCount": 412,
        "TrafficViolationCount": 0, "ComplainedCount": 1,
    },
    "baseInfoPassenger": {
        **_BASE, "RegisterDate": 20190807, "PassengerPhone": "13900000000", "PassengerName": "吴女士",
        "PassengerGender": "2", "State": 0,
    },
    "orderCreate": {
        **_ORDER, **_START, **_END, "Address": 310000, "DepartTime": 20260302082000,
        "OrderTime": 20260302081530, "Departure": "人民广场", "Destination": "虹桥火车站", "Encrypt": 1,
        "FareType": "F1",
    },
    "orderMatch": {
        **_ORDER, **_WHO, **_PLACE, "Address": 310000, "Encrypt": 1, "DriverPhone": "13800000000",
        "DistributeTime": 20260302081530,
    },
    "orderCancel": {
        **_ORDER, "Address": 310000, "OrderTime": 20260302081500, "CancelTime": 20260302081530,
        "Operator": "1", "CancelTypeCode": "4",
    },
    "operateLogin": {**_US, **_WHO, **_PLACE, "LoginTime": 20260302081530, "Encrypt": 2},
    "operateLogout": {**_US, **_WHO, "LogoutTime": 20260302081530, "Encrypt": 2},
    "operateDepart": {
        **_ORDER, **_WHO, **_START, "FareType": "F1", "Encrypt": 1, "DepTime": 20260302081530,
        "WaitMile": 0.3,
    },
    "operateArrive": {
        **_ORDER, **_END, "Encrypt": 3, "DestTime": 20260302081530, "DriveMile": 17.4, "DriveTime": 1800,
    },
    "operatePay": {
        **_ORDER, **_WHO, **_START, **_END, "OnArea": 310101, "FareType": "F1",
        "BookDepTime": 20260302074000, "DepTime": 20260302074500, "DestTime": 20260302081530,
        "DriveMile": 17.4, "DriveTime": 1830, "FactPrice": 66.6, "FarUpPrice": 0, "OtherUpPrice": 0,
        "PayState": "1", "InvoiceStatus": "0",
    },
    "positionDriver": {
        **_US, **_WHO, **_PLACE, "DriverRegionCode": 310000, "PositionTime": 1772410530,
        "Encrypt": 1, "Direction": 90, "Speed": 0, "BizStatus": 1, "OrderId": "SU0001",
    },
    "positionVehicle": {
        **_US, "VehicleNo": PLATE, **_PLACE, "VehicleRegionCode": 310000,
        "PositionTime": 1772410530, "Encrypt": 1, "Speed": 36, "BizStatus": 3, "OrderId": "0",
        "Mileage": 1234.5,
    },
    "ratedPassenger": {
        **_ORDER, "EvaluateTime": 20260302081530, "ServiceScore": 5, "DriverScore": 4, "Detail": "好",
    },
    "ratedPassengerComplaint": {**_ORDER, "ComplaintTime": 20260302081530, "Detail": "绕路"},
    "ratedDriverPunish": {
        **_US, "LicenseId": DRIVER, "PunishTime": 20260302081530, "PunishResult": "停运三日",
    },
    "ratedDriver": {
        **_US, "LicenseId": DRIVER, "Level": 5, "TestDate": 20260115,
        "TestDepartment": "上海市道路运输管理局",
    },
    "shareCompany": {
        **_BASE, "CompanyName": "同行", "Identifier": "91350100M000100Y43", "Address": 310000,
        "ContactAddress": "某路2号", "EconomicType": "170", "LegalName": "郑某", "LegalPhone": "13800000006",
        "State": 0,
    },
    "shareRoute": {
        **_US, **_WHO, **_START, **_END, "RouteId": "R1", "DriverName": "孙某", "DriverPhone": "13800000004",
        "Departure": "人民广场", "Destination": "虹桥火车站", "Encrypt": 1, "RouteCreateTime": 20260302081530,
        "RouteMile": 18.5,
    },
    "shareOrder": {
        **_ORDER, **_START, **_END, "RouteId": "R1", "BookDepartTime": 20260302083000,
        "Departure": "人民广场", "Destination": "虹桥火车站", "Encrypt": 1, "OrderEnsureTime": 20260302081530,
        "PassengerNum": 1,
    },
    "sharePay": {
        **_ORDER, **_WHO, **_START, **_END, "RouteId": "R1", "DriverPhone": "13800000004", "FareType": "S1",
        "BookDepartTime": 20260302073000, "DepartTime": 20260302073500, "Departure": "人民广场",
        "DestTime": 20260302081530, "Destination": "虹桥火车站", "Encrypt": 1, "DriveMile": 18.5,
        "DriveTime": 2400, "FactPrice": 20, "Price": 20, "CashPrice": 0, "LinePrice": 20, "PayState": "1",
        "PassengerNum": 1,
    },
}  # fmt: skip

BASE = tuple(name for name in CLEAN if name.startswith("baseInfo"))
POSITIONS = tuple(name for name in CLEAN if name.startswith("position"))
ORDERS = tuple(name for name in CLEAN if name not in POSITIONS)
"""By topic: whatever is no position belongs on the topic of orders."""
