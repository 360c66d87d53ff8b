"""Looks at the processes: each says itself how it is."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException

import msgspec

from regulator.settings import Settings
from streams.doctor.symptom import Symptom, note, well, wrong

_SECONDS = 5.0


class _Health(msgspec.Struct):
    ok: bool
    reasons: tuple[str, ...] = ()


def look_at_processes(settings: Settings) -> Iterator[Symptom]:
    """Ask each process on its port."""
    for name, port in (
        ("judge", settings.judge_port),
        ("track", settings.track_port),
        ("desk", settings.console_port),
    ):
        yield _look(name, port)


def _look(name: str, port: int) -> Symptom:
    try:
        health = _ask(port)
    except (OSError, HTTPException, msgspec.MsgspecError) as why:
        return wrong(name, f"no health on port {port}: {why!r}", f"start it (regulator {name}); see its log")
    if not health.ok:
        return wrong(name, "; ".join(health.reasons), f"see its log; restart it: regulator {name}")
    if health.reasons:
        return note(name, "; ".join(health.reasons), "it waits, and goes on by itself")
    return well(name, f"does its work on port {port}")


def _ask(port: int) -> _Health:
    line = HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        line.request("GET", "/health")
        return msgspec.json.decode(line.getresponse().read(), type=_Health)
    finally:
        line.close()
