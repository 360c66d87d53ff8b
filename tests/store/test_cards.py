"""Findings join the open card of their car and driver; the card follows what stands and where it rides."""

import pytest

from regulator.domain.alerts import ClosedBecause
from regulator.domain.orders import Stage
from regulator.joins.journeys import Phase
from regulator.store import Store
from regulator.store.cards import Card, CardStore
from regulator.store.claims import ClaimStore
from regulator.store.enforcement import Applied, apply_judgements
from regulator.store.findings import FindingStore, QueueEvent
from regulator.store.orders import OrderState
from tests.builders.queue import CAR, EIGHT, LI, WANG, minutes, order_state, raised, updated, withdrawn

NOBODY_NAMED = {"driver": "", "vehicle": ""}


def apply(store: Store, *happened: QueueEvent | OrderState, at: int = EIGHT) -> Applied:
    events = [one for one in happened if isinstance(one, QueueEvent)]
    states = [one for one in happened if isinstance(one, OrderState)]
    with store.writing() as connection:
        return apply_judgements(connection, events, states, at=at)


def open_cards(store: Store, **asked) -> list[Card]:
    with store.reading() as connection:
        return CardStore(connection).open_cards(EIGHT, **asked)


def all_cards(store: Store) -> list[Card]:
    with store.reading() as connection:
        return CardStore(connection).changed_since(0)


def test_a_violation_opens_a_card_that_says_all_an_officer_asks(store):
    apply(store, raised())

    (card,) = open_cards(store)
    assert (card.vehicle, card.driver, card.last4, card.district) == (CAR, LI, "002X", "310104")
    assert (card.phase, card.standing, card.claimed_by, card.opened_at) == (Phase.MATCHED, 1, None, EIGHT)
    (finding,) = card.findings
    assert (finding.rule, finding.reason, finding.order) == ("vehicle_permit", "expired", "order-1")
    assert finding.event.vehicle_permit.certificate == "沪交运管许可310115002863"


def test_findings_of_one_car_and_driver_share_a_card_whatever_the_company(store):
    apply(
        store, raised("f1"), raised("f2", rule="driver_certificate", company="3101YPZC0009", order="order-2")
    )

    (card,) = open_cards(store)
    assert card.standing == 2


@pytest.mark.parametrize(
    ("one", "other", "cards"),
    [
        pytest.param({}, {"driver": WANG}, 2, id="another driver"),
        pytest.param({}, {"vehicle": "沪AD54321"}, 2, id="another car"),
        pytest.param({"driver": ""}, {"driver": ""}, 1, id="no driver, one car, one company"),
        pytest.param({"driver": ""}, {"driver": "", "company": "other"}, 2, id="no driver, two companies"),
        pytest.param({"driver": ""}, {}, 2, id="no driver, and a driver"),
        pytest.param(
            {"driver": "", "vehicle": ""},
            {"driver": "", "vehicle": "", "order": "order-2"},
            2,
            id="nobody twice",
        ),
        pytest.param({"driver": "", "vehicle": ""}, {"driver": "", "vehicle": ""}, 1, id="nobody, one order"),
    ],
)
def test_who_shares_a_card(store, one, other, cards):
    apply(store, raised("f1", **one), raised("f2", **other))

    assert len(open_cards(store)) == cards


def test_the_same_events_again_have_no_effect(store):
    first = apply(store, raised("f1"), raised("f2"), order_state())
    before = all_cards(store)

    again = apply(store, raised("f1"), raised("f2"), order_state())

    assert all_cards(store) == before
    assert (first.news, first.cards, again.news, again.cards) == (2, 1, 0, 0)


def test_a_withdrawn_finding_leaves_the_card_and_the_last_one_closes_it(store):
    apply(store, raised("f1"), raised("f2"))
    apply(store, withdrawn("f1"))
    (card,) = open_cards(store)
    assert [finding.id for finding in card.findings] == ["f2"]

    apply(store, withdrawn("f2"), at=minutes(5))

    assert open_cards(store) == []
    (closed,) = all_cards(store)
    assert (closed.closed_because, closed.closed_at) == (ClosedBecause.WITHDRAWN, minutes(5))
    assert closed.standing == 0
    assert [finding.event.event for finding in closed.findings] == ["withdrawn"]


def test_raised_and_withdrawn_at_once_opens_nothing(store):
    apply(store, raised(), withdrawn())

    assert all_cards(store) == []


def test_a_withdrawal_of_what_was_never_heard_of_opens_nothing(store):
    apply(store, withdrawn())

    assert all_cards(store) == []
    with store.reading() as connection:
        assert FindingStore(connection).standing_by_rule() == {}


