"""Work on many batches in processes of their own, beside the one that needs what comes of it.

The first few are worked on where they are needed: for a short file nothing is begun, and of a long
one they are done while the others begin. What a worker must know goes to it through a pipe.
No worker outlives the process that began it, however that one ended.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from regulator.domain.errors import RegulatorError

_Task = TypeVar("_Task")
_Batch = TypeVar("_Batch")
_Done = TypeVar("_Done")

_FEW = 4
"""So many batches are done here: to begin a process costs as much."""


class WorkerLost(RegulatorError):
    """A process beside this one ended in the middle of its work: nothing comes of its batches."""


def done_beside(
    batches: Iterable[_Batch],
    begin: Callable[[_Task], Callable[[_Batch], _Done]],
    task: _Task,
    *,
    most_workers: int,
) -> Iterator[_Done]:
    """Yield what comes of each batch, in their order.

    ``begin`` is called with the task once in every process and returns what is called with batches.
    Raises WorkerLost.
    """
    waiting = iter(batches)
    few = list(islice(waiting, _FEW))
    more = list(islice(waiting, 1))
    here = begin(task)
    if not more:
        yield from map(here, few)
        return
    workers = min(most_workers, os.cpu_count() or 1)
    context = get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(begin, task))
    with _told_if_lost(), pool:
        working: deque[Future[Any]] = deque(pool.submit(_work, batch) for batch in more)
        for batch in few:
            working.extend(pool.submit(_work, next_one) for next_one in islice(waiting, 1))
            yield here(batch)
        # Every worker has a batch and another one waiting: more would only fill memory.
        for batch in waiting:
            working.append(pool.submit(_work, batch))
            if len(working) > 2 * workers:
                yield working.popleft().result()
        while working:
            yield working.popleft().result()


@contextmanager
def _told_if_lost() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as why:
        raise WorkerLost("a process that worked beside this one was ended; was memory short?") from why


_work_here: Callable[[Any], Any]
"""What a worker does with a batch; set once when it begins."""


def _begin(begin: Callable[[_Task], Callable[[Any], Any]], task: _Task) -> None:
    global _work_here
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started us
    gc.disable()
    Thread(target=_end_with_who_started_us, daemon=True).start()
    _work_here = begin(task)


def _end_with_who_started_us() -> None:
    """Who was killed closes no pool, and its workers would wait for a next batch for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(batch: Any) -> Any:
    return _work_here(batch)
