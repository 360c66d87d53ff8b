"""limits.toml changes while a process runs: a good file is taken within a look, a bad one changes nothing."""

import os
from pathlib import Path

import pytest

from regulator.config import load_config
from regulator.config.renewing import LimitsWatch, Look
from regulator.domain.instants import from_rfc3339

AT = from_rfc3339("2026-03-02T12:00:00+08:00")
NAME = "retirement_kilometres"


def write(folder: Path, text: str, *, stamp: int) -> None:
    (folder / "limits.toml").write_text(text)
    os.utime(folder / "limits.toml", ns=(stamp, stamp))


def limit(value: object, start: str = "2016-11-01") -> str:
    return f"{NAME} = [{{ from = {start}, value = {value} }}]\n"


class Office:
    """A folder, the limits that were read from it, and the watch over both."""

    def __init__(self, folder: Path) -> None:
        write(folder, limit(600_000), stamp=1)
        self.folder = folder
        self.limits = load_config(folder).limits
        self.watch = LimitsWatch(folder, self.limits)

    def look(self) -> list[Look]:
        """Look until a change is settled; return what came of it."""
        return [look for _ in range(4) if (look := self.watch.look()) is not Look.UNCHANGED]

    @property
    def value(self) -> float:
        return self.limits.value(NAME, AT)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_good_file_is_taken_by_whoever_holds_the_limits(office: Office) -> None:
    held = office.limits
    write(office.folder, limit(500_000, "2026-01-01"), stamp=2)

    assert office.look() == [Look.RENEWED]
    assert held.value(NAME, AT) == 500_000
    assert held.in_force_from(AT) == "2026-01-01"


def test_nothing_is_read_while_the_file_is_as_it_was(office: Office) -> None:
    assert office.look() == []


def test_a_file_that_was_only_touched_changes_nothing(office: Office) -> None:
    write(office.folder, limit(600_000), stamp=2)

    assert office.look() == []


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("# by decree\nretirement_kilometres = many\n", "line 2", "is not TOML"),
        (limit('"many"'), f"line 1: {NAME}", "Expected `float`, got `str`"),
        ("\n\n" + limit("nan"), f"line 3: {NAME}", "nan from 2016-11-01 is no limit"),
        (limit(-1), f"line 1: {NAME}", "-1.0 from 2016-11-01 is no limit: 0 or more"),
        (
            "expected_speed_kmh = [{ from = 2016-11-01, value = 0 }]",
            "line 1: expected_speed_kmh",
            "more than 0",
        ),
    ],
)
def test_a_bad_file_is_refused_with_line_and_reason_once_and_the_old_limits_stay(
    office: Office, text: str, place: str, reason: str
) -> None:
    write(office.folder, text, stamp=2)

    assert office.look() == [Look.REFUSED]
    assert office.value == 600_000
    for said in (str(office.folder / "limits.toml"), place, reason):
        assert said in office.watch.refused


def test_a_mended_file_is_taken(office: Office) -> None:
    write(office.folder, "no limits", stamp=2)
    office.look()
    write(office.folder, limit(550_000), stamp=3)

    assert office.look() == [Look.RENEWED]
    assert office.value == 550_000
    assert office.watch.refused == ""


def test_the_old_file_put_back_is_no_longer_refused(office: Office) -> None:
    write(office.folder, "no limits", stamp=2)
    office.look()
    write(office.folder, limit(600_000), stamp=3)

    assert office.look() == [Look.RENEWED]
    assert office.watch.refused == ""


def test_a_file_that_is_taken_away_gives_way_to_the_projects_own(office: Office) -> None:
    write(office.folder, limit(1), stamp=2)
    office.look()
    (office.folder / "limits.toml").unlink()

    assert office.look() == [Look.RENEWED]
    assert office.value == 600_000


def test_a_file_that_is_being_replaced_is_not_taken_for_missing(office: Office) -> None:
    write(office.folder, limit(500_000), stamp=2)
    office.look()
    (office.folder / "limits.toml").unlink()
    office.watch.look()
    write(office.folder, limit(550_000), stamp=3)

    assert office.look() == [Look.RENEWED]
    assert office.value == 550_000
