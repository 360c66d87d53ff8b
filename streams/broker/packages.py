"""Python packages that only some machines need, installed when they do."""

import subprocess
import sys
from pathlib import Path

from streams.broker.errors import FetchAgain

_MARK = ".installed"


def is_installed(requirement: str, *, into: Path) -> bool:
    """Say whether `install` has finished that package before."""
    mark = into / _MARK
    return mark.exists() and mark.read_text(encoding="ascii") == requirement


def install(requirement: str, *, into: Path) -> None:
    """Install a package and what it needs into a folder of its own, once.

    It stays out of the virtual environment, whose packages are pinned by the lock file.

    Raises FetchAgain with pip's last words.
    """
    if is_installed(requirement, into=into):
        return
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--upgrade",
        "--target",
        str(into),
        requirement,
    ]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        said = outcome.stderr.strip()[-800:]
        raise FetchAgain(f"pip could not install {requirement}. Is the package index reachable?\n{said}")
    (into / _MARK).write_text(requirement, encoding="ascii")
