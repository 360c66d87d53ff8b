"""Registers and watch lists as departments really keep them: their heads, words, dates and spreadsheets."""

from datetime import date, datetime

import pytest

from regulator.domain.episodes import EpisodeEvent, EpisodeStep
from regulator.domain.instants import from_rfc3339, start_of
from regulator.domain.licences import LicenceKind, PeriodState
from regulator.domain.plates import NOBODY, Plate
from regulator.store.driver_numbers import DriverNumbers
from tests.builders.register import LI, NUMBER
from tests.store.office import HEADER

CAR = Plate("沪AD12345")
TRUE_TO_FORM = "vehicle_permit,运输证1,沪AD12345,1,310000,2023-11-20,2024-03-01,2027-02-28,valid\n"
CHINESE = "运输证号,车牌号码,有效期起（年月日）,有效期止,状态,区域代码,初次登记日期,车主姓名\n"
CHINESE_ROW = "运输证1,沪A·D12345,2024/3/1,2027年2月28日,有效,310000.0,20231120,某某\n"


def of_permits(office, *lines):
    default = (office.default / "register-columns.toml").read_text("utf-8")
    own = "\n[source.city.always]\n" + "\n".join(('kind = "vehicle_permit"', *lines)) + "\n"
    office.configure("register-columns.toml", default + own)


def test_chinese_heads_and_words_are_the_same_register(office):
    office.bring(HEADER + TRUE_TO_FORM)
    (plain,) = office.statements()
    of_permits(office)

    done = office.bring(CHINESE + CHINESE_ROW)

    assert done.exit_code == 0, done.output
    assert "1 were known already" in done.output
    assert "columns not used: 车主姓名" in done.output
    assert office.statements() == [plain]


def test_a_title_above_the_heads_is_passed_over(office):
    of_permits(office)

    done = office.bring("上海市网约车运输证名单,,,,,,,\n,,,,,,,\n" + CHINESE + CHINESE_ROW)

    assert done.exit_code == 0, done.output
    assert len(office.statements()) == 1


def test_a_workbook_with_its_own_dates_and_numbers(office):
    of_permits(office)
    heads = CHINESE.strip().split(",")

    done = office.bring_workbook(
        [
            ["名单"],
            heads,
            [
                "运输证1",
                "沪AD12345",
                datetime.fromisoformat("2024-03-01"),
                date(2027, 2, 28),
                "有效",
                310000,
                20231120,
            ],
            ["运输证2", "沪AD54321", 45352, "长期", "吊销"],
        ]
    )

    assert done.exit_code == 0, done.output
    (said,) = office.statements()
    assert (said.area, said.first_registered) == ("310000", date(2023, 11, 20))
    assert said.periods[0].end == start_of(date(2027, 3, 1))
    (other,) = office.statements(subject="沪AD54321")
    assert (other.periods[0].start, other.periods[0].end) == (start_of(date(2024, 3, 1)), None)
    assert other.periods[0].state is PeriodState.REVOKED


def test_a_drivers_number_that_a_spreadsheet_shortened_is_no_number(office):
    heads = ["kind", "certificate", "驾驶证号", "from", "state"]
    done = office.bring_workbook([heads, ["驾驶员证", "证1", 110105194912310021, "2024-03-01", "有效"]])

    assert done.exit_code == 3
    assert "row 2, 驾驶证号: '…0000'; expected all its digits: the spreadsheet made a number" in done.output
    assert "110105" not in done.output


@pytest.mark.parametrize(("to", "taken"), [("2023-01-01", True), ("2999-01-01", False), ("", False)])
def test_what_is_said_to_have_expired_must_be_over(office, to, taken):
    done = office.bring(HEADER + f"vehicle_permit,运输证1,沪AD12345,1,,,2020-01-01,{to},已过期\n")

    assert (done.exit_code == 0) is taken
    assert [period.state for said in office.statements() for period in said.periods] == ["valid"] * taken
    if not taken:
        assert "to: " in done.output
        assert "expected a day that is past" in done.output


def test_a_source_with_its_own_heads(office):
    of_permits(office, 'state = "valid"', "[source.city.columns]", 'certificate = ["备案编号"]')

    done = office.bring("备案编号,证号,车牌,发证日期\n运输证1,别的,沪AD12345,2024-03-01\n")

    assert done.exit_code == 0, done.output
    assert "columns not used: 证号" in done.output
    assert [said.certificate for said in office.statements()] == ["运输证1"]


def test_a_file_without_the_columns_says_what_it_lacks(office):
    done = office.bring("姓名,车牌号\n某,沪AD12345\n")

    assert done.exit_code == 1
    assert "row 1 comes closest and lacks certificate, from, state, kind" in str(done.exception)


