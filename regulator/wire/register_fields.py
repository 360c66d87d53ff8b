"""The fields of a register message, read one by one so that every error can be named.

An error names the field, what kind of value it holds and what is expected; never the value, which
may be somebody's number.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from regulator.domain.errors import RegulatorError
from regulator.domain.instants import DAY, Instant, from_rfc3339, start_of
from regulator.domain.licences import Period, PeriodState

_Value = TypeVar("_Value")

_STATES = {state.value: state for state in PeriodState}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LARGEST = 2**63
_LONGEST_TEXT = 200
_MOST_OBJECTS = 1_000
"""Far beyond any licence; what is longer would not fit the databases and indexes behind the border."""
_A_DAY = "a day YYYY-MM-DD"
_AN_INSTANT = "an RFC 3339 instant with offset"


class RegisterRefusal(StrEnum):
    """Why a message of a register source was refused."""

    UNREADABLE = "unreadable"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_KIND = "unknown_kind"
    KIND_NOT_ALLOWED = "kind_not_allowed"
    MISSING_FIELD = "missing_field"
    BAD_FIELD = "bad_field"
    PERIOD_ENDS_BEFORE_IT_STARTS = "period_ends_before_it_starts"
    HEARTBEAT_IN_THE_FUTURE = "heartbeat_in_the_future"


class RegisterRefused(RegulatorError):
    """Tell the source: the message was not taken. ``detail`` is fit for logs, free of personal data."""

    def __init__(self, reason: RegisterRefusal, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Fields:
    """One JSON object of a message, and where in the message it stands."""

    def __init__(self, values: Mapping[str, Any], path: str = "") -> None:
        self._values = values
        self._path = path

    def name(self, field: str) -> str:
        """Return a field's full name, as ``periods[0].from``."""
        return f"{self._path}{field}"

    def bad(self, field: str, expected: str) -> RegisterRefused:
        """Return the error of a field that holds something else than expected."""
        held = kind_of(self._values.get(field))
        return RegisterRefused(
            RegisterRefusal.BAD_FIELD, f"{self.name(field)}: expected {expected}, got {held}"
        )

    def get(self, field: str) -> Any:
        """Return a value that must be there."""
        value = self._values.get(field)
        if value is None or value == "":
            raise RegisterRefused(RegisterRefusal.MISSING_FIELD, f"{self.name(field)} is missing")
        return value

    def says(self, field: str) -> bool:
        """Tell whether an optional field holds anything."""
        return self._values.get(field) not in (None, "")

    def text(self, field: str) -> str:
        """Return a text that is not blank, of a length and of characters that can be stored."""
        value = self.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.bad(field, "a text")
        if len(value) > _LONGEST_TEXT or "\0" in value:
            raise self.bad(field, f"a text of up to {_LONGEST_TEXT} characters")
        return value

    def text_or_blank(self, field: str) -> str:
        """Return a text; blank where there is none."""
        return self.text(field) if self.says(field) else ""

    def whole_number(self, field: str) -> int:
        """Return a whole number of 64 bits."""
        value = self.get(field)
        if not isinstance(value, int) or isinstance(value, bool) or not -_LARGEST <= value < _LARGEST:
            raise self.bad(field, "a whole number")
        return value

    def day(self, field: str) -> date:
        """Return a day."""
        day = _day(self.get(field))
        if day is None:
            raise self.bad(field, _A_DAY)
        return day

    def instant(self, field: str) -> Instant:
        """Return an instant."""
        instant = _instant(self.get(field))
        if instant is None:
            raise self.bad(field, _AN_INSTANT)
        return instant

    def objects(self, field: str) -> list["Fields"]:
        """Return the objects of a list that must be there, and may be empty."""
        value = self.get(field)
        if not isinstance(value, list):
            raise self.bad(field, "a list of objects")
        if len(value) > _MOST_OBJECTS:
            raise self.bad(field, f"up to {_MOST_OBJECTS} objects")
        for place, item in enumerate(value):
            if not isinstance(item, dict):
                raise RegisterRefused(
                    RegisterRefusal.BAD_FIELD,
                    f"{self.name(field)}[{place}]: expected an object, got {kind_of(item)}",
                )
        return [Fields(item, f"{self.name(field)}[{place}].") for place, item in enumerate(value)]

    def object_or_none(self, field: str) -> "Fields | None":
        """Return an optional object."""
        if not self.says(field):
            return None
        value = self.get(field)
        if not isinstance(value, dict):
            raise self.bad(field, "an object")
        return Fields(value, f"{self.name(field)}.")


class Beside:
    """Reads a field beside the point; None where it is absent, or unusable and let pass."""

    def __init__(self, fields: Fields, *, particular: bool) -> None:
        self._fields = fields
        self._particular = particular

    def __call__(self, field: str, read: Callable[[], _Value]) -> _Value | None:
        """Read it; one that is unusable raises if whoever sent it can be asked to mend it."""
        try:
            return read() if self._fields.says(field) else None
        except RegisterRefused:
            if self._particular:
                raise
            return None


def read_period(fields: Fields) -> Period:
    """Read one period: days are whole days, ``to`` inclusive; an instant is as given, ``to`` exclusive.

    A period of instants that starts when it ends is empty and does no harm.
    """
    start = _start(fields)
    end = _end(fields, start) if fields.says("to") else None
    state = _STATES.get(fields.text("state"))
    if state is None:
        raise fields.bad("state", "one of " + ", ".join(PeriodState))
    if end is not None and end < start:
        raise _ends_too_early(fields)
    return Period(start, end, state)


def kind_of(value: object) -> str:
    """Name the kind of a JSON value for an error message."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text of another form" if value.strip() else "a blank text"
        case list():
            return "a list"
        case _:
            return "an object"


def _start(fields: Fields) -> Instant:
    value = fields.get("from")
    day = _day(value)
    start = _instant(value) if day is None else start_of(day)
    if start is None:
        raise fields.bad("from", f"{_A_DAY} or {_AN_INSTANT}")
    return start


def _end(fields: Fields, start: Instant) -> Instant:
    value = fields.get("to")
    day = _day(value)
    if day is None:
        end = _instant(value)
        if end is None:
            raise fields.bad("to", f"{_A_DAY} or {_AN_INSTANT}, or null")
        return end
    end = Instant(start_of(day) + DAY)
    if end <= start:
        raise _ends_too_early(fields)
    return end


def _ends_too_early(fields: Fields) -> RegisterRefused:
    return RegisterRefused(
        RegisterRefusal.PERIOD_ENDS_BEFORE_IT_STARTS,
        f"{fields.name('to')}: expected not to lie before {fields.name('from')}",
    )


def _day(value: object) -> date | None:
    if not isinstance(value, str) or _DAY.fullmatch(value) is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _instant(value: object) -> Instant | None:
    try:
        return from_rfc3339(value) if isinstance(value, str) else None
    except ValueError:
        return None
