"""Every night yesterday is compared, once, by a process of its own."""

import sys
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from regulator.domain.instants import from_rfc3339
from regulator.store import Store, open_store
from regulator.store.reconciliation import ReconciliationStore, Tally
from streams.desk.condition import Condition
from streams.desk.nightly import Nightly, day_to_compare
from streams.desk.patience import Patience, Stopped

MORNING = from_rfc3339("2026-03-06T03:30:00+08:00")
_WRITE = "import os, pathlib, sys; pathlib.Path(sys.argv[1]).write_text(f'{sys.argv[-1]} {os.nice(0)}')"


@pytest.fixture
def store(tmp_path: Path):
    opened = open_store(f"sqlite:///{tmp_path / 'regulator.db'}")
    yield opened
    opened.close()


def nightly(store: Store, *command: str, stop: Event | None = None) -> Nightly:
    patience = Patience("reconciliation", condition=Condition(), stop=stop or Event())
    return Nightly(store, command=command, patience=patience, clock=lambda: MORNING)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-03-06T03:29:59+08:00", None),
        ("2026-03-06T03:30:00+08:00", date(2026, 3, 5)),
        ("2026-03-06T23:59:59+08:00", date(2026, 3, 5)),
    ],
)
def test_yesterday_is_due_from_half_past_three(now: str, day: date | None) -> None:
    assert day_to_compare(from_rfc3339(now)) == day


def test_the_process_is_told_the_day_and_lets_others_go_first(store: Store, tmp_path: Path) -> None:
    told = tmp_path / "told"

    assert nightly(store, sys.executable, "-c", _WRITE, str(told)).compare_if_due()

    day, nice = told.read_text().split()
    assert day == "2026-03-05"
    assert int(nice) >= 15


def test_what_was_compared_is_not_compared_again(store: Store) -> None:
    with store.writing() as connection:
        kept = ReconciliationStore(connection)
        kept.finish(kept.begin(date(2026, 3, 5), at=MORNING), Tally(), [], at=MORNING)

    assert nightly(store, "/no/such/program").compare_if_due()


@pytest.mark.parametrize(("code", "done"), [(0, True), (3, True), (1, False)])
def test_what_failed_is_tried_again(store: Store, code: int, done: bool) -> None:
    assert nightly(store, sys.executable, "-c", f"raise SystemExit({code})").compare_if_due() is done


def test_a_desk_that_ends_takes_it_along(store: Store) -> None:
    stop = Event()
    stop.set()

    with pytest.raises(Stopped):
        nightly(store, sys.executable, "-c", "import time; time.sleep(60)", stop=stop).compare_if_due()
