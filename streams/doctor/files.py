"""Looks at what lies on this machine's disk: configuration, keys, space."""

import shutil
import stat
from collections.abc import Iterator

from regulator.config import Config, load_config
from regulator.config.areas import load_areas
from regulator.domain.errors import Misconfigured
from regulator.law.shadow import shadow_rules
from regulator.settings import Settings
from streams.doctor.symptom import Symptom, note, well, wrong

_LEAST_FREE_BYTES = 2 * 1024**3


def look_at_configuration(settings: Settings) -> tuple[Config | None, list[Symptom]]:
    """Read the configuration as every process does."""
    try:
        config = load_config(settings.config)
        areas = len(list(load_areas(config.areas)))
    except Misconfigured as why:
        return None, [
            wrong("configuration", str(why), "mend the file; processes keep what they started with")
        ]
    seen = f"{len(config.platforms)} platforms, {len(config.sources)} sources, {areas} areas"
    return config, [well("configuration", seen), *_required(config), *_strange(config), *_tried(config)]


def _strange(config: Config) -> Iterator[Symptom]:
    for key in config.not_understood:
        yield note("configuration", f"{key} is not known, and without effect", "is it misspelt?")


def _tried(config: Config) -> Iterator[Symptom]:
    """Load the rules in the shadow, as a judge does; one that is off there hurts nobody."""
    shadow = shadow_rules(config)
    for why in shadow.failed.values():
        yield note("rules in the shadow", str(why), "it is off: mend the file, then start the judge again")
    if shadow.on:
        yield well("rules in the shadow", ", ".join(shadow.on))


def _required(config: Config) -> Iterator[Symptom]:
    covered = {kind for source in config.sources.values() if source.required for kind in source.kinds}
    for kind in ("platform_permit", "vehicle_permit", "driver_certificate"):
        if kind not in covered:
            yield note(
                "configuration",
                f"no required source states {kind}: a missing one is never a violation",
                "sources.toml: set required = true for the source that is complete",
            )


def look_at_home(settings: Settings) -> Iterator[Symptom]:
    """Look at the keys' permissions and the free space."""
    keys = settings.home / "secrets.json"
    if not keys.exists():
        yield note("keys", f"{keys} is not there yet", "it is made at the first start; keep a backup of it")
    elif stat.S_IMODE(keys.stat().st_mode) & 0o077:
        yield wrong("keys", f"others than the owner may read {keys}", f"chmod 600 {keys}")
    else:
        yield well("keys", "readable by their owner only")
    folder = settings.home if settings.home.exists() else settings.home.parent
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE_BYTES:
        yield wrong(
            "disk", f"{free / 1024**3:.1f} GiB free in {folder}", "make room: Kafka stops when it is full"
        )
    else:
        yield well("disk", f"{free / 1024**3:.0f} GiB free")
