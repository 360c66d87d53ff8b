"""Events of the enforcement queue as outsiders read them (contract, section 6.1)."""

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest

from regulator.domain.instants import DAY, Instant, from_rfc3339, start_of
from regulator.domain.licences import LicenceKind
from regulator.wire.violations import ViolationEvent, decode_violation, encode_violation, last_day_or_instant
from tests.builders.law import LI, Sitting, a_report, a_statement, licensed, period

_SCHEMA = Path(__file__).parents[2] / "docs" / "enforcement-violations.schema.json"


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        (Instant(start_of(date(2026, 2, 28)) + DAY), "2026-02-28"),
        (Instant(start_of(date.max) + DAY), "9999-12-31"),
        (from_rfc3339("2026-02-28T12:00:00+00:00"), "2026-02-28T20:00:00+08:00"),
        (from_rfc3339("9999-12-31T23:59:59-12:00"), "9999-12-31T23:59:59.999999+08:00"),
    ],
)
def test_the_end_of_a_period_is_written_as_on_the_paper(end: Instant, shown: str) -> None:
    assert last_day_or_instant(end) == shown


def test_a_licence_for_ever_stands_beside_the_one_that_is_missing() -> None:
    company, _, _ = licensed()
    for_ever = msgspec.structs.replace(period(), end=Instant(start_of(date.max) + DAY))
    driver = a_statement(for_ever, kind=LicenceKind.DRIVER_CERTIFICATE, subject=LI, certificate="d")
    sitting = Sitting(company, driver)
    sitting.report(a_report())

    [event] = sitting.events()
    shown = decode_violation(encode_violation(event))

    assert shown.driver_certificate is not None
    assert (shown.rule, shown.driver_certificate.to) == ("vehicle_permit", "9999-12-31")


def test_the_published_schema_is_the_one_in_use() -> None:
    """To renew it: write ``msgspec.json.schema(ViolationEvent)`` there, with an indent of 1."""
    assert json.loads(_SCHEMA.read_text("utf-8")) == msgspec.json.schema(ViolationEvent)
