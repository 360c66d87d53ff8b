"""A console on a free port, with a database of its own and a clock that the test turns."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from regulator.store import Store, open_store
from tests.console.running import Clock, Running, running_console


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'regulator.db'}")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def console(store: Store, clock: Clock) -> Iterator[Running]:
    with running_console(store, clock) as running:
        yield running


@pytest.fixture
def visitor(console: Running) -> Iterator[httpx.Client]:
    """Somebody who has not said who he is."""
    with console.visitor() as client:
        yield client


@pytest.fixture
def officer(console: Running) -> Iterator[httpx.Client]:
    """王建国, badge 310104-0117."""
    with console.officer("王建国", "310104-0117") as client:
        yield client
