"""Many statements of one kind as rows, a column at a time."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind, Period, PeriodState
from regulator.joins.licence_index.areas import Areas
from regulator.joins.licence_index.keys import hashes, keys
from regulator.joins.licence_index.papers import Papers
from regulator.joins.licence_index.portion import Portion
from regulator.joins.licence_index.rows import GONE, HEAD, NO_PERIOD, OPEN, ROW, VALID, Column, state_of

_VALID = PeriodState.VALID
_ANY_PERIOD = (Period(Instant(0), Instant(0), PeriodState.CANCELLED),)


def rows_of(kind: LicenceKind, portion: Portion, *, papers: Papers, areas: Areas) -> Column:
    """Write changes, all of one kind, in their order."""
    statements = portion.statements
    rows = np.zeros(len(statements), ROW)
    rows["key"] = words = keys(kind, [statement.subject for statement in statements])
    rows["hash"] = hashes(words)
    rows["form"], rows["paper"] = papers.write_each([statement.certificate for statement in statements])
    rows["rank"] = portion.ranks
    rows["area"] = [areas[statement.area] for statement in statements]
    days = [statement.first_registered for statement in statements]
    rows["first"] = [0 if day is None else day.toordinal() for day in days]
    rows["mark"] = HEAD
    rows["mark"][list(portion.gone)] |= GONE
    return _with_periods(rows, [statement.periods for statement in statements])


def _with_periods(rows: Column, stated: Sequence[Sequence[Period]]) -> Column:
    """Repeat each row for each of its periods, and write these."""
    counts = np.fromiter(map(len, stated), np.intp, len(stated))
    bare = np.flatnonzero(counts == 0)
    if len(bare):
        counts[bare] = 1
        stated = [periods or _ANY_PERIOD for periods in stated]
    periods = list(chain.from_iterable(stated))
    heads = np.cumsum(counts) - counts
    marks = np.array([VALID if one.state is _VALID else state_of(one) for one in periods], "u1")
    marks[heads[bare]] = NO_PERIOD
    marks[heads] |= rows["mark"]
    if len(periods) > len(rows):
        rows = np.repeat(rows, counts)
    rows["start"] = [one.start for one in periods]
    rows["end"] = [OPEN if one.end is None else one.end for one in periods]
    rows["mark"] = marks
    return rows
