"""SQL and a replay of the feeds, compared as the night would: nothing differs, or it is named."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from regulator.clock import now
from regulator.domain.instants import day_of
from regulator.store import Store, open_store
from regulator.store.reconciliation import Difference, ReconciliationStore, Tally
from streams.broker.broker import Broker
from tests.broker.installation import Installation, wait_until
from tests.broker.standing import in_sql, on_the_queue
from tests.broker.streets import Streets

pytestmark = pytest.mark.kafka


@pytest.fixture
def installation(empty_kafka: Broker, tmp_path: Path) -> Iterator[Installation]:
    """An installation that judged some orders, and rests."""
    installed = Installation(empty_kafka, tmp_path / "installation")
    streets = Streets(7, cars=40)
    with installed.running(installed.desk, installed.judge):
        with installed.producing() as producer:
            pushes = [*streets.register(now()), *(push for _ in range(60) for push in streets.order(now()))]
            pushes += [streets.change(now()) for _ in range(10)]
            for topic, key, value in [*pushes, streets.heartbeat(now())]:
                producer.send(topic, value, key)
        wait_until(lambda: rests(installed), what="all is at rest")
        yield installed


def test_nothing_differs_and_what_is_planted_is_named(installation: Installation) -> None:
    code, out = reconcile(installation)
    assert (code, out) == (0, "")
    with stored(installation) as store, store.reading() as connection:
        [first] = ReconciliationStore(connection).newest()
    assert first.tally.orders == 60
    assert first.tally.findings == len(in_sql(installation))
    assert (first.tally.not_comparable, first.tally.differences) == (0, 0)

    lost, changed = sorted(in_sql(installation))[:2]
    plant(installation, lost, changed)
    code, out = reconcile(installation)

    assert code == 3
    assert lost in out
    assert "SQL says nothing" in out
    tally, named = newest(installation)
    assert tally.differences == 2
    assert {one.finding for one in named} == {lost, changed}
    [other] = [one for one in named if one.finding == changed]
    assert other.stored is not None
    assert other.stored.reason == "planted"


def test_what_the_feed_no_longer_holds_is_not_compared(installation: Installation) -> None:
    with stored(installation) as store, store.writing() as connection:
        seen = "UPDATE orders SET state = replace(state, '\"seen\":[', '\"seen\":[[1,0,0],')"
        connection.execute(text(seen))

    code, _ = reconcile(installation)

    assert code == 0
    tally, _ = newest(installation)
    assert (tally.orders, tally.not_comparable) == (0, 60)


def rests(installation: Installation) -> bool:
    queue = on_the_queue(installation)
    with stored(installation) as store, store.reading() as connection:
        count = "SELECT count(*) FROM orders WHERE state IS NOT NULL AND \"key\" LIKE 'T%'"
        orders = connection.execute(text(count)).scalar_one()
    return orders == 60 and queue == in_sql(installation)


def plant(installation: Installation, lost: str, changed: str) -> None:
    """Spoil what SQL says of two findings."""
    with stored(installation) as store, store.writing() as connection:
        connection.execute(text("UPDATE findings SET standing = false WHERE id = :id"), {"id": lost})
        read = text("SELECT event FROM findings WHERE id = :id")
        event = json.loads(connection.execute(read, {"id": changed}).scalar_one())
        event["reason"] = "planted"
        write = text("UPDATE findings SET event = :event WHERE id = :id")
        connection.execute(write, {"id": changed, "event": json.dumps(event)})


def reconcile(installation: Installation) -> tuple[int, str]:
    day = day_of(now()).isoformat()
    command = [sys.executable, "-m", "streams.cli", "reconcile", "--day", day]
    config = ["--config", str(installation.config_folder)]
    done = subprocess.run(
        [*command, *config],
        env={**os.environ, **installation.environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in (0, 3), done.stderr
    return done.returncode, done.stdout


def newest(installation: Installation) -> tuple[Tally, list[Difference]]:
    with stored(installation) as store, store.reading() as connection:
        kept = ReconciliationStore(connection)
        [last] = kept.newest()
        return last.tally, kept.differences(last.number)


def stored(installation: Installation) -> "closing[Store]":
    return closing(open_store(installation.settings.database))
