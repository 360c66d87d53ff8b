"""A clerk's file: good rows go in, bad ones are listed in words, and the same file twice changes nothing."""

import pytest
from click.testing import CliRunner

from regulator.commands.register import register_commands
from regulator.domain.instants import from_rfc3339
from regulator.domain.licences import Certificate, LicenceKind, PeriodState
from regulator.domain.plates import Plate
from tests.builders.register import LI, NUMBER
from tests.store.office import HEADER

PERMIT = (
    "vehicle_permit,沪交运管许可310115002863,沪A·D12345,8812,310000,2023-11-20,2024-03-01,2027-02-28,valid\n"
)
SUSPENDED = PERMIT.replace("2024-03-01,2027-02-28,valid", "2025-06-01,2025-06-30,suspended")
CERTIFICATE = f"driver_certificate,{NUMBER},{NUMBER},1,,,2024-03-01,,valid\n"


def test_the_rows_of_one_certificate_form_its_statement(office):
    done = office.bring(HEADER + PERMIT + CERTIFICATE + SUSPENDED)

    assert done.exit_code == 0, done.output
    (said,) = office.statements()
    assert (said.sequence, said.area, said.subject) == (8812, "310000", Plate("沪AD12345"))
    assert [period.state for period in said.periods] == [PeriodState.VALID, PeriodState.SUSPENDED]
    assert said.periods[1].end == from_rfc3339("2025-07-01T00:00:00+08:00")
    (certified,) = office.statements(LicenceKind.DRIVER_CERTIFICATE, LI)
    assert certified.certificate == Certificate(f"…002X·{LI}")


def test_the_same_file_twice_changes_nothing(office):
    office.bring(HEADER + PERMIT + SUSPENDED)
    before = (office.statements(), office.waiting())

    done = office.bring(HEADER + PERMIT + SUSPENDED)

    assert done.exit_code == 0
    assert "0 statements taken (0 added, 0 changed, 0 ended), 1 were known" in done.output
    assert (office.statements(), office.waiting()) == before


@pytest.mark.parametrize(
    ("old", "new", "listed"),
    [
        ("valid", "vallid", "row 3, state: 'vallid'; expected one of valid, suspended"),
        ("2024-03-01", "01.03.2024", "row 3, from: '01.03.2024'; expected a day YYYY-MM-DD (or 2024/3/1"),
        ("2027-02-28", "2023-02-28", "row 3, to: '2023-02-28'; expected not to lie before from"),
        ("2027-02-28", "2027-02-30", "row 3, to: '2027-02-30'; expected a day"),
        ("8812", "twelve", "row 3, sequence: 'twelve'; expected a whole number"),
        ("沪A·D12345", "", "row 3, subject: ''; expected a value"),
        ("310000", "Shanghai", "row 3, area: 'Shanghai'; expected six digits"),
        ("2023-11-20", "2023", "row 3, first_registered: '2023'; expected a day"),
        ("vehicle_permit", "permit", "row 3, kind: 'permit'; expected one of platform_permit"),
        ("vehicle_permit", "platform_permit", "row 3, kind: 'platform_permit'; expected what city may state"),
    ],
)
def test_a_bad_row_is_listed_and_the_good_ones_go_in(office, old, new, listed):
    bad = PERMIT.replace("002863", "999999").replace(old, new)

    done = office.bring(HEADER + CERTIFICATE + bad + PERMIT)

    assert done.exit_code == 3
    assert listed in done.output
    assert done.output.count("; expected") == 1
    assert len(office.statements()) == len(office.statements(LicenceKind.DRIVER_CERTIFICATE, LI)) == 1


def test_a_statement_is_taken_whole_or_not_at_all(office):
    done = office.bring(HEADER + PERMIT + SUSPENDED.replace("suspended", "paused"))

    assert done.exit_code == 3
    assert "1 good ones of the same certificates stay out" in done.output
    assert office.statements() == []


def test_rows_of_one_certificate_must_agree(office):
    done = office.bring(HEADER + PERMIT + SUSPENDED.replace("8812", "8813"))

    assert "row 3, sequence: '8813'; expected the same as in row 2" in done.output


def test_a_drivers_number_is_never_shown_or_kept_in_clear(office, tmp_path):
    done = office.bring(HEADER + CERTIFICATE + CERTIFICATE.replace("valid", "?") + PERMIT)

    assert done.exit_code == 3
    assert NUMBER[:14] not in done.output
    for file in (tmp_path / "home").rglob("*"):
        assert NUMBER[:14].encode() not in (file.read_bytes() if file.is_file() else b"")


def test_a_file_vouches_only_when_it_is_told_to(office):
    office.bring(HEADER + PERMIT)
    assert b"heartbeat|city" not in office.waiting()

    office.bring(HEADER + PERMIT, "--complete-to", "2026-03-02T08:00:00+08:00")
    assert office.waiting()[-1] == b"heartbeat|city"


def test_a_file_with_bad_rows_does_not_vouch(office):
    bad = PERMIT.replace("valid", "?")

    done = office.bring(HEADER + CERTIFICATE + bad, "--complete-to", "2026-03-02T08:00:00+08:00")

    assert done.exit_code == 3
    assert "--complete-to is not taken" in done.output
    assert b"heartbeat|city" not in office.waiting()


@pytest.mark.parametrize("instant", ["2126-03-02T08:00:00+08:00", "2026-03-02", "soon"])
def test_an_instant_that_cannot_be_vouched_for_stops_everything(office, instant):
    done = office.bring(HEADER + PERMIT, "--complete-to", instant)

    assert done.exit_code == 2
    assert office.statements() == []


def test_a_source_that_is_not_configured_is_named(office, tmp_path):
    file = tmp_path / "register.csv"
    file.write_text(HEADER)

    done = CliRunner().invoke(
        register_commands, ["import", str(file), "--source", "nobody", "--config", str(tmp_path)]
    )

    assert done.exit_code == 2
    assert "(there: city, nation)" in done.output


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030"], ids=["plain", "as Excel saves it", "as Chinese Excel does"]
)
def test_spreadsheets_encodings(office, encoding):
    office.bring((HEADER + PERMIT).encode(encoding))

    (said,) = office.statements()
    assert said.certificate == "沪交运管许可310115002863"


def test_a_file_without_the_columns_is_no_register(office):
    done = office.bring("name,plate\nLi,沪AD12345\n")

    assert done.exit_code != 0
    assert "certificate" in str(done.exception)


def test_blank_rows_and_unknown_columns_are_passed_over(office):
    rows = HEADER.replace("\n", ",note\n") + PERMIT.replace("\n", ",x\n") + ",,,,,,,,,\n\n"

    done = office.bring(rows)

    assert done.exit_code == 0
    assert "columns not used: note" in done.output
    assert len(office.statements()) == 1
