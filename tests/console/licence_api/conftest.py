"""The small city, and those who ask in it."""

from collections.abc import Iterator

import httpx
import pytest

from regulator.store import Store
from tests.console.licence_api.city import client, key, write_city
from tests.console.running import Running


@pytest.fixture
def city(store: Store) -> Store:
    write_city(store)
    return store


@pytest.fixture
def public(city: Store, console: Running) -> Iterator[httpx.Client]:
    with client(console.address) as asks:
        yield asks


@pytest.fixture
def reader(console: Running) -> Iterator[httpx.Client]:
    """Somebody who reads what is published."""
    with httpx.Client(base_url=console.address, trust_env=False) as reads:
        yield reads


@pytest.fixture
def platform(city: Store, console: Running) -> Iterator[httpx.Client]:
    """青禾出行, with its key."""
    with client(console.address, key(city)) as asks:
        yield asks


@pytest.fixture
def authority(city: Store, console: Running) -> Iterator[httpx.Client]:
    with client(console.address, key(city, None)) as asks:
        yield asks
