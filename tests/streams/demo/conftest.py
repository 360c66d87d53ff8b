from datetime import date

import pytest

from regulator.domain.instants import HOUR, Instant, from_rfc3339
from streams.demo.city import City
from streams.demo.messages import Message
from streams.demo.orders import order_messages
from streams.demo.register import Licence, statements
from streams.demo.traffic import messages_between

EVENING = from_rfc3339("2026-11-24T19:30:00+08:00")


@pytest.fixture(scope="session")
def city() -> City:
    """A small demonstration city: two cars a cab."""
    return City(echoes=2)


@pytest.fixture(scope="session")
def licences(city: City) -> list[Licence]:
    """The small city's register of November 2026."""
    return list(statements(city.roll, date(2026, 11, 1)))


@pytest.fixture(scope="session")
def evening() -> Instant:
    """The beginning of the stretch that ``minutes`` and ``hours`` hold."""
    return EVENING


@pytest.fixture(scope="session")
def minutes(city: City) -> list[Message]:
    """Everything that is sent in twenty minutes."""
    return messages_between(city, EVENING, Instant(EVENING + HOUR // 3))


@pytest.fixture(scope="session")
def hours(city: City) -> list[Message]:
    """What is sent about orders in three hours."""
    start = EVENING // 1_000_000
    return sorted(order_messages(city, start, start + 3 * 3_600), key=lambda message: message.at)
