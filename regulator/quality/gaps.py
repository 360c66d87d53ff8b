"""Hours in which a feed sent nothing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from regulator.domain.instants import HOUR, Instant, day_of, to_datetime
from regulator.quality.rhythm import Hour


def gaps_of(hours: Sequence[Hour], *, since: Instant, until: Instant) -> dict[date, list[tuple[int, int]]]:
    """Return, by day, the spans [from, to) of whole hours in which nothing came.

    They are looked for from ``since``, or the feed's first known hour if that is later, until ``until``.
    """
    if not hours:
        return {}
    came = {one.hour for one in hours}
    first = max(since // HOUR * HOUR, min(came))
    spans: dict[date, list[tuple[int, int]]] = defaultdict(list)
    for at in range(first, until // HOUR * HOUR, HOUR):
        if at not in came:
            _extend(spans[day_of(Instant(at))], to_datetime(Instant(at)).hour)
    return dict(spans)


def _extend(spans: list[tuple[int, int]], hour: int) -> None:
    if spans and spans[-1][1] == hour:
        spans[-1] = (spans[-1][0], hour + 1)
    else:
        spans.append((hour, hour + 1))
