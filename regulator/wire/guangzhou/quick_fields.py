"""Fields as they should be, which is nearly all of them: read without asking what might be wrong.

The interface writes numbers as texts, so a typed decode cannot prove a record clean. What these
leave is read with care (``mending``), which answers the same.
"""

from collections.abc import Callable

from regulator.wire.ministry.fields import Kind
from regulator.wire.ministry.rules import Admits, FieldRule

Quick = Callable[[object], str | int | float | None]
"""(what was sent) → the value of a field without a fault; None where there is any doubt."""

_MOST_DIGITS = 40


def quick(rule: FieldRule, *, is_integer: bool) -> Quick:
    """Return what reads a field quickly; ``is_integer``: it is sent as a JSON number."""
    if is_integer:
        return _leave if rule.kind in (Kind.TEXT, Kind.DECIMAL) else _as_it_is(rule.admits)
    if rule.kind is Kind.TEXT:
        return _as_it_is(rule.admits)
    return _decimal(rule.admits) if rule.kind is Kind.DECIMAL else _digits(rule.admits)


def _leave(sent: object) -> None:
    """Leave every value to those who look with care."""


def _as_it_is(admits: Admits) -> Quick:
    return lambda sent: sent if admits(sent) else None  # type: ignore[return-value]  # no field admits more


def _digits(admits: Admits) -> Quick:
    def read(sent: object) -> int | None:
        if type(sent) is not str or not sent.isdigit() or not sent.isascii() or len(sent) > _MOST_DIGITS:
            return None
        number = int(sent)
        return number if admits(number) else None

    return read


def _decimal(admits: Admits) -> Quick:
    def read(sent: object) -> float | None:
        if type(sent) is not str or not sent.isascii() or len(sent) > _MOST_DIGITS:
            return None
        whole, point, rest = sent.partition(".")
        if not whole.isdigit() or (point and not rest.isdigit()):
            return None
        number = float(sent)
        return number if admits(number) else None

    return read
