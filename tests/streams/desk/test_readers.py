"""What a poll brings is read message by message; one that cannot be read hurts none of its neighbours."""

import msgspec
import pytest

from regulator.config import Config, Platform
from regulator.domain.findings import EventKind
from regulator.domain.instants import Instant, day_of, to_rfc3339
from regulator.domain.limits import Limits
from regulator.domain.orders import Stage
from regulator.domain.plates import NOBODY
from regulator.quality.orders import Mark
from regulator.quality.tally import Count, Tally
from regulator.store import Store, open_store
from regulator.store.cards import CardStore
from regulator.store.driver_numbers import DriverNumbers
from regulator.store.orders import OrderLeft
from regulator.store.progress import ProgressStore
from regulator.store.quality import QualityStore
from regulator.store.quality_orders import OrderQualityStore
from regulator.store.refusals import RefusalStore
from regulator.store.register_view import RegisterView
from regulator.wire.orders import encode_order
from regulator.wire.receipts import Receipt, RefusedLine, encode_receipt
from regulator.wire.tallies import encode_tally
from streams.desk.gathered import CONSUMER, Gathered
from streams.desk.readers import gather, readers
from streams.desk.whereabouts import Whereabouts
from tests.builders.law import NOON, Sitting, a_report
from tests.builders.queue import EIGHT, SUNNY, minutes, violation
from tests.builders.register import CITY, KEY, LI, NUMBER, message, source

FEED = "feed.register.city"
SEAL = b"bm90IGEgc2VjcmV0LCBqdXN0IHRoaXJ0eS10d28hISE="


class Sent(msgspec.Struct):
    """A message on a topic."""

    topic: str
    value: bytes | None
    offset: int = 0
    key: bytes | None = None
    partition: int = 0
    timestamp: int = EIGHT // 1000


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'regulator.db'}")
    yield opened
    opened.close()


def read(*sent: Sent) -> Gathered:
    config = Config(
        platforms={"sunny": Platform(companies=frozenset())},
        sources={CITY: source(kinds=frozenset({"vehicle_permit", "driver_certificate", "episode"}))},
        limits=Limits(),
        driver_fillers=frozenset(),
        areas=None,
    )
    known = readers(config, pseudonym_key=KEY, whereabouts=Whereabouts())
    topics = dict.fromkeys(one.topic for one in sent)
    return gather([one for topic in topics for one in sent if one.topic == topic], known)


def write(store: Store, gathered: Gathered, at: Instant = EIGHT) -> None:
    with store.writing() as connection:
        gathered.write(connection, encryption_key=SEAL, at=at)


def test_every_kind_of_message_finds_its_place():
    gathered = read(
        Sent("enforcement.violations", msgspec.json.encode(violation())),
        Sent("orders.sunny", b"17", key=b"~checkpoint"),
        Sent("orders.sunny", None, key=b"3101YPZC0001|gone"),
        Sent(FEED, message()),
    )

    assert [event.kind for event in gathered.events] == [EventKind.RAISED]
    assert gathered.states == [OrderLeft(company=SUNNY, key="gone")]
    assert gathered.unreadable == []
    assert [one.origin for one in gathered.heard] == ["feed.register.city/0/0"]


@pytest.mark.parametrize("topic", ["enforcement.violations", "orders.sunny", "receipts.sunny", "tracks"])
def test_what_our_own_code_wrote_wrong_is_a_defect_and_the_next_is_read(topic):
    gathered = read(
        Sent(topic, b'{"half', 3, key=b"k"),
        Sent("enforcement.violations", msgspec.json.encode(violation()), 4),
    )

    (defect,) = gathered.unreadable
    assert (defect.topic, defect.offset, defect.reason) == (topic, 3, "defect")
    assert len(gathered.events) == 1


@pytest.mark.parametrize(
    ("payload", "reason", "detail"),
    [
        (b"not json", "unreadable", "no JSON"),
        (message(kind="platform_permit"), "kind_not_allowed", "platform_permit"),
        (message(sequence="many"), "bad_field", "sequence: expected a whole number"),
        (message(subject=None), "missing_field", "subject"),
        (
            msgspec.json.encode({"type": "heartbeat", "complete_to": to_rfc3339(minutes(1))}),
            "heartbeat_in_the_future",
            "complete_to",
        ),
    ],
)
def test_what_a_department_sends_wrong_is_refused_with_the_reason(store, payload, reason, detail):
    gathered = read(Sent(FEED, payload, 7), Sent(FEED, message(), 8))
    write(store, gathered)

    assert len(gathered.heard) == 1
    with store.reading() as connection:
        (refused,) = RefusalStore(connection).newest(FEED, 10)
    assert (refused.offset, refused.reason) == (7, reason)
    assert detail in refused.detail


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        (b'{"notice":"\\u0000","answer":"stopped"}', "notice: no number of a notice"),
        (b'{"notice":"N00000001","answer":"stopped","text":"\\ud800"}', "no answer as published"),
        (b'{"notice":"\xff","answer":"stopped"}', "no answer as published"),
        (b'{"notice":' + b"[" * 100_000, "no answer as published"),
        (b'{"notice":"N00000001","answer":"maybe"}', "no answer as published: `$.answer`"),
    ],
    ids=["NUL", "half of a pair", "no UTF-8", "nested deeply", "no such answer"],
)
def test_an_answer_that_no_database_takes_is_refused(said, detail):
    gathered = read(Sent("feed.sunny.answers", said))

    (refused,) = gathered.unreadable
    assert refused.reason == "unreadable"
    assert detail in refused.detail
    assert gathered.given == []


