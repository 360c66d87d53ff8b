"""One measure by day as SVG: a line a platform, drawn here, without any library."""

from collections.abc import Callable, Sequence

import msgspec

_LEFT, _TOP, _WIDTH, _HEIGHT = 44, 10, 900, 200
_LEAST_RANGE = 0.02
_Place = Callable[[int, float], tuple[float, float]]


class Line(msgspec.Struct, frozen=True):
    """A platform's line: pieces where days without a figure interrupt it, and single points."""

    name: str
    colour: int
    pieces: tuple[str, ...]
    points: tuple[tuple[float, float, str], ...]


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """Where everything is drawn. ``rows``: heights with their percentage; ``columns``: places with days."""

    lines: tuple[Line, ...]
    rows: tuple[tuple[float, str], ...]
    columns: tuple[tuple[float, str], ...]
    left: int = _LEFT
    width: int = _LEFT + _WIDTH + 24
    height: int = _TOP + _HEIGHT + 24
    bottom: int = _TOP + _HEIGHT


def chart(days: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]]) -> Chart:
    """Draw values between 0 and 1 by day; the scale begins below the least of them."""
    known = [value for _, values in series for value in values if value is not None]
    low = max(0.0, min(known, default=0.0) - _LEAST_RANGE) // 0.05 * 0.05
    step = _WIDTH / max(1, len(days) - 1)

    def place(index: int, value: float) -> tuple[float, float]:
        return round(_LEFT + index * step, 1), round(_TOP + _HEIGHT * (1 - value) / (1 - low), 1)

    every = max(1, -(-len(days) // 10))
    return Chart(
        lines=tuple(_line(name, number, values, place) for number, (name, values) in enumerate(series)),
        rows=tuple(
            (place(0, at)[1], f"{at:.1%}") for at in (low + (1 - low) * part / 4 for part in range(5))
        ),
        columns=tuple((place(index, 1)[0], day[5:]) for index, day in enumerate(days) if index % every == 0),
    )


def _line(name: str, number: int, values: Sequence[float | None], place: _Place) -> Line:
    pieces: list[list[str]] = [[]]
    points = []
    for index, value in enumerate(values):
        if value is None:
            pieces.append([])
            continue
        x, y = place(index, value)
        pieces[-1].append(f"{x},{y}")
        points.append((x, y, f"{value:.2%}"))
    return Line(name, number % 8, tuple(" ".join(one) for one in pieces if len(one) > 1), tuple(points))
