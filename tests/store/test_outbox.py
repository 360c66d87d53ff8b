"""Letters leave in the order in which they matter: a topic's own, and nothing is given back too early."""

from regulator.domain.register import Mileage
from regulator.store import Store
from regulator.store.outbox import OutboxStore, Post
from regulator.store.register import RegisterStore
from tests.builders.law import driven, minutes


def letters(store: Store, *posts: Post | Mileage) -> None:
    with store.writing() as connection:
        box = OutboxStore(connection)
        for post in posts:
            if isinstance(post, Post):
                box.post([post], at=minutes(0))
            else:
                box.queue([post], at=minutes(0))


def finding(number: int) -> Post:
    return Post("enforcement.violations", 3, b"%d" % number, b"{}")


RETURNED = Post("returned", 0, b"order", b"{}")


def send_others(store: Store) -> list[tuple[str, int, bytes]]:
    """Send what is next of all but the register, as the postman does."""
    with store.writing() as connection:
        box = OutboxStore(connection)
        found = box.first_of_others(100)
        if found:
            box.sent(found[-1].id, topic=found[-1].topic)
        return [(one.topic, one.partition, one.key) for one in found]


def test_an_order_is_given_back_only_when_what_was_said_about_it_is_sent(store: Store) -> None:
    letters(store, finding(1), finding(2), RETURNED, finding(3))

    said = "enforcement.violations"
    assert send_others(store) == [(said, 3, b"1"), (said, 3, b"2")]
    assert [topic for topic, *_ in send_others(store)] == ["returned"]
    assert send_others(store) == [(said, 3, b"3")]
    assert send_others(store) == []


def test_topics_take_turns_in_the_order_in_which_their_letters_were_written(store: Store) -> None:
    notice = Post("notices.sunny", 0, b"car", b"{}")
    letters(store, driven(1), notice, driven(2), finding(1), finding(2), notice, RETURNED, finding(3))

    sent = []
    while found := send_others(store):
        sent.append([topic for topic, *_ in found])

    said = "enforcement.violations"
    assert sent == [["notices.sunny"], [said, said], ["notices.sunny"], ["returned"], [said]]


def test_the_register_does_not_wait_behind_findings(store: Store) -> None:
    letters(store, finding(1), driven(1), finding(2), driven(2))

    with store.writing() as connection:
        box = OutboxStore(connection)
        first = box.first(100)
        assert [one.topic for one in first] == ["register", "register"]
        box.sent(first[-1].id)
        assert box.first(100) == []
        assert len(box.first_of_others(100)) == 2


def test_that_the_register_is_said_anew_forgets_no_finding(store: Store) -> None:
    letters(store, finding(1), driven(1), RETURNED)

    with store.writing() as connection:
        RegisterStore(connection).requeue(at=minutes(1))
        box = OutboxStore(connection)

        assert box.first(100) == []
        assert box.waiting().count == 2
