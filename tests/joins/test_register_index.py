"""The register in memory answers what the law reads in the statements themselves."""

from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.licences import (
    NEVER,
    Answer,
    LicenceKind,
    Reason,
    SourceName,
    Statement,
    Subject,
    in_force,
)
from regulator.domain.register import (
    Heartbeat,
    RegisterChange,
    Sources,
    Stated,
    Withdrawal,
    complete_to,
    ranked,
)
from regulator.joins.register_index import RegisterIndex
from regulator.joins.statements import StatementBook
from tests.builders.law import (
    CAR,
    LI,
    OTHER_CAR,
    REVOKED,
    a_source,
    a_statement,
    a_withdrawal,
    minutes,
    period,
    sources,
)

Said = Statement | Withdrawal | Heartbeat
PERMIT = LicenceKind.VEHICLE_PERMIT


def an_index(*said: Said, declared: Sources | None = None) -> RegisterIndex:
    index, book = RegisterIndex(declared or sources()), StatementBook()
    for message in said:
        change = book.take(message)
        if change is not None:
            index.apply(change)
    return index


def reason(index: RegisterIndex, subject: str = CAR, at: float = 0) -> Reason | None:
    return index.in_force(PERMIT, Subject(subject), minutes(at)).reason


def test_a_newer_statement_replaces_the_older_one_entirely() -> None:
    index = an_index(a_statement(period(-9, 9), sequence=1), a_statement(period(-9, -1), sequence=2))

    assert reason(index) == Reason.EXPIRED


def test_an_older_sequence_changes_nothing() -> None:
    index = an_index(a_statement(period(-9, 9), sequence=2), a_statement(period(-9, -1), sequence=1))

    assert reason(index) is None


def test_of_equal_sequences_the_later_counts() -> None:
    index = an_index(a_statement(period(-9, 9)), a_statement(period(-9, -1)))

    assert reason(index) == Reason.EXPIRED


def test_a_withdrawal_takes_back_an_equal_or_lower_sequence() -> None:
    assert reason(an_index(a_statement(period(), sequence=3), a_withdrawal(3))) == Reason.NEVER
    assert reason(an_index(a_statement(period(), sequence=3), a_withdrawal(2))) is None
    assert reason(an_index(a_withdrawal(3), a_statement(period(), sequence=2))) == Reason.NEVER
    assert reason(an_index(a_withdrawal(3), a_statement(period(), sequence=4))) is None


def test_a_certificate_leaves_the_subject_that_it_no_longer_names() -> None:
    index = an_index(
        a_statement(period(), subject=CAR, sequence=1), a_statement(period(), subject=OTHER_CAR, sequence=2)
    )

    assert reason(index, CAR) == Reason.NEVER
    assert reason(index, OTHER_CAR) is None
    assert index.count(PERMIT) == 1


def test_a_certificate_that_was_withdrawn_under_one_subject_may_come_back_under_another() -> None:
    index = an_index(
        a_statement(period(), subject=CAR, sequence=1),
        a_withdrawal(2),
        a_statement(period(), subject=OTHER_CAR, sequence=3),
        a_statement(period(), subject=CAR, sequence=4),
    )

    assert reason(index, CAR) is None
    assert reason(index, OTHER_CAR) == Reason.NEVER


def test_the_source_that_comes_first_is_believed_about_a_certificate() -> None:
    declared = sources(a_source("city", precedence=2), a_source("ministry", precedence=1))
    said = [a_statement(period()), a_statement(period(state=REVOKED), source="ministry")]

    assert reason(an_index(*said, declared=declared)) == Reason.REVOKED
    assert reason(an_index(*reversed(said), declared=declared)) == Reason.REVOKED


def test_of_equal_sources_the_alphabetically_first_is_believed() -> None:
    declared = sources(a_source("b"), a_source("a"))
    said = [a_statement(period(), source="b"), a_statement(period(-9, -1), source="a")]

    assert reason(an_index(*said, declared=declared)) == Reason.EXPIRED


def test_precedence_is_a_certificates_affair() -> None:
    declared = sources(a_source("city", precedence=2), a_source("ministry", precedence=1))
    revoked = a_statement(period(state=REVOKED), certificate="one", source="ministry")
    valid = a_statement(period(), certificate="two", source="city")

    assert reason(an_index(revoked, valid, declared=declared)) is None


def test_when_the_first_source_withdraws_the_second_is_heard() -> None:
    declared = sources(a_source("city", precedence=2), a_source("ministry", precedence=1))
    said = [a_statement(period()), a_statement(period(state=REVOKED), source="ministry")]

    index = an_index(*said, a_withdrawal(1, source=SourceName("ministry")), declared=declared)

    assert reason(index) is None


def test_a_source_that_is_no_longer_listed_says_nothing() -> None:
    index = RegisterIndex(sources())

    assert index.apply(Stated(statement=a_statement(period(), source="gone"))) == ()
    assert reason(index) == Reason.NEVER


def test_a_change_names_the_subjects_that_it_touches() -> None:
    index, book = RegisterIndex(sources()), StatementBook()
    messages: list[Said] = [
        a_statement(period(), sequence=1),
        a_statement(period(), subject=OTHER_CAR, sequence=2),
        a_withdrawal(3),
    ]
    changes = [book.take(message) for message in messages]
    touched = [index.apply(change) for change in changes if change is not None]

    first, both = [Subject(CAR)], [Subject(CAR), Subject(OTHER_CAR)]
    assert [sorted(subjects) for subjects in touched] == [first, both, both]


def test_a_heartbeat_of_a_source_that_is_not_listed_completes_nothing() -> None:
    index = an_index(Heartbeat(source=SourceName("gone"), complete_to=minutes(5)))

    assert index.complete_to(PERMIT) is None
    assert index.heartbeats == {}


