"""`python -m tests.oracle FROM TO`: compare the product with the independent judge on many worlds."""

import argparse

from tests.oracle import compare, worlds


def main() -> int:
    """Print every disagreement in its least form; the exit code says whether there was one."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument(
        "--quirks", default="all", help="all, none, or names with commas: " + ", ".join(sorted(worlds.QUIRKS))
    )
    parser.add_argument("--findings-only", action="store_true", help="do not compare counts")
    parser.add_argument("--stop-after", type=int, default=5, help="disagreements shown in full")
    given = parser.parse_args()
    named = {"all": worlds.QUIRKS, "none": frozenset()}
    quirks = named.get(given.quirks) or frozenset(filter(None, given.quirks.replace("none", "").split(",")))
    unknown = quirks - worlds.QUIRKS
    if unknown:
        parser.error(f"no such quirks: {', '.join(sorted(unknown))}")
    found = 0
    for seed in range(given.first, given.last + 1):
        disagreement = compare.compare(seed, quirks, findings_only=given.findings_only)
        if disagreement:
            found += 1
            print(disagreement, end="\n\n", flush=True)
        if found >= given.stop_after:
            break
    print(f"seeds {given.first} to {seed}: {found} disagreements")
    return min(found, 1)


raise SystemExit(main())
