"""Work on many batches in processes of their own, beside the one that needs what comes of it.

The first few are worked on where they are needed: for a short file nothing is begun, and of a long
one they are done while the others begin. What a worker must know goes to it through a pipe.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Any, TypeVar

_Task = TypeVar("_Task")
_Batch = TypeVar("_Batch")
_Done = TypeVar("_Done")

_FEW = 4
"""So many batches are done here: to begin a process costs as much."""


def done_beside(
    batches: Iterable[_Batch],
    begin: Callable[[_Task], Callable[[_Batch], _Done]],
    task: _Task,
    *,
    most_workers: int,
) -> Iterator[_Done]:
    """Yield what comes of each batch, in their order.

    ``begin`` is called with the task once in every process and returns what is called with batches.
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
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(begin, task)) as pool:
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


_work_here: Callable[[Any], Any]
"""What a worker does with a batch; set once when it begins."""


def _begin(begin: Callable[[_Task], Callable[[Any], Any]], task: _Task) -> None:
    global _work_here
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started us
    gc.disable()
    _work_here = begin(task)


def _work(batch: Any) -> Any:
    return _work_here(batch)
