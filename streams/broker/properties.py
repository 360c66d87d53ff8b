"""The file a broker is started with."""

from pathlib import Path

from streams.broker.residence import Memo, Residence

DEFAULTS = Path(__file__).parents[2] / "config" / "kafka"


def write_properties(residence: Residence, memo: Memo, *, config: Path) -> None:
    """Write names, places and ports, after what the operator chose in `config/server.properties`."""
    chosen = (config / "server.properties").read_text(encoding="utf-8")
    residence.properties.write_text(f"{chosen}\n{_ours(residence.folder, memo)}", encoding="utf-8")


def _ours(folder: Path, memo: Memo) -> str:
    client, controller = f"127.0.0.1:{memo.port}", f"127.0.0.1:{memo.controller_port}"
    # metadata.log.dir apart from log.dirs: a second broker on the same folder then fails on the
    # lock before it touches anything; together, it spoils the first one's metadata.
    return f"""process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{controller}
listeners=PLAINTEXT://{client},CONTROLLER://{controller}
controller.listener.names=CONTROLLER
log.dirs={folder / "data"}
metadata.log.dir={folder / "meta"}
"""
