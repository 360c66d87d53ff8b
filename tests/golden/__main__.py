"""``python -m tests.golden``: how the code differs from the golden stories. Changes nothing.

Golden files are changed by hand, after somebody has understood why.
"""

import sys
from difflib import unified_diff
from pathlib import Path

from tests.golden.telling import EVENTS, FINDINGS, expected, stories, told


def differences(story: Path) -> list[str]:
    """Return the lines of a diff from what the story's files say to what the code says."""
    lines: list[str] = []
    for name, before, after in zip((FINDINGS, EVENTS), expected(story), told(story), strict=True):
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
        path = f"{story.name}/{name}"
        lines += unified_diff(old, new, f"{path} (the file)", f"{path} (the code)")
    return lines


def main() -> int:
    """Print every difference; the exit code tells whether there is one."""
    found = [line for story in stories() for line in differences(story)]
    sys.stdout.write("".join(found) or f"{len(stories())} stories, no difference.\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
