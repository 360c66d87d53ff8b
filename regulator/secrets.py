"""The keys of this installation: made once, kept in one file that only its owner reads.

A key given by the environment goes before the file. Whoever holds the pseudonym key can test
whether a driving-licence number is somebody's; whoever loses it loses the link to every finding.
"""

import json
import os
import secrets
from pathlib import Path

import msgspec
from cryptography.fernet import Fernet

from regulator.domain.errors import Misconfigured
from regulator.settings import environment_value


class Secrets(msgspec.Struct, frozen=True, kw_only=True):
    """Keys as bytes; never logged, never printed."""

    pseudonym_key: bytes
    finding_key: bytes
    encryption_key: bytes
    cookie_key: bytes

    def __repr__(self) -> str:
        return "Secrets(…)"


def load_secrets(home: Path) -> Secrets:
    """Read the keys from the environment, else from ``home/secrets.json``, which is made if missing."""
    kept = _kept(home / "secrets.json")
    return Secrets(
        pseudonym_key=_key("REGULATOR_PSEUDONYM_KEY", kept["pseudonym_key"]),
        finding_key=_key("REGULATOR_FINDING_KEY", kept["finding_key"]),
        encryption_key=_key("REGULATOR_ENCRYPTION_KEY", kept["encryption_key"]),
        cookie_key=_key("REGULATOR_COOKIE_KEY", kept["cookie_key"]),
    )


def ministry_password() -> str:
    """Return the password of the ministry's dispatch; raises Misconfigured. It is kept in no file of ours."""
    password = environment_value("REGULATOR_MINISTRY_PASSWORD")
    if password is None:
        raise Misconfigured("REGULATOR_MINISTRY_PASSWORD is not set: the ministry gave it with the user")
    return password


def _key(name: str, kept: str) -> bytes:
    return (environment_value(name) or kept).encode()


def _kept(path: Path) -> dict[str, str]:
    if not path.exists():
        _make(path)
    try:
        kept: dict[str, str] = json.loads(path.read_text("utf-8"))
    except ValueError as why:
        raise Misconfigured(f"{path} is damaged ({why}): restore it from a backup; do not delete it") from why
    return kept


def _make(path: Path) -> None:
    """Write new keys; of two processes that start together, one wins and both read what it wrote."""
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = {name: secrets.token_urlsafe(32) for name in ("pseudonym_key", "finding_key", "cookie_key")}
    keys["encryption_key"] = Fernet.generate_key().decode()
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(keys, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def random_key() -> tuple[str, str]:
    """Return an id that may be shown and a secret of 256 bits, for a key that somebody else will hold."""
    return secrets.token_hex(6), secrets.token_urlsafe(32)
