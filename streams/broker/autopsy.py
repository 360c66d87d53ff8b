"""Why a broker ended, in words that help."""

from pathlib import Path

from streams.broker.errors import BrokerError, ChooseAnotherPort, ReadTheLog, UseNewerKafka
from streams.broker.jars import KAFKA_VERSION

_LINES = 15


def explain(what: str, logs: Path, *, since: int) -> BrokerError:
    """Return the error to raise for a broker that ended or hung, from its log after `since` bytes."""
    text = _read(logs / "kafka.log", since)
    if "Address already in use" in text:
        return ChooseAnotherPort(
            f"{what}: another program took its port meanwhile. Start again, or set REGULATOR_KAFKA_PORT."
        )
    # What 4.3 says of newer data; its advice about 3.3 would send the reader the wrong way.
    if "Unsupported metadata version" in text:
        return UseNewerKafka(
            f"{what}: the data were written by an Apache Kafka newer than {KAFKA_VERSION}. "
            "Update the project, or start with an empty REGULATOR_HOME."
        )
    last = (text + _read(logs / "kafka.out", 0)).strip().splitlines()[-_LINES:]
    return ReadTheLog("\n".join([f"{what}. The last lines of {logs / 'kafka.log'}:", *last]))


def size(logs: Path) -> int:
    """Return how long the broker's log is, in bytes, before a start."""
    try:
        return (logs / "kafka.log").stat().st_size
    except FileNotFoundError:
        return 0


def _read(path: Path, since: int) -> str:
    try:
        with path.open("rb") as file:
            # A log that was rolled meanwhile is shorter than it was: read the new one whole.
            file.seek(since if path.stat().st_size >= since else 0)
            return file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
