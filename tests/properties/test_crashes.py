"""A crash between any two writes: nothing lost, nothing doubled, nothing invented."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import stories
from tests.properties.installation import Crashed, Desk, Topics, Worker
from tests.properties.rest import at_rest, fates, folded, noises, violations
from tests.properties.stories import Story, told


class Do(StrEnum):
    HEAR = "hear a run"
    FOLLOW = "follow the register"
    REJUDGE = "judge again"
    CRASH = "crash"
    COMPACT = "the broker compacts the register"


class Step(NamedTuple):
    do: Do
    size: int = 0


_hear = st.builds(Step, st.just(Do.HEAR), st.integers(1, 4))
_crash = st.builds(Step, st.just(Do.CRASH), st.integers(0, 6))
steps = st.lists(
    st.one_of(
        st.tuples(_crash, _hear, _hear),  # a run that is not acknowledged, and comes again in another cut
        st.tuples(_hear),
        st.tuples(st.builds(Step, st.just(Do.FOLLOW), st.integers(1, 3))),
        st.tuples(_crash, st.builds(Step, st.sampled_from([Do.REJUDGE, Do.COMPACT]))),
    ),
    max_size=8,
).map(lambda groups: [step for group in groups for step in group])


class Installation:
    """Workers that come and go over one set of topics."""

    def __init__(self, feed: list[bytes], register: Iterable[tuple[str, bytes]]) -> None:
        self.topics = Topics(feed=feed)
        self._desk = Desk(self.topics)
        self._to_say = list(register)
        self._worker = Worker(self.topics)

    def do(self, step: Step) -> None:
        """Do one step; a worker that dies in it is replaced."""
        try:
            self._do(step)
        except Crashed:
            self._worker = Worker(self.topics)

    def settle(self) -> None:
        """Let everything come to rest."""
        for step in (Step(Do.FOLLOW, 100), Step(Do.HEAR, 100), Step(Do.FOLLOW, 100), Step(Do.REJUDGE)):
            self.do(step)
            self.do(step)

    def _do(self, step: Step) -> None:
        match step.do:
            case Do.HEAR:
                self._worker.hear(step.size)
            case Do.FOLLOW:
                for department, payload in self._to_say[: step.size]:
                    self._desk.hear(department, payload)
                del self._to_say[: step.size]
                self._desk.pass_on()
                self._worker.follow()
            case Do.REJUDGE:
                self._worker.rejudge()
            case Do.COMPACT:
                self.topics.compact_register()
            case Do.CRASH:
                self._worker = Worker(self.topics, writes=step.size)


def check(story: Story, steps: Iterable[Step]) -> None:
    """Go through the steps, come to rest, and compare with a replay."""
    register = [(name, payload) for name, said in story.departments.items() for payload in said]
    installation = Installation(list(story.feed), register)

    for step in steps:
        installation.do(step)
    installation.settle()

    messages = told(stories.one_after_the_other(story))
    rest = at_rest(messages)
    assert folded(installation.topics.violations) == violations(rest)
    assert noises(installation.topics.violations) == []
    assert installation.topics.fates == fates(messages)


@given(story=stories.stories_with_unusable_times, steps=steps)
def test_nothing_is_lost_doubled_or_invented(story: Story, steps: list[Step]) -> None:
    check(story, steps)


THREE_RIDES = Story(
    [
        stories.a_match("order-1", "沪AD12345"),
        stories.a_match("order-2", "沪BK2345"),
        stories.a_match("order-3", "沪A12345"),
    ],
    {"city": [stories.a_heartbeat(6), stories.a_permit("沪AD12345")]},
)
"""Each order breaks three rules. What the city says second takes one finding of the first back."""


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(
            [
                Step(Do.FOLLOW, 1),
                Step(Do.CRASH, 3),
                Step(Do.HEAR, 1),  # raised, nothing kept
                Step(Do.FOLLOW, 1),
                Step(Do.CRASH, 1),
                Step(Do.HEAR, 1),  # withdrawn, nothing kept
                Step(Do.HEAR, 1),
            ],
            id="a withdrawal of what was never kept is said once",
        ),
        pytest.param(
            [
                Step(Do.FOLLOW, 1),
                Step(Do.HEAR, 1),
                Step(Do.CRASH, 1),
                Step(Do.FOLLOW, 1),
                Step(Do.REJUDGE),  # withdrawn, not kept
                Step(Do.REJUDGE),
                Step(Do.HEAR, 1),  # something else is said and kept
                Step(Do.CRASH),
            ],
            id="what a judge was reminded of is kept before the checkpoint passes it",
        ),
        pytest.param(
            [
                Step(Do.FOLLOW, 1),
                Step(Do.HEAR, 1),
                Step(Do.CRASH, 0),
                Step(Do.HEAR, 2),  # read and not acknowledged
                Step(Do.CRASH, 1),
                Step(Do.FOLLOW, 1),
                Step(Do.REJUDGE),  # withdrawn, not kept
                Step(Do.HEAR, 1),  # something else is said and kept, while more is to come again
                Step(Do.CRASH),
            ],
            id="a second crash reads the same tail again",
        ),
    ],
)
def test_crash_upon_crash(steps: list[Step]) -> None:
    check(THREE_RIDES, steps)
