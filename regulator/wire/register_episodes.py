"""Episodes of the watch list as a source sends them (contract, section 1.2)."""

from collections.abc import Set

from regulator.domain.drivers import NO_DRIVER, Driver, driver_number, is_driver, pseudonym
from regulator.domain.episodes import Episode, EpisodeEvent, EpisodeNumber, EpisodeStep
from regulator.domain.plates import NOBODY, Plate, is_plate
from regulator.domain.register import EpisodeWithdrawal, Source
from regulator.wire.register_fields import Beside, Fields, RegisterRefusal, RegisterRefused
from regulator.wire.register_subjects import read_car

EPISODE = "episode"
"""What a source that may state episodes has among its kinds."""

_STEPS = {step.value: step for step in EpisodeStep}


def read_episode(
    fields: Fields, source: Source, key: bytes, *, fillers: Set[str], particular: bool
) -> Episode:
    """Read an episode; it must name a car, a driver or both.

    A half that a clerk fills in with 无 or 0 is nobody, whose licence nobody could wait for.
    """
    _may_state(source)
    beside = Beside(fields, particular=particular)
    if not fields.says("vehicle") and not fields.says("driver"):
        raise RegisterRefused(RegisterRefusal.MISSING_FIELD, "vehicle, driver: one of them must be named")
    vehicle, driver = _vehicle(fields), _driver(fields, key, fillers)
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


def _vehicle(fields: Fields) -> Plate:
    vehicle = read_car(fields, "vehicle") if fields.says("vehicle") else NOBODY
    return vehicle if is_plate(vehicle) else NOBODY


def _driver(fields: Fields, key: bytes, fillers: Set[str]) -> Driver:
    number = driver_number(fields.text_or_blank("driver"))
    return pseudonym(number, key) if is_driver(number, fillers) else NO_DRIVER


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
