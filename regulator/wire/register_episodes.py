"""Episodes of the watch list as a source sends them (contract, section 1.2)."""

from regulator.domain.drivers import NO_DRIVER
from regulator.domain.episodes import Episode, EpisodeEvent, EpisodeNumber, EpisodeStep
from regulator.domain.plates import NOBODY
from regulator.domain.register import EpisodeWithdrawal, Source
from regulator.wire.register_fields import Beside, Fields, RegisterRefusal, RegisterRefused
from regulator.wire.register_subjects import read_car, read_driver

EPISODE = "episode"
"""What a source that may state episodes has among its kinds."""

_STEPS = {step.value: step for step in EpisodeStep}


def read_episode(fields: Fields, source: Source, key: bytes, *, particular: bool) -> Episode:
    """Read an episode; it must name a car, a driver or both."""
    _may_state(source)
    beside = Beside(fields, particular=particular)
    vehicle = read_car(fields, "vehicle") if fields.says("vehicle") else NOBODY
    driver = read_driver(fields, "driver", key) if fields.says("driver") else NO_DRIVER
    if not vehicle and not driver:
        raise RegisterRefused(RegisterRefusal.MISSING_FIELD, "vehicle, driver: one of them must be named")
    return Episode(
        source=source.name,
        number=_number(fields),
        sequence=fields.whole_number("sequence"),
        vehicle=vehicle,
        driver=driver,
        authority=beside("authority", lambda: fields.text("authority")) or "",
        document=beside("document", lambda: fields.text("document")) or "",
        events=tuple(map(_event, fields.objects("events"))),
    )


def read_episode_withdrawal(fields: Fields, source: Source) -> EpisodeWithdrawal:
    """Read that a source takes an episode back."""
    _may_state(source)
    return EpisodeWithdrawal(
        source=source.name, number=_number(fields), sequence=fields.whole_number("sequence")
    )


def _event(fields: Fields) -> EpisodeEvent:
    step = _STEPS.get(fields.text("event"))
    if step is None:
        raise fields.bad("event", "one of " + ", ".join(EpisodeStep))
    return EpisodeEvent(step, fields.instant("at"))


def _may_state(source: Source) -> None:
    if EPISODE not in source.kinds:
        raise RegisterRefused(RegisterRefusal.KIND_NOT_ALLOWED, f"type: {source.name} may not state episodes")


def _number(fields: Fields) -> EpisodeNumber:
    return EpisodeNumber(fields.text("episode").strip())
