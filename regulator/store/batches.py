"""Cuts work into statements of a size that every database takes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Row,
    RowMapping,
    Select,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import NullType

_Item = TypeVar("_Item")
_IN_ONE_STATEMENT = 1_000


class _Values(TypeDecorator[Sequence[Any]]):
    """Any number of values in one parameter: an array, or the JSON of one."""

    impl = NullType
    cache_ok = True

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> object:
        """Return what the driver takes."""
        return msgspec.json.encode(value).decode() if dialect.name == "sqlite" else value


_VALUES: BindParameter[Any] = bindparam("among", type_=_Values())


def in_batches(items: Iterable[_Item], size: int = _IN_ONE_STATEMENT) -> Iterator[Sequence[_Item]]:
    """Yield the items in order, at most ``size`` at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def rows_among(connection: Connection, query: Select[Any], values: Iterable[Any]) -> Iterator[RowMapping]:
    """Yield the rows of a query for which ``among(column)`` holds one of the values."""
    for batch in in_batches(values):
        yield from connection.execute(query, {"among": batch}).mappings()


def tuples_among(connection: Connection, query: Select[Any], values: Iterable[Any]) -> Iterator[Row[Any]]:
    """Yield the same as tuples, where a mapping for each would take too long."""
    for batch in in_batches(values):
        yield from connection.execute(query, {"among": batch})


class among(ColumnElement[bool]):
    """The condition that ``rows_among`` fills: one parameter, however many values, in every dialect."""

    type = Boolean()
    inherit_cache = True
    _traverse_internals = [  # noqa: RUF012 - declared by SQLAlchemy
        ("column", InternalTraversal.dp_clauseelement)
    ]

    def __init__(self, column: ColumnElement[Any]) -> None:
        self.column = column

    def self_group(self, against: object = None) -> "among":
        """Stand as it is: compared with 1, as SQLite's booleans are, it would find no index."""
        return self


@compiles(among, "sqlite")
def _in_json(element: among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = compiler.process(element.column, **kw), compiler.process(_VALUES, **kw)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - compiled parts


@compiles(among, "postgresql")
def _in_array(element: among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = compiler.process(element.column, **kw), compiler.process(_VALUES, **kw)
    return f"{column} = ANY({values})"
