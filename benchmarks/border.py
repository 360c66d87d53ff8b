"""What the border costs: microseconds of CPU a record, by form and type.

Run ``python benchmarks/border.py``. Orders come one record a message, positions a hundred.
``--against DIR`` measures another checkout in turn with this one, and prints the ratio: what a
machine does besides moves both alike.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import process_time

from regulator.domain.drivers import FILLERS
from regulator.domain.feed import FeedKind
from regulator.domain.instants import from_rfc3339
from regulator.domain.limits import Limits
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


def measure() -> Mapping[str, float]:
    """Return the cost of each form and type."""
    flawed = {"Address": "310000", "PassengerPhone": "13900000000"}
    forms: dict[str, Callable[[str, Sequence[dict[str, object]]], bytes]] = {
        "JSON": as_json,
        "protobuf": as_protobuf,
    }
    costs = {}
    for form, write in forms.items():
        orders = [write("orderMatch", [match(number)]) for number in range(20_000)]
        positions = [
            write("positionVehicle", [position(start + index) for index in range(100)])
            for start in range(0, 20_000, 100)
        ]
        costs[f"{form}, orderMatch, 1 a message"] = cost(orders, FeedKind.ORDERS)
        costs[f"{form}, positionVehicle, 100 a message"] = cost(positions, FeedKind.POSITIONS)
    mended = [as_json("orderMatch", [match(number) | flawed]) for number in range(20_000)]
    costs["JSON, orderMatch with two flaws, 1 a message"] = cost(mended, FeedKind.ORDERS)
    return costs


def measure_other(checkout: Path) -> Mapping[str, float]:
    """Measure a checkout in a process of its own, by its own script: an older one names things otherwise."""
    told = subprocess.run(
        [sys.executable, checkout / "benchmarks" / "border.py", "--plain"],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        check=True,
        capture_output=True,
    )
    costs: Mapping[str, float] = json.loads(told.stdout)
    return costs


def least(rounds: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """Return the least of some rounds, each figure by itself."""
    return {what: min(one[what] for one in rounds) for what in rounds[0]}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, metavar="DIR", help="another checkout of this project")
    parser.add_argument("--plain", action="store_true", help="print JSON")
    given = parser.parse_args()
    if given.plain:
        print(json.dumps(measure()))
        return
    here, there = Path(__file__).resolve().parent.parent, given.against
    rounds = [(measure_other(here), measure_other(there) if there else {}) for _ in range(3 if there else 1)]
    ours, theirs = least([one for one, _ in rounds]), least([other for _, other in rounds])
    for what, spent in ours.items():
        ratio = f"  {theirs[what] / spent:5.2f} times as quick" if there else ""
        print(f"{what:46} {spent:6.2f} µs a record  {1e6 / spent:9,.0f} a second{ratio}")


if __name__ == "__main__":
    main()
