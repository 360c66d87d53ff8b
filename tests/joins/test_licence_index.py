"""Ten million licences in bytes answer as the law reads the statements themselves."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.licences import (
    Certificate,
    LicenceKind,
    Period,
    PeriodState,
    Statement,
    Subject,
    in_force,
)
from regulator.domain.plates import Plate
from regulator.domain.register import Stated
from regulator.joins.licence_index import LicenceIndex, Portion
from regulator.wire.register_topic import decode_changes, encode_change
from tests.builders.law import CAR, LI, a_statement, minutes

PERMIT, DRIVER, PLATFORM = (
    LicenceKind.VEHICLE_PERMIT,
    LicenceKind.DRIVER_CERTIFICATE,
    LicenceKind.PLATFORM_PERMIT,
)
SUBJECTS = {
    PERMIT: [CAR, "沪AD54321", "a plate longer than any", "a plate longer than all"],
    DRIVER: [LI, LI[::-1], "no pseudonym", "ZZ" * 16],
    PLATFORM: ["3101YPZC0001", "", "3101YPZC0001\0"],
}
MASKED = f"…002X·{LI}"
CERTIFICATES = [
    "one",
    "沪交运管许可310115002863",
    "沪交运管许可310115002864",
    "",
    MASKED,
    MASKED.upper(),
    "two",
]


class Put(NamedTuple):
    """A source states something."""

    statement: Statement
    rank: int


class Drop(NamedTuple):
    """A source takes it back."""

    kind: LicenceKind
    subject: Subject
    rank: int
    certificate: Certificate


Change = Put | Drop


def singly(index: LicenceIndex, changes: Iterable[Change]) -> None:
    for change in changes:
        if isinstance(change, Put):
            index.put(*change)
        else:
            index.drop(*change)


def at_once(index: LicenceIndex, changes: Iterable[Change]) -> None:
    portion = Portion()
    for change in changes:
        if isinstance(change, Put):
            portion.put(*change)
        else:
            portion.drop(*change)
    index.load(portion)


def in_brief(index: LicenceIndex, changes: Iterable[Change]) -> None:
    """As a judge reads its topic: what fits, in brief."""
    for change in changes:
        written = encode_change(Stated(statement=change.statement)) if isinstance(change, Put) else b""
        briefs = decode_changes([written]).briefs if written else ()
        if len(briefs):
            index.load_briefs(briefs, np.array([change.rank]))
        else:
            at_once(index, [change])


WAYS = [
    pytest.param(singly, id="singly"),
    pytest.param(at_once, id="at once"),
    pytest.param(in_brief, id="in brief"),
]
Way = Callable[[LicenceIndex, list[Change]], None]


# Against a naive reading.

instants = st.integers(0, 6).map(minutes)
a_period = st.builds(Period, instants, st.none() | instants, st.sampled_from(sorted(PeriodState)))
periods = st.one_of(st.tuples(a_period).map(list), st.lists(a_period, max_size=3))
days = st.none() | st.dates(date(2000, 1, 1), date(2000, 1, 5)) | st.sampled_from([date.min, date.max])
kinds = st.sampled_from(sorted(LicenceKind))
subjects = kinds.flatmap(lambda kind: st.tuples(st.just(kind), st.sampled_from(SUBJECTS[kind])))
certificates = st.sampled_from(CERTIFICATES).map(Certificate)
ranks = st.integers(0, 2)


def _put(
    about: tuple[LicenceKind, str], certificate: str, rank: int, facts: tuple[list[Period], str, date]
) -> Put:
    kind, subject = about
    stated, area, day = facts
    statement = a_statement(
        *stated, kind=kind, subject=subject, certificate=certificate, area=area, first_registered=day
    )
    return Put(statement, rank)


def _changes(about: st.SearchStrategy[tuple[LicenceKind, str]]) -> st.SearchStrategy[list[Change]]:
    facts = st.tuples(periods, st.sampled_from(["", "310000", "320500"]), days)
    put = st.builds(_put, about, certificates, ranks, facts)
    drop = st.builds(
        lambda about, rank, certificate: Drop(about[0], Subject(about[1]), rank, certificate),
        about,
        ranks,
        certificates,
    )
    return st.lists(st.one_of(put, put, drop), max_size=14)


changes = st.lists(subjects, min_size=1, max_size=2).flatmap(lambda few: _changes(st.sampled_from(few)))
"""About one or two subjects: what is said of many hardly ever meets."""


class Naive:
    """Keeps the statements themselves."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._standing: dict[tuple[LicenceKind, str, int, str], Statement] = {}
        for change in changes:
            if isinstance(change, Put):
                said = change.statement
                self._standing[said.kind, said.subject, change.rank, said.certificate] = said
            else:
                self._standing.pop((change.kind, change.subject, change.rank, change.certificate), None)

    def about(self, kind: LicenceKind, subject: str) -> list[Statement]:
        return [said for (k, s, _, _), said in self._standing.items() if (k, s) == (kind, subject)]

    def counting(self, kind: LicenceKind, subject: str) -> list[Statement]:
        best: dict[str, tuple[int, Statement]] = {}
        for (k, s, rank, certificate), said in self._standing.items():
            if (k, s) == (kind, subject) and rank < best.get(certificate, (9, said))[0]:
                best[certificate] = rank, said
        return [best[certificate][1] for certificate in sorted(best)]

    def count(self, kind: LicenceKind) -> int:
        return len({s for k, s, _, _ in self._standing if k is kind})


def agree(index: LicenceIndex, naive: Naive) -> None:
    for kind, several in SUBJECTS.items():
        for subject in map(Subject, several):
            counting, stated = naive.counting(kind, subject), naive.about(kind, subject)
            turns = {turn for one in stated for p in one.periods for turn in (p.start, p.end)} - {None}
            assert index.turns(kind, subject) == sorted(turns)  # type: ignore[type-var]
            for at in map(minutes, range(-1, 8)):
                expected = in_force(counting, at)
                assert index.in_force(kind, subject, at) == expected
                assert index.holds(kind, subject, at) is expected.held
                if kind is PERMIT:
                    held = [one.area for one in counting if in_force([one], at).held]
                    assert index.areas(Plate(subject), at) == held
            if kind is PERMIT:
                registered = [one.first_registered for one in stated if one.first_registered]
                assert index.first_registered(Plate(subject)) == min(registered, default=None)
        assert index.count(kind) == naive.count(kind)


@pytest.mark.parametrize("way", WAYS)
@given(said=changes)
def test_what_was_said_is_read_as_the_law_reads_it(way: Way, said: list[Change]) -> None:
    index = LicenceIndex()
    way(index, said)

    agree(index, Naive(said))


@given(st.lists(st.tuples(st.sampled_from([singly, at_once, in_brief]), changes), max_size=4))
def test_it_does_not_matter_what_came_singly_and_what_at_once(
    portions: list[tuple[Way, list[Change]]],
) -> None:
    index, everything = LicenceIndex(), list[Change]()
    for way, said in portions:
        way(index, said)
        everything += said
        agree(index, Naive(everything))
