"""Before a file changes anything its clerk sees what it would; one that ends too much is stopped."""

import pytest

from regulator.domain.instants import SECOND
from regulator.store.imports import ImportStore
from regulator.store.schema import imports, outbox, statements
from tests.store.office import HEADER


def permit(number: int, state: str = "valid", to: str = "2999-02-28") -> str:
    return f"vehicle_permit,运输证{number:03d},沪AD{number:05d},1,310000,,2024-03-01,{to},{state}\n"


def permits(*numbers: int, **facts: str) -> str:
    return "".join(permit(number, **facts) for number in numbers)


def numbered(text: str) -> str:
    """The same without sequences, as most departments keep it."""
    return text.replace(",1,310000", ",,310000")


def counts(store) -> list[int]:
    with store.reading() as connection:
        return [len(connection.execute(table.select()).all()) for table in (statements, outbox, imports)]


def held(office) -> list[str]:
    store = office.store()
    with store.reading() as connection:
        standing = connection.execute(
            statements.select().where(statements.c.superseded_at.is_(None)).order_by(statements.c.certificate)
        )
        found = [
            (row.certificate[-3:], "valid" in row.periods and "null" not in row.periods) for row in standing
        ]
    store.close()
    return found


def test_a_dry_run_says_what_would_change_and_changes_nothing(office):
    office.bring(HEADER + permits(*range(10)))
    store = office.store()
    before = counts(store)
    new = permits(10) + permits(1, to="2999-03-31") + permits(2, state="revoked") + permits(3)

    done = office.bring(HEADER + numbered(new), "--dry-run", "--ending", "1")

    assert done.exit_code == 0, done.output
    for fate, count in (("added", 1), ("changed", 1), ("ended", 1), ("lost", 7), ("same", 1)):
        assert [line.split()[1] for line in done.output.splitlines() if line.split()[:1] == [fate]] == [
            str(count)
        ]
    assert "vehicle_permit 运输证010 (row 2)" in done.output
    day = "2024-03-01T00:00 –"
    assert f"运输证001 (row 3): valid {day} 2999-03-01T00:00 → valid {day} 2999-04-01T00:00" in done.output
    assert f"运输证002 (row 4): valid {day} 2999-03-01T00:00 → revoked {day} 2999-03-01T00:00" in done.output
    assert "vehicle_permit 运输证009" in done.output
    assert "nothing was changed" in done.output
    assert counts(store) == before
    store.close()


def test_a_file_that_ends_more_than_a_hundredth_is_stopped_until_the_number_is_named(office):
    office.bring(HEADER + permits(*range(100)))
    ending = HEADER + numbered(permits(1, 2, state="cancelled"))

    stopped = office.bring(ending)
    misnamed = office.bring(ending, "--ending", "3")
    done = office.bring(ending, "--ending", "2")

    assert (stopped.exit_code, misnamed.exit_code, done.exit_code) == (1, 1, 0)
    assert "ends 2 of the 100 that city holds, more than 1 %" in str(stopped.exception)
    assert "--ending 2" in str(stopped.exception)
    assert "ends 2 of the 100 that the source holds, not 3" in str(misnamed.exception)
    assert "(0 added, 0 changed, 2 ended)" in done.output


def test_a_hundredth_may_end_unasked(office):
    office.bring(HEADER + permits(*range(100)))

    done = office.bring(HEADER + numbered(permits(1, state="cancelled")))

    assert done.exit_code == 0, done.output
    assert "1 ended" in done.output


def test_what_a_file_lacks_is_ended_only_by_a_whole_one_and_only_from_now_on(office):
    office.bring(HEADER + permits(*range(4)) + permits(4, to="2024-12-31"))
    shorter = HEADER + permits(0, 1)

    part = office.bring(shorter)
    after_part = held(office)
    whole = office.bring(shorter, "--whole", "--ending", "2")

    assert part.exit_code == 0, part.output
    assert "2 certificates are in the register and not in the file" in part.output
    assert [name for name, _ in after_part] == ["000", "001", "002", "003", "004"]
    assert whole.exit_code == 0, whole.output
    (ended,) = office.statements(subject="沪AD00002")
    (over,) = office.statements(subject="沪AD00004")
    store = office.store()
    with store.reading() as connection:
        newest = ImportStore(connection).all()[0]
    store.close()
    assert abs(ended.periods[0].end - newest.began_at) < SECOND
    assert over.periods[0].end < newest.began_at
    assert newest.changed == 2


def test_a_whole_file_speaks_for_the_kinds_that_it_names(office):
    certificate = "driver_certificate,证1,110105,1,,,2024-03-01,,valid\n"
    office.bring(HEADER + permits(0) + certificate)

    done = office.bring(HEADER + permits(0), "--whole")

    assert done.exit_code == 0, done.output
    assert "0 statements taken" in done.output


def test_a_whole_file_with_a_bad_row_ends_nothing(office):
    office.bring(HEADER + permits(*range(3)))

    done = office.bring(HEADER + permits(0) + permits(1, state="?"), "--whole")

    assert done.exit_code == 3
    assert "--whole is not taken" in done.output
    assert len(held(office)) == 3
    assert "0 statements taken" in done.output


def test_an_older_sequence_is_history_and_ends_nothing(office):
    office.bring(HEADER + permits(0).replace(",1,", ",5,"))

    done = office.bring(HEADER + permits(0, state="revoked").replace(",1,", ",4,"))

    assert done.exit_code == 0, done.output
    (said,) = office.statements(subject="沪AD00000")
    assert said.sequence == 5


@pytest.mark.parametrize("again", [False, True])
def test_the_same_episode_list_twice_changes_nothing(office, again):
    rows = "episode,vehicle,removed\n7,沪AD12345,2026-02-01\n"
    office.bring(rows)
    lifted = rows.replace("removed\n", "removed,lifted\n").replace("-01\n", "-01,2026-03-01\n")

    done = office.bring(rows if again else lifted, *([] if again else ["--ending", "1"]))

    assert done.exit_code == 0, done.output
    assert ("0 statements taken" in done.output) is again