def test_a_finding_that_stands_again_reopens_its_card_as_nobodys(store):
    apply(store, raised())
    (card,) = open_cards(store)
    with store.writing() as connection:
        ClaimStore(connection).claim(card.id, "officer 7", at=EIGHT)
    apply(store, withdrawn())

    apply(store, raised(judgement="j3"))

    (again,) = open_cards(store)
    assert (again.id, again.claimed_by, again.closed_at) == (card.id, None, None)
    assert again.change > card.change


def test_an_update_that_names_another_driver_moves_the_finding(store):
    apply(store, raised("f1"))

    apply(store, updated("f1", driver=WANG))

    (card,) = open_cards(store)
    assert card.driver == WANG
    assert [one.closed_because for one in all_cards(store)].count(ClosedBecause.WITHDRAWN) == 1


def test_an_update_of_a_handled_finding_does_not_ring_again_and_a_new_finding_does(store):
    apply(store, raised("f1"))
    (card,) = open_cards(store)
    with store.writing() as connection:
        ClaimStore(connection).close(card.id, "officer 7", note="warned", at=EIGHT)

    apply(store, updated("f1"))
    assert open_cards(store) == []

    apply(store, raised("f2", order="order-2", at=minutes(30)))
    (new,) = open_cards(store)
    assert new.id != card.id
    assert [finding.id for finding in new.findings] == ["f2"]


def test_the_card_follows_its_newest_orders_ride(store):
    apply(store, raised("f1", at=minutes(0)))
    apply(store, order_state("order-1", Phase.ON_TRIP, arrival=minutes(20), bound_for="虹桥站"))
    (riding,) = open_cards(store)
    apply(store, raised("f2", order="order-2", at=minutes(30)), order_state("order-2", Phase.MATCHED))
    (matched,) = open_cards(store)
    apply(store, order_state("order-1", Phase.ENDED))
    (unmoved,) = open_cards(store)
    apply(store, order_state("order-2", Phase.ENDED))
    (ended,) = open_cards(store)

    assert (riding.phase, riding.expected_arrival, riding.destination_text) == (
        Phase.ON_TRIP,
        minutes(20),
        "虹桥站",
    )
    assert (matched.phase, matched.order_key) == (Phase.MATCHED, "order-2")
    assert unmoved == matched
    assert ended.phase is Phase.ENDED


def test_a_state_that_came_before_its_finding_is_used(store):
    apply(store, order_state("order-1", Phase.ON_TRIP, arrival=minutes(9)))
    apply(store, raised())

    (card,) = open_cards(store)
    assert card.expected_arrival == minutes(9)


def test_the_most_interceptable_come_first(store):
    rides = {
        "ended": order_state("ended", Phase.ENDED),
        "logged in": order_state("logged in", Phase.LOGGED_IN),
        "past": order_state("past", Phase.ON_TRIP, arrival=minutes(-1)),
        "matched": order_state("matched", Phase.MATCHED, arrival=minutes(1)),
        "later": order_state("later", Phase.ON_TRIP, arrival=minutes(8)),
        "soon": order_state("soon", Phase.ON_TRIP, arrival=minutes(0)),
    }
    for name, ride in rides.items():
        apply(store, raised(name, vehicle=name, order=name), ride)

    cards = open_cards(store)

    assert [card.order_key for card in cards] == ["soon", "later", "past", "matched", "logged in", "ended"]
    with store.reading() as connection:
        counts = CardStore(connection).count_open()
    assert counts[Phase.ON_TRIP] == 3


def test_cards_are_shown_by_district(store):
    apply(store, raised("f1"), raised("f2", vehicle="沪AD54321", district="310105"))

    assert [card.vehicle for card in open_cards(store, district="310105")] == ["沪AD54321"]


def test_what_changed_since_is_asked_by_number(store):
    apply(store, raised("f1"))
    with store.reading() as connection:
        seen = CardStore(connection).newest_change()
    apply(store, raised("f2", vehicle="沪AD54321"))
    apply(store, withdrawn("f1"))

    with store.reading() as connection:
        changed = CardStore(connection).changed_since(seen)
        first = CardStore(connection).changed_since(seen, limit=1)

    assert [card.vehicle for card in changed] == ["沪AD54321", CAR]
    assert [card.vehicle for card in first] == ["沪AD54321"]


def test_a_card_of_many_findings_shows_the_newest_and_counts_all(store):
    apply(store, *(raised(f"f{n}", order=f"order-{n}", at=minutes(n)) for n in range(30)))

    (card,) = open_cards(store)
    assert (card.standing, len(card.findings), card.findings[0].id) == (30, 20, "f29")


def test_a_login_is_a_case_of_its_own(store):
    login = f"{CAR}|{LI}|20260302080000"
    apply(store, raised(login=login, stage=Stage.LOGIN))

    (card,) = open_cards(store)
    assert (card.order_key, card.phase) == (login, Phase.LOGGED_IN)
