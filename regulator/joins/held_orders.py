"""The orders and logins of one partition that are held: by key, and by whom they name."""

from collections.abc import Iterable, Iterator, Set

from regulator.domain.feed import Accepted
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.orders import CompanyId, Report
from regulator.joins.orders import Order, case_key
from regulator.joins.subjects import Subjects


class HeldOrders:
    """Orders by key, and the keys of all that name a car, a driver or a company."""

    def __init__(self) -> None:
        self._orders: dict[str, Order] = {}
        self._subjects = Subjects()
        self._untimed: dict[tuple[CompanyId, int], str] = {}

    def __len__(self) -> int:
        return len(self._orders)

    def __iter__(self) -> Iterator[Order]:
        return iter(self._orders.values())

    def __contains__(self, key: str) -> bool:
        return key in self._orders

    def __getitem__(self, key: str) -> Order:
        return self._orders[key]

    def get(self, key: str) -> Order | None:
        """Return the order with this key, if it is held."""
        return self._orders.get(key)

    def key_of(self, record: Accepted) -> str | None:
        """Name the record's order or login; a login without a usable time as its first arrival named it."""
        key = case_key(record)
        if key is None or record.order or not isinstance(record.fact, Report) or record.fact.timed:
            return key
        return self._untimed.setdefault((record.company, record.digest), key)

    def open(self, key: str, order: Order) -> None:
        """Hold an order of which nothing is known yet."""
        self._orders[key] = order

    def hold(self, order: Order) -> None:
        """Hold an order as it stands, in the place of what was held of it."""
        key = order.key
        self._orders[key] = order
        for filing in order.reports:
            self._subjects.add(key, filing.report)
        if order.login and not all(filing.report.timed for filing in order.reports):
            self._untimed.update({(order.company, seen.digest): key for seen in order.seen})

    def note(self, key: str, report: Report) -> None:
        """Note whom an order names in one more report."""
        self._subjects.add(key, report)

    def naming(self, kind: LicenceKind | None, subject: Subject) -> list[str]:
        """Return the keys of the orders that a word about a subject may touch; None: of no licence."""
        if kind is LicenceKind.PLATFORM_PERMIT:
            company = CompanyId(subject)
            return [key for key, order in self._orders.items() if order.company == company]
        return list(self._subjects.orders_of(subject))

    def let_go(self, orders: Iterable[Order]) -> None:
        """Hold these orders no longer."""
        gone = {order.key: order for order in orders}
        for key, order in gone.items():
            del self._orders[key]
            for filing in order.reports:
                self._subjects.remove(key, filing.report)
        self._forget_names(gone.keys())

    def _forget_names(self, gone: Set[str]) -> None:
        """A login without a usable time that is no longer held is named anew if it comes again."""
        self._untimed = {content: key for content, key in self._untimed.items() if key not in gone}
