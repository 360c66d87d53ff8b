"""The register as it stands, of a few orders' subjects alone: read at once, answering like the judge's."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from regulator.domain.drivers import Driver
from regulator.domain.episodes import Episode
from regulator.domain.licences import LicenceKind
from regulator.domain.plates import Plate
from regulator.domain.register import EpisodeStated, RegisterChange, Sources, Stated, Vouched
from regulator.joins.orders import Order
from regulator.joins.register_index import RegisterIndex
from regulator.store.batches import among, rows_among
from regulator.store.mileages import mileage_of
from regulator.store.register import RegisterStore
from regulator.store.schema import mileages, statements
from regulator.store.statement_rows import statement_of
from regulator.store.watched import episodes_naming


class Extract:
    """Answers about some orders as the whole register would, from one look at SQL."""

    def __init__(self, connection: Connection, sources: Sources, orders: Iterable[Order]) -> None:
        self._connection = connection
        self._companies: set[str] = set()
        self._vehicles: set[Plate] = set()
        self._drivers: set[Driver] = set()
        for order in orders:
            self._name(order)
        self.episodes = list(self._named_episodes())
        self._name_watched()
        self.index = RegisterIndex(sources)
        for change in self._changes():
            self.index.apply(change)

    def _name(self, order: Order) -> None:
        self._companies.add(order.company)
        self._vehicles.update(filing.report.vehicle for filing in order.reports if filing.report.vehicle)
        self._drivers.update(filing.report.driver for filing in order.reports if filing.report.driver)

    def _name_watched(self) -> None:
        """Whom an episode names besides may close it with his licence."""
        self._vehicles.update(one.vehicle for one in self.episodes if one.vehicle)
        self._drivers.update(one.driver for one in self.episodes if one.driver)

    def _changes(self) -> Iterator[RegisterChange]:
        for kind, subjects in (
            (LicenceKind.PLATFORM_PERMIT, self._companies),
            (LicenceKind.VEHICLE_PERMIT, self._vehicles),
            (LicenceKind.DRIVER_CERTIFICATE, self._drivers),
        ):
            yield from self._stated(kind, subjects)
        for episode in self.episodes:
            yield EpisodeStated(episode=episode)
        query = select(mileages).where(among(mileages.c.vehicle))
        for row in rows_among(self._connection, query, sorted(self._vehicles)):
            yield mileage_of(row)
        for source, complete_to in RegisterStore(self._connection).heartbeats().items():
            yield Vouched(source=source, complete_to=complete_to)

    def _stated(self, kind: LicenceKind, subjects: Iterable[str]) -> Iterator[Stated]:
        query = select(statements).where(
            statements.c.kind == kind,
            among(statements.c.subject),
            statements.c.superseded_at.is_(None),
            ~statements.c.withdrawn,
        )
        for row in rows_among(self._connection, query, sorted(subjects)):
            yield Stated(statement=statement_of(row))

    def _named_episodes(self) -> Iterator[Episode]:
        yield from episodes_naming(self._connection, {*self._vehicles, *self._drivers}).values()
