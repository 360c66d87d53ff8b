"""How far a register is complete, and whose word counts first."""

import pytest

from regulator.domain.instants import HOUR, SECOND, Instant
from regulator.domain.licences import LicenceKind, SourceName
from regulator.domain.register import Source, complete_to, ranked
from tests.builders.law import a_source, minutes, sources

VEHICLES = LicenceKind.VEHICLE_PERMIT


def completeness(*declared: Source, **vouched: float) -> Instant | None:
    heartbeats = {SourceName(name): minutes(to) for name, to in vouched.items()}
    return complete_to(VEHICLES, sources(*declared), heartbeats)


def test_a_register_is_complete_as_far_as_its_source_vouches() -> None:
    assert completeness(a_source("city"), city=5) == minutes(5)


def test_of_several_required_sources_the_slowest_decides() -> None:
    assert completeness(a_source("city"), a_source("county"), city=5, county=3) == minutes(3)


@pytest.mark.parametrize("grace", [0, 60 * SECOND, 26 * HOUR])
def test_grace_is_added_to_what_its_own_source_vouches_for(grace: int) -> None:
    assert completeness(a_source("city", grace=grace), city=5) == minutes(5) + grace


def test_the_least_is_taken_after_the_grace() -> None:
    nightly, live = a_source("nightly", grace=26 * HOUR), a_source("live", grace=60 * SECOND)

    assert completeness(nightly, live, nightly=0, live=10) == minutes(11)


def test_a_required_source_that_never_vouched_leaves_nothing_complete() -> None:
    assert completeness(a_source("city"), a_source("county"), city=5) is None


def test_without_a_required_source_nothing_is_complete() -> None:
    assert completeness(a_source("city", required=False), city=5) is None


def test_a_source_of_another_kind_is_not_waited_for() -> None:
    drivers_only = a_source("police", kinds=frozenset({LicenceKind.DRIVER_CERTIFICATE}))

    assert completeness(a_source("city"), drivers_only, city=5) == minutes(5)
    assert complete_to(LicenceKind.DRIVER_CERTIFICATE, sources(drivers_only), {}) is None


def test_a_source_that_is_not_required_holds_nothing_up() -> None:
    assert completeness(a_source("city"), a_source("extra", required=False), city=5) == minutes(5)


def test_lower_precedence_counts_first_and_of_equals_the_alphabetically_first() -> None:
    declared = sources(a_source("b", precedence=2), a_source("z", precedence=1), a_source("a", precedence=2))

    assert list(ranked(declared)) == ["z", "a", "b"]
