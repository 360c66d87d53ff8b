"""Stories made by Hypothesis: what platforms and departments send, in a world so small that it collides.

Three cars, three drivers, three orders, six minutes: ties, overlaps and re-dispatches are the rule.
All that is sent is sent as bytes, as it would be on Kafka.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from hypothesis import strategies as st

from regulator.config import Config, Platform
from regulator.domain.drivers import FILLERS
from regulator.domain.instants import DAY, SECOND, Instant, from_rfc3339, to_digits, to_rfc3339
from regulator.domain.licences import LicenceKind
from regulator.domain.limits import Limits
from regulator.replay.recorded import Message
from regulator.secrets import Secrets
from tests.builders.law import a_source, sources

FEED = "feed.sunny.orders"
START = from_rfc3339("2026-03-02T08:00:00+08:00")
LATER = Instant(START + DAY)
"""When the first message arrives: everything in the story lies before, no heartbeat is from the future."""

SECRETS = Secrets(
    pseudonym_key=b"heldout-oracle", finding_key=b"findings", encryption_key=b"", cookie_key=b""
)
CONFIG = Config(
    platforms={"sunny": Platform(companies=frozenset({"3101YPZC0001", "3101YPZC0002"}))},
    sources=sources(
        a_source("city", precedence=2, grace=60 * SECOND),
        a_source(
            "county",
            precedence=1,
            required=False,
            kinds=frozenset({LicenceKind.VEHICLE_PERMIT, "episode"}),
        ),
    ),
    limits=Limits(),
    driver_fillers=FILLERS,
    areas=Path(__file__).parent / "areas",
)

_COMPANIES = st.sampled_from(sorted(CONFIG.companies))
_ORDERS = st.sampled_from(["order-1", "order-2", "order-3"])
_CARS = st.sampled_from(["沪AD12345", "沪ad1·2345", "沪BK2345", "沪A12345", "无牌"])
_DRIVERS = st.sampled_from(["11010519491231002X", "321083197812162119", "110101199003074477", "0"])
_MINUTES = st.integers(0, 5)
_STATES = st.sampled_from(["valid", "valid", "valid", "suspended", "revoked", "cancelled"])

Said = dict[str, Any]


class Story(NamedTuple):
    """What a platform sent, message by message, and what each department did."""

    feed: Sequence[bytes]
    departments: dict[str, Sequence[bytes]]


def instant(minute: int) -> str:
    return to_rfc3339(Instant(START + minute * 60 * SECOND))


def digits(minute: int) -> int:
    return int(to_digits(Instant(START + minute * 60 * SECOND)))


def _envelope(type_: str, records: Sequence[Said]) -> bytes:
    return msgspec.json.encode(
        {"CompanyId": records[0]["CompanyId"], "Source": "0", "IPCType": type_, type_: records}
    )


_PLACES: st.SearchStrategy[Said] = st.sampled_from(
    [
        {"Longitude": 121_500_000, "Latitude": 31_500_000, "Encrypt": 2},
        {"Longitude": 122_000_000, "Latitude": 31_250_000, "Encrypt": 2},
        {"Longitude": 120_000_000, "Latitude": 31_250_000, "Encrypt": 1},
        {"Longitude": 117_500_000, "Latitude": 31_250_000, "Encrypt": 2},
        {"Longitude": 117_500_000, "Latitude": 31_250_000, "Encrypt": 1},
        {"Longitude": 118_500_000, "Latitude": 31_250_000, "Encrypt": 3},
        {"Longitude": 117_500_000, "Latitude": 31_250_000, "Encrypt": 0},
        {"Encrypt": 2},
    ]
)


def _placed(prefix: str) -> st.SearchStrategy[Said]:
    """Return a place in fields with a prefix."""
    return _PLACES.map(
        lambda place: {name if name == "Encrypt" else prefix + name: value for name, value in place.items()}
    )


_PAIR: Said = {"CompanyId": _COMPANIES, "VehicleNo": _CARS, "LicenseId": _DRIVERS}
_USABLE = _MINUTES.map(digits)
_ANY = _USABLE | st.just(20260230101010)
"""30 February: such a report is judged at its first arrival."""


def _feeds(times: st.SearchStrategy[int]) -> st.SearchStrategy[list[bytes]]:
    order = {"CompanyId": _COMPANIES, "OrderId": _ORDERS}
    shapes = {
        "orderMatch": {**_PAIR, **order, "DistributeTime": times},
        "operateDepart": {**_PAIR, **order, "DepTime": times},
        "operatePay": {**_PAIR, **order, "DepTime": times, "DestTime": times},
        "operateLogin": {**_PAIR, "LoginTime": times},
        "orderCreate": {**order, "OrderTime": times},
        "orderCancel": {**order, "CancelTime": times},
        "operateArrive": {**order, "DestTime": times},
        "baseInfoVehicleTotalMile": {
            "CompanyId": _COMPANIES,
            "VehicleNo": _CARS,
            "UpdateTime": _USABLE,
            "TotalMile": st.sampled_from([599_999, 600_000, 900_000]),
        },
    }
    prefixes = {"operateDepart": "Dep", "operateArrive": "Dest", "orderCreate": "Dest"}

    def envelopes(type_: str) -> st.SearchStrategy[bytes]:
        record = st.fixed_dictionaries(shapes[type_])
        if type_ in prefixes:
            record = st.builds(lambda said, place: {**said, **place}, record, _placed(prefixes[type_]))
        return st.lists(record, min_size=1, max_size=2).map(lambda made: _envelope(type_, made))

    types = ["orderMatch", "orderMatch", *shapes, "operateDepart", "operateDepart"]
    return st.lists(st.sampled_from(types).flatmap(envelopes), min_size=1, max_size=9)


_periods = st.lists(
    st.builds(
        lambda start, length, state: {
            "from": instant(start),
            "to": None if length is None else instant(start + length),
            "state": state,
        },
        _MINUTES,
        st.none() | st.integers(0, 5),
        _STATES,
    ),
    max_size=3,
)
_subjects = {
    "vehicle_permit": _CARS,
    "driver_certificate": _DRIVERS,
    "platform_permit": _COMPANIES,
}


def _statements(kinds: Sequence[str], sequences: st.SearchStrategy[int]) -> st.SearchStrategy[Said]:
    def of(kind: str) -> st.SearchStrategy[Said]:
        return st.fixed_dictionaries(
            {
                "type": st.just("licence"),
                "kind": st.just(kind),
                "certificate": st.sampled_from(["one", "two"]),
                "subject": _subjects[kind],
                "sequence": sequences,
                "periods": _periods,
                "area": st.sampled_from(["310101", "310000", "320500", "999999"]),
                "first_registered": st.sampled_from([None, "2018-03-02", "2024-01-01"]),
            }
        )

    return st.sampled_from(kinds).flatmap(of)


def _usual_permits(sequences: st.SearchStrategy[int]) -> st.SearchStrategy[Said]:
    """Permits that are simply valid: without one there is no area to be out of."""
    return st.builds(
        lambda car, sequence, area: {
            "type": "licence",
            "kind": "vehicle_permit",
            "certificate": f"of {car}",
            "subject": car,
            "sequence": sequence,
            "area": area,
            "periods": [{"from": instant(-1), "to": None, "state": "valid"}],
        },
        st.sampled_from(["沪AD12345", "沪BK2345"]),
        sequences,
        st.sampled_from(["310101", "310000", "320500", "999999"]),
    )


def _withdrawals(kinds: Sequence[str], sequences: st.SearchStrategy[int]) -> st.SearchStrategy[Said]:
    return st.fixed_dictionaries(
        {
            "type": st.just("withdrawn"),
            "of": st.just("licence"),
            "kind": st.sampled_from(kinds),
            "certificate": st.sampled_from(["one", "two"]),
            "sequence": sequences,
        }
    )


def _episodes(sequences: st.SearchStrategy[int]) -> st.SearchStrategy[Said]:
    events = st.lists(
        st.builds(
            lambda step, minute: {"event": step, "at": instant(minute)},
            st.sampled_from(["penalised", "removed", "removed", "lifted"]),
            _MINUTES,
        ),
        max_size=3,
    )
    named = st.one_of(
        st.fixed_dictionaries({"vehicle": _CARS}),
        st.fixed_dictionaries({"driver": _DRIVERS}),
        st.fixed_dictionaries({"vehicle": _CARS, "driver": _DRIVERS}),
    )
    return st.builds(
        lambda number, sequence, events, named: {
            "type": "episode",
            "episode": number,
            "sequence": sequence,
            "events": events,
            **named,
        },
        st.sampled_from(["e-1", "e-2"]),
        sequences,
        events,
        named,
    )


def _episode_withdrawals(sequences: st.SearchStrategy[int]) -> st.SearchStrategy[Said]:
    return st.fixed_dictionaries(
        {
            "type": st.just("withdrawn"),
            "of": st.just("episode"),
            "episode": st.sampled_from(["e-1", "e-2"]),
            "sequence": sequences,
        }
    )


_heartbeats = st.integers(-1, 6).map(lambda minute: {"type": "heartbeat", "complete_to": instant(minute)})


def _department(kinds: Sequence[str], most: int) -> st.SearchStrategy[list[bytes]]:
    sequences = st.integers(1, 4)
    said = st.one_of(
        _statements(kinds, sequences),
        _statements(kinds, sequences),
        _usual_permits(sequences),
        _episodes(sequences),
        _withdrawals(kinds, sequences),
        _episode_withdrawals(sequences),
        _heartbeats,
    )
    return st.lists(said.map(msgspec.json.encode), max_size=most)


def _stories(times: st.SearchStrategy[int]) -> st.SearchStrategy[Story]:
    return st.builds(
        lambda feed, city, county: Story(feed, {"city": city, "county": county}),
        _feeds(times),
        _department(sorted(_subjects), 7),
        _department(["vehicle_permit"], 3),
    )


stories = _stories(_USABLE)
"""Every report has a time of its own."""

stories_with_unusable_times = _stories(_ANY)
"""The arrival matters: a report without a usable time is judged at it."""


def a_match(order: str, car: str) -> bytes:
    """Return a company's match of an order to a car, at the story's start."""
    record = {"CompanyId": "3101YPZC0001", "OrderId": order, "VehicleNo": car}
    driver = {"LicenseId": "11010519491231002X", "DistributeTime": digits(0)}
    return _envelope("orderMatch", [{**record, **driver}])


def a_heartbeat(minute: int) -> bytes:
    return msgspec.json.encode({"type": "heartbeat", "complete_to": instant(minute)})


def a_permit(car: str) -> bytes:
    """Return a permit for ever."""
    period = {"from": instant(-1), "to": None, "state": "valid"}
    about = {"kind": "vehicle_permit", "certificate": "one", "subject": car, "sequence": 1}
    return msgspec.json.encode({"type": "licence", **about, "periods": [period]})


def topic_of(department: str) -> str:
    return f"feed.register.{department}"


def told(topics: Sequence[tuple[str, bytes]]) -> list[Message]:
    """Return messages in order of arrival, a second apart."""
    return [
        Message(topic, Instant(LATER + number * SECOND), payload)
        for number, (topic, payload) in enumerate(topics)
    ]


def one_after_the_other(story: Story) -> list[tuple[str, bytes]]:
    """Return the feed, then each department."""
    return [
        *((FEED, payload) for payload in story.feed),
        *((topic_of(name), payload) for name, said in story.departments.items() for payload in said),
    ]


@st.composite
def interleavings(draw: st.DrawFn, story: Story, *, permuted: bool = False) -> list[tuple[str, bytes]]:
    """Mix a story's topics; each department's own order stays, the feed's only unless it is permuted."""
    feed = draw(st.permutations(story.feed)) if permuted else story.feed
    waiting = {FEED: list(feed)} | {topic_of(name): list(said) for name, said in story.departments.items()}
    turns = draw(st.permutations([topic for topic, said in waiting.items() for _ in said]))
    return [(topic, waiting[topic].pop(0)) for topic in turns]
