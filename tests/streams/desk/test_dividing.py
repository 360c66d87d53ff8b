"""What a database does not take costs nothing but itself: its neighbours are stored, itself is refused."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from regulator.config import Config, Platform
from regulator.domain.instants import day_of
from regulator.domain.limits import Limits
from regulator.quality.tally import Count, Tally
from regulator.store import Store, open_store
from regulator.store.progress import ProgressStore
from regulator.store.quality import QualityStore
from regulator.store.refusals import RefusalStore
from regulator.wire.tallies import encode_tally
from streams.desk.dividing import take
from streams.desk.gathered import CONSUMER, Gathered, Message
from streams.desk.readers import gather, readers
from streams.desk.whereabouts import Whereabouts
from tests.builders.queue import EIGHT

TOO_LARGE = 2**63


class Sent(msgspec.Struct):
    """A message on a topic."""

    value: bytes | None
    offset: int
    topic: str = "quality.sunny"
    key: bytes | None = None
    partition: int = 0
    timestamp: int = EIGHT // 1000


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An open store with the newest schema."""
    url = f"sqlite:///{tmp_path / 'regulator.db'}"
    opened = open_store(request.getfixturevalue("postgres") if request.param == "postgresql" else url)
    yield opened
    opened.close()


@pytest.mark.parametrize("bad", [{0}, {3}, {2, 7}, {9}, {4, 5}, set(range(10))])
def test_whatever_message_cannot_be_stored_is_refused_alone(store: Store, bad: set[int]) -> None:
    parts = desk_takes(store, [counted(offset, TOO_LARGE if offset in bad else 1) for offset in range(10)])

    assert stored(store) == 10 - len(bad)
    assert refused(store) == {("quality.sunny", offset, "defect") for offset in bad}
    assert reached(store) == 10
    assert parts <= 1 + 10 * len(bad)


@pytest.mark.postgres
def test_so_is_one_with_a_text_that_its_column_does_not_hold(postgres: str) -> None:
    store = open_store(postgres)
    desk_takes(
        store, [counted(0, 1), counted(1, 1, type_="x" * 33), counted(2, 1, type_="a\0b"), counted(3, 1)]
    )

    assert stored(store) == 2
    assert refused(store) == {("quality.sunny", 1, "defect"), ("quality.sunny", 2, "defect")}
    store.close()


def test_what_can_be_stored_is_stored_at_once(store: Store) -> None:
    assert desk_takes(store, [counted(offset, 1) for offset in range(10)]) == 1
    assert (stored(store), refused(store), reached(store)) == (10, set(), 10)


def counted(offset: int, number: int, *, type_: str = "operatePay") -> Sent:
    """A tally of one message."""
    counts = (Count("3101", type_, "handled", "", number),)
    tally = Tally(
        topic="feed.sunny.orders",
        partition=0,
        first=offset,
        last=offset,
        arrived_at=EIGHT,
        messages=1,
        counts=counts,
    )
    return Sent(encode_tally(tally), offset)


def desk_takes(store: Store, messages: Sequence[Message]) -> int:
    """Let the desk take messages of one poll; return in how many transactions it tried."""
    platforms = {"sunny": Platform(companies=frozenset())}
    config = Config(platforms=platforms, sources={}, limits=Limits(), driver_fillers=frozenset(), areas=None)
    known = readers(config, pseudonym_key=b"", whereabouts=Whereabouts())
    tried: list[Gathered] = []

    def write(gathered: Gathered) -> None:
        tried.append(gathered)
        with store.writing() as connection:
            gathered.write(connection, encryption_key=b"", at=EIGHT)

    take(messages, read=lambda some: gather(some, known), write=write)
    return len(tried)


def stored(store: Store) -> int:
    with store.reading() as connection:
        return sum(one.number for one in QualityStore(connection).days(day_of(EIGHT), day_of(EIGHT)))


def refused(store: Store) -> set[tuple[str, int, str]]:
    with store.reading() as connection:
        newest = RefusalStore(connection).newest("quality.sunny", 100)
    return {(one.topic, one.offset, one.reason) for one in newest}


def reached(store: Store) -> int:
    with store.reading() as connection:
        return ProgressStore(connection).offsets(CONSUMER)["quality.sunny", 0]
