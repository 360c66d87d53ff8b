"""The law in force in an installation: its rules, limits and areas, over a register."""

from regulator.areas import load_areas
from regulator.config import Config
from regulator.domain.register import Register
from regulator.judging.law import Law, by_stage
from regulator.rules.catalogue import IN_FORCE
from regulator.secrets import Secrets


def law_in_force(config: Config, secrets: Secrets, register: Register) -> Law:
    """Put together what judging needs; live judge and replay ask the same."""
    areas = load_areas(config.areas)
    return Law(
        register=register,
        rules=by_stage(IN_FORCE),
        limits=config.limits,
        finding_key=secrets.finding_key,
        areas=areas,
        district=areas.district,
    )
