"""The bridge forwards a dispatch at least once, through breaks on either side, within bounds."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from threading import Event

import pytest
from prometheus_client import CollectorRegistry

from regulator.domain.errors import Misconfigured
from regulator.domain.feed import FeedKind
from regulator.wire.dispatch import TOPICS, Part
from regulator.wire.ministry.protobuf import OTIpcList
from streams.bridge.bridge import Bridge
from streams.bridge.held import Held
from streams.bridge.metrics import BridgeMetrics
from streams.bridge.sink import Sink, Stopped
from streams.bridge.terms import Account, Terms
from tests.streams.bridge.ministry import PASSWORD, Ministry, frames

QUICK = Terms(first_pause=0.02, longest_pause=0.1, ping_seconds=0.05, answer_seconds=2)


class Shelf(Sink):
    """Keeps what it is told to write, while it is open."""

    def __init__(self, stop: Event) -> None:
        super().__init__("nowhere:0", "ministry", stop=stop)
        self.kept: list[Part] = []
        self.open = Event()
        self.open.set()
        self._giving_up = stop

    def write(self, parts: Sequence[Part]) -> None:
        while not self.open.wait(0.01):
            if self._giving_up.is_set():
                raise Stopped
        self.kept += parts

    def plates(self, kind: FeedKind, company: str) -> list[str]:
        """What is kept of a company on one of the topics, in order."""
        envelopes = [
            envelope
            for part in self.kept
            if (part.kind, part.company) == (kind, company.encode())
            for envelope in OTIpcList.FromString(part.payload).otpic
        ]
        return [
            record.VehicleNo
            for envelope in envelopes
            for record in (*envelope.operateLogout, *envelope.positionVehicle)
        ]


class Forwarding:
    """A bridge at work in this test's loop."""

    def __init__(self, account: Account, terms: Terms = QUICK) -> None:
        self.give_up, self.stop = Event(), asyncio.Event()
        self.shelf = Shelf(self.give_up)
        self.registry = CollectorRegistry()
        metrics = BridgeMetrics(self.registry)
        self.bridge = Bridge(account, TOPICS, sink=self.shelf, metrics=metrics, terms=terms)
        self._task: asyncio.Task[int]

    async def __aenter__(self) -> "Forwarding":
        self._task = asyncio.create_task(self.bridge.run(self.stop, give_up=self.give_up))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.ended()

    async def ended(self) -> int:
        """Stop it; return its exit code."""
        self.stop.set()
        return await self._task

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for something."""
        async with asyncio.timeout(20):
            while not true():
                assert not self._task.done(), self._task
                await asyncio.sleep(0.01)

    def metric(self, name: str, **labels: str) -> float:
        """Return a metric's value now."""
        value = self.registry.get_sample_value(name, labels)
        assert value is not None
        return value


def plates(number: int) -> list[str]:
    return [f"沪AD{one:05d}" for one in range(number)]


async def test_every_record_reaches_its_topic_in_its_company_s_order() -> None:
    with Ministry(frames(50)).serving() as ministry:
        async with Forwarding(ministry.account) as it:
            await it.until(lambda: len(it.shelf.plates(FeedKind.ORDERS, "3101YPZC0002")) == 50)

            for kind, company in (
                (FeedKind.ORDERS, "3101YPZC0001"),
                (FeedKind.ORDERS, "3101YPZC0002"),
                (FeedKind.POSITIONS, "3101YPZC0001"),
            ):
                assert it.shelf.plates(kind, company) == plates(50)
    assert ministry.asked == [f"{','.join(TOPICS)} earliest"]


async def test_a_connection_cut_in_the_middle_is_taken_up_again_and_nothing_is_missing() -> None:
    with Ministry(frames(60), breaks=[7, 0, 33, 59]).serving() as ministry:
        async with Forwarding(ministry.account) as it:
            await it.until(lambda: plates(60)[-1] in it.shelf.plates(FeedKind.ORDERS, "3101YPZC0001"))

            assert set(it.shelf.plates(FeedKind.ORDERS, "3101YPZC0001")) == set(plates(60))
            assert set(it.shelf.plates(FeedKind.POSITIONS, "3101YPZC0001")) == set(plates(60))
            assert it.metric("regulator_bridge_connections_total", outcome="opened") == 5
            assert it.metric("regulator_bridge_connected") == 1


