"""Runs the broker in the foreground until it is told to stop."""

import signal
import sys
from types import FrameType

from regulator.domain.errors import RegulatorError
from regulator.settings import Settings
from streams.broker.broker import Broker
from streams.broker.gate import Gate
from streams.broker.kit import obtain
from streams.broker.residence import Residence, settle_ports
from streams.supervisor.progress import Say, to_terminal

DEFAULT_PORT = 9092


class _Stop(Exception):
    """Somebody asked us to end."""


def run_broker(settings: Settings, *, say: Say = to_terminal) -> int:
    """Run the broker of REGULATOR_HOME until SIGTERM or Ctrl-C; return the exit code."""
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, _raise_stop)
    try:
        return _serve(settings, say)
    except _Stop:
        return 0
    except RegulatorError as why:
        print(why, file=sys.stderr, flush=True)
        return 1


def prepare_broker(settings: Settings, *, say: Say = to_terminal) -> int:
    """Fetch what the broker needs and choose its ports, while none runs yet; return the clients' port.

    For whoever starts the broker as one process among others, and must tell the others where it is.
    Raises a BrokerError.
    """
    obtain(settings.cache, say=say)
    exact = settings.kafka_port if settings.kafka_port_given else None
    gate = gate_of(settings)
    return settle_ports(_residence(settings), exact=exact, prefer=DEFAULT_PORT, say=say, gate=gate).port


def gate_of(settings: Settings) -> Gate | None:
    """Return the listener for platforms that was asked for; raises Misconfigured."""
    if settings.kafka_platform_port is None:
        return None
    gate = Gate(
        port=settings.kafka_platform_port,
        address=settings.kafka_platform_address,
        pem=settings.kafka_platform_pem,
    )
    gate.check()
    return gate


def platform_address(settings: Settings) -> str | None:
    """Return where platforms connect to the broker of this home; None where they cannot."""
    memo = _residence(settings).memo()
    return memo.platform_address or None if memo is not None else None


def _residence(settings: Settings) -> Residence:
    return Residence(settings.home / "kafka")


def _serve(settings: Settings, say: Say) -> int:
    broker = Broker(
        _residence(settings).folder,
        kit=obtain(settings.cache, say=say),
        logs=settings.home / "logs",
        port=settings.kafka_port if settings.kafka_port_given else None,
        prefer=DEFAULT_PORT,
        gate=gate_of(settings),
        config=settings.config / "kafka",
        say=say,
    )
    with broker:
        say(f"Apache Kafka: ready at {broker.bootstrap}.")
        if (told := platform_address(settings)) is not None:
            say(f"Apache Kafka: platforms connect to {told}, each with its own password.")
        code = broker.wait()
    say(f"Apache Kafka ended by itself (exit code {code}); see {settings.home / 'logs' / 'kafka.log'}.")
    return 1


def _raise_stop(signum: int, frame: FrameType | None) -> None:
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, signal.SIG_IGN)  # a second one must not interrupt the stopping
    raise _Stop
