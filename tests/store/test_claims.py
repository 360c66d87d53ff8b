"""Of two officers who claim a card at once one has it, and the other is told who."""

import threading

import pytest

from regulator.domain.alerts import ClosedBecause
from regulator.store.audit import AuditStore
from regulator.store.cards import CardStore
from regulator.store.claims import Act, ClaimStore, Outcome
from regulator.store.enforcement import apply_judgements
from tests.builders.queue import EIGHT, minutes, raised, withdrawn


@pytest.fixture
def card(store):
    with store.writing() as connection:
        apply_judgements(connection, [raised()], [], at=EIGHT)
    with store.reading() as connection:
        (card,) = CardStore(connection).open_cards(EIGHT)
    return card


def act(store, what, *arguments, **more):
    with store.writing() as connection:
        return getattr(ClaimStore(connection), what)(*arguments, **{"at": minutes(1), **more})


def seen(store, card):
    with store.reading() as connection:
        return CardStore(connection).card(card.id)


def test_the_first_has_it_and_the_others_see_who(store, card):
    assert act(store, "claim", card.id, "李警官") == Act(Outcome.DONE, "李警官")
    assert act(store, "claim", card.id, "王警官") == Act(Outcome.TAKEN, "李警官")
    assert act(store, "claim", card.id, "李警官") == Act(Outcome.DONE, "李警官")

    now = seen(store, card)
    assert (now.claimed_by, now.claimed_at) == ("李警官", minutes(1))
    assert now.change > card.change


def test_twenty_who_claim_at_once(store, card):
    acts = []
    start = threading.Barrier(20)

    def claim(officer):
        start.wait()
        acts.append(act(store, "claim", card.id, officer))

    threads = [threading.Thread(target=claim, args=(f"officer {n}",)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [one.outcome for one in acts].count(Outcome.DONE) == 1
    assert {one.by for one in acts} == {seen(store, card).claimed_by}


def test_only_its_officer_gives_it_back(store, card):
    act(store, "claim", card.id, "李警官")

    assert act(store, "release", card.id, "王警官") == Act(Outcome.TAKEN, "李警官")
    assert act(store, "release", card.id, "李警官") == Act(Outcome.DONE, None)
    assert seen(store, card).claimed_by is None


def test_a_handled_card_is_closed_with_the_officers_note(store, card):
    act(store, "claim", card.id, "李警官")

    assert act(store, "close", card.id, "王警官", note="x") == Act(Outcome.TAKEN, "李警官")
    assert act(store, "close", card.id, "李警官", note="已处理") == Act(Outcome.DONE, "李警官")

    now = seen(store, card)
    assert (now.closed_because, now.closed_by, now.note) == (ClosedBecause.HANDLED, "李警官", "已处理")
    assert act(store, "claim", card.id, "王警官") == Act(Outcome.NOT_OPEN, "李警官")


def test_a_card_that_closed_itself_cannot_be_claimed(store, card):
    with store.writing() as connection:
        apply_judgements(connection, [withdrawn()], [], at=EIGHT)

    assert act(store, "claim", card.id, "李警官") == Act(Outcome.NOT_OPEN, None)
    assert act(store, "claim", "no such card", "李警官") == Act(Outcome.NOT_OPEN, None)


def test_every_act_is_on_record_and_what_did_nothing_is_not(store, card):
    act(store, "claim", card.id, "李警官")
    act(store, "claim", card.id, "王警官")
    act(store, "release", card.id, "李警官")

    with store.reading() as connection:
        entries = [(one.who, one.what, one.subject) for one in AuditStore(connection).newest(10)]
    assert entries == [("李警官", "release", card.id), ("李警官", "claim", card.id)]


def test_claims_and_findings_at_once_lose_nothing(store, card):
    def find():
        for number in range(40):
            with store.writing() as connection:
                apply_judgements(connection, [raised(f"more {number}", order=f"o{number}")], [], at=EIGHT)

    finding = threading.Thread(target=find)
    finding.start()
    for number in range(40):
        act(store, "claim" if number % 2 == 0 else "release", card.id, "李警官")
    finding.join()

    now = seen(store, card)
    assert (now.standing, now.claimed_by) == (41, None)
    with store.reading() as connection:
        assert CardStore(connection).newest_change() == 81
