"""``python -m tests.fuzz --messages N --seed S``: hostile messages, until something gives way."""

import argparse
import logging
import sys

from tests.fuzz.campaign import LONGEST_SECONDS, MOST_GROWTH, Campaign, Fault


def main() -> int:
    """Run a campaign and say what it came to; the exit code says whether everything held."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, help="write one message to the standard output instead")
    given = parser.parse_args()
    logging.basicConfig()
    campaign = Campaign(given.seed)
    if given.show is not None:
        sys.stdout.buffer.write(campaign.message(given.show).payload)
        return 0
    try:
        found = campaign.run(given.messages)
    except Fault as fault:
        print(f"{fault}\nsee it: python -m tests.fuzz --seed {given.seed} --show NUMBER", file=sys.stderr)
        return 1
    print(f"{found.messages:,} messages, {found.records:,} records, of these {found.handled:,} handled")
    print(f"slowest message: {found.slowest * 1000:.1f} ms (number {found.slowest_number})")
    print(f"memory grew by {found.grown / 1024:.0f} MiB after the first tenth")
    return int(found.slowest > LONGEST_SECONDS or found.grown > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
