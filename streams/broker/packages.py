"""Python packages that only some machines need, installed when they do."""

import subprocess
import sys
from pathlib import Path

from streams.broker.errors import FetchAgain


def install(requirement: str, *, into: Path) -> None:
    """Install a package and what it needs into a folder of its own, once.

    It stays out of the virtual environment, whose packages are pinned by the lock file.

    Raises FetchAgain with pip's last words.
    """
    done = into / ".installed"
    if done.exists() and done.read_text() == requirement:
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
    done.write_text(requirement)
