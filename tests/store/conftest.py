"""Every test of the store runs on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from regulator.store import Store, open_store
from tests.store.office import Office


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'regulator.db'}"
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open store with the newest schema."""
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def office(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A clerk's desk."""
    return Office(tmp_path, url, monkeypatch)
