"""Ten thousand in one request: each answered by itself, in order."""

import time
from datetime import date

import httpx
import pytest

from regulator.domain.instants import HOUR, Instant, to_rfc3339
from regulator.domain.licences import Certificate, LicenceKind, SourceName, Statement, Subject
from regulator.store import Store, open_store
from regulator.store.enforcement import apply_judgements
from regulator.store.register import Heard, RegisterStore
from tests.console.city import valid, write_licence
from tests.console.licence_api.city import (
    DRIVER,
    EXPIRED,
    FOREIGN,
    HELD,
    NUMBER,
    QINGHE,
    SUSPENDED,
    UNKNOWN,
    client,
    key,
    report,
    write_city,
)
from tests.console.rides import ride, state
from tests.console.running import EVENING, Clock, Running, running_console


def ask(asker: httpx.Client, *subjects: dict[str, object], **more: object) -> httpx.Response:
    return asker.post("query", json={"subjects": subjects, **more})


def test_each_is_answered_in_its_place(platform: httpx.Client) -> None:
    answer = ask(
        platform,
        {"vehicle": HELD, "reference": "a"},
        {"vehicle": "沪A·D00002"},
        {"driving_licence_no": NUMBER.lower()},
        {"driver": DRIVER},
        {"company": QINGHE},
        {"vehicle": FOREIGN},
        {"vehicle": "无牌"},
        {"driving_licence_no": "无"},
        {"vehicle": HELD},
    ).json()

    shown = [(one["subject"], one["answer"], one["reference"]) for one in answer["answers"]]
    assert shown == [
        (HELD, "held", "a"),
        (SUSPENDED, "not_held", None),
        (DRIVER, "held", None),
        (DRIVER, "held", None),
        (QINGHE, "held", None),
        (FOREIGN, "not_reported", None),
        ("无牌", "not_identifiable", None),
        ("", "not_identifiable", None),
        (HELD, "held", None),
    ]
    assert answer["counts"] == {"held": 5, "not_held": 1, "not_reported": 1, "not_identifiable": 2}
    assert set(answer["register"]) == {"vehicle_permit", "driver_certificate", "platform_permit"}


def test_no_number_comes_back(platform: httpx.Client) -> None:
    assert NUMBER not in ask(platform, {"driving_licence_no": NUMBER}).text


def test_each_may_have_an_instant_of_its_own(platform: httpx.Client) -> None:
    before, after = "2026-02-28T12:00:00+08:00", "2026-03-01T00:00:00+08:00"
    answer = ask(platform, {"vehicle": EXPIRED, "at": before}, {"vehicle": EXPIRED}, at=after).json()

    assert [(one["at"], one["answer"]) for one in answer["answers"]] == [
        (before, "held"),
        (after, "not_held"),
    ]


def test_what_was_known_by_then_is_answered_as_then(city: Store, platform: httpx.Client) -> None:
    write_licence(
        city,
        kind=LicenceKind.VEHICLE_PERMIT,
        subject=UNKNOWN,
        certificate="后补",
        periods=[valid(date(2026, 1, 1), date(2026, 12, 31))],
        at=Instant(EVENING - HOUR),
    )
    before = to_rfc3339(Instant(EVENING - HOUR - 1))
    now, then = (ask(platform, {"vehicle": UNKNOWN}, known_by=known_by).json() for known_by in (None, before))

    assert now["answers"][0]["answer"] == "held"
    assert (then["answers"][0]["answer"], then["answers"][0]["reason"]) == ("undetermined", "never")
    assert then["register"]["vehicle_permit"]["complete_to"] is None
    assert then["known_by"] == before


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b"", None),
        (b"[]", None),
        (b'{"subjects": []}', "/subjects"),
        (b'{"subjects": [{"vehicle": "a"}, {}]}', "/subjects/1"),
        (b'{"subjects": [{"vehicle": "a", "company": "b"}]}', "/subjects/0"),
        (b'{"subjects": [{"vehicle": 7}]}', "/subjects/0/vehicle"),
        (b'{"subjects": [{"driver": "11010519491231002X"}]}', "/subjects/0/driver"),
        (b'{"subjects": [{"vehicle": "a", "at": "2026-03-02"}]}', "/subjects/0/at"),
        (b'{"subjects": [{"vehicle": "a"}], "at": "yesterday"}', "/at"),
        (b'{"subjects": [{"vehicle": "a"}], "known_by": "2999-01-01T00:00:00Z"}', "/known_by"),
        (b'{"subjects": [{"plate": "a"}]}', "/subjects/0"),
        (b'{"subjects": [' + b'{"vehicle":"a"},' * 10_000 + b'{"vehicle":"a"}]}', "/subjects"),
    ],
)
def test_what_is_not_understood_is_said_with_its_place(
    platform: httpx.Client, body: bytes, pointer: str | None
) -> None:
    answer = platform.post("query", content=body, headers={"accept-language": "en"})

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json().get("pointer") == pointer
    assert answer.json()["detail"]
    assert NUMBER not in answer.text


