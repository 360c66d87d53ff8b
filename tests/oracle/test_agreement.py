"""The product's replay against the independent judge, and against itself under changes that must not matter.

`ORACLE_SEEDS` sets how many worlds; `python -m tests.oracle FROM TO` compares more and shrinks what differs.
"""

import json
import os
import random
from pathlib import Path

import pytest

from tests.oracle import compare, judge, product, variations, worlds

SEEDS = int(os.environ.get("ORACLE_SEEDS", "160"))
BLOCK = 25


@pytest.mark.parametrize("first", range(0, SEEDS, BLOCK))
def test_the_product_agrees_with_the_independent_judge(first: int) -> None:
    for seed in range(first, min(first + BLOCK, SEEDS)):
        disagreement = compare.compare(seed, worlds.SETTLED)
        assert disagreement is None, f"\n{disagreement}"


def answer(lines: list[str], folder: Path) -> list[product.Row]:
    return product.theirs(lines, folder).findings


@pytest.mark.parametrize("variation", variations.ALWAYS, ids=lambda each: each.__name__)
def test_the_independent_judge_itself_is_not_moved(variation: variations.Variation, tmp_path: Path) -> None:
    for seed in range(SEEDS // 6):
        made = worlds.world(seed, worlds.SETTLED)
        folder = worlds.configure(tmp_path, made.config)
        varied = variation(made.lines, random.Random(seed))
        assert product.ours(varied, folder).findings == product.ours(made.lines, folder).findings, (
            f"seed {seed}"
        )


@pytest.mark.parametrize("variation", variations.ALWAYS, ids=lambda each: each.__name__)
def test_what_must_not_change_the_findings(variation: variations.Variation, tmp_path: Path) -> None:
    for seed in range(SEEDS // 10):
        made = worlds.world(seed, worlds.SETTLED)
        folder = worlds.configure(tmp_path, made.config)
        varied = variation(made.lines, random.Random(seed))
        assert answer(varied, folder) == answer(made.lines, folder), f"seed {seed}"


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    tried = 0
    for seed in range(SEEDS // 4):
        made = worlds.world(seed, worlds.SETTLED)
        folder = worlds.configure(tmp_path, made.config)
        if uses_an_arrival(made.lines, folder):
            continue
        tried += 1
        expected = answer(made.lines, folder)
        for variation in (variations.feed_shuffled, variations.shuffled):
            varied = variation(made.lines, random.Random(seed))
            assert answer(varied, folder) == expected, f"seed {seed}, {variation.__name__}"
    assert tried > SEEDS // 30


def test_every_prefix_may_come_after_the_rest(tmp_path: Path) -> None:
    tried = 0
    for seed in range(SEEDS // 20):
        made = worlds.world(seed, worlds.SETTLED)
        folder = worlds.configure(tmp_path, made.config)
        if uses_an_arrival(made.lines, folder):
            continue
        tried += 1
        expected = answer(made.lines, folder)
        for cut in range(1, len(made.lines)):
            assert answer(variations.rotated(made.lines, cut), folder) == expected, f"seed {seed}, cut {cut}"
    assert tried > SEEDS // 100


def test_a_companys_findings_rest_on_nothing_of_other_companies(tmp_path: Path) -> None:
    left_out = 0
    for seed in range(SEEDS // 8):
        made = worlds.world(seed, worlds.SETTLED)
        folder = worlds.configure(tmp_path, made.config)
        expected = answer(made.lines, folder)
        for company in {row["company"] for row in expected}:
            alone = variations.of_one_company(made.lines, company)
            left_out += len(made.lines) - len(alone)
            found = [row for row in answer(alone, folder) if row["company"] == company]
            assert found == [row for row in expected if row["company"] == company], f"seed {seed}"
    assert left_out > SEEDS // 8


def test_protobuf_says_the_same_as_json(tmp_path: Path) -> None:
    changed = 0
    for seed in range(SEEDS // 4):
        made = worlds.world(seed, worlds.SETTLED)
        folder = worlds.configure(tmp_path, made.config)
        varied = variations.as_protobuf(made.lines, random.Random(seed))
        changed += sum(line not in made.lines for line in varied)
        assert product.theirs(varied, folder) == product.theirs(made.lines, folder), f"seed {seed}"
    assert changed > SEEDS // 4


def uses_an_arrival(lines: list[str], folder: Path) -> bool:
    """Whether anything that a verdict rests on has no usable time of its own."""
    names = {kind: name for kind, (_, name) in judge.STAGE_OF.items()} | judge.END_OF
    records = judge.judge(lines, judge.read_config(folder), product.KEY).records
    return any(record.type in names and record.time(names[record.type]) is None for record in records)


def test_a_log_in_two_files_is_one_log(tmp_path: Path) -> None:
    from regulator.config import load_config
    from regulator.replay import replay
    from regulator.replay.recorded import read_log
    from regulator.secrets import Secrets

    secrets = Secrets(pseudonym_key=b"k", finding_key=b"f", encryption_key=b"", cookie_key=b"")
    for seed in range(SEEDS // 20):
        made = worlds.world(seed, worlds.SETTLED)
        folder = worlds.configure(tmp_path, made.config)
        cut = random.Random(seed).randrange(len(made.lines))
        whole, one, two = (folder / name for name in ("whole", "one", "two"))
        for path, part in ((whole, made.lines), (one, made.lines[:cut]), (two, made.lines[cut:])):
            path.write_text("".join(f"{line}\n" for line in part), encoding="utf-8")
        config = load_config(folder)
        joined = [*read_log(one), *read_log(two)]
        assert (
            replay(joined, config=config, secrets=secrets).findings
            == replay(read_log(whole), config=config, secrets=secrets).findings
        )


def test_shrinking_keeps_what_differs_and_drops_the_rest() -> None:
    made = worlds.world(3)
    wanted = made.lines[len(made.lines) // 2]
    assert compare.shrink(made.lines, lambda lines: wanted in lines) == [wanted]
    pair = json.dumps(
        {"topic": "feed.sunny.orders", "value": {"IPCType": "orderMatch", "orderMatch": [1, 2, 3]}}
    )
    least = compare.shrink([pair], lambda lines: any("2" in line.split("orderMatch")[-1] for line in lines))
    assert json.loads(least[0])["value"]["orderMatch"] == [2]
