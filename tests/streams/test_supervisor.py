"""Processes are kept running, in order, and none is left behind."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from streams.broker.ports import free_port
from streams.supervisor.process import Patience, Process
from streams.supervisor.run_file import StopTheOtherRun, only_one, read_run
from streams.supervisor.supervisor import Supervisor
from tests.fixtures.waiting import until

QUICK = Patience(
    first_pause=0.05, longest_pause=0.4, grow_up=1.0, ask_every=0.1, sick=0.5, stop=2.0, tick=0.01
)
SLEEP = "import time; time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
HAS_A_CHILD = """
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", sys.argv[1]]).pid, flush=True)
exec(sys.argv[1])
"""
NOTES_ITS_END = """
import signal, sys, time
def end(*_):
    open(sys.argv[1], "a").write(sys.argv[2])
    sys.exit()
signal.signal(signal.SIGTERM, end)
print("up", flush=True)
time.sleep(600)
"""
# Says 503 while it grows up, for longer than it may be silent; then 200; then 503 for ever.
SICKENS = """
import http.server, sys, time
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        age = time.monotonic() - began
        self.send_response(200 if 2.5 < age < 4 else 503); self.end_headers()
    def log_message(self, *a): pass
began = time.monotonic()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
"""
# Answers its health URL for a moment, then hangs with the port still open.
HANGS = """
import http.server, sys, threading, time
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if time.monotonic() - began > 1.5:
            time.sleep(600)
        self.send_response(200); self.end_headers()
    def log_message(self, *a): pass
began = time.monotonic()
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
"""


def a_process(name: str, program: str, *arguments: str, **more) -> Process:
    return Process(name=name, command=(sys.executable, "-c", program, *arguments), **more)


@pytest.fixture
def told():
    return []


@pytest.fixture
def supervise(tmp_path, told):
    """Makes a supervisor of the processes; ends it after the test."""
    made = []

    def make(*processes: Process, patience: Patience = QUICK) -> Supervisor:
        supervisor = Supervisor(processes, home=tmp_path, say=told.append, patience=patience)
        made.append(supervisor)
        return supervisor

    yield make
    for supervisor in made:
        supervisor.stop()


def turn(supervisor: Supervisor, until_true, *, seconds: float = 15.0) -> None:
    """Turn the supervisor's wheel until something is true."""

    def turned() -> bool:
        supervisor.tick()
        return until_true()

    until(turned, seconds=seconds)


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_process_starts_when_its_predecessor_is_ready(supervise, tmp_path):
    permission = tmp_path / "permission"
    supervisor = supervise(
        a_process("first", SLEEP, ready=permission.exists),
        a_process("second", SLEEP, after=("first",)),
    )
    supervisor.tick()
    supervisor.tick()
    assert not (tmp_path / "logs" / "second.log").exists()

    permission.touch()

    turn(supervisor, lambda: supervisor.all_ready)
    assert (tmp_path / "logs" / "second.log").exists()


def test_output_goes_to_the_log_of_the_process(supervise, tmp_path):
    supervisor = supervise(a_process("speaker", f"print('hello', flush=True); {SLEEP}"))

    turn(supervisor, lambda: "hello\n" in (tmp_path / "logs" / "speaker.log").read_text())


def test_the_environment_of_a_process_is_its_own(supervise, tmp_path):
    speak = f"import os; print(os.environ['REGULATOR_JUDGE_PORT'], flush=True); {SLEEP}"
    supervisor = supervise(a_process("speaker", speak, environment={"REGULATOR_JUDGE_PORT": "19101"}))

    turn(supervisor, lambda: "19101" in (tmp_path / "logs" / "speaker.log").read_text())


def test_a_process_that_dies_is_started_again_with_growing_pauses(supervise, tmp_path, told):
    supervisor = supervise(a_process("mortal", "print('no register', flush=True); raise SystemExit(3)"))

    turn(supervisor, lambda: (tmp_path / "logs" / "mortal.log").read_text().count("no register") >= 5)

    falls = [line for line in told if "ended (exit code 3)" in line]
    pauses = [float(line.split("again in ")[1].split(" s")[0]) for line in falls]
    assert pauses[:4] == [0.05, 0.1, 0.2, 0.4]
    assert max(pauses) == QUICK.longest_pause
    assert 'Last words: "no register"' in falls[0]