def test_a_body_that_is_too_large_is_not_read_to_its_end(platform: httpx.Client) -> None:
    answer = platform.post("query", content=b" " * (3 * 1024 * 1024))

    assert answer.status_code == 413
    assert answer.json()["type"] == "/api/v1/docs#too-large"


def test_a_key_has_a_limit_of_subjects(platform: httpx.Client) -> None:
    full = {"subjects": [{"vehicle": HELD}] * 10_000}
    answers = [platform.post("query", json=full, timeout=60).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_a_limit_is_reached_before_subjects_are_looked_at(platform: httpx.Client) -> None:
    wrong = {"subjects": [{"vehicle": HELD}] * 9_999 + [{"vehicle": HELD, "at": "soon"}]}
    answers = [platform.post("query", json=wrong, timeout=60).status_code for _ in range(3)]

    assert answers == [400, 400, 429]


def test_ten_thousand_take_less_than_two_seconds_of_a_processor(city: Store, console: Running) -> None:
    fleet = [f"沪A{'DF'[number % 2]}{number:05d}" for number in range(10_000)]
    _license(city, fleet)
    report(city, QINGHE, *fleet[::2])
    _drive(city, fleet[1::4])
    with client(console.address, key(city)) as asks:
        body = {"subjects": [{"vehicle": one} for one in fleet], "at": to_rfc3339(EVENING)}
        began = time.process_time()
        answer = asks.post("query", json=body, timeout=60)
        spent = time.process_time() - began

    assert answer.json()["counts"] == {"held": 7_500, "not_reported": 2_500}
    assert spent < 2


def _license(store: Store, fleet: list[str]) -> None:
    said = [
        Statement(
            source=SourceName("vehicle-permits"),
            kind=LicenceKind.VEHICLE_PERMIT,
            certificate=Certificate(f"许可{vehicle}"),
            subject=Subject(vehicle),
            sequence=1,
            periods=(valid(date(2024, 3, 1), date(2027, 2, 28)),),
            area="310000",
        )
        for vehicle in fleet
    ]
    with store.writing() as connection:
        RegisterStore(connection).take(
            [Heard(content=one, received_at=EVENING, origin="test") for one in said]
        )


def _drive(store: Store, vehicles: list[str]) -> None:
    """Ten orders of each car, every other one of another company."""
    rides = [
        ride(vehicle, at=EVENING, order=f"{vehicle}-{number}", company=f"3101YPZCYS0{2 - number % 2}")
        for vehicle in vehicles
        for number in range(10)
    ]
    with store.writing() as connection:
        apply_judgements(connection, [], [state(one) for one in rides], at=EVENING)


@pytest.mark.postgres
def test_it_answers_the_same_from_postgresql(postgres: str, clock: Clock) -> None:
    store = open_store(postgres)
    write_city(store)
    asked = [{"vehicle": HELD}, {"vehicle": SUSPENDED}, {"vehicle": FOREIGN}, {"driving_licence_no": NUMBER}]
    with running_console(store, clock) as running, client(running.address, key(store)) as asks:
        answer = ask(asks, *asked).json()
    store.close()

    assert [one["answer"] for one in answer["answers"]] == ["held", "not_held", "not_reported", "held"]
