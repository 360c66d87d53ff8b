"""One app in one process: how it starts, and with which code it ends."""

import asyncio
import faulthandler
import logging
import os
import signal
import threading
import time
from typing import Any, NoReturn

import faust

from streams.faust.app import App
from streams.faust.elapsed import elapsed
from streams.faust.quiet import quieten
from streams.faust.terms import Terms

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5


class RunWorker(faust.Worker):
    """Faust's worker without its console: no spinner, no logging set-up, no process title."""

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(
            app, quiet=True, redirect_stdouts=False, override_logging=False, logging_config={}, **options
        )
        self.spinner = None
        self._ending = threading.Thread(target=_end_in_time, args=(app,), name="ending", daemon=True)

    def _setproctitle(self, info: str, *, ident: str = "") -> None:
        pass

    def _crash(self, reason: BaseException) -> None:
        super()._crash(reason)
        self._arm()

    def _schedule_shutdown(self, signal: signal.Signals) -> None:
        super()._schedule_shutdown(signal)
        self._arm()

    def _arm(self) -> None:
        if self._ending.ident is None:
            self._ending.start()


def in_vain(terms: Terms, *, taken: float, silence: float) -> str | None:
    """Say why a stop that has taken so many seconds need not be waited for any longer, if so.

    `silence`: seconds since the group's coordinator was last heard. Whom the group has given up can
    commit nothing: what is in hand comes again, finished or not.
    """
    if taken > terms.stop_within:
        return f"it has taken {taken:.0f} s"
    if min(taken, silence) > terms.session_timeout:
        return f"nobody has answered for the consumer group for {min(taken, silence):.0f} s"
    return None


def _end_in_time(app: App) -> None:
    began = elapsed()
    while (why := _reason(app, began)) is None:
        time.sleep(LOOK_EVERY)
    log.critical("The stop is cut short: %s; what is not committed comes again", why)
    _exit_now()


def _reason(app: App, began: float) -> str | None:
    return in_vain(app.terms, taken=elapsed() - began, silence=app.delivery.fence.silence())


def _watch_loop(app: App) -> None:
    """End the process when the event loop stands still: nothing in it can, and the group goes on."""
    while True:
        time.sleep(1.0)
        if app.beat_at is not None and elapsed() - app.beat_at > app.terms.stuck_after:
            log.critical("The event loop has stood still for %.0f s", app.terms.stuck_after)
            faulthandler.dump_traceback()
            _exit_now()


def _exit_now() -> NoReturn:
    logging.shutdown()
    os._exit(1)


def run_worker(app: App) -> NoReturn:
    """Run until SIGTERM or SIGINT, then exit with 0; after a crash, or with runs uncommitted, with 1."""
    quieten()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    threading.Thread(target=_watch_loop, args=(app,), name="watch", daemon=True).start()
    try:
        RunWorker(app, loop=loop).execute_from_commandline()
    except SystemExit as stop:
        if stop.code in (0, None) and (due := app.delivery.ledger.due()):
            log.error("Stopped with runs handled but not committed; they come again: %s", due)
            raise SystemExit(1) from stop
        raise
