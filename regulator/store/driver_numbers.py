"""The one place that holds driving-licence numbers: encrypted, and opened only with an entry in the audit."""

from collections.abc import Collection, Iterable, Mapping

import msgspec
from cryptography.fernet import Fernet
from sqlalchemy import Connection, select

from regulator.domain.drivers import Driver, DriverNumber, last4
from regulator.domain.instants import Instant
from regulator.store.audit import AuditStore
from regulator.store.batches import among, tuples_among
from regulator.store.bulk import insert_new_rows
from regulator.store.schema import driver_numbers


class Sealed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A driver's number as it may be kept."""

    driver: str
    last4: str
    number: bytes


class DriverNumbers:
    """Pseudonym to last four and encrypted number."""

    def __init__(self, connection: Connection, encryption_key: bytes) -> None:
        self._connection = connection
        self._cipher = Fernet(encryption_key)

    def keep(self, numbers: Mapping[Driver, DriverNumber]) -> None:
        """Keep the numbers that are not kept yet."""
        known = self._known(numbers)
        fresh = [(driver, number) for driver, number in numbers.items() if driver not in known]
        self.keep_sealed(sealed(driver, number, self._cipher) for driver, number in fresh)

    def _known(self, drivers: Collection[str]) -> set[str]:
        query = select(driver_numbers.c.driver).where(among(driver_numbers.c.driver))
        return {driver for (driver,) in tuples_among(self._connection, query, drivers)}

    def keep_sealed(self, numbers: Iterable[Sealed]) -> None:
        """Keep numbers that were sealed before; one that is kept already stays as it is."""
        rows = {one.driver: (one.driver, one.last4, one.number) for one in numbers}
        insert_new_rows(self._connection, driver_numbers, list(rows.values()))

    def last4(self, driver: Driver) -> str | None:
        """Return what may be shown of a driver's number."""
        query = select(driver_numbers.c.last4).where(driver_numbers.c.driver == driver)
        return self._connection.execute(query).scalar_one_or_none()

    def reveal(self, driver: Driver, *, who: str, at: Instant) -> DriverNumber | None:
        """Open a driver's number for a person who may see it; the asking is on record."""
        AuditStore(self._connection).write(who, "reveal driver number", subject=driver, at=at)
        query = select(driver_numbers.c.number).where(driver_numbers.c.driver == driver)
        sealed = self._connection.execute(query).scalar_one_or_none()
        return DriverNumber(self._cipher.decrypt(sealed).decode()) if sealed is not None else None


def sealed(driver: Driver, number: DriverNumber, cipher: Fernet) -> Sealed:
    """Seal a number."""
    return Sealed(driver, last4(number), cipher.encrypt(number.encode()))
