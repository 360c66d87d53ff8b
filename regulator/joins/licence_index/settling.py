"""Which of many rows stand, and in which slots they belong: all at once, with numpy.

Rows come in the order in which they were stated. Rows of one statement are one after the other; a
later statement of the same rank about the same certificate and subject replaces an earlier one.
"""

import numpy as np

from regulator.joins.licence_index.papers import KEPT
from regulator.joins.licence_index.rows import GONE, HEAD, MORE, Column, choose

_ODD = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(29)
_NAMING_WORDS = 2
"""So many of a long certificate's words name it; the others say where it is kept."""


def standing(rows: Column) -> Column:
    """Return the rows that stand, in the order of their hashes; those of one subject as they were stated."""
    rows = choose(rows, np.argsort(rows["hash"], kind="stable"))
    crowded = _shared(rows["hash"])
    gone = (rows["mark"] & GONE) != 0
    if crowded.any() or gone.any():
        rows = _newest(rows, np.flatnonzero(crowded | gone))
        crowded = _shared(rows["hash"])
    rows["mark"] = np.where(crowded, rows["mark"] | MORE, rows["mark"] & ~np.uint8(MORE))
    return rows


def subjects_among(rows: Column) -> int:
    """Return how many subjects rows in the order of their hashes are about."""
    if not len(rows):
        return 0
    hashes, keys = rows["hash"], rows["key"]
    next_hash = hashes[1:] != hashes[:-1]
    next_key = (keys[1:] != keys[:-1]).any(axis=1)
    if (next_key & ~next_hash).any():  # two subjects have the same hash
        return len(np.unique(keys, axis=0))
    return 1 + int(np.count_nonzero(next_hash))


def places_of(hashes: Column, shift: int, half: int) -> Column:
    """Return the slot of each of some hashes in order: its own, or the first free one behind it."""
    count = np.arange(len(hashes))
    return np.maximum.accumulate((hashes >> shift) + half - count) + count


def _shared(hashes: Column) -> Column:
    """Tell of each hash, in order, whether another row has it too."""
    shared = np.zeros(len(hashes), np.bool_)
    same = hashes[1:] == hashes[:-1]
    shared[1:] |= same
    shared[:-1] |= same
    return shared


def _newest(rows: Column, doubtful: Column) -> Column:
    """Leave out of some of the rows those whose statement was replaced or withdrawn."""
    names = _names(rows[doubtful])
    order = np.lexsort((names, rows["hash"][doubtful]))
    doubtful, names = doubtful[order], names[order]
    hashes, marks = rows["hash"][doubtful], rows["mark"][doubtful]
    begins = np.ones(len(doubtful), np.bool_)
    begins[1:] = (hashes[1:] != hashes[:-1]) | (names[1:] != names[:-1])
    here = np.arange(len(doubtful))
    heads = np.where(marks & HEAD, here, 0)
    newest = np.maximum.reduceat(heads, np.flatnonzero(begins))[np.cumsum(begins) - 1]
    stands = np.ones(len(rows), np.bool_)
    stands[doubtful] = (here >= newest) & ((marks[newest] & GONE) == 0)
    return rows[stands]


def _names(rows: Column) -> Column:
    """Mix subject, rank and certificate of each row into one word: the same for the same statement."""
    papers = rows["paper"].copy()
    papers[rows["form"] == KEPT, _NAMING_WORDS:] = 0
    columns = [*rows["key"].T, rows["rank"], rows["form"], *papers.T]
    names = np.zeros(len(rows), "<u8")
    for column in columns:
        names ^= column.astype("<u8")
        names *= _ODD
        names ^= names >> _FOLD
    return names
