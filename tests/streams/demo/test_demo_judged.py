"""The city as the judge sees it: half an hour replayed shows every kind of finding."""

from collections import Counter
from itertools import chain

import msgspec
import pytest

from regulator.config import load_config
from regulator.domain.findings import EventKind
from regulator.domain.instants import MINUTE, Instant
from regulator.replay import ReplayResult, replay
from regulator.replay.recorded import Message as Recorded
from regulator.secrets import Secrets
from streams import topics
from streams.demo.city import City
from streams.demo.messages import Message
from streams.demo.register import SOURCE_OF, Licence
from streams.demo.traffic import messages_between
from tests.streams.demo.feeds import records

_SECRETS = Secrets(pseudonym_key=b"p", finding_key=b"f", encryption_key=b"e" * 32, cookie_key=b"c" * 32)
_MINUTES, _SETTLED = 30, 15
_ECHOES, _FULL = 2, 8


@pytest.fixture(scope="module")
def judged(city: City, licences: list[Licence], evening: Instant) -> ReplayResult:
    sent = [
        message
        for message in messages_between(city, evening, Instant(evening + _MINUTES * MINUTE))
        if not message.topic.endswith(".positions")
    ]
    log = (
        Recorded(one.topic, one.at, one.value, one.key)
        for one in chain(_statements(sent, licences, evening), sent)
    )
    return replay(log, config=load_config(), secrets=_SECRETS, history=True)


def _statements(sent: list[Message], licences: list[Licence], at: Instant) -> list[Message]:
    """What the register says of those whom the messages name: the rest decides nothing."""
    named = {
        fields.get(name)
        for _, fields in records(sent, ".orders")
        for name in ("CompanyId", "VehicleNo", "LicenseId")
    }
    return [
        Message(topics.feed_register(SOURCE_OF[one.kind]), at, None, msgspec.json.encode(one))
        for one in licences
        if one.subject in named
    ]


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
        ("out_of_area", "both_ends_outside"),
    }


def test_nothing_stays_undetermined_and_no_statement_is_refused(judged: ReplayResult) -> None:
    assert {row.status for row in judged.findings} == {"violation"}
    assert judged.register_refused == {}
    assert judged.unknown_topics == {}


def test_alerts_are_withdrawn_and_findings_disputed(judged: ReplayResult) -> None:
    kinds = Counter(event.kind for event in judged.history)

    assert kinds[EventKind.WITHDRAWN] >= 3
    assert sum(bool(row.disputed) for row in judged.findings) >= 3


def test_some_fifteen_new_pairs_of_car_and_driver_are_found_a_minute_in_the_whole_city(
    judged: ReplayResult, evening: Instant
) -> None:
    """Once the cars at work whose licences lapsed are known, new cards come at an officer's pace."""
    known: set[tuple[str, str]] = set()
    fresh = 0
    for event in judged.history:
        pair = (event.finding.vehicle, event.finding.driver)
        settled = event.caused_at > evening + _SETTLED * MINUTE
        fresh += event.kind is EventKind.RAISED and pair not in known and settled
        known.add(pair)

    assert 8 <= fresh / (_MINUTES - _SETTLED) * _FULL / _ECHOES <= 22
