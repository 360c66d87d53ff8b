"""A crash between any two writes: nothing lost, nothing doubled, nothing invented."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

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
    count: int = 0


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
        for step in (Step(Do.FOLLOW, 100), Step(Do.HEAR, 100), Step(Do.REJUDGE)):
            self.do(step)
            self.do(step)

    def _do(self, step: Step) -> None:
        match step.do:
            case Do.HEAR:
                self._worker.hear(step.count)
            case Do.FOLLOW:
                for department, payload in self._to_say[: step.count]:
                    self._desk.hear(department, payload)
                del self._to_say[: step.count]
                self._worker.follow()
            case Do.REJUDGE:
                self._worker.rejudge()
            case Do.COMPACT:
                self.topics.compact_register()
            case Do.CRASH:
                self._worker = Worker(self.topics, writes=step.count)


@given(story=stories.stories, steps=steps)
def test_nothing_is_lost_doubled_or_invented(story: Story, steps: list[Step]) -> None:
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
