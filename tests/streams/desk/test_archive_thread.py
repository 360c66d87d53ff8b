"""A word that touches thousands of past orders is worked off beside what is live."""

import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import insert, select

from regulator.domain.licences import LicenceKind
from regulator.store import Store, open_store
from regulator.store.database import Connection
from regulator.store.outbox import OutboxStore
from regulator.store.rejudging import Rejudging
from regulator.store.schema import order_subjects, orders
from regulator.wire.orders import encode_order
from streams.desk.archive import Archive
from streams.desk.archive_metrics import ArchiveCollector, ArchiveMetrics
from streams.desk.condition import Condition
from streams.desk.patience import Patience, Stopped
from streams.topics import VIOLATIONS, violations_partition
from tests.builders.archive import City
from tests.builders.law import CAR, FEED, NOON, SUNNY, WANG, a_report, a_statement, licensed

_ORDERS = 3_000
_PARTITION = 1


@pytest.fixture
def city(tmp_path: Path):
    store = open_store(f"sqlite:///{tmp_path / 'regulator.db'}")
    city = City(store, *licensed())
    fill(store, city)
    yield city
    store.close()


def fill(store: Store, city: City) -> None:
    """Put thousands of orders of one car into the archive."""
    city.sitting.report(a_report(), "pattern")
    [pattern] = city.sitting.book
    city.conclude()
    city.let_go()
    city.work()
    with store.writing() as connection:
        row = dict(connection.execute(select(orders)).mappings().one())
        rows, named = [], []
        for number in range(_ORDERS):
            pattern.number = f"past-{number:05d}"  # type: ignore[assignment] # an order's number
            state = encode_order(pattern).decode()
            rows.append({**row, "key": pattern.case, "state": state, "partition": _PARTITION})
            named.append({"subject": CAR, "order_key": pattern.key})
        connection.execute(insert(orders), rows)
        connection.execute(insert(order_subjects), named)


def test_live_work_goes_on_while_thousands_are_judged_again(city: City) -> None:
    registry, stop = CollectorRegistry(), Event()
    registry.register(ArchiveCollector(city.store))
    archive = Archive(
        city.store,
        rejudging=Rejudging(city.sitting.law, city.sources),
        patience=Patience("archive", condition=Condition(), stop=stop),
        metrics=ArchiveMetrics(registry),
        clock=lambda: NOON,
    )
    word = a_statement(subject=SUNNY, kind=LicenceKind.PLATFORM_PERMIT, certificate="p", sequence=2)
    city.say(word)
    assert remaining(registry) == _ORDERS + 1

    thread = Thread(target=lambda: until_stopped(archive))
    thread.start()
    longest, live = 0.0, 0
    while remaining(registry):
        began = time.monotonic()
        city.sitting.report(a_report(driver=WANG), f"live-{live}", company=SUNNY)
        city.conclude()
        longest, live = max(longest, time.monotonic() - began), live + 1
        assert live < 20_000
    stop.set()
    thread.join()

    assert live > 10
    assert longest < 5  # on a machine that does ten other things
    with city.store.reading() as connection:
        assert queued(connection) == {(VIOLATIONS, violations_partition(FEED, _PARTITION)): _ORDERS} | {
            (VIOLATIONS, violations_partition(FEED, 0)): 1
        }
    assert f"regulator_rejudged_orders_total {_ORDERS + 1}.0" in generate_latest(registry).decode()


def until_stopped(archive: Archive) -> None:
    with suppress(Stopped):
        archive.run()


def remaining(registry: CollectorRegistry) -> float:
    return registry.get_sample_value("regulator_rejudgement_remaining") or 0.0


def queued(connection: Connection) -> Counter[tuple[str, int]]:
    letters = OutboxStore(connection).first_of_others(100_000)
    return Counter((letter.topic, letter.partition) for letter in letters)
