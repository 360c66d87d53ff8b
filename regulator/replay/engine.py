"""A recorded log before the judge, message by message."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from regulator.config import Config, Platform
from regulator.domain.drivers import spelt_fillers
from regulator.domain.feed import Accepted, FeedKind
from regulator.domain.findings import Finding, FindingEvent
from regulator.domain.register import Mileage, RegisterChange, Source
from regulator.joins.orders import Order
from regulator.joins.positions import PositionBook
from regulator.joins.register_index import RegisterIndex
from regulator.joins.statements import StatementBook
from regulator.judging.account import HANDLED, REPEATED, Account
from regulator.judging.conclusions import judge
from regulator.judging.court import Court
from regulator.judging.hearing import Border, Hearing
from regulator.judging.order_book import OrderBook
from regulator.law import law_in_force
from regulator.replay.recorded import Message
from regulator.rules.catalogue import IN_FORCE
from regulator.rules.rule import Rule
from regulator.secrets import Secrets
from regulator.wire.dialects import border_for
from regulator.wire.register import RegisterRefused, read_register

OnEvent = Callable[[FindingEvent], None]
OnChange = Callable[[RegisterChange, Message, int], None]
"""Hears what changes the register, in which message, and that message's number."""
Handler = Callable[[Message, int], None]

LOG = "log"
"""The topic of a replay's origins; the offset is the message's number in the log, from 1.

One book holds the orders of every feed: an order is its company's, and two feeds may speak for one.
"""

_NOBODY = Platform(companies=frozenset())


class Replay:
    """Holds what judge, track and desk hold between them, and is told the time by the log."""

    def __init__(
        self,
        config: Config,
        secrets: Secrets,
        *,
        rules: Sequence[Rule] = IN_FORCE,
        on_event: OnEvent | None = None,
        on_change: OnChange | None = None,
    ) -> None:
        self._config = config
        self._secrets = secrets
        self._on_event = on_event
        self._on_change = on_change
        self._fillers = spelt_fillers(config.driver_fillers)
        self._statements = StatementBook()
        index = RegisterIndex(config.sources)
        self._court = Court(law_in_force(config, secrets, index, rules=rules), index)
        self.account = Account()
        self.register_refused: Counter[str] = Counter()
        self.unknown_topics: Counter[str] = Counter()
        self._book = OrderBook(self._court.law, feed=LOG, partition=0)
        self._bench = self._hearing(_NOBODY)
        self._court.open(self._bench)
        self._handlers = dict(self._declared())
        self._number = 0

    def take(self, message: Message) -> None:
        """Judge what one message brings, at its arrival."""
        self._number += 1
        handler = self._handlers.get(message.topic) or self._stranger(message.topic)
        if handler is None:
            self.unknown_topics[message.topic] += 1
            return
        handler(message, self._number)

    @property
    def orders(self) -> Iterable[Order]:
        """Every order and login as it stands."""
        return self._book

    def findings(self) -> Iterator[Finding]:
        """Yield every finding at rest: violations and what is undetermined."""
        for order in self._book:
            yield from judge(order, self._court.law, feed=LOG, partition=0).findings

    def _stranger(self, topic: str) -> Handler | None:
        """A feed of a platform that nobody configured may speak for nobody: its records are foreign."""
        match topic.split("."):
            case ["feed", slug, "orders"] if slug != "register":
                handler = self._orders_handler(_NOBODY)
            case ["feed", slug, "positions"] if slug != "register":
                handler = self._positions_handler(_NOBODY)
            case _:
                return None
        self._handlers[topic] = handler
        return handler

    def _declared(self) -> Iterator[tuple[str, Handler]]:
        """Yield the topics that the configuration speaks of, each with what handles it."""
        for slug, platform in self._config.platforms.items():
            yield f"feed.{slug}.orders", self._orders_handler(platform)
            yield f"feed.{slug}.positions", self._positions_handler(platform)
        for name, source in self._config.sources.items():
            yield f"feed.register.{name}", self._register_handler(source)

    def _border(self, platform: Platform, kind: FeedKind) -> Border:
        return border_for(
            platform,
            kind,
            pseudonym_key=self._secrets.pseudonym_key,
            fillers=self._config.driver_fillers,
            limits=self._config.limits,
        )

    def _hearing(self, platform: Platform) -> Hearing:
        hearing = Hearing(self._border(platform, FeedKind.ORDERS), self._book)
        hearing.account = self.account
        return hearing

    def _orders_handler(self, platform: Platform) -> Handler:
        hearing = self._hearing(platform)

        def hear(message: Message, offset: int) -> None:
            hearing.hear(message.payload, arrival=message.at, offset=offset)
            for told in hearing.told():
                if isinstance(told.fact, Mileage):
                    self._follow(told.fact, message, offset)
            self._conclude(hearing)

        return hear

    def _positions_handler(self, platform: Platform) -> Handler:
        border, book = self._border(platform, FeedKind.POSITIONS), PositionBook()

        def track(message: Message, offset: int) -> None:
            self.account.messages += 1
            for outcome in border.read(message.payload, message.at):
                if isinstance(outcome, Accepted):
                    fate = HANDLED if book.take(outcome, arrival=message.at) else REPEATED
                    self.account.enter(outcome, fate, offset=offset, key=None)
                else:
                    self.account.refuse(outcome, offset=offset)

        return track

    def _register_handler(self, source: Source) -> Handler:
        def state(message: Message, offset: int) -> None:
            try:
                said = read_register(
                    message.payload,
                    source=source,
                    arrival=message.at,
                    pseudonym_key=self._secrets.pseudonym_key,
                    fillers=self._fillers,
                )
            except RegisterRefused as why:
                self.register_refused[why.reason] += 1
                return
            change = self._statements.take(said)
            if change is not None:
                self._follow(change, message, offset)
                self._conclude(self._bench)

        return state

    def _follow(self, change: RegisterChange, message: Message, number: int) -> None:
        if self._on_change is not None:
            self._on_change(change, message, number)
        self._court.follow(change, message.at)

    def _conclude(self, hearing: Hearing) -> None:
        judged = hearing.conclude()
        if self._on_event is not None:
            for event in judged.events:
                self._on_event(event)