def test_the_pause_shrinks_after_a_long_life(supervise, told):
    patience = Patience(first_pause=0.05, longest_pause=0.4, forgive_after=0.2, tick=0.01)
    supervisor = supervise(a_process("mortal", "import time; time.sleep(0.3)"), patience=patience)

    turn(supervisor, lambda: sum("ended" in line for line in told) >= 3)

    assert all("again in 0.05 s" in line for line in told if "ended" in line)


def test_a_killed_process_is_started_again(supervise, told, tmp_path):
    supervisor = supervise(a_process("victim", SLEEP))
    with only_one(tmp_path):
        turn(supervisor, lambda: supervisor.all_ready)
        (before,) = read_run(tmp_path).processes

        os.kill(before.pid, signal.SIGKILL)

        turn(supervisor, lambda: read_run(tmp_path).processes[0].restarts == 1)
        (after,) = read_run(tmp_path).processes
    assert after.pid != before.pid
    assert any("by signal SIGKILL" in line for line in told)


def test_a_hung_process_is_killed_and_started_again(supervise, told):
    port = free_port()
    supervisor = supervise(a_process("hanger", HANGS, str(port), health=f"http://127.0.0.1:{port}/health"))

    turn(supervisor, lambda: any("hanger: did not answer well" in line for line in told))
    turn(supervisor, lambda: sum("hanger: ready" in line for line in told) == 2)


def test_a_sick_process_is_started_again_but_not_one_that_still_grows_up(supervise, told):
    port = free_port()
    supervisor = supervise(a_process("patient", SICKENS, str(port), health=f"http://127.0.0.1:{port}/health"))
    begun = time.monotonic()

    turn(supervisor, lambda: any("patient: did not answer well" in line for line in told))

    assert time.monotonic() - begun > 4


def test_a_process_that_never_answers_is_given_time_to_grow_up(supervise, told):
    patience = Patience(grow_up=1.0, ask_every=0.1, sick=0.5, stop=2.0, tick=0.01)
    supervisor = supervise(a_process("infant", SLEEP, health="http://127.0.0.1:1/health"), patience=patience)
    begun = time.monotonic()

    turn(supervisor, lambda: any("did not answer well" in line for line in told))

    assert time.monotonic() - begun >= 1.5


def test_all_end_in_reverse_order(supervise, tmp_path):
    note = "import pathlib, signal, sys, time; "
    note += (
        "signal.signal(signal.SIGTERM, lambda *a: (open(sys.argv[1], 'a').write(sys.argv[2]), sys.exit())); "
    )
    note += "print('up', flush=True); time.sleep(600)"
    order = tmp_path / "order"
    logs = [tmp_path / "logs" / f"{name}.log" for name in "abc"]
    supervisor = supervise(*(a_process(name, NOTES_ITS_END, str(order), name) for name in "abc"))
    turn(supervisor, lambda: all(log.exists() and "up" in log.read_text() for log in logs))

    supervisor.stop()

    assert order.read_text() == "cba"


def test_one_that_ignores_the_request_is_killed_with_all_its_children(supervise, tmp_path, told):
    log = tmp_path / "logs" / "stubborn.log"
    supervisor = supervise(a_process("stubborn", HAS_A_CHILD, STUBBORN))
    turn(supervisor, lambda: log.exists() and log.read_text().endswith("\n"))
    grandchild = int(log.read_text())
    time.sleep(0.3)  # for the signal to be ignored from then on

    begun = time.monotonic()
    supervisor.stop()

    assert time.monotonic() - begun < QUICK.stop + 1
    assert any("stubborn: did not end when asked" in line for line in told)
    until(lambda: not alive(grandchild))


def test_two_of_one_name_and_a_successor_of_nobody_are_refused(supervise):
    with pytest.raises(ValueError, match="two processes are called a"):
        supervise(a_process("a", SLEEP), a_process("a", SLEEP))
    with pytest.raises(ValueError, match="not declared before it"):
        supervise(a_process("a", SLEEP, after=("b",)))


def test_a_home_has_one_run_at_a_time(tmp_path):
    with only_one(tmp_path), pytest.raises(StopTheOtherRun), only_one(tmp_path):
        pass

    with only_one(tmp_path):
        pass
    assert read_run(tmp_path) is None