def test_without_a_sequence_the_present_one_stays_or_the_next_is_given(office):
    without = TRUE_TO_FORM.replace(",1,310000", ",,310000")

    sequences = []
    for row in (without, without, without.replace("valid", "revoked"), without):
        office.bring(HEADER + row, "--ending", "1") if "revoked" in row else office.bring(HEADER + row)
        sequences.append([said.sequence for said in office.statements()])

    assert sequences == [[1], [1], [2], [3]]


def test_rows_in_another_order_and_twice_say_the_same(office):
    again = TRUE_TO_FORM.replace("2024-03-01,2027-02-28,valid", "2025-06-01,2025-06-30,suspended")
    office.bring(HEADER + TRUE_TO_FORM + again)

    done = office.bring(HEADER + again + TRUE_TO_FORM + again)

    assert "1 were known already" in done.output


WATCH_HEADS = "案件编号,车牌号,驾驶证号,查处日期,清退日期,解除日期,执法机关代码,文书号\n"


def test_a_watch_list_with_a_column_for_each_day(office):
    done = office.bring(WATCH_HEADS + f"2026-0312,沪A·D12345,{NUMBER},2026/1/20,20260201,,310000,沪交执312\n")

    assert done.exit_code == 0, done.output
    (episode,) = office.episodes()
    assert (episode.number, episode.vehicle, episode.driver) == ("2026-0312", CAR, LI)
    assert (episode.authority, episode.document, episode.sequence) == ("310000", "沪交执312", 1)
    assert episode.events == (
        EpisodeEvent(EpisodeStep.PENALISED, start_of(date(2026, 1, 20))),
        EpisodeEvent(EpisodeStep.REMOVED, start_of(date(2026, 2, 1))),
    )
    store = office.store()
    with store.reading() as connection:
        assert DriverNumbers(connection, b"unused" * 7 + b"A=").last4(LI) == "002X"
    store.close()
    assert NUMBER.encode() not in b"".join(office.letters())


def test_a_watch_list_with_an_event_a_row(office):
    heads = "episode,vehicle,sequence,event,at\n"
    rows = "7,沪AD12345,2,解除,2026-03-01T08:00:00+08:00\n7,沪AD12345,2,清退,2026-02-01\n"

    done = office.bring(heads + rows)

    assert done.exit_code == 0, done.output
    (episode,) = office.episodes(CAR)
    assert episode.events == (
        EpisodeEvent(EpisodeStep.REMOVED, start_of(date(2026, 2, 1))),
        EpisodeEvent(EpisodeStep.LIFTED, from_rfc3339("2026-03-01T08:00:00+08:00")),
    )


@pytest.mark.parametrize(
    ("row", "listed"),
    [
        (",沪AD12345,,2026-01-20,,,,", "row 2, 案件编号: ''; expected the number of the episode"),
        ("7,,,2026-01-20,,,,", "row 2, 车牌号: ''; expected a car, a driver or both"),
        ("7,沪AD12345,,20.01.2026,,,,", "row 2, 查处日期: '20.01.2026'; expected a day YYYY-MM-DD"),
        ("7,沪AD12,,2026-01-20,,,,", "row 2, 车牌号: '沪AD12'; expected a number plate"),
        ("7,无,0,2026-01-20,,,,", "row 2, 车牌号: '无'; expected a car, a driver or both"),
        ("7,沪AD12345,,,,,,", "row 2, 清退日期: ''; expected an event and its day"),
        (f"7,,{NUMBER},?,,,,", "row 2, 查处日期: '?'; expected a day"),
    ],
)
def test_a_bad_row_of_a_watch_list_is_listed(office, row, listed):
    done = office.bring(f"{WATCH_HEADS}{row}\n8,沪AD12345,,2026-01-20,,,,\n")

    assert done.exit_code == 3
    assert listed in done.output
    assert NUMBER[:14] not in done.output
    assert [one.number for one in office.episodes(CAR)] == ["8"]


def test_rows_of_one_episode_must_agree(office):
    done = office.bring("episode,driver,event,at\n" + f"7,{NUMBER},查处,2026-01-20\n7,110,清退,2026-02-01\n")

    assert done.exit_code == 3
    assert "row 3, driver: '…'; expected the same as in row 2" in done.output
    assert office.episodes(NOBODY) == []


def test_a_source_that_may_state_no_episodes_is_told(office):
    office.configure("sources.toml", '[city]\nkinds = ["vehicle_permit"]\n')

    done = office.bring(f"{WATCH_HEADS}7,沪AD12345,,2026-01-20,,,,\n")

    assert done.exit_code == 3
    assert "expected a source that may state episodes: city may not" in done.output


def test_both_kinds_in_one_file(office):
    certificate = f"驾驶员证,{NUMBER},{NUMBER},1,,,2024-03-01,,有效\n"

    done = office.bring(HEADER + TRUE_TO_FORM + certificate)

    assert done.exit_code == 0, done.output
    assert len(office.statements()) == len(office.statements(LicenceKind.DRIVER_CERTIFICATE, LI)) == 1
