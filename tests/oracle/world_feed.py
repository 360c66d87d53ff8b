"""What platforms send in a random world."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.oracle.fields import EVENT_TIME, FIELDS, POSITIONS
from tests.oracle.identity import digits14
from tests.oracle.world_flaws import Flaws
from tests.oracle.world_places import Places
from tests.oracle.world_register import RegisterSpeech
from tests.oracle.world_values import (
    COMPANIES,
    DRIVERS,
    FILLERS,
    FOREIGN,
    NO_PLATES,
    ORDERS,
    PLATES,
    UNUSABLE,
    VALUES,
    WRONG_DIGIT,
    Json,
)  # fmt: skip

_WEIGHTS = {
    "orderMatch": 6, "operateDepart": 5, "operateLogin": 4, "operatePay": 2,
    "orderCreate": 1, "orderCancel": 1,
    "operateArrive": 2, "operateLogout": 1, "baseInfoVehicle": 0.3, "baseInfoVehicleTotalMile": 1.5,
}  # fmt: skip
_STORY = {
    "orderCreate": (0, 1, 1), "orderMatch": (0, 1, 1, 1, 2), "operateDepart": (0, 1, 1, 1, 2),
    "operateArrive": (0, 1, 1, 2), "operatePay": (0, 1), "baseInfoVehicleTotalMile": (0, 0, 0, 1),
}  # fmt: skip


class Feed(Flaws, Places, RegisterSpeech):
    """Records of orders, logins and positions, alone and many a message."""

    def _car(self) -> str:
        return (
            self.rng.choice(NO_PLATES) if self.rng.random() < 0.12 else self._spelt(self.rng.choice(PLATES))
        )

    def _person(self) -> str:
        choice = self.rng.random()
        if choice < 0.12:
            return self.rng.choice(FILLERS)
        return WRONG_DIGIT if choice < 0.18 else self._spelt(self.rng.choice(DRIVERS))

    def _time(self) -> datetime:
        if self.rng.random() < 0.7:
            return self.rng.choice(self.instants)
        return self.clock + timedelta(seconds=self.rng.choice((-601, -600, -301, -300, 0, 60, 61, -1)))

    def _record(self, kind: str, company: str) -> Json:
        record: Json = {}
        for each in (field for field in FIELDS[kind] if field.required):
            if each.name.endswith("Time") and each.size == 14:
                record[each.name] = int(digits14(self._time()))
            else:
                record[each.name] = VALUES.get(each.name, "x")
        record |= {"CompanyId": company}
        names: dict[str, Callable[[], Any]] = {
            "OrderId": lambda: self.rng.choice(ORDERS),
            "VehicleNo": self._car,
            "LicenseId": self._person,
            "PositionTime": self._position_time,
        }
        record |= {name: make() for name, make in names.items() if name in record}
        for which in ("", "Dep", "Dest"):
            if f"{which}Longitude" in record:
                self._put(record, which)
        self._untie(kind, record)
        if kind == "baseInfoVehicleTotalMile":
            record["TotalMile"] = self.rng.choice((600000, 600000, 600000.5, 599999.5, 700000, 10, 500000))
        if kind == "operatePay" and self.rng.random() < 0.8:
            record["DestTime"] = max(record["DestTime"], record["DepTime"])
        return record

    def _untie(self, kind: str, record: Json) -> None:
        """An instant at which nothing else ends or is created."""
        if kind not in ("orderCreate", "operateArrive") or "tied_ends" in self.quirks:
            return
        at = self._time()
        while at in self.ends:
            at += timedelta(seconds=1)
        self.ends.add(at)
        record[EVENT_TIME[kind]] = int(digits14(at))

    def _position_time(self) -> int:
        seconds = int(self._time().timestamp())
        local = int(digits14(datetime.fromtimestamp(seconds, UTC)))
        return self.rng.choice((seconds, seconds, seconds * 1000, local))

    def _orders(self) -> None:
        slug = self.rng.choice(list(self.slugs))
        company = self.rng.choice(self.slugs[slug])
        if self.sent and self.rng.random() < 0.3:
            kind, record = self.rng.choice(self.sent)
            slug = next(s for s, names in self.slugs.items() if record["_company"] in names)
            records = [self._again(kind, record)]
            company = record["_company"]
        else:
            kind = self.rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
            records = [self._record(kind, company) for _ in range(self.rng.choice((1, 1, 1, 2, 3)))]
            records = [self._flawed(kind, record) for record in records]
            if kind in ("orderMatch", "operateDepart") and self.rng.random() < 0.05:
                # At one instant and stage, nobody knows the car of one and the driver of the other.
                first = self._record(kind, company)
                records = [{**first, "VehicleNo": NO_PLATES[0]}, {**first, "LicenseId": FILLERS[0]}]
                self.rng.shuffle(records)
        self.sent += [(kind, {**record, "_company": company}) for record in records]
        self._send(f"feed.{slug}.orders", kind, company, records)

    def _story(self) -> None:
        """One order from its creation to its payment, mostly of one pair, mostly in order."""
        slug = self.rng.choice(list(self.slugs))
        company = self.rng.choice(self.slugs[slug])
        order, pair = self.rng.choice(ORDERS), self._pair()
        if self.rng.random() < 0.3:
            self._watched(pair)
        if self.rng.random() < 0.5:
            for _ in range(self.rng.choice((1, 1, 2, 3))):
                since = self.rng.choice((self.clock - timedelta(days=9), *self.instants))
                self._state("vehicle_permit", pair["VehicleNo"], [self._between(since, None)])
        told = [(kind, self.rng.choice(counts)) for kind, counts in _STORY.items()]
        kinds = [kind for kind, count in told for _ in range(count)]
        if self.rng.random() < 0.4:
            self.rng.shuffle(kinds)
        for kind in kinds:
            record = self._record(kind, company)
            names = pair if self.rng.random() < 0.75 else self._pair()
            spelt = {name: self._spelt(text) for name, text in names.items()}
            record |= {name: text for name, text in spelt.items() if name in record} | {"OrderId": order}
            if "LicenseId" in record and self.rng.random() < 0.07:
                record["LicenseId"] = self.rng.choice(FILLERS)
            if self.rng.random() < 0.15:
                record = self._flawed(kind, record)
            self.sent.append((kind, {**record, "_company": company}))
            self._send(f"feed.{slug}.orders", kind, company, [record])
            if self.rng.random() < 0.1:
                self._register()

    def _pair(self) -> Json:
        return {"VehicleNo": self.rng.choice(PLATES[:3]), "LicenseId": self.rng.choice(DRIVERS[:2])}

    def _again(self, kind: str, old: Json) -> Json:
        record = {key: value for key, value in deepcopy(old).items() if key != "_company"}
        choice = self.rng.random()
        alone = len(str(record.get("OrderId", ""))) > 3  # see _unusable_time
        if choice < 0.45 or alone:
            return record
        if self.may("unusable_twice", 0.5) and record.get(EVENT_TIME.get(kind, "")) in UNUSABLE:
            if isinstance(record.get("VehicleNo"), str):
                record["VehicleNo"] = self._spelt(record["VehicleNo"].replace("·", "").strip() or "无")
            if "DriverPhone" in record:
                record["DriverPhone"] = "13700000000"
            return record
        if choice < 0.55 and ("DepLongitude" in record or "DestLongitude" in record):
            self._put(record, "Dep" if "DepLongitude" in record else "Dest")
        elif choice < 0.6 and "small_change" in self.quirks:
            field = "FareType" if "FareType" in record else "Encrypt"
            record[field] = "F2" if field == "FareType" else 2
        elif choice < 0.7 and "LicenseId" in record:
            record["LicenseId"] = self._person()
        elif choice < 0.85 and "VehicleNo" in record:
            record["VehicleNo"] = self._car()
        elif EVENT_TIME.get(kind) in record:
            record[EVENT_TIME[kind]] = int(digits14(self._time()))
        self._untie(kind, record)
        return record

    def _send(self, topic: str, kind: str, company: str, records: list[Json]) -> None:
        payload: Any = records[0] if len(records) == 1 and self.rng.random() < 0.3 else records
        if self.may("not_an_object", 0.03) and isinstance(payload, list):
            payload = [*payload, "x"]
        envelope = {"CompanyId": company, "Source": "0", "IPCType": kind, kind: payload}
        if self.rng.random() < 0.1:
            envelope["CompanyId"] = FOREIGN  # the record's own counts
            if any("CompanyId" not in record for record in records):
                envelope["CompanyId"] = company
        if self.rng.random() < 0.1:
            envelope["InfoFlag"] = 1
        if self.may("wild_envelopes", 0.1):
            self._wild_envelope(topic, kind, envelope)
        else:
            self._emit(topic, envelope)

    def _positions(self) -> None:
        slug = self.rng.choice(list(self.slugs))
        company = self.rng.choice(self.slugs[slug])
        kind = self.rng.choice(POSITIONS)
        records = [self._record(kind, company) for _ in range(self.rng.randint(1, 3))]
        for record in records:
            if "position_conflict" not in self.quirks:
                record["PositionTime"] += self.rng.randrange(3) * (
                    1 if record["PositionTime"] < 10**10 else 0
                )
        records += [dict(self.rng.choice(records)) for _ in range(self.rng.choice((0, 1)))]
        if "position_conflict" not in self.quirks:
            seen: dict[tuple[str, int], Json] = {}
            records = [seen.setdefault((r.get("VehicleNo", ""), r["PositionTime"]), r) for r in records]
            records = [r for r in records if r["PositionTime"] > 10**13] or records[:1]
        self._send(f"feed.{slug}.positions", kind, company, records)

    def _rubbish(self) -> None:
        slug = self.rng.choice(list(self.slugs))
        company = self.rng.choice(self.slugs[slug])
        topic = f"feed.{slug}.orders"
        match = self._record("orderMatch", company)
        envelope: Json = {"CompanyId": company, "Source": "0", "IPCType": "orderMatch", "orderMatch": [match]}
        choice = self.rng.randrange(9)
        if choice == 0:
            self._emit(topic, None, raw=self.rng.choice((b"{", b"\x00\xff", b"", b"[1", b'{"CompanyId":')))
        elif choice == 1:
            self._emit(topic, self.rng.choice(([], "x", 7)))
        elif choice == 2:
            self._emit(topic, {**envelope, "IPCType": "orderDance", "orderDance": [match]})
        elif choice == 3:
            del envelope["orderMatch"]
            self._emit(topic, envelope)
        elif choice == 4:
            good = self._record("orderMatch", company)
            self._emit(topic, {**envelope, "orderMatch": [{**match, "CompanyId": FOREIGN}, good]})
        elif choice == 5:
            self._emit(f"feed.{slug}.positions", envelope)
        elif choice == 6:
            kind = self.rng.choice(POSITIONS)
            self._emit(topic, {**envelope, "IPCType": kind, kind: [self._record(kind, company)]})
        elif choice == 7:
            del match["OrderId"]
            if self.may("two_refusals", 0.5):
                match["CompanyId"] = FOREIGN
            self._emit(topic, envelope)
        else:
            self._nameless(slug, company)

    def _unheard(self) -> None:
        """Topics that no verdict rests on."""
        match = self._record("orderMatch", COMPANIES[0])
        envelope = {"CompanyId": COMPANIES[0], "Source": "0", "IPCType": "orderMatch", "orderMatch": [match]}
        topics = ("feed.captures.gate", "receipts.sunny", "enforcement.violations", "orders.sunny")
        self._emit(self.rng.choice(topics), envelope)

    def _nameless(self, slug: str, company: str) -> None:
        kind = self.rng.choice(("operateLogin", "operateLogout", "positionVehicle", "baseInfoVehicle"))
        record = self._record(kind, company)
        for name in ("VehicleNo", "LicenseId"):
            record.pop(name, None)
        half = "positions" if kind in POSITIONS else "orders"
        self._emit(
            f"feed.{slug}.{half}",
            {
                "CompanyId": company,
                "Source": "0",
                "IPCType": kind,
                kind: [record, self._record(kind, company)],
            },
        )
