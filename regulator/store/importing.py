"""Puts a register file into SQL, batch by batch; what changed goes out by the desk's outbox."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind
from regulator.domain.register import Heartbeat, Source
from regulator.secrets import Secrets
from regulator.store import Store
from regulator.store.batches import in_batches
from regulator.store.driver_numbers import DriverNumbers
from regulator.store.register import Heard, RegisterStore
from regulator.store.register_file import RegisterFile

_AT_ONCE = 5_000


class Imported(msgspec.Struct, frozen=True):
    """What one batch came to: statements read, and how many of them changed anything."""

    statements: int
    changed: int


def import_statements(
    store: Store, file: RegisterFile, *, path: Path, secrets: Secrets, at: Instant
) -> Iterator[Imported]:
    """Take a file's statements, one transaction a batch; the same file again changes nothing."""
    for groups in in_batches(file.groups.values(), _AT_ONCE):
        heard = [
            Heard(content=group.statement, received_at=at, origin=f"{path.name}#{group.row}")
            for group in groups
        ]
        named = {Driver(g.first.subject) for g in groups if g.first.kind is LicenceKind.DRIVER_CERTIFICATE}
        with store.writing() as connection:
            numbers = {driver: file.numbers[driver] for driver in named}
            DriverNumbers(connection, secrets.encryption_key).keep(numbers)
            changes = RegisterStore(connection).take(heard)
        yield Imported(len(heard), len(changes))


def vouch(store: Store, source: Source, *, complete_to: Instant, path: Path, at: Instant) -> bool:
    """Let a source vouch for what it said up to an instant; False if it did so before."""
    beat = Heartbeat(source=source.name, complete_to=complete_to)
    with store.writing() as connection:
        return bool(RegisterStore(connection).take([Heard(content=beat, received_at=at, origin=path.name)]))
