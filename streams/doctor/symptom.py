"""What a look at one part of an installation shows."""

from enum import StrEnum

import msgspec


class Condition(StrEnum):
    """How a part is. Only ``wrong`` makes the doctor's exit code 1."""

    WELL = "well"
    NOTE = "note"
    WRONG = "wrong"


class Symptom(msgspec.Struct, frozen=True, kw_only=True):
    """One finding of the doctor: the part, what was seen, and what to do where something should be done."""

    part: str
    condition: Condition
    seen: str
    remedy: str = ""


def well(part: str, seen: str) -> Symptom:
    """Nothing to do."""
    return Symptom(part=part, condition=Condition.WELL, seen=seen)


def note(part: str, seen: str, remedy: str) -> Symptom:
    """Worth knowing; the system works."""
    return Symptom(part=part, condition=Condition.NOTE, seen=seen, remedy=remedy)


def wrong(part: str, seen: str, remedy: str) -> Symptom:
    """Something does not work."""
    return Symptom(part=part, condition=Condition.WRONG, seen=seen, remedy=remedy)
