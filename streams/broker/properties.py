"""The file a broker is started with."""

from pathlib import Path

from regulator.settings import DEFAULT_CONFIG
from streams.broker.gate import Gate, listeners
from streams.broker.residence import Memo, Residence

_DEFAULTS = DEFAULT_CONFIG / "kafka"


def configured(name: str, config: Path | None) -> Path:
    """Return the operator's file of that name, or the default one where the folder lacks it."""
    chosen = (config or _DEFAULTS) / name
    return chosen if chosen.exists() else _DEFAULTS / name


def write_properties(residence: Residence, memo: Memo, *, gate: Gate | None, config: Path | None) -> None:
    """Write names, places and ports, after what the operator chose in `server.properties`."""
    chosen = configured("server.properties", config).read_text(encoding="utf-8")
    residence.properties.write_text(f"{chosen}\n{_ours(residence.folder, memo, gate)}", encoding="utf-8")


def _ours(folder: Path, memo: Memo, gate: Gate | None) -> str:
    client, controller = f"127.0.0.1:{memo.port}", f"127.0.0.1:{memo.controller_port}"
    # metadata.log.dir apart from log.dirs: a second broker on the same folder then fails on the
    # lock before it touches anything; together, it spoils the first one's metadata.
    return f"""process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{controller}
{listeners(gate, client=client, controller=controller, port=memo.platform_port)}
controller.listener.names=CONTROLLER
log.dirs={folder / "data"}
metadata.log.dir={folder / "meta"}
"""
