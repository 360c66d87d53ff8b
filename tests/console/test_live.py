"""The live stream: soon, complete, and honest about what it does not know."""

import time
from pathlib import Path

import httpx

from regulator.domain.findings import Because
from regulator.domain.instants import MINUTE, SECOND, Instant
from regulator.domain.licences import SourceName
from regulator.domain.places import Place
from regulator.store import Store
from tests.console.city import withdraw, write_freshness, write_positions, write_rides
from tests.console.listening import listening
from tests.console.rides import ride
from tests.console.running import EVENING, Clock
from tests.fixtures.crowding import crowding

AT = Instant(EVENING - MINUTE)


def test_a_card_is_on_the_page_within_a_second_of_being_in_sql(store: Store, visitor: httpx.Client) -> None:
    with listening(visitor, after=0) as ear:
        ear.settled()
        write_rides(store, [ride(at=AT)], at=EVENING)
        written = time.monotonic()
        told = ear.next("card")
        took = time.monotonic() - written

    assert took < crowding()
    assert not told.content["gone"]
    assert "沪A·D12345" in told.content["html"]


def test_a_page_that_lost_the_stream_misses_nothing(store: Store, visitor: httpx.Client) -> None:
    with listening(visitor, after=0) as ear:
        ear.settled()
        write_rides(store, [ride("沪AD00001", at=AT)], at=EVENING)
        last = ear.next("card").id
    for number in range(2, 6):
        write_rides(store, [ride(f"沪AD{number:05d}", at=AT)], at=EVENING)

    with listening(visitor, after=0, last=last) as ear:
        missed = ear.cards(4)

    assert [told.content["html"].count(f"沪A·D{n:05d}") > 0 for n, told in enumerate(missed, 2)] == [True] * 4


def test_a_page_that_was_away_for_long_is_told_to_start_anew(store: Store, visitor: httpx.Client) -> None:
    write_rides(store, [ride(f"沪AD{number:05d}", at=AT) for number in range(400)], at=EVENING)

    with listening(visitor, after=0) as ear:
        assert ear.next("card", "reload").event == "reload"


def test_a_page_of_another_database_is_told_to_start_anew(visitor: httpx.Client) -> None:
    with listening(visitor, after=4711) as ear:
        assert ear.next("reload", "pulse").event == "reload"


def test_a_withdrawn_card_goes_with_its_reason(store: Store, visitor: httpx.Client) -> None:
    one = ride(at=AT)
    write_rides(store, [one], at=EVENING)
    because = Because(source=SourceName("vehicle-permits"), kind="vehicle_permit", sequence=2)
    with listening(visitor) as ear:
        ear.settled()
        withdraw(store, one, at=EVENING, because=because)
        told = ear.gone()

    assert told.content["why"] == "沪A·D12345 的预警已撤回：vehicle-permits 登记了车辆运输证"


def test_what_one_officer_does_every_page_is_told(
    store: Store, visitor: httpx.Client, officer: httpx.Client
) -> None:
    write_rides(store, [ride(at=AT)], at=EVENING)
    card = visitor.get("/api/v1/alerts").json()[0]["id"]
    with listening(visitor) as ear:
        ear.settled()
        officer.post(f"/api/v1/alerts/{card}/claim").raise_for_status()
        ear.held_by("王建国 310104-0117")
        officer.post(f"/api/v1/alerts/{card}/close", json={"as": "missed"}).raise_for_status()
        closed = ear.gone()

    assert closed.content["why"] == "沪A·D12345 的预警已办结：未能拦截（王建国 310104-0117）"


def test_each_page_hears_its_own_language(store: Store, visitor: httpx.Client) -> None:
    visitor.post("/language", data={"language": "en", "back": "/"})
    with listening(visitor, after=0) as ear:
        ear.settled()
        write_rides(store, [ride(at=AT)], at=EVENING)
        told = ear.next("card")

    assert "Vehicle without permit" in told.content["html"]


def test_cars_are_where_they_were_last(store: Store, visitor: httpx.Client) -> None:
    write_rides(store, [ride(at=AT)], at=EVENING)
    with listening(visitor) as ear:
        ear.settled()
        write_positions(store, [("沪AD12345", Place(121.4501, 31.2202), AT)])
        told = ear.next("positions")
        while not told.content:
            told = ear.next("positions")

    assert told.content == [["沪AD12345", 121.4501, 31.2202, AT // 1000, 31]]


def test_the_pulse_says_how_old_the_truth_is(store: Store, clock: Clock, visitor: httpx.Client) -> None:
    register, feed = Instant(EVENING - 4 * MINUTE), Instant(EVENING - 3 * SECOND)
    write_freshness(store, feed=feed, register=register)
    with listening(visitor) as ear:
        pulse = ear.next("pulse").content
        while not pulse["database"] or pulse["feed"] is None:
            pulse = ear.next("pulse").content

    assert pulse["now"] == EVENING // 1000
    assert (pulse["feed"], pulse["feed_silent"]) == (feed // 1000, False)
    assert pulse["register"]["vehicle_permit"] == {"to": register // 1000, "behind": True}


def test_a_feed_that_fell_silent_is_told(store: Store, clock: Clock, visitor: httpx.Client) -> None:
    write_freshness(store, feed=Instant(EVENING - 61 * SECOND), register=EVENING)
    with listening(visitor) as ear:
        pulse = ear.next("pulse").content
        while pulse["feed"] is None:
            pulse = ear.next("pulse").content

    assert pulse["feed_silent"]
    assert not pulse["register"]["vehicle_permit"]["behind"]


def test_a_lost_database_is_told_and_what_came_meanwhile_is_shown_when_it_is_back(
    store: Store, tmp_path: Path, visitor: httpx.Client
) -> None:
    with listening(visitor, after=0) as ear:
        ear.settled()
        _take_away(store, tmp_path)
        while ear.next("pulse").content["database"]:
            pass
        page = visitor.get("/")
        health = visitor.get("/health")
        _give_back(tmp_path)
        write_rides(store, [ride(at=AT)], at=EVENING)
        told = ear.next("card")

    assert page.status_code == health.status_code == 503
    assert "数据库暂时无法读取" in page.text
    assert "沪A·D12345" in told.content["html"]


def _take_away(store: Store, folder: Path) -> None:
    (folder / "away").mkdir()
    for file in folder.glob("regulator.db*"):
        file.rename(folder / "away" / file.name)
    (folder / "regulator.db").mkdir()
    store.close()


def _give_back(folder: Path) -> None:
    (folder / "regulator.db").rmdir()
    for file in (folder / "away").iterdir():
        file.rename(folder / file.name)
