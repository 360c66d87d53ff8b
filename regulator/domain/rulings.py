"""Rulings (裁定): what an officer decides where a platform disputes a finding.

A ruling changes no finding: only register and watch list withdraw. It says who looked at both of the
platform's words, when, and what he made of them.
"""

from enum import StrEnum

import msgspec

from regulator.domain.findings import FindingId
from regulator.domain.instants import Instant


class Ruling(StrEnum):
    """What is decided."""

    STANDS = "stands"
    """The finding stands; the dispute is not accepted."""
    UNFOUNDED = "unfounded"
    """The dispute is accepted: the finding is unfounded."""


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """A ruling with its officer. ``judgement``: that of the finding then; later facts make another."""

    finding: FindingId
    judgement: str
    ruling: Ruling
    officer: str
    at: Instant
