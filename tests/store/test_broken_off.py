"""An import or a take-back that broke off is begun again and ends well, under the number that it had."""

import pytest

from regulator.clock import now
from regulator.domain.instants import DAY, Instant
from regulator.store import Store
from regulator.store.imports import ImportStore
from regulator.store.taking_back import TakeBack
from tests.store.office import HEADER

PERMITS = "".join(
    f"vehicle_permit,运输证{number},沪AD{number:05d},1,310000,,2024-03-01,2999-02-28,valid\n"
    for number in range(5)
)
BATCH = 2
TOMORROW = Instant(now() + DAY)


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr("regulator.store.importing._AT_ONCE", BATCH)
    monkeypatch.setattr("regulator.store.taking_back._AT_ONCE", BATCH)


class PowerCut(Exception):
    """The process is gone."""


def failing_after(monkeypatch, count: int) -> None:
    """Let the process die before it commits once more."""
    writing, left = Store.writing, iter(range(count))

    def cut(self):
        if next(left, None) is None:
            raise PowerCut
        return writing(self)

    monkeypatch.setattr(Store, "writing", cut)


def numbers(office) -> list[tuple[int, int, bool]]:
    store = office.store()
    with store.reading() as connection:
        found = [(one.number, one.changed, one.ended_at is not None) for one in ImportStore(connection).all()]
    store.close()
    return found


@pytest.mark.parametrize("commits", range(2, 6))
def test_an_import_goes_on_under_its_number(office, monkeypatch, small_batches, commits):
    with monkeypatch.context() as power:
        failing_after(power, commits)
        with pytest.raises(PowerCut):
            office.bring(HEADER + PERMITS, catch_exceptions=False)

    assert numbers(office) == [(1, 0, False)]
    assert "broke off" in office.do("imports").stdout
    done = office.bring(HEADER + PERMITS)

    assert done.exit_code == 0, done.output
    assert numbers(office) == [(1, 5, True)]
    assert all(office.statements(subject=f"沪AD{number:05d}") for number in range(5))


@pytest.mark.parametrize("commits", range(1, 5))
def test_a_take_back_goes_on_under_its_number(office, monkeypatch, small_batches, commits):
    office.bring(HEADER + PERMITS)
    store = office.store()
    with monkeypatch.context() as power:
        failing_after(power, commits)
        broken = TakeBack(store, 1, at=TOMORROW)
        broken.check(leaving=None)
        with pytest.raises(PowerCut):
            list(broken.run())

    again = TakeBack(store, 1, at=Instant(TOMORROW + 1))
    again.check(leaving=None)
    list(again.run())

    store.close()
    assert numbers(office) == [(2, 5, True), (1, 5, True)]
    assert not any(office.statements(subject=f"沪AD{number:05d}") for number in range(5))
