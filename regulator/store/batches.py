"""Cuts work into statements of a size that every database takes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Select, bindparam

_Item = TypeVar("_Item")
_IN_ONE_STATEMENT = 1_000


def in_batches(items: Iterable[_Item], size: int = _IN_ONE_STATEMENT) -> Iterator[Sequence[_Item]]:
    """Yield the items in order, at most ``size`` at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def rows_among(connection: Connection, query: Select[Any], values: Iterable[Any]) -> Iterator[RowMapping]:
    """Yield the rows of a query for which ``among(column)`` holds one of the values."""
    for batch in in_batches(values):
        yield from connection.execute(query, {"among": batch}).mappings()


def among(column: Any) -> Any:
    """Return the condition that ``rows_among`` fills."""
    return column.in_(bindparam("among", expanding=True))
