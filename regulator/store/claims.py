"""What officers do with a card: claim, release, close. Of two who claim at once, one has it."""

from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, select, update

from regulator.domain.alerts import AlertId, ClosedBecause
from regulator.domain.instants import Instant
from regulator.store.audit import AuditStore
from regulator.store.changes import next_change
from regulator.store.schema import alerts


class Outcome(StrEnum):
    """What became of an officer's act."""

    DONE = "done"
    TAKEN = "taken"
    NOT_OPEN = "not_open"


class Act(msgspec.Struct, frozen=True):
    """The outcome, and who has the card; of a card that is not open, who closed it."""

    outcome: Outcome
    by: str | None


class ClaimStore:
    """Officers' acts; each takes the change number first, which no two writers hold at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, id: AlertId, officer: str, *, at: Instant) -> Act:
        """Take a card that nobody has."""
        return self._act(id, officer, "claim", at, {"claimed_by": officer, "claimed_at": at})

    def release(self, id: AlertId, officer: str, *, at: Instant) -> Act:
        """Give a card back to everybody."""
        return self._act(id, officer, "release", at, {"claimed_by": None, "claimed_at": None})

    def close(self, id: AlertId, officer: str, *, note: str, at: Instant) -> Act:
        """Be done with a card that nobody else has."""
        closed = {
            "closed_at": at,
            "closed_because": ClosedBecause.HANDLED,
            "closed_by": officer,
            "note": note,
        }
        return self._act(id, officer, "close", at, closed)

    def _act(self, id: AlertId, officer: str, what: str, at: Instant, values: dict[str, Any]) -> Act:
        change = next_change(self._connection)
        card = self._card(id)
        if card is None or card["closed_at"] is not None:
            return Act(Outcome.NOT_OPEN, card["closed_by"] if card else None)
        if card["claimed_by"] not in (None, officer):
            return Act(Outcome.TAKEN, card["claimed_by"])
        if any(card[name] != value for name, value in values.items() if name != "claimed_at"):
            self._connection.execute(update(alerts).where(alerts.c.id == id).values(**values, change=change))
            AuditStore(self._connection).write(officer, what, subject=id, at=at)
        return Act(Outcome.DONE, values.get("claimed_by", card["claimed_by"]))

    def _card(self, id: AlertId) -> RowMapping | None:
        return self._connection.execute(select(alerts).where(alerts.c.id == id)).mappings().one_or_none()
