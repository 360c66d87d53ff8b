"""Operators see what stands, how old the register is and what waits; with SQL away they see nothing old."""

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from regulator.config import Config, Platform
from regulator.domain.limits import Limits
from regulator.domain.register import Heartbeat
from regulator.quality.tally import Tally
from regulator.store import open_store
from regulator.store.enforcement import apply_judgements
from regulator.store.quality import QualityStore
from regulator.store.register import RegisterStore
from streams.desk.feed_metrics import FeedCollector
from streams.desk.gathered import Gathered
from streams.desk.metrics import DeskMetrics, StoreCollector
from tests.builders.queue import EIGHT, minutes, raised, withdrawn
from tests.builders.register import CITY, heard, source, statement


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'regulator.db'}")
    yield opened
    opened.close()


def scraped(registry: CollectorRegistry) -> set[str]:
    return set(generate_latest(registry).decode().splitlines())


def test_what_sql_knows_is_shown(store):
    registry = CollectorRegistry()
    registry.register(StoreCollector(store, {CITY: source()}, lambda: minutes(3)))
    with store.writing() as connection:
        apply_judgements(connection, [raised("f1"), raised("f2"), withdrawn("f2")], [], at=EIGHT)
        beat = Heartbeat(source=CITY, complete_to=minutes(1))
        RegisterStore(connection).take([heard(statement(1)), heard(beat, minutes(2))])

    assert {
        'regulator_standing_findings{rule="vehicle_permit"} 1.0',
        'regulator_register_complete_to_seconds{source="city"} 120.0',
        'regulator_register_licences{kind="vehicle_permit"} 1.0',
        "regulator_desk_outbox_messages 2.0",
        "regulator_desk_outbox_seconds 60.0",
    } <= scraped(registry)


def test_while_sql_is_away_the_rest_is_shown(tmp_path):
    folder = tmp_path / "data"
    store = open_store(f"sqlite:///{folder / 'regulator.db'}")
    store.close()
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    registry = CollectorRegistry()
    registry.register(StoreCollector(store, {CITY: source()}, lambda: EIGHT))
    DeskMetrics(registry).published(3)

    shown = scraped(registry)

    assert "regulator_desk_published_messages_total 3.0" in shown
    assert not any("standing" in line for line in shown)


def test_the_projections_delay_is_measured_from_the_queue():
    registry = CollectorRegistry()
    DeskMetrics(registry).projected(Gathered(events=[raised()]), minutes(0.01))

    assert 'regulator_desk_projection_delay_seconds_bucket{le="0.75"} 1.0' in scraped(registry)
    assert 'regulator_desk_projection_delay_seconds_bucket{le="0.5"} 0.0' in scraped(registry)


def test_silent_feeds_are_shown_as_far_as_they_are_configured(store):
    platforms = {
        "sunny": Platform(companies=frozenset()),
        "tried": Platform(companies=frozenset(), sandbox=True),
    }
    config = Config(platforms=platforms, sources={}, limits=Limits(), driver_fillers=frozenset(), areas=None)
    registry = CollectorRegistry()
    registry.register(FeedCollector(store, config, lambda: minutes(31)))
    assert not any("{" in line for line in scraped(registry))

    with store.writing() as connection:
        tallies = [
            Tally(topic=topic, partition=0, first=0, last=0, arrived_at=EIGHT, messages=1, counts=())
            for topic in ("feed.sunny.orders", "feed.tried.orders", "feed.gone.orders")
        ]
        QualityStore(connection).take(tallies, at=EIGHT)

    assert {line for line in scraped(registry) if "{" in line} == {
        'regulator_feed_silence_seconds{topic="feed.sunny.orders"} 1860.0',
        'regulator_feed_silent{topic="feed.sunny.orders"} 1.0',
        'regulator_feed_late{topic="feed.sunny.orders"} 0.0',
    }
