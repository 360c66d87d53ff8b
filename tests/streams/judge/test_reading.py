"""A register that is read whole is the register, in brief or not, whatever came before of the same thing."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

import pytest

from regulator.domain.licences import LicenceKind, Reason, Subject
from regulator.domain.register import RegisterChange, Stated, Vouched, Withdrawn
from regulator.joins.register_index import RegisterIndex
from regulator.store.outbox import key_of
from regulator.wire.register import encode_change
from streams.judge.reading import read_whole
from tests.builders.law import CAR, CITY, OTHER_CAR, REVOKED, a_statement, minutes, period, sources

PERMIT = LicenceKind.VEHICLE_PERMIT


class Kept(NamedTuple):
    key: bytes | None
    value: bytes | None
    offset: int = 0
    timestamp: int = 0


class Topic:
    """A follower of a topic in memory."""

    def __init__(self, *batches: Sequence[Kept]) -> None:
        self._batches = batches

    async def whole(self) -> AsyncIterator[Sequence[Kept]]:
        for batch in self._batches:
            yield batch


def kept(*changes: RegisterChange) -> list[Kept]:
    return [Kept(key_of(change), encode_change(change)) for change in changes]


def read(*batches: Sequence[Kept]) -> RegisterIndex:
    index = RegisterIndex(sources())
    asyncio.run(read_whole(Topic(*batches), index))
    return index


def reason(index: RegisterIndex, subject: str = CAR) -> Reason | None:
    return index.in_force(PERMIT, Subject(subject), minutes(0)).reason


VALID = Stated(statement=a_statement(period(), sequence=1))
TAKEN = Stated(statement=a_statement(period(state=REVOKED), sequence=2))
IN_FULL = Stated(statement=a_statement(period(-9, -8), period(-7, -6), sequence=3))
MOVED = Stated(statement=a_statement(period(), subject=OTHER_CAR, sequence=4), former=(Subject(CAR),))
GONE = Withdrawn(
    source=CITY, kind=PERMIT, certificate=VALID.statement.certificate, sequence=5, former=(Subject(CAR),)
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([VALID], None),
        ([VALID, TAKEN], Reason.REVOKED),
        ([VALID, IN_FULL], Reason.EXPIRED),
        ([IN_FULL, VALID], None),
        ([VALID, MOVED], Reason.NEVER),
        ([VALID, GONE], Reason.NEVER),
        ([GONE, VALID], None),
        ([VALID, IN_FULL, VALID, GONE, TAKEN], Reason.REVOKED),
    ],
)
def test_of_one_thing_the_last_change_counts(changes: list[RegisterChange], expected: Reason | None) -> None:
    assert reason(read(kept(*changes))) == expected
    assert reason(read(*([one] for one in kept(*changes)))) == expected


def test_what_no_longer_stands_under_one_subject_stands_under_the_other() -> None:
    index = read(kept(VALID, MOVED))

    assert reason(index, OTHER_CAR) is None
    assert index.count(PERMIT) == 1


def test_keys_that_are_gone_say_nothing() -> None:
    assert reason(read([*kept(VALID), Kept(b"another", None)])) is None


def test_heartbeats_are_read_among_statements() -> None:
    index = read(kept(VALID, Vouched(source=CITY, complete_to=minutes(3)), TAKEN))

    assert index.heartbeats == {CITY: minutes(3)}
