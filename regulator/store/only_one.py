"""One desk a database: the right to move records, held by one process for as long as it lives.

Two desks would both send what waits in the outbox, and the slower one an older statement behind a
newer one: the topic keeps the last, and every judge would read a register that SQL does not hold.
"""

import fcntl
import os

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from regulator.domain.errors import Unavailable
from regulator.store.database import Store

_LOCK = 20_161_102
"""PostgreSQL's advisory lock of whoever moves records."""

_TAKEN = "another desk works on this database; this one waits for it to end"


class AnotherHasIt(Unavailable):
    """Wait for the other process to end."""


class OnlyOne:
    """A lock that ends with its process: of a file beside SQLite's, or of a session of PostgreSQL."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._file: int | None = None
        self._session: Connection | None = None

    def take(self) -> None:
        """Take the right; raises Unavailable while another process has it."""
        if self._store.dialect == "sqlite":
            self._take_file()
        else:
            self._take_session()

    def is_lost(self) -> bool:
        """Tell whether another process has it, because the session that held it broke off.

        A session that broke off is begun anew; while the database is away nobody has the right.
        """
        if self._session is None:
            return False
        try:
            self._session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return self._cannot_be_taken_again(self._session)
        return False

    def _cannot_be_taken_again(self, broken: Connection) -> bool:
        try:
            self._take_session()
        except AnotherHasIt:
            return True
        except Unavailable:
            return False
        broken.invalidate()
        return False

    def release(self) -> None:
        """Give it back."""
        if self._file is not None:
            os.close(self._file)
        if self._session is not None:
            self._session.invalidate()
        self._file = self._session = None

    def _take_file(self) -> None:
        file = os.open(f"{self._store.file}.desk", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            raise AnotherHasIt(_TAKEN) from None
        self._file = file

    def _take_session(self) -> None:
        session = self._store.session()
        try:
            taken = session.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}).scalar()
        except SQLAlchemyError as why:
            raise Unavailable("the database went away") from why
        if not taken:
            session.close()
            raise AnotherHasIt(_TAKEN)
        self._session = session
