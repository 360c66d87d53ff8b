"""Who was penalised or removed takes no orders before both licences are held (查处清退后再接单).

Shanghai's practice since 2019: cars and drivers on the watch list (黑名单) may be dispatched again
only with 运输证 and 驾驶员证.
"""

from collections.abc import Iterator, Sequence

from regulator.domain.episodes import Episode, EpisodeStep
from regulator.domain.findings import RuleId
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from regulator.rules.holding import judge_holding
from regulator.rules.rule import COMPLIANT, Facts, Outcome, Rule, Verdict
from regulator.rules.watching import is_open

_STEPS = tuple(EpisodeStep)


def subjects(facts: Facts) -> Sequence[str]:
    """The episodes that name the car or the driver."""
    report = facts.report
    episodes = facts.register.episodes(report.vehicle, report.driver)
    return tuple(episode.key for episode in episodes) if episodes else ()


def judge(facts: Facts, subject: str) -> Verdict:
    """Judge whether the pair held both licences while an episode of one of them was open."""
    report = facts.report
    episodes = facts.register.episodes(report.vehicle, report.driver)
    episode = next(one for one in episodes if one.key == subject)
    if not is_open(episode, report.at, facts.register):
        return COMPLIANT
    halves = list(_halves(facts))
    grounds = (episode.began, *(ground for half in halves for ground in half.grounds))
    if any(half.outcome is Outcome.VIOLATION for half in halves):
        return Verdict(Outcome.VIOLATION, _last_step(episode, report.at), grounds)
    awaits = tuple(kind for half in halves for kind in half.awaits)
    return Verdict(Outcome.UNDETERMINED, None, grounds, awaits) if awaits else COMPLIANT


def _halves(facts: Facts) -> Iterator[Verdict]:
    """Judge both licences of the pair; a half that is not identifiable holds none."""
    report = facts.report
    halves = (
        (LicenceKind.VEHICLE_PERMIT, report.vehicle),
        (LicenceKind.DRIVER_CERTIFICATE, report.driver),
    )
    for kind, half in halves:
        yield judge_holding(kind, half, facts) if half else Verdict(Outcome.VIOLATION)


def _last_step(episode: Episode, at: Instant) -> EpisodeStep:
    """Return whether the car or driver was last penalised or removed; of both at once, removed."""
    taken = [event for event in episode.events if event.step is not EpisodeStep.LIFTED and event.at <= at]
    return max(taken, key=lambda event: (event.at, _STEPS.index(event.step))).step


RULE = Rule(
    id=RuleId("re_offence"),
    title="Took an order after penalty or removal",
    title_zh="查处清退后再接单",
    stages=frozenset({Stage.LOGIN, Stage.MATCH, Stage.DEPART}),
    legal_basis=("网络预约出租汽车经营服务管理暂行办法 第二十八条",),
    subjects=subjects,
    judge=judge,
    asks_trip=False,
    only_in_doubt=True,
    asks_limits=frozenset(),
    asks_areas=False,
    spares_others=True,
)
