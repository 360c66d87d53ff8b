"""What register sources say in a random world."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.oracle.identity import SHANGHAI
from tests.oracle.world_places import STATED_AREAS
from tests.oracle.world_values import (
    COMPANIES,
    DRIVERS,
    FILLERS,
    KINDS,
    NO_PLATES,
    PLATES,
    STATES,
    WILD,
    Base,
    Json,
)  # fmt: skip


class RegisterSpeech(Base):
    """Statements, withdrawals, episodes, heartbeats."""

    def _register(self) -> None:
        choice = self.rng.random()
        source = self.rng.choice(list(self.sources))
        if choice < 0.03:
            source = "nobody"
        topic = f"feed.register.{source}"
        if choice < 0.3:
            self._heartbeat(topic)
            return
        if self.rng.random() < 0.02:
            self._emit(topic, None)  # a tombstone
            return
        if choice < (0.53 if "episode" in self.sources.get(source, ()) else 0.33):
            self._episode(topic)
            return
        kind = self.rng.choice([kind for kind in self.sources.get(source, ()) if kind != "episode"] or KINDS)
        if self.rng.random() < 0.05:
            kind = self.rng.choice(KINDS)
        certificate = self._certificate(kind)
        names: Json = {"certificate": certificate, "sequence": self._sequence(), "kind": kind}
        if choice < 0.57:
            self._emit(topic, {"type": "withdrawn", "of": "licence", **names})
            return
        statement = {
            "type": "licence",
            **names,
            "subject": self._subject(kind, certificate),
            "recorded_at": self.clock.isoformat(),
            "area": self._area(),
            "first_registered": self._first_registered(kind, certificate),
            "periods": self._periods(),
        }
        if self.may("wild_register", 0.2):
            self._spoil(statement, statement["periods"])
        self._emit(topic, statement)

    def _spoil(self, statement: Json, parts: list[Json]) -> None:
        part: Json = self.rng.choice((statement, *parts))
        name = self.rng.choice(list(part))
        tame = [each for each in WILD if each not in (2**63, 10**30, "a" * 300, "\x00")]
        part[name] = self.rng.choice(tame)

    def _area(self) -> str | None:
        if self.may("unknown_area", 0.08):
            return self.rng.choice((None, "330100", "999999", ""))
        return self.rng.choice(STATED_AREAS)

    def _first_registered(self, kind: str, certificate: str) -> str | None:
        """Near eight years before the world, or long after, or not said."""
        day = self.clock.date()
        near = [day.replace(year=day.year - 8) + timedelta(days=days) for days in (-1, 0, 1, 2)]
        choices = [*(each.isoformat() for each in near), "2023-11-20", "2023-11-20", "2023-11-20", None]
        if kind != "vehicle_permit":
            return self.rng.choice(choices)
        if self.may("leap", 0.6 if self.leap else 0.05):
            return "2016-02-29"
        said = self.rng.choice(choices)
        if "registered_twice" not in self.quirks:
            said = self.registered.setdefault(certificate.strip("()").replace(" ", "").upper(), said)
        return said

    def _state(self, kind: str, subject: str, periods: list[Json], **more: Any) -> None:
        """A paper of its own for a subject, by any source that may state it."""
        able = [source for source, kinds in self.sources.items() if kind in kinds]
        if not able:
            return
        self.papers += 1
        said: Json = {
            "type": "licence", "kind": kind, "certificate": f"沪{kind[0]}9{self.papers}", "subject": subject,
            "sequence": 1, "recorded_at": self.clock.isoformat(), "area": self._area(),
            "first_registered": "2023-11-20", "periods": periods,
        }  # fmt: skip
        self._emit(f"feed.register.{self.rng.choice(able)}", said | more)

    def _between(self, early: datetime, late: datetime | None, state: str = "valid") -> Json:
        return {"from": early.isoformat(), "to": late and late.isoformat(), "state": state}

    # Episodes

    def _watched(self, pair: Json) -> None:
        """An old episode, and papers that all, or not quite all, its subjects hold at once for a while."""
        able = [source for source, kinds in self.sources.items() if "episode" in kinds]
        if not able:
            return
        first, second, third = sorted(self.rng.choices(self.instants, k=3))
        self.papers += 1
        halves = [half for half in ("vehicle", "driver") if self.rng.random() < 0.7] or ["vehicle"]
        names = {"vehicle": pair["VehicleNo"], "driver": pair["LicenseId"]}
        old = first - timedelta(days=3)
        said: Json = {
            "type": "episode", "episode": f"2026-04{self.papers:02}", "sequence": 1, "authority": "310000",
            **{half: self._spelt(names[half]) for half in halves},
            "events": [{"event": "removed", "at": self.rng.choice((old, old, first)).isoformat()}],
        }  # fmt: skip
        said["events"] += [{"event": "lifted", "at": third.isoformat()}] * (self.rng.random() < 0.2)
        self._emit(f"feed.register.{self.rng.choice(able)}", said)
        kinds = {"vehicle": "vehicle_permit", "driver": "driver_certificate"}
        for half in halves:
            until = self.rng.choice((first, second, second, third, None))
            periods = [self._between(self.rng.choice((old, first, first, second)), until)]
            if self.rng.random() < 0.4:
                periods = [self._between(old, until), self._between(old, first, "suspended")]
            periods = [row for row in periods if row["to"] is None or row["from"] < row["to"]]
            self._state(kinds[half], names[half], periods)

    def _episode(self, topic: str) -> None:
        number = self.rng.choice(("2026-0311", "2026-0312", "2026-0313"))
        if "same_number" not in self.quirks:
            number += topic.split(".")[-1][0]
        names: Json = {"episode": number, "sequence": self._sequence()}
        if self.rng.random() < 0.1:
            self._emit(topic, {"type": "withdrawn", "of": "episode", **names})
            return
        said: Json = {"type": "episode", **names, "authority": "310000", "document": "沪交罚〔2026〕1号"}
        whom = self.rng.choice(("vehicle", "driver", "both"))
        if whom != "driver":
            said["vehicle"] = self._spelt(self.rng.choice(PLATES[:3]))
        if whom != "vehicle":
            said["driver"] = self._spelt(self.rng.choice(DRIVERS))
        if self.may("episode_nobody", 0.1):
            said["vehicle"] = self.rng.choice(NO_PLATES)
            said["driver"] = self.rng.choice((*FILLERS, *DRIVERS))
        said["events"] = self._events()
        if self.may("wild_register", 0.15):
            self._spoil(said, said["events"])
        self._emit(topic, said)

    def _events(self) -> list[Json]:
        old = datetime(2026, 2, 1, tzinfo=SHANGHAI)
        moments = [old, old, old + timedelta(days=20), *self.instants, self.rng.choice(self.instants)]
        count = self.rng.choice((1, 1, 2, 2, 3))
        if self.rng.random() < 0.04:
            return []
        told = [self.rng.choice(("penalised", "removed", "removed", "lifted")) for _ in range(count)]
        if told[0] == "lifted" and self.rng.random() < 0.8:
            told[0] = "removed"
        if "same_instant" in self.quirks:
            when = [self.rng.choice(moments) for _ in told]
        else:
            when = self.rng.sample(sorted(set(moments)), count)
        if "lifted_before" not in self.quirks:
            when = sorted(when)
            told = [each for each in told if each != "lifted"] + [each for each in told if each == "lifted"]
        rows = [
            {"event": event, "at": at.astimezone(self.rng.choice((SHANGHAI, UTC))).isoformat()}
            for event, at in zip(told, when, strict=True)
        ]
        if "same_instant" not in self.quirks:
            self.rng.shuffle(rows)
        return rows

    def _heartbeat(self, topic: str) -> None:
        later = self.clock + timedelta(seconds=1)
        moment = self.rng.choice([*self.instants, *[self.clock] * 5, later])
        moment -= timedelta(seconds=self.rng.choice((0, 0, 60, 61)))
        if self.may("fractions", 0.1):
            moment -= timedelta(milliseconds=self.rng.choice((1, 500, 999)))
        self._emit(topic, {"type": "heartbeat", "complete_to": moment.isoformat()})

    def _certificate(self, kind: str) -> str:
        text = f"沪{kind[0]}{self.rng.choice('1234')}"
        return (
            self.rng.choice((f"({text})", text.upper(), f"沪 {text[1:]}"))
            if self.may("certificate_spelling", 0.15)
            else text
        )

    def _sequence(self) -> int:
        if self.rng.random() < 0.6:
            self.sequences += 1
        return max(1, self.sequences - self.rng.choice((0, 0, 0, 1, 2)))

    def _subject(self, kind: str, certificate: str) -> str:
        subjects: tuple[str, ...] = PLATES[:3] if kind == "vehicle_permit" else DRIVERS
        if kind == "platform_permit":
            subjects = COMPANIES
        # Certificates have an owner each, some two of them; now and then one changes hands.
        index = "1423".index(certificate.strip("()")[-1]) // 2
        if self.rng.random() < 0.2 and (len(self.sources) == 1 or "moved_certificate" in self.quirks):
            index = self.rng.randrange(len(subjects))
        return subjects[index] if kind == "platform_permit" else self._spelt(subjects[index])

    def _periods(self) -> list[Json]:
        if self.may("empty_periods", 0.1):
            edge = self.rng.choice(self.instants).isoformat()
            return self.rng.choice(([], [{"from": edge, "to": edge, "state": "valid"}]))
        if self.rng.random() < 0.4:  # as most papers are
            return [{"from": "2025-03-01", "to": self.rng.choice(("2028-02-29", None)), "state": "valid"}]
        return [self._period() for _ in range(self.rng.choice((1, 1, 2, 3)))]

    def _period(self) -> Json:
        state = self.rng.choice(STATES)
        if self.rng.random() < 0.5:
            days = ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03"]
            first = self.rng.randrange(len(days))
            start, end = days[first], days[self.rng.randrange(first, len(days))]
        else:
            early, late = sorted(self.rng.sample(sorted(set(self.instants)), 2))
            zone = self.rng.choice((SHANGHAI, UTC))
            start, end = early.astimezone(zone).isoformat(), late.astimezone(zone).isoformat()
            if self.rng.random() < 0.2:
                start = self.rng.choice(("2020-01-01", "1900-01-01"))
            if self.rng.random() < 0.1:
                end = "9999-12-31"
        return {"from": start, "to": None if self.rng.random() < 0.2 else end, "state": state}