def test_nobody_is_known_to_an_empty_register() -> None:
    assert RegisterIndex(sources()).in_force(PERMIT, Subject(CAR), minutes(0)) == NEVER


# Against a naive reading, over anything that departments may say.

DECLARED = sources(
    a_source("a", precedence=2),
    a_source("b", precedence=1, required=False),
    a_source("c", precedence=1, grace=1),
)
_STATES = st.sampled_from(sorted(period().state.__class__))
_subjects = {
    LicenceKind.VEHICLE_PERMIT: st.sampled_from([CAR, OTHER_CAR]),
    LicenceKind.DRIVER_CERTIFICATE: st.just(LI),
    LicenceKind.PLATFORM_PERMIT: st.just("3101YPZC0001"),
}
_periods = st.lists(
    st.builds(
        lambda start, length, state: period(start, None if length is None else start + length, state),
        st.integers(0, 4),
        st.none() | st.integers(0, 4),
        _STATES,
    ),
    max_size=3,
).map(tuple)


def _about(**facts: Any) -> dict[str, Any]:
    return {
        "source": st.sampled_from(sorted(DECLARED)),
        "certificate": st.sampled_from(["one", "two"]),
        "sequence": st.integers(1, 3),
        **facts,
    }


def _statements(kind: LicenceKind) -> st.SearchStrategy[Statement]:
    about = _about(kind=st.just(kind), subject=_subjects[kind], periods=_periods)
    return st.fixed_dictionaries(about).map(lambda facts: Statement(**facts))


said = st.lists(
    st.one_of(
        _statements(PERMIT),
        st.sampled_from(sorted(LicenceKind)).flatmap(_statements),
        st.fixed_dictionaries(_about(kind=st.sampled_from(sorted(LicenceKind)))).map(
            lambda facts: Withdrawal(**facts)
        ),
        st.builds(
            Heartbeat, source=st.sampled_from(sorted(DECLARED)), complete_to=st.integers(0, 6).map(minutes)
        ),
    ),
    max_size=12,
)


class Naive:
    """All that was ever said, read from its beginning for each question."""

    def __init__(self, messages: Iterable[Said]) -> None:
        self._messages = list(messages)

    def in_force(self, kind: LicenceKind, subject: Subject, at: float) -> Answer:
        counting: dict[str, Statement] = {}
        for source in reversed(ranked(DECLARED)):
            for certificate in ("one", "two"):
                statement = self._present(source, kind, certificate)
                if statement is not None and statement.subject == subject:
                    counting[certificate] = statement
        return in_force(list(counting.values()), minutes(at))

    def complete_to(self, kind: LicenceKind) -> int | None:
        vouched: dict[SourceName, Any] = {}
        for one in self._messages:
            if isinstance(one, Heartbeat):
                vouched[one.source] = max(vouched.get(one.source, one.complete_to), one.complete_to)
        return complete_to(kind, DECLARED, vouched)

    def _present(self, source: SourceName, kind: LicenceKind, certificate: str) -> Statement | None:
        present: Statement | Withdrawal | None = None
        for one in self._messages:
            if isinstance(one, Heartbeat) or (one.source, one.kind, one.certificate) != (
                source,
                kind,
                certificate,
            ):
                continue
            if present is None or one.sequence >= present.sequence:
                present = one
        return present if isinstance(present, Statement) else None


def agree(index: RegisterIndex, naive: Naive) -> None:
    for kind, subjects in _ALL.items():
        assert index.complete_to(kind) == naive.complete_to(kind)
        for subject in subjects:
            for at in range(-1, 8):
                expected = naive.in_force(kind, subject, at)
                assert index.in_force(kind, subject, minutes(at)) == expected, (subject, at)
                assert index.holds(kind, subject, minutes(at)) is expected.held, (subject, at)


_ALL = {
    LicenceKind.VEHICLE_PERMIT: [Subject(CAR), Subject(OTHER_CAR)],
    LicenceKind.DRIVER_CERTIFICATE: [Subject(LI)],
    LicenceKind.PLATFORM_PERMIT: [Subject("3101YPZC0001")],
}


@given(said)
def test_the_index_answers_as_a_reading_of_everything_that_was_said(messages: list[Said]) -> None:
    agree(an_index(*messages, declared=DECLARED), Naive(messages))


@given(said, st.data())
def test_repetition_and_the_order_across_certificates_do_not_matter(
    messages: list[Said], data: st.DataObject
) -> None:
    """Each thing's own order stays; what is repeated at once changes nothing."""
    queues: dict[object, list[Said]] = {}
    for message in messages:
        queues.setdefault(_thing(message), []).extend([message] * data.draw(st.integers(1, 2)))
    turns = data.draw(st.permutations([thing for thing, queue in queues.items() for _ in queue]))

    mixed = [queues[thing].pop(0) for thing in turns]

    agree(an_index(*mixed, declared=DECLARED), Naive(messages))


@given(said)
def test_a_compacted_register_answers_the_same(messages: list[Said]) -> None:
    """Kafka keeps the newest change of each thing: that is enough."""
    book, newest = StatementBook(), dict[object, RegisterChange]()
    for message in messages:
        change = book.take(message)
        if change is not None:
            newest.pop(_thing(message), None)
            newest[_thing(message)] = change
    index = RegisterIndex(DECLARED)
    for change in newest.values():
        index.apply(change)

    agree(index, Naive(messages))


def _thing(message: Said) -> object:
    if isinstance(message, Heartbeat):
        return message.source
    return message.source, message.kind, message.certificate
