"""Resolves the jars by their Maven coordinates, by whichever resolver is there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from streams.broker.errors import FetchAgain
from streams.broker.jars import KAFKA, LOGGING
from streams.broker.packages import install

_JGO = "jgo[cli]==3.2.0"
_POM = """<project><modelVersion>4.0.0</modelVersion>
<groupId>regulator</groupId><artifactId>broker</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>{}</dependencies></project>
"""
_DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"


def resolve(*, into: Path, work: Path) -> None:
    """Copy the jars into a folder: with Maven where it is installed and works, else with jgo from PyPI.

    Raises FetchAgain with the resolvers' last words.
    """
    if not shutil.which("mvn"):
        _by_jgo(into, work)
        return
    try:
        _by_maven(into, work)
    except FetchAgain as maven:
        try:
            _by_jgo(into, work)
        except FetchAgain as jgo:
            raise FetchAgain(f"{maven}\n{jgo}") from jgo


def _by_maven(into: Path, work: Path) -> None:
    wanted = "".join(_DEPENDENCY.format(*coordinate.split(":")) for coordinate in (KAFKA, LOGGING))
    pom = work / "pom.xml"
    pom.write_text(_POM.format(wanted), encoding="ascii")
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={into}"]
    _run(["mvn", "-q", "-B", "-f", str(pom), *goal])


def _by_jgo(into: Path, work: Path) -> None:
    tool = work / "jgo"
    install(_JGO, into=tool)
    # Two coordinates in one call resolve to a mixture of versions: one call each, and of the
    # second only its own jar.
    paths = _jars_of(KAFKA, tool)
    paths += [path for path in _jars_of(LOGGING, tool) if path.name.startswith("log4j-slf4j-impl-")]
    for path in paths:
        shutil.copy(path, into / path.name)


def _jars_of(coordinate: str, tool: Path) -> list[Path]:
    program = (
        "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module('jgo', run_name='__main__')"
    )
    # Not `info classpath`: that leaves out the jars that jgo takes for modules.
    call = ["--ignore-config", "--resolver", "python", "info", "jars", coordinate]
    said = _run([sys.executable, "-c", program, str(tool), *call])
    return [Path(line) for line in said.replace(os.pathsep, "\n").split() if line.endswith(".jar")]


def _run(command: list[str]) -> str:
    outcome = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=900
    )
    if outcome.returncode != 0:
        said = (outcome.stdout + outcome.stderr).strip()[-1500:]
        raise FetchAgain(
            f"{Path(command[0]).name} could not fetch Apache Kafka from its Maven repository.\n{said}"
        )
    return outcome.stdout