def test_the_text_of_an_answer_is_made_fit_to_be_kept():
    said = b'{"notice":"N00000001","answer":"stopped","text":"a\\u0000b \\ud83d\\ude97"}'

    ((_, given),) = read(Sent("feed.sunny.answers", said)).given

    assert given.text == "a␀b 🚗"


def test_the_numbers_of_drivers_go_to_their_column_alone(store):
    certified = message(kind="driver_certificate", subject=NUMBER, certificate=NUMBER)
    gathered = read(
        Sent(FEED, certified), Sent(FEED, message(kind="driver_certificate", subject="?", periods=1))
    )
    write(store, gathered)

    assert gathered.numbers == {LI: NUMBER}
    assert NUMBER not in repr(gathered.heard)
    with store.writing() as connection:
        assert DriverNumbers(connection, SEAL).reveal(LI, who="法制员", at=EIGHT) == NUMBER


def test_an_episode_is_kept_and_its_driver_number_goes_to_its_column_alone(store):
    said = {
        "type": "episode",
        "episode": "2026-0312",
        "sequence": 2,
        "driver": NUMBER,
        "events": [{"event": "removed", "at": "2026-02-01T00:00:00+08:00"}],
    }
    taken_back = {"type": "withdrawn", "of": "episode", "episode": "7", "sequence": 1}
    gathered = read(Sent(FEED, msgspec.json.encode(said)), Sent(FEED, msgspec.json.encode(taken_back), 1))
    write(store, gathered)

    assert gathered.unreadable == []
    assert gathered.numbers == {LI: NUMBER}
    with store.reading() as connection:
        (episode,) = RegisterView(connection, {CITY: source()}).episodes(NOBODY, LI)
        assert DriverNumbers(connection, SEAL).last4(LI) == "002X"
    assert (episode.number, episode.driver) == ("2026-0312", LI)


def receipt(first: int, last: int, *refused: int) -> Sent:
    lines = tuple(RefusedLine(offset, 0, None, "foreign") for offset in refused)
    said = Receipt(
        topic="feed.sunny.orders",
        partition=0,
        first=first,
        last=last,
        messages=5,
        records=5,
        handled=5 - len(refused),
        repeated=0,
        refused=lines,
    )
    return Sent("receipts.sunny", encode_receipt(said))


@pytest.mark.parametrize("polls", [1, 2], ids=["in one poll", "in two"])
def test_a_later_receipt_replaces_what_was_said_about_its_range(store, polls):
    earlier, later = [receipt(0, 4, 1, 2), receipt(5, 9, 7)], [receipt(2, 5, 3)]
    batches = [earlier + later] if polls == 1 else [earlier, later]

    for batch in batches:
        write(store, read(*batch))

    with store.reading() as connection:
        kept = sorted(one.offset for one in RefusalStore(connection).newest("feed.sunny.orders", 10))
    assert kept == [1, 3, 7]


def test_offsets_and_effects_are_written_together_or_not_at_all(store):
    gathered = read(Sent("enforcement.violations", msgspec.json.encode(violation()), 41))

    def fail_at_the_end() -> None:
        with store.writing() as connection:
            gathered.write(connection, encryption_key=SEAL, at=EIGHT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_at_the_end()
    with store.reading() as connection:
        assert ProgressStore(connection).offsets(CONSUMER) == {}
        assert CardStore(connection).open_cards(EIGHT) == []

    write(store, gathered, at=minutes(3))
    with store.reading() as connection:
        assert ProgressStore(connection).offsets(CONSUMER) == {("enforcement.violations", 0): 42}
        progress = ProgressStore(connection).newest()
        assert len(CardStore(connection).open_cards(EIGHT)) == 1
    assert (progress.consumed_at, progress.arrived_at) == (minutes(3), EIGHT)


def test_what_a_run_was_made_of_is_added_up_beside_the_offsets(store):
    tally = Tally(
        topic="feed.sunny.orders",
        partition=0,
        first=0,
        last=1,
        arrived_at=EIGHT,
        messages=2,
        counts=(Count("3101", "operatePay", "handled", "", 2),),
    )
    for offset in (0, 1):
        write(store, read(Sent("quality.sunny", encode_tally(tally), offset)))

    with store.reading() as connection:
        (counted,) = QualityStore(connection).days(day_of(EIGHT), day_of(EIGHT))
    assert (counted.topic, counted.what, counted.number) == ("feed.sunny.orders", "handled", 2)


def test_an_order_is_counted_by_the_district_of_its_start(store):
    sitting = Sitting()
    sitting.report(a_report())
    sitting.report(a_report(Stage.DEPART, 1))
    sitting.report(a_report(Stage.LOGIN, 2), order=None)
    sitting.conclude()
    state = {"sunny": Platform(companies=frozenset())}
    config = Config(platforms=state, sources={}, limits=Limits(), driver_fillers=frozenset(), areas=None)
    known = readers(config, pseudonym_key=KEY, whereabouts=Whereabouts(), district=lambda _: "310106")
    sent = [Sent("orders.sunny", encode_order(one), key=b"k") for one in sitting.book]
    write(store, gather(sent, known))

    with store.reading() as connection:
        (counted,) = OrderQualityStore(connection).days(day_of(NOON), day_of(NOON))
    assert (counted.district, counted.number) == ("310106", 1)
    assert Mark.MATCHED | Mark.DEPARTED in Mark(counted.marks)
