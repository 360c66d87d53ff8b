"""Writes many rows at once, as fast as each database can: a register has millions."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

Values = tuple[Any, ...]
"""One row's values, in the order in which the table has its columns."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Add rows to a table; each has a value for every column but the row's own number, if it has one."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert(table), list(rows))
        return
    line = connection.connection.driver_connection
    assert line is not None  # noqa: S101 - a connection in a transaction is open
    with line.cursor() as cursor, cursor.copy(_copy(table)) as copy:
        for row in rows:
            copy.write_row(row)


def insert_new_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Add rows to a table; one whose key is there already changes nothing."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert(table).replace("INSERT", "INSERT OR IGNORE", 1), list(rows))
        return
    names = columns_of(table)
    fresh = postgresql.insert(table).on_conflict_do_nothing()
    connection.execute(fresh, [dict(zip(names, row, strict=True)) for row in rows])


def columns_of(table: Table) -> tuple[str, ...]:
    """Return the columns that ``insert_rows`` wants values for."""
    return tuple(column.name for column in table.c if column is not table.autoincrement_column)


@cache
def _insert(table: Table) -> str:
    return str(insert(table).compile(dialect=sqlite.dialect(), column_keys=list(columns_of(table))))


@cache
def _copy(table: Table) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns_of(table)))
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
