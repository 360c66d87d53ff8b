"""However a supervisor ends, it leaves nothing behind."""

import signal
import subprocess

import pytest

from streams.supervisor.run_file import read_run
from tests.fixtures.waiting import gone, until

PROGRAM = """
import sys
from pathlib import Path
from streams.supervisor.process import Process
from streams.supervisor.run_file import StopTheOtherRun, only_one
from streams.supervisor.supervisor import Supervisor

home = Path(sys.argv[1])
sleep = "import time; time.sleep(600)"
keep = tuple(Process(name=n, command=(sys.executable, "-c", sleep, f"{home}-{n}")) for n in "ab")
try:
    with only_one(home):
        supervisor = Supervisor(keep, home=home, say=print, ports={"console": 8080})
        supervisor.run(all_ready=lambda: print("all ready", flush=True))
except StopTheOtherRun as why:
    raise SystemExit(str(why))
"""


@pytest.fixture
def run(tmp_path, started):
    """Starts a supervisor of two sleepers."""

    def start() -> subprocess.Popen[str]:
        return started.python("-c", PROGRAM, str(tmp_path))

    return start


def await_ready(process: subprocess.Popen[str]) -> None:
    while process.stdout.readline() != "all ready\n":
        assert process.poll() is None


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_stop_it_ends_all_and_succeeds(run, tmp_path, asked):
    process = run()
    await_ready(process)
    assert not gone(f"{tmp_path}-a")

    process.send_signal(asked)

    assert process.wait(60) == 0
    assert gone(f"{tmp_path}-a")
    assert gone(f"{tmp_path}-b")
    assert read_run(tmp_path) is None


def test_killed_it_takes_all_with_it_and_another_may_start(run, tmp_path):
    process = run()
    await_ready(process)

    process.kill()

    until(lambda: gone(f"{tmp_path}-a") and gone(f"{tmp_path}-b"))
    assert read_run(tmp_path) is None
    await_ready(run())


def test_a_second_one_says_who_runs_and_leaves_it_alone(run, tmp_path):
    first = run()
    await_ready(first)

    said, _ = run().communicate(timeout=60)

    assert f"process {first.pid}; ports: console 8080" in said
    assert [each.phase for each in read_run(tmp_path).processes] == ["ready", "ready"]
