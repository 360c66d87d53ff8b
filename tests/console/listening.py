"""Reads the live stream as a page does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import msgspec


class Told(msgspec.Struct, frozen=True):
    """One server-sent event."""

    event: str
    id: str
    content: Any


class Ear:
    """Hears one stream."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.iter_lines()

    def next(self, *events: str) -> Told:
        """Return the next event of these names; what else is said meanwhile is not heard."""
        while True:
            told = self._one()
            if told.event in events:
                return told

    def settled(self) -> None:
        """Wait until the console has looked at its database."""
        while not self.next("pulse").content["database"]:
            pass

    def gone(self) -> Told:
        """Return the next card that goes."""
        while not (told := self.next("card")).content["gone"]:
            pass
        return told

    def held_by(self, officer: str) -> Told:
        """Return the next card that an officer has."""
        while f'data-holder="{officer}"' not in (told := self.next("card")).content["html"]:
            pass
        return told

    def cards(self, count: int) -> list[Told]:
        """Return the next cards."""
        return [self.next("card") for _ in range(count)]

    def _one(self) -> Told:
        fields: dict[str, str] = {}
        for line in self._lines:
            if not line and "data" in fields:
                return Told(fields["event"], fields.get("id", ""), json.loads(fields["data"]))
            name, _, text = line.partition(": ")
            fields[name] = text
        raise AssertionError("the stream ended")


@contextmanager
def listening(client: httpx.Client, *, after: int | None = None, last: str | None = None) -> Iterator[Ear]:
    """Open the live stream; ``last`` is what a browser sends when it lost it."""
    query = "" if after is None else f"?after={after}"
    headers = {} if last is None else {"last-event-id": last}
    with client.stream("GET", f"/api/live{query}", headers=headers, timeout=10) as answer:
        yield Ear(answer)
