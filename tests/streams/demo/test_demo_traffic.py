"""What the city sends is a function of the time alone, and true to the pack."""

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from regulator.domain.instants import MINUTE, SECOND, Instant, from_rfc3339, to_digits
from streams.demo.city import City
from streams.demo.messages import Message
from streams.demo.pack import load_pack
from streams.demo.traffic import messages_between, opening
from tests.streams.demo.feeds import envelopes, records

_EVENING = from_rfc3339("2026-11-24T19:30:00+08:00")
_MIDNIGHT = from_rfc3339("2026-12-01T00:00:00+08:00")


def test_two_cities_send_the_same() -> None:
    end = Instant(_EVENING + 20 * SECOND)

    assert messages_between(City(echoes=1), _EVENING, end) == messages_between(City(echoes=1), _EVENING, end)


@pytest.mark.parametrize("start", [_EVENING, Instant(_MIDNIGHT - 30 * SECOND)])
def test_a_stretch_is_the_sum_of_its_parts(city: City, start: Instant) -> None:
    end = Instant(start + MINUTE)
    cuts = [start, Instant(start + SECOND), Instant(start + 17 * SECOND), Instant(start + 59 * SECOND), end]

    parts = [message for low, high in pairwise(cuts) for message in messages_between(city, low, high)]

    assert parts == messages_between(city, start, end)


def test_messages_are_in_order_and_within_their_stretch(minutes: list[Message]) -> None:
    times = [message.at for message in minutes]

    assert times == sorted(times)
    assert times[0] >= _EVENING
    assert times[-1] < _EVENING + 20 * MINUTE


def test_a_day_holds_every_trip_once_for_each_car(city: City) -> None:
    """Also across the seam: one day's departures are the pack's trips, twice for two cars a cab."""
    pack = load_pack()
    start = _MIDNIGHT // SECOND
    departures = Counter(
        happening.number
        for happening in city.happenings(start, start + 86_400)
        if happening.step.name == "DEPART"
    )

    assert departures == {trip: 2 for trip in range(len(pack.trips.cab))}


def test_the_first_echo_keeps_the_packs_time_of_day(city: City) -> None:
    start = _MIDNIGHT // SECOND
    pack = load_pack()

    for sighting in city.sightings(start + 3_600, start + 3_660):
        second = int(pack.tracks.second[sighting.fix]) + sighting.echo * 43_200
        assert (sighting.at - _MIDNIGHT) // SECOND == second % 86_400


def test_every_fix_is_reported_as_it_was(city: City) -> None:
    """Nothing is interpolated: as many positions as fixes."""
    low, high = _EVENING // SECOND, _EVENING // SECOND + 600
    sent = messages_between(city, _EVENING, Instant(_EVENING + 600 * SECOND))
    reported = Counter(kind for kind, _ in records(sent, ".positions"))
    fixes = sum(1 for _ in city.sightings(low, high))

    assert 0.99 * fixes <= reported["positionDriver"] <= fixes
    assert 0.98 * fixes <= reported["positionVehicle"] <= reported["positionDriver"]


def test_a_message_of_positions_holds_at_most_a_hundred_of_one_kind(minutes: list[Message]) -> None:
    for _, envelope in envelopes(minutes, ".positions"):
        payload = envelope[envelope["IPCType"]]
        assert isinstance(payload, dict) or 1 <= len(payload) <= 100


def test_an_orders_steps_come_in_the_order_of_a_ride(minutes: list[Message]) -> None:
    ride = ["orderCreate", "orderMatch", "operateDepart", "operateArrive", "operatePay"]
    steps: dict[str, list[int]] = defaultdict(list)
    for message, envelope in envelopes(minutes, ".orders"):
        if message.key is not None and envelope["IPCType"] in ride:
            steps[message.key.decode()].append(ride.index(envelope["IPCType"]))

    assert len(steps) > 500
    assert all(places == sorted(places) for places in steps.values())


def test_the_key_is_the_order_and_a_message_holds_one_orders_records(minutes: list[Message]) -> None:
    for message, envelope in envelopes(minutes, ".orders"):
        payload = envelope.get(envelope["IPCType"], [])
        orders = {
            fields["OrderId"]
            for fields in (payload if isinstance(payload, list) else [payload])
            if "OrderId" in fields and not envelope["IPCType"].startswith("position")
        }
        assert message.key is not None
        assert orders <= {message.key.decode()}


def test_events_are_stamped_with_the_second_in_which_they_are_sent(minutes: list[Message]) -> None:
    stamps = {"orderCreate": "OrderTime", "operateDepart": "DepTime", "operateArrive": "DestTime"}
    late = 0
    for message, envelope in envelopes(minutes, ".orders"):
        name = stamps.get(envelope["IPCType"])
        payload = envelope.get(envelope["IPCType"])
        for fields in payload if isinstance(payload, list) else [payload]:
            late += name is not None and str(fields[name]) != to_digits(message.at)

    assert late < 0.02 * len(minutes)


def test_all_five_platforms_send(minutes: list[Message]) -> None:
    assert {message.topic for message in minutes if message.topic.endswith(".orders")} == {
        f"feed.{slug}.orders" for slug in ("qinghe", "yunqiao", "xingdu", "bailu", "mumian")
    }


def test_heartbeats_come_every_ten_seconds_and_never_from_the_future(minutes: list[Message]) -> None:
    beats = [
        (message.at, envelope["complete_to"])
        for message, envelope in envelopes(minutes, "register.vehicle-permits")
    ]

    assert len(beats) == 120
    assert all(from_rfc3339(complete_to) <= at for at, complete_to in beats)


def test_a_first_opening_shows_orders_under_way_and_nothing_from_before(city: City) -> None:
    sent = opening(city, _EVENING, resuming=False)
    kinds = Counter(kind for kind, _ in records(sent, ".orders"))
    cars = {fields["VehicleNo"] for kind, fields in records(sent, ".positions") if kind == "positionVehicle"}

    assert all(_EVENING - 10 * MINUTE < message.at < _EVENING for message in sent)
    assert kinds["orderMatch"] > 50
    assert kinds["operateArrive"] == kinds["operatePay"] == 0
    assert len(cars) > 0.5 * city.cars


def test_an_opening_after_a_restart_repeats_what_was_sent(city: City) -> None:
    past = Instant(_EVENING - 5 * MINUTE)
    sent_before = messages_between(city, past, _EVENING)
    again = set(opening(city, _EVENING, resuming=True))

    assert {message for message in sent_before if message.topic.endswith(".orders")} <= again
