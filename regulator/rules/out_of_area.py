"""A trip has at least one end in the area of the car's permit (暂行办法 第二十二条)."""

from collections.abc import Sequence

from regulator.domain.findings import RuleId
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from regulator.domain.places import RawPlace
from regulator.rules.holding import judge_holding
from regulator.rules.rule import COMPLIANT, DOES_NOT_APPLY, Facts, Outcome, Rule, Verdict

_UNKNOWN = Verdict(Outcome.UNDETERMINED)


def subjects(facts: Facts) -> Sequence[str]:
    """The order, where its car is identifiable and a record says where it ends."""
    return (facts.case,) if facts.report.vehicle and facts.trip.names_end else ()


def judge(facts: Facts, subject: str) -> Verdict:
    """Judge both ends against the areas of all permits that were valid at the departure."""
    report = facts.report
    areas = facts.register.areas(report.vehicle, report.at)
    if not areas:
        return _without_permit(facts)
    start = _lies_in(areas, report.place, facts)
    if start:
        return COMPLIANT
    end = _lies_in(areas, facts.trip.end, facts)
    if end:
        return COMPLIANT
    if start is None or end is None:
        return _UNKNOWN
    return Verdict(Outcome.VIOLATION, "both_ends_outside", tuple(areas))


def _without_permit(facts: Facts) -> Verdict:
    """Without a permit there is no area; whether there is none may not be known yet."""
    permit = judge_holding(LicenceKind.VEHICLE_PERMIT, facts.report.vehicle, facts)
    if permit.outcome is Outcome.UNDETERMINED:
        return Verdict(Outcome.UNDETERMINED, None, permit.grounds, permit.awaits)
    return DOES_NOT_APPLY


def _lies_in(areas: Sequence[str], place: RawPlace | None, facts: Facts) -> bool | None:
    """Tell whether any area holds a place; None where the place or an area is not known."""
    if place is None:
        return None
    answers = [facts.areas.holds(area, place) for area in areas]
    if any(answers):
        return True
    return None if None in answers else False


RULE = Rule(
    id=RuleId("out_of_area"),
    title="Both ends outside the permitted area",
    title_zh="超出经营区域",
    stages=frozenset({Stage.DEPART}),
    legal_basis=(
        "网络预约出租汽车经营服务管理暂行办法 第二十二条",
        "网络预约出租汽车经营服务管理暂行办法 第三十五条第(四)项",
    ),
    subjects=subjects,
    judge=judge,
    asks_limits=frozenset(),
)
