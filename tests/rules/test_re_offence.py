"""Who was penalised or removed takes no orders before both licences are held (contract, 5.2)."""

import pytest

from regulator.domain.episodes import Episode
from regulator.domain.licences import LicenceKind, Statement
from regulator.domain.orders import Stage
from regulator.domain.register import Register
from regulator.rules import re_offence
from regulator.rules.rule import Outcome, Verdict
from regulator.rules.watching import cleared_at, is_open
from tests.builders.law import (
    CAR,
    LI,
    LIFTED,
    OTHER_CAR,
    PENALISED,
    REMOVED,
    REVOKED,
    SUSPENDED,
    WANG,
    Sitting,
    a_report,
    an_episode,
    minutes,
    period,
)
from tests.builders.law import a_statement as stated

PERMIT, CERTIFICATE = LicenceKind.VEHICLE_PERMIT, LicenceKind.DRIVER_CERTIFICATE
MOMENT = 1 / 60_000_000
SINCE_AN_HOUR = an_episode((REMOVED, -60))


def permit(*periods: object, car: str = CAR) -> Statement:
    return stated(*periods, subject=car, certificate=f"permit of {car}")  # type: ignore[arg-type]


def certificate(*periods: object, driver: str = LI) -> Statement:
    return stated(*periods, kind=CERTIFICATE, subject=driver, certificate=f"of {driver}")  # type: ignore[arg-type]


def judged(episode: Episode, *said: Statement, vouched: float | None = 1000, **who: object) -> Verdict:
    sitting = Sitting(*said, vouched=vouched)
    sitting.say(episode)

    return re_offence.RULE.judge(sitting.facts(a_report(**who)), episode.key)  # type: ignore[arg-type]


def register(*said: Statement) -> Register:
    return Sitting(*said).law.register


@pytest.mark.parametrize(
    ("episode", "is_it"),
    [
        pytest.param(an_episode((REMOVED, 0)), True, id="from the very instant"),
        pytest.param(an_episode((REMOVED, MOMENT)), False, id="a moment too early"),
        pytest.param(an_episode((PENALISED, -9), (REMOVED, 9)), True, id="from its first step"),
        pytest.param(an_episode((REMOVED, -9), (LIFTED, 0)), False, id="lifted at the very instant"),
        pytest.param(an_episode((REMOVED, -9), (LIFTED, MOMENT)), True, id="lifted a moment later"),
        pytest.param(an_episode((LIFTED, -20), (REMOVED, -9)), True, id="what was lifted before"),
        pytest.param(an_episode((REMOVED, -9), (LIFTED, -5), (REMOVED, -1)), False, id="lifted once is over"),
        pytest.param(an_episode((LIFTED, 5)), False, id="never begun"),
        pytest.param(an_episode(), False, id="without a step"),
    ],
)
def test_an_episode_is_open_from_its_first_step_until_it_is_lifted(episode: Episode, is_it: bool) -> None:
    assert is_open(episode, minutes(0), register()) is is_it


@pytest.mark.parametrize(
    ("said", "cleared"),
    [
        pytest.param([permit(period(-999, 999))], -60, id="a permit that is still held clears it at once"),
        pytest.param([permit(period(-999, -60))], None, id="a permit that ended at that instant does not"),
        pytest.param([permit(period(-20, 999))], -20, id="from the instant at which it is held"),
        pytest.param([permit(period(-999, 999), period(-99, -30, SUSPENDED))], -30, id="a suspension ends"),
        pytest.param([permit(period(-999, 999, REVOKED))], None, id="what is revoked is not held"),
        pytest.param([permit(period(-20, 999), car=OTHER_CAR)], None, id="another car's permit is not its"),
    ],
)
def test_the_permit_of_its_car_clears_it(said: list[Statement], cleared: float | None) -> None:
    at = cleared_at(SINCE_AN_HOUR, register(*said))

    assert at == (None if cleared is None else minutes(cleared))
    assert is_open(SINCE_AN_HOUR, minutes(0), register(*said)) is (cleared is None)


def test_all_whom_it_names_must_hold_their_licences_at_once() -> None:
    both = an_episode((REMOVED, -60), driver=LI)
    in_turn = register(permit(period(-50, -40)), certificate(period(-40, -30)))
    at_once = register(permit(period(-50, -40)), certificate(period(-41, -30)))

    assert cleared_at(both, in_turn) is None
    assert cleared_at(both, at_once) == minutes(-41)


