"""The jars that are Apache Kafka: which, and how to know them."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

KAFKA_VERSION = "4.3.1"
KAFKA = f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}"
# Kafka speaks slf4j 1.7, hence not log4j-slf4j2-impl; without it the broker logs nothing.
LOGGING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4"

_LIST = Path(__file__).with_name("jars.txt")


@cache
def expected() -> Mapping[str, str]:
    """Return the SHA-256 of each jar by its file name, as committed."""
    lines = _LIST.read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def faults(folder: Path) -> list[str]:
    """Return, in words, what in a folder differs from the committed list; empty when all is well."""
    there = {path.name for path in folder.glob("*.jar")}
    known = expected()
    found = [f"{name} is missing" for name in sorted(known.keys() - there)]
    found += [f"{name} does not belong here" for name in sorted(there - known.keys())]
    found += [
        f"{name} has another SHA-256 than the committed list says"
        for name in sorted(known.keys() & there)
        if _digest(folder / name) != known[name]
    ]
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
