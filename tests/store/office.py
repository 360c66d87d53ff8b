"""A clerk's desk: a database and a configuration of their own, and files of every kind."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from regulator.commands.register import register_commands
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.plates import NOBODY
from regulator.settings import DEFAULT_CONFIG
from regulator.store import Store, open_store
from regulator.store.outbox import OutboxStore
from regulator.store.register_view import RegisterView
from tests.builders.register import CITY, LI, source

HEADER = "kind,certificate,subject,sequence,area,first_registered,from,to,state\n"
SOURCES = {CITY: source()}


class Office:
    """A clerk's desk: a database and a configuration of their own."""

    def __init__(self, folder: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._url = url
        kinds = '["vehicle_permit", "driver_certificate", "episode"]'
        self.configure(
            "sources.toml", f"[city]\nkinds = {kinds}\nrequired = true\n[nation]\nkinds = {kinds}\n"
        )
        monkeypatch.setenv("REGULATOR_HOME", str(folder / "home"))
        monkeypatch.setenv("REGULATOR_DATABASE", url)
        monkeypatch.setenv("REGULATOR_PSEUDONYM_KEY", "heldout-oracle")

    def configure(self, name: str, text: str) -> None:
        """Write a file of the configuration."""
        (self._folder / name).write_text(text, "utf-8")

    def do(self, *arguments: str, catch_exceptions: bool = True) -> Result:
        """Run a command of the register."""
        asked = [*arguments, "--config", str(self._folder)]
        return CliRunner().invoke(register_commands, asked, catch_exceptions=catch_exceptions)

    def bring(
        self, text: str | bytes, *more: str, source: str = "city", catch_exceptions: bool = True
    ) -> Result:
        """Import a text."""
        file = self._folder / "register.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self.do("import", str(file), "--source", source, *more, catch_exceptions=catch_exceptions)

    def bring_workbook(self, rows: Sequence[Sequence[object]], *more: str) -> Result:
        """Import a workbook of one sheet."""
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(self._folder / "register.xlsx")
        return self.do("import", str(self._folder / "register.xlsx"), "--source", "city", *more)

    def statements(self, kind: LicenceKind = LicenceKind.VEHICLE_PERMIT, subject: str = "沪AD12345"):
        store = open_store(self._url)
        with store.reading() as connection:
            found = RegisterView(connection, SOURCES).statements(kind, Subject(subject))
        store.close()
        return found

    def episodes(self, vehicle=NOBODY, driver=LI):
        """Return the episodes that name somebody."""
        store = open_store(self._url)
        with store.reading() as connection:
            found = list(RegisterView(connection, SOURCES).episodes(vehicle, driver))
        store.close()
        return found

    @property
    def default(self) -> Path:
        """The project's own configuration."""
        return DEFAULT_CONFIG

    def letters(self) -> list[bytes]:
        """Return what waits to be published."""
        store = open_store(self._url)
        with store.reading() as connection:
            found = [letter.value for letter in OutboxStore(connection).first(100)]
        store.close()
        return found

    def store(self) -> Store:
        """Open the database."""
        return open_store(self._url)

    def waiting(self) -> list[bytes]:
        store = open_store(self._url)
        with store.reading() as connection:
            found = [letter.key for letter in OutboxStore(connection).first(100)]
        store.close()
        return found
