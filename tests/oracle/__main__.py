"""`python -m tests.oracle FROM TO`: compare the product with the independent judge on many worlds."""

import argparse
import io
import sys

from tests.oracle import compare, worlds


def main() -> int:
    """Print every disagreement in its least form; the exit code says whether there was one."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument(
        "--quirks",
        default="settled",
        help="settled, all, none, or names with commas: " + ", ".join(sorted(worlds.QUIRKS)),
    )
    parser.add_argument("--findings-only", action="store_true", help="do not compare counts")
    parser.add_argument(
        "--show", type=int, default=5, help="how many kinds of disagreement are shown in full"
    )
    given = parser.parse_args()
    named = {"all": worlds.QUIRKS, "settled": worlds.SETTLED, "none": frozenset()}
    quirks = named.get(given.quirks) or frozenset(filter(None, given.quirks.replace("none", "").split(",")))
    unknown = quirks - worlds.QUIRKS
    if unknown:
        parser.error(f"no such quirks: {', '.join(sorted(unknown))}")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    found = 0
    kinds: dict[str, list[int]] = {}
    for seed in range(given.first, given.last + 1):
        disagreement = compare.compare(seed, quirks, findings_only=given.findings_only)
        if disagreement:
            found += 1
            kinds.setdefault(disagreement.kind, []).append(seed)
            if len(kinds[disagreement.kind]) == 1 and len(kinds) <= given.show:
                print(disagreement, end="\n\n", flush=True)
    for kind, seeds in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        print(f"{len(seeds):5} {kind}   seeds {', '.join(map(str, seeds[:5]))}")
    print(f"seeds {given.first} to {seed}: {found} disagreements")
    return min(found, 1)


raise SystemExit(main())
