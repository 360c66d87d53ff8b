"""`regulator replay` as an outsider runs it, against the independent judge."""

import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.oracle import judge, product, worlds

FIELDS = [
    "company",
    "order",
    "login",
    "rule",
    "subject",
    "status",
    "reason",
    "stage",
    "stages",
    "at",
    "disputed",
]


def test_the_command_writes_what_the_page_says(tmp_path: Path) -> None:
    made = worlds.world(12, worlds.SETTLED)
    worlds.configure(tmp_path, made.config)
    one, two = tmp_path / "one.ndjson", tmp_path / "two.ndjson.gz"
    one.write_text("".join(f"{line}\n" for line in made.lines[:10]), encoding="utf-8")
    with gzip.open(two, "wt", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in made.lines[10:])
    findings, stats = tmp_path / "findings.ndjson", tmp_path / "stats.json"
    out = ["--config", str(tmp_path), "--findings", str(findings), "--stats", str(stats)]
    environment = {"REGULATOR_HOME": str(tmp_path / "home"), "REGULATOR_PSEUDONYM_KEY": product.KEY}
    command = [sys.executable, "-m", "streams.cli", "replay", str(one), str(two), *out]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

    lines = [*judge.read_log(one), *judge.read_log(two)]
    expected = judge.judge(lines, judge.read_config(tmp_path), product.KEY)
    written = [json.loads(line) for line in findings.read_text(encoding="utf-8").splitlines()]
    written = [row for row in written if row["rule"] in product.COMPARED]
    assert written == [row for row in expected.findings if row["rule"] in product.COMPARED]
    assert len(written) > 5
    assert {tuple(row) for row in written} == {tuple(FIELDS)}

    told = json.loads(stats.read_text(encoding="utf-8"))
    assert product.flat(told["records"]) == product.flat(expected.stats["records"])
    counted = Counter(
        {
            (rule, reason or None, status): number
            for rule, reasons in told["findings"].items()
            for reason, statuses in reasons.items()
            for status, number in statuses.items()
            if rule in product.COMPARED
        }
    )
    of_rules = {key: n for key, n in expected.stats["findings"].items() if key[0] in product.COMPARED}
    assert counted == of_rules
