"""What is wrong with records and envelopes in a random world."""

import json
from collections.abc import Callable

from tests.oracle.fields import EVENT_TIME
from tests.oracle.world_values import EDGES, UNUSABLE, WILD, Base, Json


class Flaws(Base):
    """Flaws of records and envelopes."""

    def _flawed(self, kind: str, record: Json) -> Json:
        if self.rng.random() < 0.65:
            return record
        flaws: list[Callable[[str, Json], None]] = [
            self._drop, self._bad, self._as_text, self._as_number, self._wrong_key, self._passenger,
            self._unusable_time, self._no_place,
        ]  # fmt: skip
        if "blank_required" in self.quirks:
            flaws.append(self._blank)
        if "overlong" in self.quirks:
            flaws.append(self._overlong)
        if "wild" in self.quirks:
            flaws.append(self._wild)
        self.rng.choice(flaws)(kind, record)
        return record

    def _drop(self, kind: str, record: Json) -> None:
        names = [name for name in record if name != "CompanyId" or "no_company" in self.quirks]
        del record[self.rng.choice(names)]

    def _blank(self, kind: str, record: Json) -> None:
        names = [name for name in record if name != "CompanyId"]
        record[self.rng.choice(names)] = self.rng.choice(("", "  ", None))

    def _overlong(self, kind: str, record: Json) -> None:
        names = [n for n in ("VehicleNo", "LicenseId", "FareType") if n in record]
        if names:
            record[self.rng.choice(names)] = "9" * 33

    def _bad(self, kind: str, record: Json) -> None:
        names = [
            name
            for name in ("Encrypt", "Address", "OnArea", "Operator", "CancelTypeCode", "PayState")
            if name in record
        ]
        if names:
            name = self.rng.choice(names)
            record[name] = (
                "9" if isinstance(record[name], str) else self.rng.choice(([], {}, "甲", 99999, True))
            )

    def _as_text(self, kind: str, record: Json) -> None:
        names = [
            name for name, value in record.items() if isinstance(value, int) and not isinstance(value, bool)
        ]
        for name in self.rng.sample(names, min(len(names), 2)):
            record[name] = str(record[name])
            if self.may("bad_and_repaired", 0.2) and name == EVENT_TIME.get(kind):
                record[name] = "20260230000000"

    def _as_number(self, kind: str, record: Json) -> None:
        names = [
            name
            for name, value in record.items()
            if isinstance(value, str) and value.isascii() and value.isdigit()
        ]
        if names:
            name = self.rng.choice(names)
            if str(int(record[name])) == record[name]:
                record[name] = int(record[name])

    def _wrong_key(self, kind: str, record: Json) -> None:
        names = [name for name in ("LicenseId", "OrderId", "CompanyId") if name in record]
        name = self.rng.choice(names)
        record[name.replace("I", "l")] = record.pop(name)

    def _passenger(self, kind: str, record: Json) -> None:
        if kind.startswith("base") and "personal_base" not in self.quirks:
            return
        record["PassengerName"] = "王女士"
        if self.rng.random() < 0.5:
            record["PassengerPhone"] = "13900000000"

    def _unusable_time(self, kind: str, record: Json) -> None:
        if kind in EVENT_TIME:
            names = [
                name
                for name in record
                if name.endswith("Time") and isinstance(record[name], int) and record[name] > 10**13
            ]
            for name in self.rng.sample(names, min(1, len(names))):
                record[name] = self.rng.choice(UNUSABLE)
                if "unusable_twice" not in self.quirks and "OrderId" in record:
                    record["OrderId"] = str(1000 + len(self.lines))  # re-sent only as it is

    def _wild(self, kind: str, record: Json) -> None:
        record[self.rng.choice(list(record))] = self.rng.choice(WILD)

    def _no_place(self, kind: str, record: Json) -> None:
        names = [name for name in record if name.endswith(("tude",))]
        if names:
            record[self.rng.choice(names)] = self.rng.choice(EDGES)

    def _wild_envelope(self, topic: str, kind: str, envelope: Json) -> None:
        choice = self.rng.randrange(8)
        if choice == 0 and "envelope_key" in self.quirks:
            envelope["Companyld"] = envelope.pop("CompanyId")
        elif choice == 1:
            envelope[self.rng.choice(("IPCType", kind, "Source"))] = self.rng.choice(WILD)
        elif choice == 2:
            del envelope[self.rng.choice(("IPCType", "CompanyId", "Source"))]
        elif choice == 3:
            envelope[kind] = None
        elif choice == 4:
            envelope = {"otpic": [envelope]}
        elif choice == 5 and "unknown_slug" in self.quirks:
            topic = f"feed.nobody.{topic.split('.')[2]}"
        if choice == 6:
            self._emit(topic, None, raw=b"\xef\xbb\xbf" + json.dumps(envelope).encode())
        elif choice == 7:
            self._emit(topic, None, raw=json.dumps(envelope, ensure_ascii=False).encode("gbk", "replace"))
        else:
            self._emit(topic, envelope)
