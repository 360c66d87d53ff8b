"""Where things are: folders, ports and addresses. The one reader of the environment.

Names of environment variables are part of the contract (section 8).
"""

import os
import pwd
from collections.abc import Mapping
from pathlib import Path

import msgspec

from regulator.domain.errors import Misconfigured

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_CONFIG = PROJECT / "config"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between one installation and another, secrets apart."""

    home: Path
    config: Path
    kafka: str
    kafka_port: int
    kafka_port_given: bool = False
    """Whether the operator insists on that port; else another is taken where it is not free."""
    kafka_given: bool = False
    """Whether the operator says where Kafka is; else the broker of this home is meant."""
    kafka_platform_port: int | None = None
    """Of the embedded broker's listener for platforms, with passwords; None: there is none."""
    kafka_platform_address: str | None = None
    kafka_platform_pem: Path | None = None
    database: str
    console_host: str
    console_port: int
    console_names: frozenset[str] = frozenset()
    """Names by which the console may be asked for, beside its addresses and localhost."""
    console_proxies: tuple[str, ...] = ()
    """Proxies before the console whose word about who asks is believed: addresses or networks."""
    metrics_host: str = "127.0.0.1"
    """Where judge and track show `/metrics` and `/health`; all interfaces in a container."""
    judge_port: int
    track_port: int
    bridge_port: int = 9103
    ministry_url: str = ""
    """Of the ministry's dispatch: `https://host`; with `ministry_user` the bridge's way in."""
    ministry_user: str = ""
    cache: Path
    demonstration: bool


def load_settings(config: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of this process; a port that is no number raises Misconfigured."""
    env = os.environ if environment is None else environment
    home = Path(env.get("REGULATOR_HOME", str(PROJECT / ".run"))).resolve()
    kafka_port = _port(env, "REGULATOR_KAFKA_PORT", 9092)
    return Settings(
        home=home,
        config=(config or DEFAULT_CONFIG).resolve(),
        kafka=env.get("REGULATOR_KAFKA", f"127.0.0.1:{kafka_port}"),
        kafka_port=kafka_port,
        kafka_port_given="REGULATOR_KAFKA_PORT" in env,
        kafka_given="REGULATOR_KAFKA" in env or "REGULATOR_KAFKA_PORT" in env,
        kafka_platform_port=_port(env, "REGULATOR_KAFKA_PLATFORM_PORT", 0)
        if env.get("REGULATOR_KAFKA_PLATFORM_PORT")
        else None,
        kafka_platform_address=env.get("REGULATOR_KAFKA_PLATFORM_ADDRESS") or None,
        kafka_platform_pem=Path(pem).resolve() if (pem := env.get("REGULATOR_KAFKA_PLATFORM_PEM")) else None,
        database=env.get("REGULATOR_DATABASE", f"sqlite:///{home / 'regulator.db'}"),
        console_host=env.get("REGULATOR_CONSOLE_HOST", "127.0.0.1"),
        console_port=_port(env, "REGULATOR_CONSOLE_PORT", 8080),
        console_names=frozenset(name.lower() for name in _listed(env, "REGULATOR_CONSOLE_NAMES")),
        console_proxies=tuple(_listed(env, "REGULATOR_CONSOLE_PROXIES")),
        metrics_host=env.get("REGULATOR_METRICS_HOST", "127.0.0.1"),
        judge_port=_port(env, "REGULATOR_JUDGE_PORT", 9101),
        track_port=_port(env, "REGULATOR_TRACK_PORT", 9102),
        bridge_port=_port(env, "REGULATOR_BRIDGE_PORT", 9103),
        ministry_url=env.get("REGULATOR_MINISTRY_URL", ""),
        ministry_user=env.get("REGULATOR_MINISTRY_USER", ""),
        cache=Path(env.get("REGULATOR_CACHE", str(Path.home() / ".cache" / "regulator"))),
        demonstration=env.get("REGULATOR_DEMONSTRATION", "") not in ("", "0"),
    )


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise Misconfigured(f"{name} must be a port number (0 to 65535), not {text!r}")
    return int(text)


def _listed(env: Mapping[str, str], name: str) -> list[str]:
    return [item for item in env.get(name, "").replace(",", " ").split() if item]


def environment_value(name: str) -> str | None:
    """Return one environment variable, for ``regulator.secrets`` alone; None if unset or empty."""
    return os.environ.get(name) or None


def environment_with(more: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment and more, for a child process."""
    return {**os.environ, **more}


def operator() -> str:
    """Return under what a command's acts are recorded: the login of whoever runs it."""
    number = os.getuid()
    try:
        return f"operator {pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"operator {number}"
