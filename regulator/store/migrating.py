"""Brings a database's schema up to date, whoever comes first."""

import logging
import threading
from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from regulator.domain.errors import Misconfigured
from regulator.store.database import Store, connect

_LOCK = 20_161_101
"""PostgreSQL's advisory lock of whoever migrates: the day the rules came into force."""

_one_thread = threading.Lock()
"""Alembic keeps what it is doing in module variables."""


def open_store(url: str) -> Store:
    """Open the database, made or brought up to date as needed. Raises Unavailable, Misconfigured."""
    store = connect(url)
    try:
        with as_file(files("regulator.store") / "migrations") as folder:
            config = AlembicConfig()
            config.set_main_option("script_location", str(folder).replace("%", "%%"))
            with _one_thread, store.writing() as connection:
                _upgrade(connection, config)
    except BaseException:
        store.close()
        raise
    return store


def schema_version(connection: Connection) -> str | None:
    """Return the version that the database has; None where it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection, config: AlembicConfig) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    script = ScriptDirectory.from_config(config)
    present = schema_version(connection)
    if present == script.get_current_head():
        return
    known = {revision.revision for revision in script.walk_revisions()}
    if present is not None and present not in known:
        raise Misconfigured(
            f"the database has schema {present}, which this release does not know: use a newer release"
        )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
