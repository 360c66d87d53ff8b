"""What sources say, as short as a test wants to say it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from regulator.domain.drivers import driver_number, pseudonym
from regulator.domain.episodes import Episode, EpisodeEvent, EpisodeNumber, EpisodeStep
from regulator.domain.instants import Instant, start_of
from regulator.domain.licences import (
    Certificate,
    LicenceKind,
    Period,
    PeriodState,
    SourceName,
    Statement,
    Subject,
    VehicleDescription,
)
from regulator.domain.register import (
    EpisodeWithdrawal,
    RegisterChange,
    RegisterMessage,
    Source,
    Vouched,
    Withdrawal,
)
from regulator.store.drafts import Change
from regulator.store.register import Heard
from tests.builders.queue import CAR, EIGHT

CITY = SourceName("city")
PAPER = Certificate("沪交运管许可310115002863")
KEY = b"heldout-oracle"
NUMBER = driver_number("11010519491231002X")
LI = pseudonym(NUMBER, KEY)

MARCH = start_of(date(2026, 3, 1))
APRIL = start_of(date(2026, 4, 1))


def valid(start: Instant = MARCH, end: Instant | None = APRIL) -> Period:
    return Period(start, end, PeriodState.VALID)


def statement(sequence: int = 1, **facts: Any) -> Statement:
    """Return the city's word on the car's permit."""
    return Statement(
        **{
            "source": CITY,
            "kind": LicenceKind.VEHICLE_PERMIT,
            "certificate": PAPER,
            "subject": Subject(CAR),
            "sequence": sequence,
            "periods": (valid(),),
            "area": "310000",
            "first_registered": date(2023, 11, 20),
            "recorded_at": MARCH,
            "vehicle": VehicleDescription("丰田", "凯美瑞", "白", "绿"),
            **facts,
        }
    )


def withdrawal(sequence: int, **facts: Any) -> Withdrawal:
    """Return that the city takes its word back."""
    about = {"source": CITY, "kind": LicenceKind.VEHICLE_PERMIT, "certificate": PAPER, **facts}
    return Withdrawal(**about, sequence=sequence)


def episode(sequence: int = 1, **facts: Any) -> Episode:
    """Return the city's word that car and driver were removed in March."""
    return Episode(
        **{
            "source": CITY,
            "number": EpisodeNumber("2026-0312"),
            "sequence": sequence,
            "vehicle": CAR,
            "driver": LI,
            "authority": "310000",
            "document": "沪交执〔2026〕312号",
            "events": (EpisodeEvent(EpisodeStep.REMOVED, MARCH),),
            **facts,
        }
    )


def no_episode(sequence: int, **facts: Any) -> EpisodeWithdrawal:
    """Return that the city takes the episode back."""
    return EpisodeWithdrawal(
        **{"source": CITY, "number": EpisodeNumber("2026-0312"), "sequence": sequence, **facts}
    )


def heard(content: RegisterMessage, at: Instant = EIGHT) -> Heard:
    """Return something as it came in."""
    return Heard(content=content, received_at=at, origin="feed.register.city/0/7")


def told(changes: Iterable[Change | Vouched]) -> list[RegisterChange]:
    """Return what changed as judges are told."""
    return [one.told() if isinstance(one, Change) else one for one in changes]


def source(name: str = "city", **facts: Any) -> Source:
    """Return a source that may state all licences."""
    settings = {"kinds": frozenset(LicenceKind), "precedence": 1, "required": True, "grace": 0}
    return Source(name=SourceName(name), **{**settings, **facts})


def message(**fields: Any) -> bytes:
    """Return a statement as a department sends it."""
    return msgspec.json.encode(
        {
            "type": "licence",
            "kind": "vehicle_permit",
            "certificate": PAPER,
            "subject": CAR,
            "sequence": 1,
            "periods": [{"from": "2026-03-01", "to": "2026-03-31", "state": "valid"}],
            **fields,
        }
    )
