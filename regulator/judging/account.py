"""An account of what became of every record: the one source of receipts, counters and statistics.

Records = handled + repeated + refused, always.
"""

from collections import Counter

import msgspec

from regulator.domain.feed import Accepted, FlawKind, Refusal, Refused

HANDLED = "handled"
REPEATED = "repeated"


class RefusedRecord(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A record that was refused, by its origin; never by what it said."""

    offset: int
    index: int
    company: str
    type: str
    order: str | None
    reason: Refusal


class FlawedRecord(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One flaw of a record that was handled."""

    offset: int
    index: int
    company: str
    type: str
    order: str | None
    field: str
    reason: FlawKind


_Entered = tuple[str, int, Accepted, str]
"""Key of its order, offset, record and fate."""


class Account:
    """Fates of the records of some messages of one feed partition."""

    def __init__(self) -> None:
        self.messages = 0
        self.fates: Counter[tuple[str, str, str]] = Counter()
        """By company, type and fate: ``handled``, ``repeated`` or the reason of refusal."""
        self.refused: list[RefusedRecord] = []
        self.flaws: list[FlawedRecord] = []
        self._entered: list[_Entered] = []

    @property
    def records(self) -> int:
        """How many records there were."""
        return self.fates.total()

    @property
    def lines(self) -> int:
        """How many lines a receipt of it has."""
        return len(self.refused) + len(self.flaws)

    def count(self, fate: str) -> int:
        """Return how many records had one fate."""
        return sum(number for (_, _, one), number in self.fates.items() if one == fate)

    def enter(self, record: Accepted, fate: str, *, offset: int, key: str | None) -> None:
        """Enter an accepted record; a repeated one's flaws were counted when it came first."""
        self.fates[record.company, record.type, fate] += 1
        if record.flaws and fate == HANDLED:
            self.flaws += [_flawed(record, offset, flaw.field, flaw.kind) for flaw in record.flaws]
        if key is not None:
            self._entered.append((key, offset, record, fate))

    def refuse(self, record: Refused, *, offset: int) -> None:
        """Enter a refused record."""
        self.fates[record.company, record.type, record.reason] += 1
        self.refused.append(
            RefusedRecord(
                offset=offset,
                index=record.index,
                company=record.company,
                type=record.type,
                order=record.order,
                reason=record.reason,
            )
        )

    def mark_defective(self, key: str) -> None:
        """Refuse after all what was entered for an order on which our own code then failed."""
        for _, offset, record, fate in [entered for entered in self._entered if entered[0] == key]:
            self.fates[record.company, record.type, fate] -= 1
            self.flaws = [flaw for flaw in self.flaws if (flaw.offset, flaw.index) != (offset, record.index)]
            self.refuse(
                Refused(
                    index=record.index,
                    type=record.type,
                    company=record.company,
                    order=record.order,
                    reason=Refusal.DEFECT,
                ),
                offset=offset,
            )
        self.fates = +self.fates
        self._entered = [entered for entered in self._entered if entered[0] != key]

    def settle(self) -> None:
        """Forget which record belonged to which order: nothing will be found defective any more."""
        self._entered.clear()


def _flawed(record: Accepted, offset: int, field: str, kind: FlawKind) -> FlawedRecord:
    return FlawedRecord(
        offset=offset,
        index=record.index,
        company=record.company,
        type=record.type,
        order=record.order,
        field=field,
        reason=kind,
    )
