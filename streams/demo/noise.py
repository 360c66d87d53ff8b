"""What is wrong with records as such: flaws that leave them readable, and records that must be refused."""

from collections.abc import Callable

from streams.demo.chance import chance, whole
from streams.demo.messages import envelope
from streams.demo.platforms import Platform
from streams.demo.rates import FLAWED, FLAWED_POSITIONS, REFUSED
from streams.demo.records import CITY_CODE, Fields, Record

_EPOCH = 19700101080000
_FOREIGN = "4401YPZCYS99"
_FIELDS_NO_RULE_NEEDS = ("FareType", "DriverPhone", "DriveMile", "Destination")


def flawed(record: Record, order: str) -> Record:
    """Return the record, a few of them with a flaw."""
    if chance("flawed", order, record.kind) >= FLAWED:
        return record
    flaw = _FLAWS[whole(len(_FLAWS), "flaw", order, record.kind)]
    return Record(record.kind, flaw(dict(record.fields)))


def flawed_position(fields: Fields, order: str, second: int) -> Fields:
    """Return a position's fields, a few of them with a flaw."""
    if chance("flawed", order, second, fields["VehicleNo"]) >= FLAWED_POSITIONS:
        return fields
    return {**fields, "Longitude": 0, "Latitude": 0}


def refused_beside(record: Record, order: str) -> Record | None:
    """Return, for a few, a record that shares the message and must be refused."""
    if (drawn := _refused(record, order)) == 0:
        return Record(
            record.kind, {name: value for name, value in record.fields.items() if name != "OrderId"}
        )
    return Record(record.kind, {**record.fields, "CompanyId": _FOREIGN}) if drawn == 1 else None


def refused_after(platform: Platform, record: Record, order: str) -> bytes | None:
    """Return, for a few, a message that follows and must be refused."""
    company = str(record.fields["CompanyId"])
    match _refused(record, order):
        case 2:
            return envelope(platform, company, [Record(f"{record.kind}ed", record.fields)])
        case 3:
            whole_message = envelope(platform, company, [record])
            return whole_message[: len(whole_message) // 2]
        case 4:
            return envelope(platform, company, [_misplaced(record)])
        case _:
            return None


def _refused(record: Record, order: str) -> int | None:
    if chance("refused", order, record.kind) >= REFUSED:
        return None
    return whole(5, "refusal", order, record.kind)


def _misplaced(record: Record) -> Record:
    """A position, which belongs on the other topic."""
    plate = record.fields.get("VehicleNo") or "沪ADY0000"
    return Record(
        "positionVehicle",
        {
            "CompanyId": record.fields["CompanyId"],
            "VehicleNo": plate,
            "VehicleRegionCode": CITY_CODE,
            "PositionTime": 0,
            "Longitude": 121_478_223,
            "Latitude": 31_228_458,
            "OrderId": "0",
        },
    )


def _numbers_as_text(fields: Fields) -> Fields:
    return {name: str(value) if isinstance(value, int) else value for name, value in fields.items()}


def _letter_for_letter(fields: Fields) -> Fields:
    """``Licenseld``: an l where an I belongs, as scanned tables have it."""
    return {
        name.replace("Id", "ld") if name == "LicenseId" else name: value for name, value in fields.items()
    }


def _missing(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name not in _FIELDS_NO_RULE_NEEDS}


def _no_such_code(fields: Fields) -> Fields:
    return {**fields, "Encrypt": 9} if "Encrypt" in fields else {**fields, "PayState": "9"}


def _nowhere(fields: Fields) -> Fields:
    return {name: 0 if name.endswith("Longitude") else value for name, value in fields.items()}


def _epoch(fields: Fields) -> Fields:
    times = ("OrderTime", "DistributeTime", "DestTime", "PayTime")
    return {name: _EPOCH if name in times else value for name, value in fields.items()}


def _passenger_named(fields: Fields) -> Fields:
    return {**fields, "PassengerPhone": "10000000000"}


_FLAWS: tuple[Callable[[Fields], Fields], ...] = (
    _numbers_as_text,
    _letter_for_letter,
    _missing,
    _no_such_code,
    _nowhere,
    _epoch,
    _passenger_named,
)