def test_once_cleared_it_stays_closed_though_the_licence_is_lost_again() -> None:
    episode_of_the_past = judged(SINCE_AN_HOUR, permit(period(-50, -40)))

    assert episode_of_the_past.outcome is Outcome.COMPLIANT


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param([], Outcome.VIOLATION, id="neither"),
        pytest.param([certificate(period())], Outcome.VIOLATION, id="the certificate alone"),
        pytest.param(
            [permit(period(1, 99)), certificate(period())], Outcome.VIOLATION, id="a permit to come"
        ),
    ],
)
def test_a_pair_that_does_not_hold_both_re_offends(said: list[Statement], outcome: Outcome) -> None:
    verdict = judged(SINCE_AN_HOUR, *said)

    assert (verdict.outcome, verdict.reason) == (outcome, "removed")


def test_a_car_removed_with_its_driver_clears_itself_only_with_both() -> None:
    both = an_episode((REMOVED, -60), driver=LI)

    assert judged(both, permit(period())).outcome is Outcome.VIOLATION
    assert judged(both, permit(period()), certificate(period())).outcome is Outcome.COMPLIANT


def test_another_driver_in_a_watched_car_re_offends_under_it_unless_both_licences_are_held() -> None:
    both = an_episode((REMOVED, -60), driver=LI)
    said = permit(period()), certificate(period(), driver=WANG)

    assert judged(both, *said, driver=WANG).outcome is Outcome.COMPLIANT
    assert judged(both, said[0], driver=WANG).outcome is Outcome.VIOLATION


@pytest.mark.parametrize("who", [{"vehicle": ""}, {"driver": ""}])
def test_a_half_that_is_not_identifiable_counts_as_not_held(who: dict[str, str]) -> None:
    episode = an_episode((PENALISED, -60), driver=LI)
    verdict = judged(episode, permit(period(-9, 99)), vouched=None, **who)

    assert (verdict.outcome, verdict.reason) == (Outcome.VIOLATION, "penalised")


@pytest.mark.parametrize(
    ("said", "outcome", "awaits"),
    [
        pytest.param([], Outcome.UNDETERMINED, (PERMIT, CERTIFICATE), id="neither is known"),
        pytest.param([certificate(period())], Outcome.UNDETERMINED, (PERMIT,), id="the permit is not known"),
        pytest.param(
            [permit(period(-999, 999, REVOKED))], Outcome.VIOLATION, (), id="one certain no decides"
        ),
    ],
)
def test_absence_is_undetermined_where_the_register_is_not_complete(
    said: list[Statement], outcome: Outcome, awaits: tuple[LicenceKind, ...]
) -> None:
    verdict = judged(SINCE_AN_HOUR, *said, vouched=-1)

    assert (verdict.outcome, verdict.awaits) == (outcome, awaits)
    assert verdict.reason == (None if outcome is Outcome.UNDETERMINED else "removed")


@pytest.mark.parametrize(
    ("episode", "reason"),
    [
        (an_episode((PENALISED, -60), (REMOVED, -30)), "removed"),
        (an_episode((REMOVED, -60), (PENALISED, -30)), "penalised"),
        (an_episode((PENALISED, -60), (REMOVED, 30)), "penalised"),
        (an_episode((PENALISED, -60), (REMOVED, 0)), "removed"),
        (an_episode((REMOVED, -60), (PENALISED, -60)), "removed"),
    ],
)
def test_the_reason_is_the_last_step_by_then(episode: Episode, reason: str) -> None:
    assert judged(episode).reason == reason


def test_its_subjects_are_the_episodes_that_name_the_car_or_the_driver() -> None:
    sitting = Sitting()
    of_car = an_episode((REMOVED, -60), number="1")
    of_driver = an_episode((REMOVED, -60), vehicle="", driver=LI, number="2")
    of_another = an_episode((REMOVED, -60), vehicle=OTHER_CAR, number="3")
    for episode in (of_another, of_driver, of_car):
        sitting.say(episode)

    assert list(re_offence.RULE.subjects(sitting.facts(a_report()))) == [of_car.key, of_driver.key]
    assert not re_offence.RULE.subjects(sitting.facts(a_report(vehicle="", driver="")))
    assert re_offence.RULE.stages == {Stage.LOGIN, Stage.MATCH, Stage.DEPART}
