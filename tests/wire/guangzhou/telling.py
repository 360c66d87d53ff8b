"""The ministry's records told in Guangzhou's words, written down apart from the border's own table."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from regulator.domain.drivers import FILLERS
from regulator.domain.feed import FeedKind, Outcome
from regulator.domain.instants import Instant
from regulator.domain.limits import Limits
from regulator.wire.guangzhou import Border
from tests.wire.sending import ARRIVAL, CLEAN, COMPANY, KEY

COMMANDS: Mapping[str, tuple[str, str]] = {
    "baseInfoCompany": ("BASIC", "PTJB"),
    "baseInfoCompanyStat": ("BASIC", "PTYYGM"),
    "baseInfoCompanyPay": ("BASIC", "PTZF"),
    "baseInfoCompanyService": ("BASIC", "PTFWJG"),
    "baseInfoCompanyPermit": ("BASIC", "CPTJYXK"),
    "baseInfoCompanyFare": ("BASIC", "PTYJ"),
    "baseInfoVehicle": ("BASIC", "CLJB"),
    "baseInfoVehicleInsurance": ("BASIC", "CLBX"),
    "baseInfoVehicleTotalMile": ("BASIC", "CLLC"),
    "baseInfoDriver": ("BASIC", "JSYJB"),
    "baseInfoDriverEducate": ("BASIC", "JSYPX"),
    "baseInfoDriverApp": ("BASIC", "JSYYDZD"),
    "baseInfoDriverStat": ("BASIC", "JSYTJ"),
    "baseInfoPassenger": ("BASIC", "CKJB"),
    "orderCreate": ("ORDER", "DDFQ"),
    "orderMatch": ("ORDER", "DDCG"),
    "orderCancel": ("ORDER", "DDCX"),
    "operateLogin": ("OPERATION", "CLYYSX"),
    "operateLogout": ("OPERATION", "CLYYXX"),
    "operateDepart": ("OPERATION", "YYCF"),
    "operateArrive": ("OPERATION", "YYDD"),
    "operatePay": ("OPERATION", "YYZF"),
    "positionDriver": ("GPS", "JSYDW"),
    "ratedPassenger": ("EVALUATE", "CKPJ"),
    "ratedPassengerComplaint": ("EVALUATE", "CKTSCL"),
    "ratedDriverPunish": ("EVALUATE", "JSYCF"),
    "ratedDriver": ("EVALUATE", "JSYXY"),
}
"""The ministry's type → the city's TYPE and command."""

_NAMES = {
    ("orderCancel", "Operator"): "initiator",
    ("positionDriver", "LicenseId"): "driverId",
    ("baseInfoDriver", "CertificateNo"): "certificateA",
    ("baseInfoVehicle", "VIN"): "vin",
    ("baseInfoVehicle", "GPSBrand"): "gpsBrand",
    ("baseInfoVehicle", "GPSModel"): "gpsModel",
    ("baseInfoVehicle", "GPSInstallDate"): "gpsInstallDate",
    ("baseInfoCompany", "LegalID"): "legalId",
}
"""Where a field is called otherwise than by the same letters, the first one small."""

_NOT_TOLD = {"CompanyId", "Flag", "UpdateTime", "State"}
_NUMBERS = {"VehicleNum", "DriverNum", "CountDate", "TrafficViolationCount"}
_ORDER_COUNT = ("baseInfoDriverStat", "OrderCount")


def told(kind: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record of the ministry in the city's words."""
    return {
        _NAMES.get((kind, name), name[0].lower() + name[1:]): _value(kind, name, value)
        for name, value in record.items()
        if name not in _NOT_TOLD
    }


def _value(kind: str, name: str, value: Any) -> Any:
    is_number = name in _NUMBERS or (kind, name) == _ORDER_COUNT
    return value if is_number or value is None else str(value)


def clean(kind: str, /, *, without: Sequence[str] = (), **changes: Any) -> dict[str, Any]:
    """Return a clean record, by the ministry's type and in the city's words, changed."""
    sent = {**told(kind, CLEAN[kind]), **changes}
    return {key: value for key, value in sent.items() if key not in without}


def message(command: str, records: Any, /, **changes: Any) -> bytes:
    """Return our envelope around a file's list; a change to None leaves a key out."""
    group = next((group for group, known in COMMANDS.values() if known == command), "ORDER")
    keys = {"company": COMPANY, "type": group, "command": command, "records": records, **changes}
    return json.dumps({key: value for key, value in keys.items() if value is not None}).encode()


def border(kind: FeedKind = FeedKind.ORDERS) -> Border:
    """Return a fresh border."""
    return Border(companies={COMPANY}, kind=kind, pseudonym_key=KEY, fillers=FILLERS, limits=Limits())


def read(kind: str, *records: Any, arrival: Instant = ARRIVAL, **changes: Any) -> list[Outcome]:
    """Send records, by the ministry's type, in one message across a fresh border of their topic."""
    group, command = COMMANDS[kind]
    topic = FeedKind.POSITIONS if group == "GPS" else FeedKind.ORDERS
    return border(topic).read(message(command, list(records), **changes), arrival)
