"""The whole examination, in the order in which one thing rests on another."""

from collections.abc import Iterator

from regulator.clock import now
from regulator.settings import Settings
from streams.doctor.broker import look_at_broker
from streams.doctor.files import look_at_configuration, look_at_home
from streams.doctor.processes import look_at_processes
from streams.doctor.register import look_at_database
from streams.doctor.symptom import Symptom
from streams.running import as_running


def examine(settings: Settings) -> Iterator[Symptom]:
    """Yield what is seen; what cannot be looked at without something that is broken is left out."""
    where = as_running(settings)
    config, symptoms = look_at_configuration(where)
    yield from symptoms
    yield from look_at_home(where)
    if config is not None:
        yield from look_at_broker(where, config)
        yield from look_at_database(where, config, now)
    yield from look_at_processes(where)
