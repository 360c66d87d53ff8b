"""The database: SQLite in one file by default, PostgreSQL by one setting.

What a statement was about stays out of the text of its errors, and so out of the logs.
Whoever writes takes the write lock first (``writing``): on SQLite the file's, on PostgreSQL the row
that ``regulator.store.changes`` counts in. So a writer never waits in the middle of its work.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from regulator.domain.errors import Misconfigured, Unavailable, Unstorable

_BUSY_SECONDS = 30
_WRITES = "regulator_writes"


class Store:
    """A database whose schema is up to date. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine
        if engine.dialect.name == "postgresql":  # by itself each statement would see a state of its own
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ")
        self._writer = engine.execution_options(**{_WRITES: True})

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @property
    def file(self) -> str:
        """SQLite's file; blank on PostgreSQL."""
        return (self._engine.url.database or "") if self.dialect == "sqlite" else ""

    def session(self) -> Connection:
        """Lend a connection for as long as it is wanted, each statement by itself. Raises Unavailable."""
        with _translated():
            return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection that sees one state of the database. Raises Unavailable."""
        with _translated(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend a connection whose work is done whole or not at all. Raises Unavailable."""
        with _translated(), self._writer.begin() as connection:
            yield connection

    def ping(self) -> None:
        """Ask the database for an answer; Unavailable says why there is none."""
        with self.reading() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give every connection back."""
        self._engine.dispose()


def connect(url: str) -> Store:
    """Prepare a store without looking at its schema; a URL that means nothing raises Misconfigured."""
    try:
        parsed = make_url(url)
    except ArgumentError as why:
        raise Misconfigured(
            "REGULATOR_DATABASE is no database URL: sqlite:///FILE or postgresql://…"
        ) from why
    match parsed.get_backend_name():
        case "sqlite":
            return Store(_sqlite(url, parsed.database))
        case "postgresql":
            driver = parsed.set(drivername="postgresql+psycopg")
            return Store(
                create_engine(
                    driver,
                    hide_parameters=True,
                    pool_pre_ping=True,
                    pool_size=8,
                    connect_args={"connect_timeout": 5},
                )
            )
        case other:
            raise Misconfigured(f"REGULATOR_DATABASE names {other}: only sqlite and postgresql are supported")


def _sqlite(url: str, file: str | None) -> Engine:
    if not file or file == ":memory:":
        raise Misconfigured("SQLite needs a file: several threads and processes share it")
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    arguments = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, hide_parameters=True, connect_args=arguments)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """A power cut may lose the last transactions, never a part of one: offsets go with their effects."""
    connection.isolation_level = None  # we say BEGIN ourselves, so that schema changes are transactions too
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "cache_size=-65536",
        "wal_autocheckpoint=8192",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _translated() -> Iterator[None]:
    """Tell apart what a retry can mend (Unavailable), what leaving out can (Unstorable), and our mistakes."""
    try:
        yield
    except (OperationalError, InterfaceError) as why:
        if getattr(why.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            raise  # no such column, a slip of syntax: no retry mends that
        raise Unavailable(f"the database does not answer: {_first_line(why.orig)}") from why
    except psycopg.OperationalError as why:  # rows in bulk go past SQLAlchemy
        raise Unavailable(f"the database went away: {_first_line(why)}") from why
    except DataError as why:
        raise Unstorable(type(why.orig).__name__) from why  # its text may repeat what was given
    except (psycopg.DataError, OverflowError, UnicodeEncodeError) as why:
        raise Unstorable(type(why).__name__) from why
    except DatabaseError as why:
        if "not a database" in str(why.orig) or "malformed" in str(why.orig):
            raise Misconfigured(
                f"the database file is damaged ({_first_line(why.orig)}): restore a backup"
            ) from why
        if why.connection_invalidated:
            raise Unavailable(f"the database went away: {_first_line(why.orig)}") from why
        raise


def _first_line(why: Any) -> str:
    return str(why).strip().splitlines()[0] if str(why).strip() else type(why).__name__