async def test_what_was_read_before_a_break_is_kept_while_the_broker_is_away() -> None:
    with Ministry(frames(20), breaks=[10, *[0] * 200]).serving() as ministry:
        async with Forwarding(ministry.account) as it:
            it.shelf.open.clear()
            await it.until(lambda: len(ministry.asked) > 2)  # it has come back, and is told nothing more
            assert it.shelf.kept == []

            it.shelf.open.set()
            await it.until(lambda: it.shelf.kept != [])

            assert it.shelf.plates(FeedKind.ORDERS, "3101YPZC0002") == plates(10)


async def test_a_broker_that_is_away_stops_the_reading_before_memory_fills() -> None:
    many = Terms(first_pause=0.02, ping_seconds=0.05, held_frames=5)
    with Ministry(frames(20) + [b"\n" * 1_000_000] * 300).serving() as ministry:
        async with Forwarding(ministry.account, many) as it:
            it.shelf.open.clear()
            await it.until(lambda: it.metric("regulator_bridge_frames_total") == 5)
            await asyncio.sleep(0.3)

            assert it.metric("regulator_bridge_frames_total") == 5
            assert ministry.sent < 100  # the rest waits on the other side
            it.shelf.open.set()


async def test_it_ends_when_everything_that_came_is_written_and_says_so_when_it_is_not() -> None:
    with Ministry(frames(20)).serving() as ministry:
        async with Forwarding(ministry.account) as it:
            await it.until(lambda: it.metric("regulator_bridge_frames_total") == 20)
            assert await it.ended() == 0
            assert it.shelf.plates(FeedKind.ORDERS, "3101YPZC0001") == plates(20)


async def test_it_pings_and_stays() -> None:
    with Ministry([]).serving() as ministry:
        async with Forwarding(ministry.account) as it:
            await it.until(lambda: ministry.pings >= 3)

            assert it.bridge.health().ok
            assert it.bridge.health().reasons == ()
            assert len(ministry.asked) == 1


async def test_a_line_without_any_sign_of_life_is_given_up() -> None:
    deaf = Terms(first_pause=0.02, silent_seconds=0.2, ping_seconds=60)
    with Ministry([]).serving() as ministry:
        async with Forwarding(ministry.account, deaf) as it:
            await it.until(lambda: len(ministry.asked) >= 2)


@pytest.mark.parametrize(
    ("password", "refuses", "said"),
    [("wrong", 0, "no token: status 401"), (PASSWORD, 1_000, "no token: status 502")],
)
async def test_it_says_why_it_is_not_connected_and_goes_on_trying(
    password: str, refuses: int, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with Ministry(frames(1), refuses=refuses).serving() as ministry:
        account = Account(ministry.account.url, ministry.account.user, password)
        async with Forwarding(account) as it:
            await it.until(lambda: it.metric("regulator_bridge_connections_total", outcome="failed") >= 3)

            assert it.bridge.health().ok
            assert it.bridge.health().reasons == (f"ministry's dispatch: {said}",)
    assert caplog.text.count(said) == 1


async def test_no_password_and_no_token_are_ever_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Ministry(frames(5), breaks=[2, 1], refuses=2).serving() as ministry:
        async with Forwarding(ministry.account) as it:
            await it.until(lambda: len(it.shelf.plates(FeedKind.ORDERS, "3101YPZC0001")) >= 5)
    async with Forwarding(ministry.account) as it:  # nobody is there any more
        await it.until(lambda: it.metric("regulator_bridge_connections_total", outcome="failed") >= 2)

    assert "ministry" in caplog.text
    assert "token/" not in caplog.text
    assert PASSWORD not in caplog.text
    assert PASSWORD not in repr(ministry.account)


async def test_held_frames_are_let_go_in_their_order() -> None:
    held = Held(most_bytes=10, most_frames=100)
    for frame in (b"1234", b"5678", b"90"):
        await held.room()
        held.put(frame)

    assert await held.take() == [b"1234", b"5678", b"90"]
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(held.room(), 0.01)
    held.settle(2)
    await held.room()
    assert await held.take() == [b"90"]
    held.settle(1)
    await held.empty()


@pytest.mark.parametrize(
    "account",
    [Account("", "310000", "x"), Account("ministry", "310000", "x"), Account("http://m", "../x", "x")],
)
def test_an_account_that_asks_nobody_is_refused(account: Account) -> None:
    with pytest.raises(Misconfigured, match="REGULATOR_MINISTRY_"):
        account.check()
