"""What it takes to run a broker on this machine: a Java and the jars, fetched once."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from streams.broker.errors import FetchAgain
from streams.broker.jars import KAFKA_VERSION, expected, faults
from streams.broker.java import find_java
from streams.broker.resolving import resolve
from streams.supervisor.progress import Say, silent


@dataclass(frozen=True, slots=True)
class Kit:
    """A Java and a folder of jars that were checked."""

    java: Path
    jars: Path

    def command(self, *flags: str) -> list[str]:
        """Return the start of a command that runs one of Kafka's classes."""
        return [str(self.java), *flags, "-cp", f"{self.jars}/*"]


def obtain(cache: Path, *, say: Say = silent) -> Kit:
    """Return the kit, fetching into the cache what is not there yet; many processes may share it.

    Raises InstallJava and FetchAgain.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with _alone(cache / ".lock"):
        jars = cache / f"kafka-{KAFKA_VERSION}"
        if faults(jars):
            _fetch(jars, cache, say)
        return Kit(find_java(cache, say), jars)


def _fetch(jars: Path, cache: Path, say: Say) -> None:
    say(f"Apache Kafka {KAFKA_VERSION}: fetching {len(expected())} jars (44 MB) …")
    with TemporaryDirectory(dir=cache) as work:
        fresh = Path(work) / "libs"
        fresh.mkdir()
        resolve(into=fresh, work=Path(work))
        wrong = faults(fresh)
        if wrong:
            raise FetchAgain("These are not the jars we know; they will not be run:\n" + "\n".join(wrong))
        shutil.rmtree(jars, ignore_errors=True)
        fresh.rename(jars)
    say(f"Apache Kafka {KAFKA_VERSION}: fetched and checked.")


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
