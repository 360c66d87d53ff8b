"""`regulator run` brings the whole system up, once, and takes it down whole."""

import os
import signal
import subprocess
from http.client import HTTPConnection
from pathlib import Path

import pytest

from streams.broker.ports import free_port
from streams.broker.ready import answers
from streams.supervisor.pulse import is_well
from streams.supervisor.run_file import Run, read_run
from tests.fixtures.waiting import until

pytestmark = [pytest.mark.kafka, pytest.mark.long]

PORTS = ("REGULATOR_KAFKA_PORT", "REGULATOR_CONSOLE_PORT", "REGULATOR_JUDGE_PORT", "REGULATOR_TRACK_PORT")


@pytest.fixture
def run(tmp_path, kafka_kit, started):
    """Starts `regulator run --no-demo` on a home and ports of the test's own."""
    own = {name: str(free_port()) for name in PORTS} | {"REGULATOR_HOME": str(tmp_path)}

    def start() -> subprocess.Popen[str]:
        return started.python("-m", "streams.cli", "run", "--no-demo", more=own)

    return start


def await_welcome(process: subprocess.Popen[str]) -> None:
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            return
    pytest.fail("it ended:\n" + "".join(said))


def running(home: Path) -> Run:
    run = read_run(home)
    assert run is not None
    return run


def test_it_comes_up_once_heals_and_goes_down_whole(run, tmp_path):
    first = run()
    await_welcome(first)
    up = running(tmp_path)
    pids = {each.name: each.pid for each in up.processes}
    assert set(pids) == {"broker", "desk", "judge", "track"}
    assert answers(up.ports["kafka"])

    second, _ = run().communicate(timeout=120)
    assert f"process {first.pid}" in second

    os.kill(pids["judge"], signal.SIGKILL)
    health = f"http://127.0.0.1:{up.ports['judge']}/health"
    until(lambda: dict((each.name, each.restarts) for each in running(tmp_path).processes)["judge"] == 1)
    until(lambda: is_well(health))

    for name in ("console", "judge", "track"):
        line = HTTPConnection("127.0.0.1", up.ports[name], timeout=5)
        line.request("GET", "/metrics")
        assert "regulator_" in line.getresponse().read().decode()
        line.close()

    left = [each.pid for each in running(tmp_path).processes]
    first.send_signal(signal.SIGINT)
    assert first.wait(120) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in left)
    assert not answers(up.ports["kafka"])
    assert read_run(tmp_path) is None


def test_after_a_sudden_end_it_comes_up_again_where_it_was(run, tmp_path):
    first = run()
    await_welcome(first)
    before = running(tmp_path)

    first.kill()
    until(lambda: not answers(before.ports["kafka"]))

    await_welcome(run())
    assert running(tmp_path).ports == before.ports
