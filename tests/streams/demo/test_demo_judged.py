"""The city as the judge sees it: a quarter of an hour replayed shows every kind of finding."""

from collections import Counter

import pytest

from regulator.config import load_config
from regulator.domain.findings import EventKind
from regulator.domain.instants import MINUTE, Instant, from_rfc3339
from regulator.recorded import Message as Recorded
from regulator.replay import ReplayResult, replay
from regulator.secrets import Secrets
from streams.demo.city import City
from streams.demo.recorded import recorded

_EVENING = from_rfc3339("2026-11-24T19:30:00+08:00")
_SECRETS = Secrets(pseudonym_key=b"p", finding_key=b"f", encryption_key=b"e" * 32, cookie_key=b"c" * 32)
_MINUTES, _SETTLED = 30, 15
_ECHOES, _FULL = 4, 8


@pytest.fixture(scope="module")
def judged() -> ReplayResult:
    city = City(echoes=_ECHOES)
    sent = recorded(city, _EVENING, Instant(_EVENING + _MINUTES * MINUTE), positions=False)
    log = (Recorded(one.topic, one.at, one.value, one.key) for one in sent)
    return replay(log, config=load_config(), secrets=_SECRETS, history=True)


def test_each_planted_kind_is_found(judged: ReplayResult) -> None:
    found = {(row.rule, row.reason) for row in judged.findings if row.status == "violation"}

    assert found >= {
        ("platform_permit", "never"),
        ("vehicle_permit", "never"),
        ("vehicle_permit", "suspended"),
        ("vehicle_permit", "cancelled"),
        ("driver_certificate", "never"),
        ("driver_certificate", "expired"),
        ("not_identifiable", "vehicle"),
        ("not_identifiable", "driver"),
        ("not_identifiable", "both"),
    }


def test_nothing_stays_undetermined_and_no_statement_is_refused(judged: ReplayResult) -> None:
    assert {row.status for row in judged.findings} == {"violation"}
    assert judged.register_refused == {}
    assert judged.unknown_topics == {}


def test_alerts_are_withdrawn_and_findings_disputed(judged: ReplayResult) -> None:
    kinds = Counter(event.kind for event in judged.history)

    assert kinds[EventKind.WITHDRAWN] >= _MINUTES // 4
    assert sum(bool(row.disputed) for row in judged.findings) >= _MINUTES // 4


def test_some_ten_new_pairs_of_car_and_driver_are_found_a_minute_in_the_whole_city(
    judged: ReplayResult,
) -> None:
    """Once the cars at work whose licences lapsed are known, new cards come at an officer's pace."""
    known: set[tuple[str, str]] = set()
    fresh = 0
    for event in judged.history:
        pair = (event.finding.vehicle, event.finding.driver)
        fresh += (
            event.kind is EventKind.RAISED
            and pair not in known
            and event.caused_at > _EVENING + _SETTLED * MINUTE
        )
        known.add(pair)

    assert 5 <= fresh / (_MINUTES - _SETTLED) * _FULL / _ECHOES <= 15
