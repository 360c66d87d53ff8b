"""Orders, statements and heartbeats for tests on a real broker: seeded, stamped as of when they are sent."""

import json
import random
from collections.abc import Iterator

from regulator.domain.instants import DAY, MINUTE, Instant, to_digits, to_rfc3339

COMPANY = {"sunny": "3101YPZC0001", "moon": "3101YPZC0002"}
REGISTER = "feed.register.permits"

Push = tuple[str, bytes | None, bytes]


class Streets:
    """Cars and drivers, a fifth of them without a licence, and what they do."""

    def __init__(self, seed: int, cars: int = 200) -> None:
        self._random = random.Random(seed)
        self.plates = [f"沪AD{number:05d}" for number in range(cars)]
        self.drivers = [f"3199{number:08d}" for number in range(cars)]
        self._orders = 0
        self._sequence = 1

    def register(self, at: Instant) -> Iterator[Push]:
        """Everything that is stated at first, and that it is complete."""
        for company in COMPANY.values():
            yield self._state("platform_permit", f"P-{company}", company, at)
        for number, (plate, driver) in enumerate(zip(self.plates, self.drivers, strict=True)):
            if number % 5:
                yield self._state("vehicle_permit", f"V-{number}", plate, at)
            if number % 7:
                yield self._state("driver_certificate", f"D-{number}", driver, at)
        yield self.heartbeat(at)

    def heartbeat(self, at: Instant) -> Push:
        """The register is complete up to now."""
        return REGISTER, None, _json({"type": "heartbeat", "complete_to": to_rfc3339(at)})

    def change(self, at: Instant) -> Push:
        """A licence arrives back-dated, ends back-dated, is revoked, or is withdrawn."""
        number = self._random.randrange(len(self.plates))
        kind, certificate, subject = self._random.choice(
            [
                ("vehicle_permit", f"V-{number}", self.plates[number]),
                ("driver_certificate", f"D-{number}", self.drivers[number]),
            ]
        )
        match self._random.randrange(4):
            case 0:
                return self._state(kind, certificate, subject, at)
            case 1:
                return self._state(kind, certificate, subject, at, until=Instant(at - 2 * MINUTE))
            case 2:
                return self._state(kind, certificate, subject, at, state="revoked")
            case _:
                self._sequence += 1
                withdrawn = {"type": "withdrawn", "of": "licence", "kind": kind, "certificate": certificate}
                return REGISTER, None, _json({**withdrawn, "sequence": self._sequence})

    def order(self, at: Instant) -> Iterator[Push]:
        """One order's records: sometimes repeated, corrected, unidentifiable, flawed or refused."""
        slug = self._random.choice(list(COMPANY))
        topic, company = f"feed.{slug}.orders", COMPANY[slug]
        self._orders += 1
        number = f"T{self._orders:08d}"
        key = number.encode()
        plate, driver = self._random.choice(self.plates), self._random.choice(self.drivers)
        if self._random.random() < 0.05:
            plate, driver = self._random.choice([("无", driver), (plate, "0"), ("XX", "-")])
        now = int(to_digits(at))
        yield topic, key, envelope(company, "orderCreate", create(company, number, now))
        yield topic, key, envelope(company, "orderMatch", match(company, number, plate, driver, now))
        if self._random.random() < 0.1:
            yield topic, key, envelope(company, "orderMatch", match(company, number, plate, driver, now))
        if self._random.random() < 0.05:
            other = self._random.choice(self.plates)
            yield topic, key, envelope(company, "orderMatch", match(company, number, other, driver, now))
        if self._random.random() < 0.02:
            yield topic, key, b"{broken"
        if self._random.random() < 0.02:
            yield (
                topic,
                key,
                envelope(company, "orderMatch", match("9999FOREIGN1", number, plate, driver, now)),
            )
        yield topic, key, envelope(company, "operateDepart", depart(company, number, plate, driver, now))
        yield topic, key, envelope(company, "operateArrive", arrive(company, number, now))

    def _state(
        self,
        kind: str,
        certificate: str,
        subject: str,
        at: Instant,
        *,
        until: Instant | None = None,
        state: str = "valid",
    ) -> Push:
        self._sequence += 1
        period = {
            "from": to_rfc3339(Instant(at - 365 * DAY)),
            "to": to_rfc3339(until or Instant(at + 365 * DAY)),
            "state": state,
        }
        statement = {"type": "licence", "kind": kind, "certificate": certificate, "subject": subject}
        return REGISTER, None, _json({**statement, "sequence": self._sequence, "periods": [period]})


def envelope(company: str, type_: str, *records: dict[str, object]) -> bytes:
    """One message of the ministry's interface."""
    return _json({"CompanyId": company, "Source": "0", "IPCType": type_, type_: list(records)})


def create(company: str, number: str, now: int) -> dict[str, object]:
    """An orderCreate without flaw."""
    return {
        "CompanyId": company, "Address": 310101, "OrderId": number, "DepartTime": now, "OrderTime": now,
        "Departure": "人民广场", "DepLongitude": 121478222, "DepLatitude": 31228457,
        "Destination": "虹桥火车站", "DestLongitude": 121327000, "DestLatitude": 31200500,
        "Encrypt": 1, "FareType": "1",
    }  # fmt: skip


def match(company: str, number: str, plate: str, driver: str, now: int) -> dict[str, object]:
    """An orderMatch without flaw."""
    return {
        "CompanyId": company, "Address": 310101, "OrderId": number, "Longitude": 121478222,
        "Latitude": 31228457, "Encrypt": 1, "LicenseId": driver, "DriverPhone": "13000000000",
        "VehicleNo": plate, "DistributeTime": now,
    }  # fmt: skip


def depart(company: str, number: str, plate: str, driver: str, now: int) -> dict[str, object]:
    """An operateDepart without flaw."""
    return {
        "CompanyId": company, "OrderId": number, "LicenseId": driver, "FareType": "1", "VehicleNo": plate,
        "DepLongitude": 121478222, "DepLatitude": 31228457, "Encrypt": 1, "DepTime": now,
    }  # fmt: skip


def arrive(company: str, number: str, now: int) -> dict[str, object]:
    """An operateArrive without flaw."""
    return {
        "CompanyId": company, "OrderId": number, "DestLongitude": 121327000, "DestLatitude": 31200500,
        "Encrypt": 1, "DestTime": now, "DriveMile": 15.5, "DriveTime": 1800,
    }  # fmt: skip


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
