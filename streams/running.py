"""``regulator run``: everything on this machine, each process watched and started again when it dies."""

import sys

import msgspec
from kafka.errors import KafkaError

from regulator.settings import Settings
from streams.broker.command import prepare_broker
from streams.broker.ports import free_or_another
from streams.broker.ready import answers
from streams.broker.residence import Residence
from streams.supervisor.process import Process
from streams.supervisor.progress import to_terminal
from streams.supervisor.pulse import is_well
from streams.supervisor.run_file import only_one, read_run
from streams.supervisor.supervisor import Supervisor

_LOCAL = "127.0.0.1"


def run_everything(settings: Settings, *, with_demonstration: bool) -> None:
    """Run until Ctrl-C or SIGTERM; then everything has stopped."""
    with only_one(settings.home):
        ports = {"kafka": prepare_broker(settings, say=to_terminal)}
        for name, wanted in (
            ("console", settings.console_port),
            ("judge", settings.judge_port),
            ("track", settings.track_port),
        ):
            ports[name] = free_or_another(name, wanted, say=to_terminal)
        supervisor = Supervisor(
            processes(settings, ports, with_demonstration=with_demonstration),
            home=settings.home,
            say=to_terminal,
            ports=ports,
        )
        supervisor.run(all_ready=lambda: _welcome(ports, with_demonstration=with_demonstration))


def as_running(settings: Settings) -> Settings:
    """Return the settings with the ports that ``regulator run`` chose, where it runs in this home."""
    run, memo = read_run(settings.home), Residence(settings.home / "kafka").memo()
    ports = {f"{name}_port": number for name, number in run.ports.items()} if run is not None else {}
    if memo is not None and not settings.kafka_given:
        settings = msgspec.structs.replace(settings, kafka=f"{_LOCAL}:{memo.port}")
    return msgspec.structs.replace(settings, **ports)


def processes(settings: Settings, ports: dict[str, int], *, with_demonstration: bool) -> tuple[Process, ...]:
    """Declare what runs, in the order in which it may start."""
    environment = {
        "REGULATOR_HOME": str(settings.home),
        "REGULATOR_KAFKA": f"{_LOCAL}:{ports['kafka']}",
        "REGULATOR_KAFKA_PORT": str(ports["kafka"]),
        "REGULATOR_CONSOLE_PORT": str(ports["console"]),
        "REGULATOR_JUDGE_PORT": str(ports["judge"]),
        "REGULATOR_TRACK_PORT": str(ports["track"]),
        "REGULATOR_DEMONSTRATION": "1" if with_demonstration else "0",
        "PYTHONUNBUFFERED": "1",
    }
    config = ("--config", str(settings.config))

    def served(name: str, port: int, *, after: str) -> Process:
        health = f"http://{_LOCAL}:{port}/health"
        return Process(
            name=name,
            command=(sys.executable, "-m", "streams.cli", name, *config),
            after=(after,),
            ready=lambda: is_well(health, seconds=1.0),
            health=health,
            environment=environment,
        )

    broker = Process(
        name="broker",
        command=(sys.executable, "-m", "streams.cli", "broker", *config),
        ready=lambda: _answers(ports["kafka"]),
        environment=environment,
    )
    demo = Process(
        name="demo",
        command=(sys.executable, "-m", "streams.cli", "demo"),
        after=("judge", "track"),
        environment=environment,
    )
    always = (
        broker,
        served("desk", ports["console"], after="broker"),
        served("judge", ports["judge"], after="desk"),
        served("track", ports["track"], after="desk"),
    )
    return (*always, demo) if with_demonstration else always


def _answers(port: int) -> bool:
    try:
        return answers(port)
    except KafkaError:
        return False


def _welcome(ports: dict[str, int], *, with_demonstration: bool) -> None:
    what = "演示城市正在运行 · the demonstration city is running" if with_demonstration else "running"
    to_terminal(f"\n  {what}\n  执法台 · console   http://{_LOCAL}:{ports['console']}/")
    to_terminal("  停止 · stop        Ctrl-C\n")
