"""Workers beside a process: none outlives it, and one that dies is told in plain words."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from regulator.store.beside import WorkerLost, done_beside
from tests.fixtures.waiting import until

_PROGRAM = """
from tests.store.test_beside import tell_workers
if __name__ == "__main__":
    tell_workers()
"""


def test_a_worker_that_is_killed_is_told_in_plain_words():
    with pytest.raises(WorkerLost, match="was ended"):
        list(done_beside(range(200), _dying, os.getpid(), most_workers=1))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_who_began_it(how, tmp_path):
    program = tmp_path / "beside.py"
    program.write_text(_PROGRAM)
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, program], env=env, stdout=subprocess.PIPE, text=True) as began:
        workers = {int(began.stdout.readline()) for _ in range(20)}
        assert began.pid not in workers
        assert all(map(_runs, workers))

        began.send_signal(how)
        began.wait()

        until(lambda: not any(map(_runs, workers)))


def tell_workers():
    """Tell the worker of each batch, for ever."""
    for done, worker in enumerate(done_beside(iter(int, 1), _telling, None, most_workers=1)):
        if done >= 4:  # the first few are done here
            print(worker, flush=True)


def _telling(_):
    return lambda _: os.getpid()


def _dying(here):
    return lambda batch: batch if os.getpid() == here else os.kill(os.getpid(), signal.SIGKILL)


def _runs(process):
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True)
    return listed.stdout.strip()[:1] not in ("", "Z")
