"""Insert-or-update of many rows: the one thing that SQLite and PostgreSQL spell in two dialects."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]


def upsert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write rows whole; a row whose primary key is there replaces the other columns of the old one."""
    if rows:
        statement = _insert(connection, table)
        keys = [column.name for column in table.primary_key]
        fresh = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh), list(rows))


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write rows; one whose primary key is there already changes nothing."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), list(rows))


def _insert(connection: Connection, table: Table) -> Any:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table)
