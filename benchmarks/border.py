"""What the border costs: microseconds of CPU a record, by form and type.

Run ``python benchmarks/border.py``. Orders come one record a message, positions a hundred.
"""

import json
from collections.abc import Callable, Sequence
from time import process_time

from regulator.domain.drivers import FILLERS
from regulator.domain.feed import FeedKind
from regulator.domain.instants import from_rfc3339
from regulator.limits import Limits
from regulator.wire.ministry import Border
from regulator.wire.ministry.protobuf import OTIpc
from regulator.wire.ministry.shapes import SHAPES

COMPANY = "3101YPZC0001"
ARRIVAL = from_rfc3339("2026-03-02T08:15:40+08:00")
ROUNDS = 5


def match(number: int) -> dict[str, object]:
    """Return an orderMatch of one of 5,000 cars."""
    return {
        "CompanyId": COMPANY,
        "Address": 310000,
        "OrderId": f"SU20260302081530{number:08}",
        "Longitude": 121_473_700 + number % 9999,
        "Latitude": 31_230_400 + number % 9999,
        "Encrypt": 1,
        "LicenseId": f"99999920000{number % 5000:04}",
        "DriverPhone": "13800000000",
        "VehicleNo": f"沪A{number % 5000:05}",
        "DistributeTime": 20260302081500 + number % 40,
    }


def position(number: int) -> dict[str, object]:
    """Return a positionVehicle of one of 5,000 cars."""
    return {
        "CompanyId": COMPANY,
        "VehicleNo": f"沪A{number % 5000:05}",
        "VehicleRegionCode": 310000,
        "PositionTime": ARRIVAL // 1_000_000 - number % 40,
        "Longitude": 121_473_700 + number % 9999,
        "Latitude": 31_230_400 + number % 9999,
        "Speed": number % 90,
        "Direction": number % 360,
        "Elevation": 5,
        "Mileage": 12.5,
        "Encrypt": 1,
        "BizStatus": 1,
        "OrderId": f"SU20260302081530{number:08}",
    }


def as_json(name: str, records: Sequence[dict[str, object]]) -> bytes:
    """Return a JSON envelope."""
    envelope = {"CompanyId": COMPANY, "Source": "0", "IPCType": name, name: records}
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()


def as_protobuf(name: str, records: Sequence[dict[str, object]]) -> bytes:
    """Return an OTIpc."""
    envelope = OTIpc(CompanyId=COMPANY, Source="0", IPCType=SHAPES[name].type.code)
    for record in records:
        getattr(envelope, name).add(**record)
    return bytes(envelope.SerializeToString())


def cost(messages: Sequence[bytes], kind: FeedKind) -> float:
    """Return the least of some rounds, in microseconds a record."""
    border = Border(
        companies={COMPANY}, kind=kind, pseudonym_key=b"benchmark", fillers=FILLERS, limits=Limits()
    )
    spent, records = [], 0
    for _ in range(ROUNDS):
        records = 0
        started = process_time()
        for message in messages:
            records += len(border.read(message, ARRIVAL))
        spent.append(process_time() - started)
    return min(spent) / records * 1e6


def main() -> None:
    """Print the table."""
    forms: dict[str, Callable[[str, Sequence[dict[str, object]]], bytes]] = {
        "JSON": as_json,
        "protobuf": as_protobuf,
    }
    for form, write in forms.items():
        orders = [write("orderMatch", [match(number)]) for number in range(20_000)]
        positions = [
            write("positionVehicle", [position(start + index) for index in range(100)])
            for start in range(0, 20_000, 100)
        ]
        for what, messages, kind in (
            ("orderMatch, 1 a message", orders, FeedKind.ORDERS),
            ("positionVehicle, 100 a message", positions, FeedKind.POSITIONS),
        ):
            print(f"{form:10} {what:32} {cost(messages, kind):6.2f} µs a record")


if __name__ == "__main__":
    main()
