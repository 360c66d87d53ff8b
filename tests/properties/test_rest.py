"""Arrival order, repetition and where a log is cut do not change the answer at rest."""

from operator import itemgetter

from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.instants import SECOND, Instant
from regulator.replay.recorded import Message
from tests.properties import stories
from tests.properties.installation import Desk, Topics, Worker
from tests.properties.rest import at_rest, folded, noises, violations
from tests.properties.stories import Story, told


@given(story=stories.stories, data=st.data())
def test_neither_the_feeds_order_nor_how_the_register_came_between_matters(
    story: Story, data: st.DataObject
) -> None:
    tidy = at_rest(told(stories.one_after_the_other(story)))

    mixed = data.draw(stories.interleavings(story, permuted=True))

    assert at_rest(told(mixed)) == tidy


@given(story=stories.stories, data=st.data())
def test_to_hear_it_twice_is_to_hear_it_once(story: Story, data: st.DataObject) -> None:
    """A record of the feed may come again at any time; a department's where no other came between."""
    once = data.draw(stories.interleavings(story))
    again = data.draw(st.lists(st.sampled_from(story.feed), max_size=5))
    places = data.draw(st.lists(st.integers(0, len(once)), min_size=len(again), max_size=len(again)))
    twice = [entry for entry in once for _ in range(data.draw(st.integers(1, 2)))]
    for place, payload in zip(places, again, strict=True):
        twice.insert(place, (stories.FEED, payload))

    assert at_rest(told(twice)) == at_rest(told(once))


@given(story=stories.stories_with_unusable_times, data=st.data())
def test_a_later_repetition_changes_nothing_also_without_a_usable_time(
    story: Story, data: st.DataObject
) -> None:
    """Such a report is judged at its first arrival."""
    once = [
        (stories.LATER + 10 * number * SECOND, topic, payload)
        for number, (topic, payload) in enumerate(data.draw(stories.interleavings(story)))
    ]
    again = [
        (at + 5 * SECOND + data.draw(st.integers(0, 10)) * 10 * SECOND, topic, payload)
        for at, topic, payload in once
        if topic == stories.FEED and data.draw(st.booleans())
    ]

    twice = sorted([*once, *again], key=itemgetter(0))

    assert at_rest(arriving(twice)) == at_rest(arriving(once))


def arriving(entries: list[tuple[int, str, bytes]]) -> list[Message]:
    return [Message(topic, Instant(at), payload) for at, topic, payload in entries]


@given(story=stories.stories, data=st.data())
def test_however_the_log_is_cut_into_runs_the_queue_says_what_a_replay_finds(
    story: Story, data: st.DataObject
) -> None:
    mixed = data.draw(stories.interleavings(story))
    topics = Topics(feed=story.feed)
    desk, worker = Desk(topics), Worker(topics)
    waiting = 0

    for topic, payload in mixed:
        if topic == stories.FEED:
            waiting += 1
        else:
            desk.hear(topic.removeprefix("feed.register."), payload)
            worker.follow()
        if data.draw(st.booleans()):
            worker.hear(waiting)
            waiting = 0
        elif data.draw(st.booleans()):
            worker.rejudge()
    worker.hear(waiting)
    desk.pass_on()
    worker.follow()
    worker.rejudge()

    assert folded(topics.violations) == violations(at_rest(told(mixed)))
    assert noises(topics.violations) == []
