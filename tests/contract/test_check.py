"""A platform's engineer checks messages before sending them, and is told per record what to mend."""

import base64
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regulator.commands.contract import contract_commands
from tests.wire.guangzhou.telling import clean, message
from tests.wire.sending import COMPANY, PLATE, envelope, protobuf, record


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(contract_commands, ["check", *map(str, arguments), "--company", COMPANY])


def written(folder: Path, name: str, *payloads: bytes) -> Path:
    path = folder / name
    path.write_bytes(b"\n".join(payloads))
    return path


def test_clean_messages_of_either_topic_and_form_need_nothing(tmp_path: Path) -> None:
    lines = written(
        tmp_path,
        "mine.ndjson",
        envelope("orderMatch", [record("orderMatch")]),
        envelope("positionVehicle", [record("positionVehicle")] * 2),
    )
    one = written(tmp_path, "one.bin", protobuf("orderCreate", [record("orderCreate")]))

    result = check(lines, one)

    assert (result.exit_code, result.stdout) == (0, "")
    assert "4 条记录 records: 4 无误 clean" in result.stderr


def test_each_complaint_names_file_line_record_field_and_what_is_expected(tmp_path: Path) -> None:
    lines = written(
        tmp_path,
        "mine.ndjson",
        envelope("orderMatch", [record("orderMatch"), record("orderMatch", OrderId="")]),
        envelope("orderMatch", [record("orderMatch", Encrypt=9)]),
        envelope("orderMatch", [record("orderMatch", DriverPhone=None)]),
        b"{",
    )

    result = check(lines)

    assert result.exit_code == 1
    first, second, third, fourth = result.stdout.splitlines()
    assert first.startswith("mine.ndjson:1[1] orderMatch: unattributable: 无法归属")
    assert second.startswith("mine.ndjson:2[0] orderMatch SU0001 Encrypt: bad_field: 不可用，应为")
    assert "one of 0, 1, 2, 3, 4" in second
    assert third.startswith("mine.ndjson:3[0] orderMatch SU0001 DriverPhone: missing_field")
    assert fourth.startswith("mine.ndjson:4[0] ?: unreadable")
    assert "5 条记录 records: 1 无误 clean, 2 有瑕疵 flawed, 2 拒收 refused" in result.stderr


@pytest.mark.parametrize(("topic", "reasons"), [("orders", ["untimely"]), ("positions", ["wrong_topic"])])
def test_a_recorded_line_is_judged_with_its_topic_and_arrival(
    tmp_path: Path, topic: str, reasons: list[str]
) -> None:
    value = json.loads(envelope("orderMatch", [record("orderMatch")]))
    line = {"topic": f"feed.sunny.{topic}", "at": "2026-03-09T08:00:00+08:00", "value": value}

    result = check(written(tmp_path, "log.ndjson", json.dumps(line).encode()), "--json")

    assert [json.loads(said)["reason"] for said in result.stdout.splitlines()] == reasons


def test_a_recorded_line_of_protobuf_is_read_as_what_it_holds(tmp_path: Path) -> None:
    value = base64.b64encode(protobuf("orderMatch", [record("orderMatch")])).decode()
    line = {"topic": "feed.sunny.orders", "at": "2026-03-02T08:16:00+08:00", "value_base64": value}

    result = check(written(tmp_path, "log.ndjson", json.dumps(line).encode()))

    assert result.stdout == ""
    assert result.exit_code == 0


def test_without_an_arrival_nothing_is_said_of_timeliness(tmp_path: Path) -> None:
    assert check(written(tmp_path, "one.json", envelope("orderMatch", [record("orderMatch")]))).exit_code == 0


def test_what_is_said_holds_no_value_of_the_message(tmp_path: Path) -> None:
    bad = envelope("orderMatch", [record("orderMatch", LicenseId="110105194912310021", DriverPhone="1" * 99)])

    result = check(written(tmp_path, "one.json", bad))

    assert "110105194912310021" not in result.output
    assert PLATE not in result.output
    assert "1" * 99 not in result.output


def test_a_platform_that_is_not_configured_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = written(tmp_path, "one.json", envelope("orderMatch", [record("orderMatch")]))

    result = CliRunner().invoke(contract_commands, ["check", str(path), "--platform", "nobody"])

    assert result.exit_code == 1
    assert "no platform is called nobody" in str(result.exception)


def test_a_citys_dialect_is_checked_as_it_would_be_read(tmp_path: Path) -> None:
    lines = written(
        tmp_path,
        "mine.ndjson",
        message("DDCG", [clean("orderMatch"), clean("orderMatch", encrypt="9", carCertNo={})]),
        message("JSYDW", [clean("positionDriver")]),
    )

    result = check(lines, "--dialect", "guangzhou")

    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.startswith("mine.ndjson:1[1] orderMatch SU0001 encrypt: bad_field")
    assert "one of 0, 1, 2, 3, 4" in first
    assert second.endswith("carCertNo: bad_field: 不可用 · cannot be used")


def test_a_platforms_dialect_is_the_configured_one(tmp_path: Path) -> None:
    (tmp_path / "platforms.toml").write_text(f'[sunny]\ncompanies = ["{COMPANY}"]\ndialect = "guangzhou"\n')
    path = written(tmp_path, "one.json", message("DDCG", [clean("orderMatch")]))
    asked = ["check", str(path), "--platform", "sunny", "--config", str(tmp_path)]

    assert CliRunner().invoke(contract_commands, asked).exit_code == 0
    assert CliRunner().invoke(contract_commands, [*asked, "--dialect", "ministry"]).exit_code == 1
