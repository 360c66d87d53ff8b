"""Notices are issued and lifted by officers, answered by platforms, and every one is told."""

import msgspec
import pytest

from regulator.domain.drivers import Driver
from regulator.domain.findings import FindingId
from regulator.domain.instants import HOUR, Instant
from regulator.domain.notices import AnswerKind, NoticeId
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate
from regulator.store import Store
from regulator.store.audit import AuditStore
from regulator.store.notices import Given, NoticeStore, Wish, standing_for
from regulator.store.outbox import OutboxStore
from regulator.wire.notices import decode_notice

NOON = Instant(1_772_424_000_000_000)
OFFICER = "王 310001"
CAR = Plate("沪AD12345")
WISH = Wish(
    platform="sunny",
    company=CompanyId("3101YPZC0001"),
    vehicle=CAR,
    rule="vehicle_permit",
    reason="expired",
    findings=(FindingId("f1"), FindingId("f2")),
    until=Instant(NOON + 72 * HOUR),
)


def issued(store: Store, wish: Wish = WISH, at: Instant = NOON) -> NoticeId:
    with store.writing() as connection:
        return NoticeStore(connection).issue(wish, OFFICER, at=at).id


def told(store: Store) -> list[tuple[str, str]]:
    with store.reading() as connection:
        letters = OutboxStore(connection).first_of_others(10)
    return [(letter.topic, decode_notice(letter.value).state) for letter in letters]


def answer(store: Store, id: NoticeId, kind: AnswerKind, *, platform: str = "sunny", hours: int = 1) -> bool:
    given = Given(platform=platform, notice=id, answer=kind, text="已停派", at=Instant(NOON + hours * HOUR))
    with store.writing() as connection:
        return NoticeStore(connection).answer(given)


def test_a_notice_is_told_to_its_platform_and_recorded_under_its_officer(store: Store) -> None:
    id = issued(store)

    with store.reading() as connection:
        (letter,) = OutboxStore(connection).first_of_others(10)
        entries = [(one.who, one.what, one.subject) for one in AuditStore(connection).newest(5)]
    notice = decode_notice(letter.value)
    assert (letter.topic, letter.key) == ("notices.sunny", id.encode())
    assert (notice.vehicle, notice.driver, notice.rule, notice.findings) == (
        CAR,
        None,
        "vehicle_permit",
        ("f1", "f2"),
    )
    assert entries == [(OFFICER, "notice", id)]


def test_the_same_wish_while_it_stands_is_the_same_notice(store: Store) -> None:
    assert issued(store) == issued(store, at=Instant(NOON + HOUR))
    assert issued(store, at=Instant(NOON + 72 * HOUR)) != issued(store)
    assert len(told(store)) == 2


def test_what_is_lifted_is_told_as_lifted_and_only_once(store: Store) -> None:
    id = issued(store)

    with store.writing() as connection:
        notices = NoticeStore(connection)
        assert notices.lift(id, OFFICER, at=Instant(NOON + HOUR)) is not None
        assert notices.lift(id, OFFICER, at=Instant(NOON + HOUR)) is None
        assert notices.lift(NoticeId("N9"), OFFICER, at=NOON) is None

    assert told(store) == [("notices.sunny", "standing"), ("notices.sunny", "lifted")]


def test_an_answer_counts_if_it_comes_from_the_platform_that_was_told(store: Store) -> None:
    id = issued(store)

    assert not answer(store, id, AnswerKind.STOPPED, platform="moon")
    assert not answer(store, NoticeId("N9"), AnswerKind.STOPPED)
    assert answer(store, id, AnswerKind.STOPPED, hours=2)
    assert answer(store, id, AnswerKind.DISPUTED, hours=1)  # came before, told after

    with store.reading() as connection:
        notice = NoticeStore(connection).notice(id)
    assert notice is not None
    assert (notice.answer, notice.answer_text) == (AnswerKind.STOPPED, "已停派")


def test_what_stands_without_an_answer_is_counted_with_its_time(store: Store) -> None:
    first = issued(store)
    driver = msgspec.structs.replace(WISH, vehicle=Plate(""), driver=Driver("d" * 32), last4="002X")
    issued(store, driver, at=Instant(NOON + HOUR))

    def unanswered(hours: int) -> list[tuple[str, int, int]]:
        with store.reading() as connection:
            found = NoticeStore(connection).unanswered(Instant(NOON + hours * HOUR))
        return [(platform, one.count, one.since) for platform, one in found.items()]

    assert unanswered(2) == [("sunny", 2, NOON)]
    answer(store, first, AnswerKind.NOT_OURS)
    assert unanswered(2) == [("sunny", 1, NOON + HOUR)]
    assert unanswered(72) == []


@pytest.mark.parametrize(("hours", "count"), [(0, 1), (71, 1), (72, 0)])
def test_a_car_is_found_with_the_notices_in_force(store: Store, hours: int, count: int) -> None:
    issued(store)

    with store.reading() as connection:
        found = standing_for(connection, CAR, Driver(""), Instant(NOON + hours * HOUR))
        other = standing_for(connection, Plate("沪B00001"), Driver(""), NOON)
        nobody = standing_for(connection, Plate(""), Driver(""), NOON)

    assert (len(found), list(other), list(nobody)) == (count, [], [])
