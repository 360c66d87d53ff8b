"""The board as the server draws it."""

import re

import httpx

from regulator.domain.findings import EventKind
from regulator.domain.instants import MINUTE, Instant
from regulator.domain.orders import Stage
from regulator.domain.places import Place
from regulator.joins.journeys import Phase
from regulator.store import Store
from regulator.store.enforcement import apply_judgements
from tests.console.city import write_rides
from tests.console.rides import events, ride
from tests.console.running import EVENING, Clock, running_console

AT = Instant(EVENING - 5 * MINUTE)


def _later(minutes: int) -> Instant:
    return Instant(EVENING + minutes * MINUTE)


def _plates(page: str, name: str) -> list[str]:
    start = page.index(f'<div id="{name}"')
    return re.findall(r'data-plate="([^"]*)"', page[start : page.index("</ol>\n", start)])


def test_the_car_that_arrives_first_is_on_top_and_the_one_that_waits_for_an_order_below(
    store: Store, visitor: httpx.Client
) -> None:
    rides = [
        ride("沪AD00003", at=AT, arrival=_later(30)),
        ride("沪AD00001", at=AT, arrival=_later(4), phase=Phase.MATCHED),
        ride("沪AD00005", at=AT, order=None, stage=Stage.LOGIN, phase=Phase.LOGGED_IN),
        ride("沪AD00004", at=AT, arrival=_later(-6)),
        ride("沪AD00002", at=AT, arrival=_later(9)),
    ]
    write_rides(store, rides, at=EVENING)

    page = visitor.get("/").text

    assert _plates(page, "road") == ["沪AD00001", "沪AD00002", "沪AD00003", "沪AD00004", "沪AD00005"]


def test_a_ride_that_has_ended_is_desk_work(store: Store, visitor: httpx.Client) -> None:
    write_rides(
        store,
        [ride("沪AD00001", at=AT, phase=Phase.ENDED), ride("沪AD00002", at=AT, arrival=_later(-45))],
        at=EVENING,
    )

    page = visitor.get("/").text

    assert _plates(page, "road") == []
    assert sorted(_plates(page, "desk")) == ["沪AD00001", "沪AD00002"]


def test_a_car_and_driver_have_one_card_for_all_their_violations(store: Store, visitor: httpx.Client) -> None:
    one = ride(at=AT, order="A1", rules=(("vehicle_permit", "expired"), ("driver_certificate", "never")))
    write_rides(store, [one, ride(at=AT, order="A2")], at=EVENING)

    page = visitor.get("/").text

    assert page.count('class="card"') == 1
    assert "<li>车辆无运输证<b>×2</b></li>" in page
    assert "<li>驾驶员无驾驶员证</li>" in page


def test_both_licences_stand_side_by_side_and_the_failed_one_says_why(
    store: Store, visitor: httpx.Client
) -> None:
    write_rides(store, [ride(at=AT)], at=EVENING)

    page = visitor.get("/").text

    assert '<li data-mark="failed"><span>运输证</span> <b>已过期</b> <small>2026-02-28</small></li>' in page
    assert '<li data-mark="held"><span>驾驶员证</span> <b>有效</b> <small>2027-02-28</small></li>' in page


def test_the_file_names_platform_destination_arrival_register_and_law(
    store: Store, visitor: httpx.Client
) -> None:
    write_rides(store, [ride(at=AT, arrival=_later(11))], at=EVENING)
    card = visitor.get("/api/v1/alerts").json()[0]["id"]

    file = visitor.get(f"/cards/{card}").text

    for text in ("青禾出行（演示）", "虹桥火车站", "18:53", "登记库完整至", "18:37:27", "第三十四条"):
        assert text in file


def test_a_re_offence_says_which_time_it_is_and_whose_episode(store: Store, visitor: httpx.Client) -> None:
    again = ride(at=Instant(EVENING - MINUTE), rules=(("re_offence", "removed"),))
    write_rides(store, [again], at=EVENING)
    card = visitor.get("/api/v1/alerts").json()[0]["id"]

    assert "清退后 · 第 2 次 · 记录 2026-0312" in visitor.get(f"/cards/{card}").text


def test_no_page_shows_more_of_a_driver_than_the_last_four_characters(
    store: Store, visitor: httpx.Client
) -> None:
    one = ride(at=AT, rules=(("driver_certificate", "expired"),))
    write_rides(store, [one], at=EVENING)
    card = visitor.get("/api/v1/alerts").json()[0]["id"]

    pages = visitor.get("/").text + visitor.get(f"/cards/{card}").text

    assert "234X" in pages
    assert one.number not in pages
    assert one.driver not in pages


def test_what_a_platform_writes_cannot_become_part_of_the_page(store: Store, visitor: httpx.Client) -> None:
    hostile = '<img src=x onerror="alert(1)">'
    write_rides(store, [ride(at=AT, destination=(hostile, 121.4, 31.2))], at=EVENING)

    page = visitor.get("/").text

    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_a_district_narrows_both_lists(store: Store, visitor: httpx.Client) -> None:
    write_rides(
        store,
        [
            ride("沪AD00001", at=AT, place=Place(121.43, 31.18)),
            ride("沪AD00002", at=AT, place=Place(121.51, 31.29)),
        ],
        at=EVENING,
    )

    page = visitor.get("/?district=310104").text

    assert _plates(page, "road") == ["沪AD00001"]


def test_chinese_comes_first_and_english_is_remembered(store: Store, visitor: httpx.Client) -> None:
    write_rides(store, [ride(at=AT)], at=EVENING)
    chinese = visitor.get("/").text

    visitor.post("/language", data={"language": "en", "back": "/"})
    english = visitor.get("/").text

    assert '<html lang="zh-CN">' in chinese
    assert "车辆无运输证" in chinese
    assert '<html lang="en">' in english
    assert "Vehicle without permit" in english


def test_only_a_demonstration_says_that_it_is_one(store: Store, clock: Clock, visitor: httpx.Client) -> None:
    shown = visitor.get("/").text
    with running_console(store, clock, demonstration=False) as real, real.visitor() as client:
        hidden = client.get("/").text

    assert "旧金山" in shown
    assert "演示城市" not in hidden


def test_a_cut_list_says_how_many_there_are(store: Store, visitor: httpx.Client) -> None:
    write_rides(store, [ride(f"沪AD{n:05d}", at=AT, arrival=_later(9)) for n in range(405)], at=EVENING)

    page = visitor.get("/").text

    assert "仅显示最先的 400 张，共 405 张" in page


def test_a_licence_that_no_finding_accuses_is_not_shown_as_failed(
    store: Store, visitor: httpx.Client
) -> None:
    one = ride(at=AT, rules=(("vehicle_permit", "cancelled"), ("driver_certificate", "never")))
    write_rides(store, [one], at=EVENING)
    with store.writing() as connection:
        apply_judgements(connection, events(one, kind=EventKind.WITHDRAWN)[1:], [], at=EVENING)

    page = visitor.get("/").text

    assert '<li data-mark="failed"><span>运输证</span> <b>已注销</b> <small></small></li>' in page
    assert '<li data-mark="none"><span>驾驶员证</span> <b>待定</b> <small></small></li>' in page
