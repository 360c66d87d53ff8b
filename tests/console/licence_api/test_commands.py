"""What the operator does: gives keys, ends them, and says who asked."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regulator.clock import now
from regulator.domain.instants import DAY, day_of
from regulator.store import open_store
from regulator.store.api_keys import ApiKeyStore, Role
from regulator.store.audit import AuditStore
from streams.cli import main
from tests.console.licence_api.city import DRIVER, HELD, NUMBER


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of the database."""
    monkeypatch.setenv("REGULATOR_HOME", str(tmp_path))
    monkeypatch.setenv("REGULATOR_PSEUDONYM_KEY", "a-test")
    monkeypatch.delenv("REGULATOR_DATABASE", raising=False)
    return f"sqlite:///{tmp_path / 'regulator.db'}"


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=typed)


def test_a_key_is_printed_once_and_works(home: str) -> None:
    given = run("api-key", "add", "青禾 运营", "--platform", "qinghe")

    assert given.exit_code == 0, given.output
    token = given.stdout.strip()
    store = open_store(home)
    with store.reading() as connection:
        key = ApiKeyStore(connection).recognise(token)
    store.close()
    assert key is not None
    assert (key.role, key.platform, key.name) == (Role.PLATFORM, "qinghe", "青禾 运营")
    assert token.split("_", 2)[2] not in run("api-key", "list").output


def test_keys_are_listed_with_their_state() -> None:
    day = day_of(now() + 30 * DAY).isoformat()
    run("api-key", "add", "检查", "--authority", "--expires", day)
    id = run("api-key", "add", "调度", "--platform", "yunqiao").stderr.split()[4]

    assert run("api-key", "revoke", id).exit_code == 0
    first, second = run("api-key", "list").stdout.splitlines()

    assert "authority" in first
    assert f"until {day}" in first
    assert f"revoked {day_of(now())}" in second


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "x"], "--platform"),
        (["add", "x", "--platform", "qinghe", "--authority"], "--platform"),
        (["add", "x", "--platform", "elsewhere"], "qinghe"),
        (["add", "x", "--authority", "--expires", "2020-01-01"], "is over"),
        (["add", " ", "--authority"], "characters"),
        (["add", "x" * 81, "--authority"], "characters"),
        (["revoke", "000000000000"], "api-key list"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_can(words: list[str], said: str) -> None:
    answer = run("api-key", *words)

    assert answer.exit_code == 2
    assert said in answer.output


def test_who_asked_is_told_and_that_somebody_wanted_to_know(home: str) -> None:
    store = open_store(home)
    with store.writing() as connection:
        AuditStore(connection).write("public 192.0.2.1", "query licences", subject=HELD, at=now())
        AuditStore(connection).write_many("key 1", "query licences", subjects=[HELD, DRIVER], at=now())
    store.close()

    by_plate = [json.loads(line) for line in run("audit", "沪A·D12345").stdout.splitlines()]
    by_number = run("audit", "--number", typed=f"{NUMBER}\n")

    assert [entry["who"] for entry in by_plate] == ["public 192.0.2.1", "key 1"]
    assert [json.loads(line)["who"] for line in by_number.stdout.split("\n") if line.strip()] == ["key 1"]
    assert NUMBER not in by_number.output
    again = [json.loads(line)["what"] for line in run("audit", HELD).stdout.splitlines()]
    assert again == ["query licences", "query licences", "read audit"]


def test_the_days_can_be_narrowed(home: str) -> None:
    run("audit", HELD)
    today = day_of(now()).isoformat()

    assert run("audit", HELD, "--until", "2020-01-01").stdout == ""
    assert len(run("audit", HELD, "--since", today, "--until", today).stdout.splitlines()) == 2


def test_whom_to_look_for_is_asked_for() -> None:
    assert run("audit").exit_code == 2
