"""The departments' statements: spread, sequence and form."""

import csv
import io
from collections import Counter
from datetime import date, timedelta

import msgspec

from regulator.config import load_config
from regulator.domain.episodes import Episode
from regulator.domain.instants import from_rfc3339, start_of
from regulator.domain.licences import LicenceKind, PeriodState, SourceName
from regulator.wire.register import read_register
from streams.demo.city import City
from streams.demo.identities import plate
from streams.demo.platforms import PLATFORMS, UNLICENSED_COMPANY
from streams.demo.register import SOURCE_OF, SOURCES, Licence, filed_late, heartbeat, statements, write_table
from streams.demo.roll import UNPERMITTED, edition, plate_of
from streams.demo.traffic import whole_register
from streams.demo.watch_list import WATCH_LIST, episodes

_FIRST = date(2026, 11, 1)


def test_every_licence_is_stated_once(licences: list[Licence]) -> None:
    certificates = Counter((one.kind, one.certificate) for one in licences)
    subjects = Counter((one.kind, one.subject) for one in licences)

    assert set(certificates.values()) == {1}
    assert set(subjects.values()) == {1}


def test_as_many_drivers_have_expired_as_in_the_source(licences: list[Licence]) -> None:
    ends = [one.periods[0].end for one in licences if one.kind is LicenceKind.DRIVER_CERTIFICATE]

    def expired(day: date) -> float:
        return sum(end is not None and end < day for end in ends) / len(ends)

    assert 0.01 < expired(_FIRST) < 0.03
    assert 0.03 < expired(_FIRST + timedelta(days=15)) < 0.05
    assert 0.05 < expired(_FIRST + timedelta(days=30)) < 0.07


def test_vehicles_states_are_spread_as_in_the_source(licences: list[Licence]) -> None:
    permits = [one for one in licences if one.kind is LicenceKind.VEHICLE_PERMIT]
    states = Counter(one.periods[-1].state for one in permits if one.area == "310000")
    assert len(permits) - states.total() == 60  # Chongming's, beside the source's

    assert states == {
        PeriodState.VALID: 5_896,
        PeriodState.SUSPENDED: 2_532,
        PeriodState.CANCELLED: 2_178,
        PeriodState.REVOKED: 69,
    }


def test_no_period_ends_before_it_starts(licences: list[Licence]) -> None:
    assert all(span.end is None or span.start <= span.end for licence in licences for span in licence.periods)


def test_what_is_not_valid_began_before_the_month_and_lasts(licences: list[Licence]) -> None:
    lapsed = [span for licence in licences for span in licence.periods if span.state is not PeriodState.VALID]

    assert all(span.start < _FIRST and span.end is None for span in lapsed)


def test_the_company_without_a_permit_is_in_no_statement(licences: list[Licence]) -> None:
    permitted = {one.subject for one in licences if one.kind is LicenceKind.PLATFORM_PERMIT}

    assert permitted == {platform.company for platform in PLATFORMS}
    assert UNLICENSED_COMPANY not in permitted


def test_a_months_edition_is_the_same_on_every_day_and_the_next_one_replaces_it(city: City) -> None:
    november = next(statements(city.roll, edition(date(2026, 11, 30))))
    december = next(statements(city.roll, edition(date(2026, 12, 1))))

    assert november == next(statements(city.roll, edition(date(2026, 11, 2))))
    assert december.sequence > november.sequence


def test_a_statement_has_the_contracts_form(licences: list[Licence]) -> None:
    vehicle = next(one for one in licences if one.kind is LicenceKind.VEHICLE_PERMIT and one.first_registered)
    written = msgspec.json.decode(msgspec.json.encode(vehicle))

    assert written["type"] == "licence"
    assert set(written) == {
        *("type", "kind", "certificate", "subject", "sequence", "recorded_at", "area"),
        *("first_registered", "vehicle", "periods"),
    }
    assert set(written["vehicle"]) == {"brand", "model", "colour", "plate_colour"}
    assert set(written["periods"][0]) == {"from", "to", "state"}


def test_a_certificate_filed_late_holds_since_the_day_before() -> None:
    licence = filed_late("1", "319900198502250285", from_rfc3339("2026-11-24T00:01:00+08:00"))

    assert licence.periods[0].start == date(2026, 11, 23)
    assert licence.recorded_at == "2026-11-24T00:01:00+08:00"


def test_a_heartbeat_has_the_contracts_form() -> None:
    assert heartbeat(start_of(_FIRST)) == b'{"type":"heartbeat","complete_to":"2026-11-01T00:00:00+08:00"}'


def test_the_table_says_the_same_as_the_statements(licences: list[Licence]) -> None:
    file = io.StringIO()
    count = write_table(file, iter(licences))
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))

    assert count == len(rows) == sum(len(one.periods) for one in licences)
    assert {(row["kind"], row["certificate"], row["subject"]) for row in rows} == {
        (one.kind, one.certificate, one.subject) for one in licences
    }
    assert rows[0]["from"] == str(licences[0].periods[0].start)


def test_the_default_configuration_knows_the_departments_and_what_they_state() -> None:
    sources = load_config().sources

    assert {source: kinds.kinds for source, kinds in sources.items()} == {
        **{source: {kind} for kind, source in SOURCE_OF.items()},
        WATCH_LIST: {"episode"},
    }
    assert set(sources) == set(SOURCES)


def test_the_default_configuration_lets_the_platforms_speak_for_their_companies() -> None:
    platforms = load_config().platforms
    spoken_for = {platform.slug: {platform.company} for platform in PLATFORMS}
    spoken_for[PLATFORMS[-1].slug].add(UNLICENSED_COMPANY)

    assert {slug: set(platform.companies) for slug, platform in platforms.items()} == spoken_for
    assert all("演示" in platform.name for platform in platforms.values())


def test_each_sources_heartbeat_follows_its_last_statement(city: City) -> None:
    """A statement that came after it would have been read as absent."""
    sent = list(whole_register(city, start_of(_FIRST)))

    for source in SOURCES:
        mine = [message for message in sent if message.topic == f"feed.register.{source}"]
        beats = [place for place, message in enumerate(mine) if b'"heartbeat"' in message.value]
        assert beats == [len(mine) - 1]


def test_the_watch_list_is_of_cars_that_no_permit_covers(city: City) -> None:
    listed = list(episodes(city.roll, _FIRST))
    uncovered = {plate_of(number) for number in city.roll.lapsed} | {plate(number) for number in UNPERMITTED}
    source = load_config().sources[SourceName(WATCH_LIST)]

    assert len({one.episode for one in listed}) == len(listed) > 100
    assert {one.vehicle for one in listed} <= uncovered
    for one in listed[:50]:
        said = read_register(
            msgspec.json.encode(one), source=source, arrival=start_of(_FIRST), pseudonym_key=b"a"
        )
        assert isinstance(said, Episode)
        assert said.began is not None
        assert said.began < start_of(_FIRST)
