"""Every import has a number, is listed, and can be taken back: what stood before stands again."""

import json

import pytest

from regulator.domain.instants import Instant, day_of
from regulator.domain.licences import LicenceKind
from regulator.domain.register import Stated, Withdrawn
from regulator.store.imports import ImportStore
from regulator.store.outbox import OutboxStore
from regulator.store.register_view import RegisterView
from regulator.wire.register import decode_change
from tests.builders.register import LI, NUMBER
from tests.store.office import HEADER, SOURCES

PERMIT = "vehicle_permit,运输证1,沪AD12345,7,310000,,2024-03-01,2999-02-28,valid\n"
OTHER = "vehicle_permit,运输证2,沪AD54321,7,310000,,2024-03-01,2999-02-28,valid\n"
CHANGED = PERMIT.replace(",7,", ",8,").replace("2999", "2998")
CERTIFICATE = f"driver_certificate,{NUMBER},{NUMBER},1,,,2024-03-01,,valid\n"
EPISODE = "episode,vehicle,removed\n7,沪AD12345,2026-02-01\n"


def periods(office, subject="沪AD12345"):
    return [said.periods for said in office.statements(subject=subject)]


def changes(office):
    store = office.store()
    with store.reading() as connection:
        found = [decode_change(letter.value) for letter in OutboxStore(connection).first(100)]
    store.close()
    return found


def test_imports_are_numbered_and_listed_newest_first(office):
    office.bring(HEADER + PERMIT)
    office.bring(HEADER + CHANGED)

    listed = office.do("imports")
    as_json = [json.loads(line) for line in office.do("imports", "--json").stdout.splitlines()]

    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["2", "1"]
    assert "register.csv, 1 rows: 1 changed" in listed.stdout
    assert [(one["number"], one["changed"]) for one in as_json] == [(2, 1), (1, 1)]


def test_what_stood_before_stands_again_and_judges_are_told(office):
    office.bring(HEADER + PERMIT + CERTIFICATE)
    before = periods(office)
    office.bring(HEADER + CHANGED + OTHER)

    done = office.do("take-back", "2")

    assert done.exit_code == 0, done.output
    assert "import 3: 2 statements are as before import 2" in done.output
    assert periods(office) == before
    assert office.statements(subject="沪AD54321") == []
    assert len(office.statements(LicenceKind.DRIVER_CERTIFICATE, LI)) == 1
    told = changes(office)[-2:]
    assert [type(change) for change in told] == [Stated, Withdrawn]
    assert told[0].statement.sequence == 8
    assert "taken back by 3" in office.do("imports").stdout


def test_the_next_word_of_the_source_counts_again(office):
    office.bring(HEADER + PERMIT)
    office.bring(HEADER + CHANGED)
    office.do("take-back", "2")

    office.bring(HEADER + CHANGED.replace("2998", "2997"))

    (said,) = office.statements()
    assert (said.sequence, day_of(said.periods[0].end).year) == (8, 2997)


def test_a_take_back_can_be_taken_back(office):
    office.bring(HEADER + PERMIT)
    office.bring(HEADER + CHANGED)
    after = periods(office)
    office.do("take-back", "2")

    done = office.do("take-back", "3")

    assert done.exit_code == 0, done.output
    assert periods(office) == after


def test_episodes_are_taken_back_too(office):
    office.bring(EPISODE)

    done = office.do("take-back", "1")

    assert done.exit_code == 0, done.output
    assert office.episodes("沪AD12345") == []


def test_nothing_is_erased(office):
    office.bring(HEADER + PERMIT)
    office.bring(HEADER + CHANGED)
    store = office.store()
    with store.reading() as connection:
        known = Instant(max(one.began_at for one in ImportStore(connection).all()))
        then = RegisterView(connection, SOURCES, known_by=known).statements(
            LicenceKind.VEHICLE_PERMIT, "沪AD12345"
        )
    office.do("take-back", "2")
    with store.reading() as connection:
        again = RegisterView(connection, SOURCES, known_by=known).statements(
            LicenceKind.VEHICLE_PERMIT, "沪AD12345"
        )
    store.close()
    assert [said.sequence for said in then] == [8]
    assert again == then


def test_what_was_replaced_since_is_left_only_if_it_is_named(office):
    office.bring(HEADER + PERMIT + OTHER)
    office.bring(HEADER + CHANGED)
    newer = periods(office)

    refused = office.do("take-back", "1")
    misnamed = office.do("take-back", "1", "--leaving", "2")
    done = office.do("take-back", "1", "--leaving", "1")

    assert (refused.exit_code, misnamed.exit_code, done.exit_code) == (1, 1, 0)
    assert "1 statements of import 1 have been replaced by newer ones since" in str(refused.exception)
    assert "--leaving 1" in str(refused.exception)
    assert periods(office) == newer
    assert office.statements(subject="沪AD54321") == []


@pytest.mark.parametrize(
    ("number", "said"),
    [("9", "there is no import 9"), ("2", "nothing that import 2 changed stands any more")],
)
def test_what_cannot_be_taken_back_is_said(office, number, said):
    office.bring(HEADER + PERMIT)
    office.bring(HEADER + PERMIT)

    done = office.do("take-back", number)

    assert done.exit_code == 1
    assert said in str(done.exception)


def test_an_import_that_was_taken_back_is_not_taken_back_twice(office):
    office.bring(HEADER + PERMIT)
    office.do("take-back", "1")

    done = office.do("take-back", "1")

    assert done.exit_code == 1
    assert "has been taken back by import 2" in str(done.exception)
