"""``regulator demo``: the city, live. Its platforms and departments push to Kafka as if they were real.

Topics are there already (the desk creates them). The register is stated whole when its topics do
not show this month's, and meanwhile the platforms report their fleets, so that these are known before
the first order; then the last ten minutes, then second after second until told to stop.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from threading import Event

from regulator.clock import Clock
from regulator.clock import now as present
from regulator.domain.instants import MINUTE, SECOND, Instant, day_of
from streams.demo.city import City
from streams.demo.fleets import fleet_reports
from streams.demo.messages import Message
from streams.demo.outlook import await_topics, is_stated
from streams.demo.roll import edition
from streams.demo.street import Street
from streams.demo.traffic import messages_between, opening, whole_register

_TOO_FAR_BEHIND = 10 * MINUTE
_STATEMENTS_A_REPORT = 300
"""So many statements of the register go between two messages about fleets: neither has to wait."""
_REPORTS_A_SECOND = 5
"""Messages about fleets sent in a second when they are only repeated: orders do not have to wait."""


def run(
    kafka: str,
    *,
    stop: Event,
    say: Callable[[str], None] = print,
    clock: Clock = present,
    city: City | None = None,
) -> None:
    """Play the city until ``stop`` is set. A broker that stays away raises kafka's own error: start again."""
    playing = City() if city is None else city
    if not await_topics(kafka, stop=stop, say=say):
        return
    street = Street(kafka, stop=stop)
    try:
        resuming = not _state_if_needed(street, playing, kafka, at=clock(), stop=stop, say=say)
        reached = clock()
        count = street.send(opening(playing, reached, resuming=resuming))
        say(f"演示城市：{playing.cars} 辆车；已补发最近十分钟的 {count} 条消息，自此实时播放")
        repeated = _reports(playing, reached) if resuming else iter(())
        _play(street, playing, Instant(reached // SECOND * SECOND), repeated, stop=stop, clock=clock)
    finally:
        street.close()


def _play(
    street: Street,
    city: City,
    reached: Instant,
    reports: Iterator[Message],
    *,
    stop: Event,
    clock: Clock,
) -> None:
    while not stop.wait(_until_next_second(clock())):
        end = Instant(clock() // SECOND * SECOND)
        if edition(day_of(end)) != edition(day_of(reached)):
            street.send(_month(city, end))
        if end - reached > _TOO_FAR_BEHIND:
            street.send(opening(city, end, resuming=True))
        else:
            street.send(messages_between(city, reached, end))
        street.send(islice(reports, _REPORTS_A_SECOND))
        reached = max(reached, end)


def _month(city: City, at: Instant) -> Iterator[Message]:
    """Yield what the month begins with: the register, and between its statements the fleets."""
    reports = _reports(city, at)
    for number, statement in enumerate(whole_register(city, at)):
        if number % _STATEMENTS_A_REPORT == 0:
            yield from islice(reports, 1)
        yield statement
    yield from reports


def _reports(city: City, at: Instant) -> Iterator[Message]:
    return fleet_reports(city, edition(day_of(at)))


def _state_if_needed(
    street: Street, city: City, kafka: str, *, at: Instant, stop: Event, say: Callable[[str], None]
) -> bool:
    """State the month's register where that has not been done yet; tell whether it was done now."""
    if is_stated(kafka, city, at, stop=stop):
        say("演示登记库：本月内容此前已报送")
        return False
    say(f"演示登记库：报送 {len(city.roll.vehicles)} 辆车、{len(city.roll.expiries)} 名驾驶员 …")
    street.send(_month(city, at))
    street.flush()
    say("演示登记库：报送完毕")
    return True


def _until_next_second(at: Instant) -> float:
    return (SECOND - at % SECOND) / SECOND
