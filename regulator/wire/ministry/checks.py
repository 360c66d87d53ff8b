"""Fields in which a check digit or a calendar finds what neither type, length nor code does."""

from collections.abc import Callable, Mapping
from functools import partial

from regulator.domain.drivers import driver_number, has_wrong_check_digit
from regulator.domain.identifiers import has_wrong_credit_check, has_wrong_vin_check
from regulator.wire.ministry.fields import Field
from regulator.wire.ministry.table import MessageType
from regulator.wire.ministry.times import CALENDARS, Calendar

IsWrong = Callable[..., bool]
"""(value of the right type, length and code) → whether it is wrong all the same."""


def _has_wrong_identity_check(text: str) -> bool:
    return has_wrong_check_digit(driver_number(text))


_DIGITS: Mapping[str, IsWrong] = {
    "LegalID": _has_wrong_identity_check,
    "Identifier": has_wrong_credit_check,
    "VIN": has_wrong_vin_check,
}
"""By field. A driver's number is not here: who that is, is remembered together with its fault."""


def _no_such_day(calendar: Calendar, number: int) -> bool:
    return calendar(number) is None


def checks_of(message_type: MessageType) -> tuple[tuple[str, IsWrong], ...]:
    """Return the fields of a type that are checked so, each with its check."""
    return tuple((field.name, check) for field in message_type.fields if (check := _check(field)))


def _check(field: Field) -> IsWrong | None:
    calendar = CALENDARS.get(field.kind)
    return _DIGITS.get(field.name) if calendar is None else partial(_no_such_day, calendar)
