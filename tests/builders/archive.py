"""A desk's database after days of work: orders that judges let go of, and a register that speaks on."""

from collections.abc import Sequence

from regulator.domain.findings import EventKind, FindingEvent
from regulator.domain.instants import Instant
from regulator.domain.register import Heartbeat, RegisterMessage, Sources
from regulator.joins.keeping import Keeping
from regulator.joins.orders import Order
from regulator.judging.footing import Footing
from regulator.judging.judged import Judged
from regulator.store import Connection, Store
from regulator.store.enforcement import apply_judgements
from regulator.store.footings import FootingStore
from regulator.store.orders import OrderLeft
from regulator.store.queue_events import read_event, read_order
from regulator.store.register import Heard, RegisterStore
from regulator.store.rejudging import Look, Rejudging, Said
from regulator.wire.orders import encode_order
from regulator.wire.violations import encode_violation
from tests.builders.law import CITY, FEED, Sitting, minutes, sources


class City:
    """One judge (a sitting) and one desk's database, which hear the same of the register."""

    def __init__(self, store: Store, *stated: RegisterMessage, vouched: float | None = 1000) -> None:
        self.store = store
        self.sources: Sources = sources()
        self.sitting = Sitting(vouched=None)
        self.rejudging = Rejudging(self.sitting.law, self.sources)
        self.queue: list[FindingEvent] = []
        for message in stated:
            self.say(message)
        if vouched is not None:
            self.vouch(vouched)

    def say(self, message: RegisterMessage, at: float = 0) -> None:
        """Let the department say something to both."""
        self.sitting.say(message, at)
        with self.store.writing() as connection:
            heard = Heard(content=message, received_at=minutes(at), origin="here")
            RegisterStore(connection).take([heard])
        self.conclude()

    def vouch(self, complete_to: float) -> None:
        """Let the department vouch."""
        self.say(Heartbeat(source=CITY, complete_to=minutes(complete_to)), complete_to)

    def conclude(self) -> None:
        """Let the judge conclude; what it says and keeps reaches SQL."""
        self.keep_judged(self.sitting.conclude())

    def keep_judged(self, judged: Judged) -> None:
        """Let what the judge concluded reach SQL."""
        self.queue += judged.events
        with self.store.writing() as connection:
            apply_judgements(
                connection,
                [
                    read_event(encode_violation(one), arrived_at=minutes(0), origin="x")
                    for one in judged.events
                ],
                [self._state(order) for order in judged.changed],
                at=minutes(0),
            )

    def _state(self, order: Order):
        return read_order(encode_order(order), limits=self.sitting.law.limits, feed=FEED, partition=0)

    def let_go(self) -> None:
        """Let the judge forget everything that waits for nothing."""
        gone = self.sitting.book.forget(
            Keeping(arrived_before=minutes(100_000), waiting_before=minutes(100_000))
        )
        left = [OrderLeft(company=order.company, key=order.case) for order in gone]
        with self.store.writing() as connection:
            apply_judgements(connection, [], left, at=minutes(0))

    def work(self) -> list[Said]:
        """Let the archive do all its work; return what it says."""
        said: list[Said] = []
        for _ in range(1000):
            more = self.step()
            if more is None:
                return said
            said += more
        raise AssertionError("the archive's work does not end")

    def step(self) -> Sequence[Said] | None:
        """Let the archive do one step; None: there is nothing to do."""
        look = self.look()
        return None if look is None else self.keep(look)

    def look(self) -> Look | None:
        """Let the archive judge a little, under what is in force now."""
        stand_on(self.store, self.rejudging.footing(), at=minutes(0))
        with self.store.reading() as connection:
            return self.rejudging.look(connection, at=minutes(0))

    def keep(self, look: Look) -> Sequence[Said]:
        """Let it keep what came of it; what it says reaches SQL."""
        with self.store.writing() as connection:
            step = self.rejudging.keep(connection, look, at=minutes(0))
            self.queue += [one.event for one in step.said]
            self._project(connection, [one.event for one in step.said])
        assert step.defects == 0
        return step.said

    def _project(self, connection: Connection, events: Sequence[FindingEvent]) -> None:
        read = [read_event(encode_violation(one), arrived_at=minutes(0), origin="y") for one in events]
        apply_judgements(connection, read, [], at=minutes(0))


def stand_on(store: Store, footing: Footing, *, at: Instant) -> None:
    """Let the archive stand on a footing, as the desk does before each step."""
    with store.writing() as connection:
        plan = FootingStore(connection).plan(footing)
        if plan is not None:
            FootingStore(connection).begin(plan, at=at)


def standing(events: Sequence[FindingEvent]) -> dict[str, str]:
    """Return the judgement of each finding that stands, as one who reads the queue knows it."""
    last = {event.finding.id: event for event in events}
    return {
        id_: event.finding.judgement for id_, event in last.items() if event.kind is not EventKind.WITHDRAWN
    }
