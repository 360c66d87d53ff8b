"""Small random worlds: a configuration and a recorded log for each seed.

`QUIRKS` names features whose meaning the page leaves open (AMBIGUITIES.md); a world leaves out those it is
not given, so that one disagreement does not hide the others.
"""

import json
import random
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.oracle.world_feed import Feed
from tests.oracle.world_values import COMPANIES, KINDS

QUIRKS = frozenset(
    {
        "bad_and_repaired",  # a number as string that is also impossible
        "blank_required",  # "" or null in a required field
        "certificate_spelling",  # brackets, spaces, case in certificate numbers
        "doubles",  # two feeds may speak for one company
        "empty_periods",  # a statement without periods, or with a period of no length
        "episode_nobody",  # an episode that names somebody who cannot be identified
        "envelope_key",  # `Companyld` for `CompanyId` in the envelope
        "fractions",  # arrivals and heartbeats between two seconds
        "leap",  # a car registered on 29 February, a limit that ends in a common year
        "lifted_before",  # an episode lifted before it is opened, or opened again
        "long",  # days pass between the first and the last message
        "mixed_datum",  # polygons of one file in different datums
        "moved_certificate",  # two sources state one certificate for different subjects
        "no_company",  # the record has no CompanyId of its own
        "none_required",  # no required source for a kind
        "not_an_object",  # an array element that is no object
        "overlong",  # a text longer than its field
        "position_conflict",  # the same car and second, other content
        "registered_twice",  # a certificate's first registration differs by statement
        "same_instant",  # two events of an episode at one instant
        "same_number",  # two sources give one number to an episode
        "small_change",  # a second record that differs in a field no rule asks for
        "personal_base",  # passengers' data in base records
        "tied_ends",  # two arrives, or creates, of one order at one instant and different places
        "two_refusals",  # a record that two rows of §2's first table fit
        "unknown_area",  # no area stated, or one without a polygon
        "unknown_slug",  # a topic of a platform that is not configured
        "unusable_twice",  # several reports of one stage and pair without a usable time
        "wild_envelopes",  # envelopes that no sender should send
        "wild_register",  # register messages with a value that does not belong there
        "wild",  # values that no sender should send
    }
)

# What the product and this program do not agree about yet: docs/ or one of them is to be mended.
OPEN: frozenset[str] = frozenset({"tied_ends"})
SETTLED = QUIRKS - OPEN


class World(NamedTuple):
    """Config files by name, and the lines of the log."""

    config: dict[str, str]
    lines: list[str]
    long: bool  # how long an order is held is not said: counts of repetitions mean nothing then


def configure(folder: Path, config: Mapping[str, str]) -> Path:
    """Write a world's configuration into a folder that may hold another's; the folder again."""
    for old in (*folder.glob("*.toml"), *folder.glob("areas/*")):
        old.unlink()
    (folder / "areas").mkdir(exist_ok=True)
    for name, text in config.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def world(seed: int, quirks: Collection[str] = QUIRKS) -> World:
    """The world of a seed; the same for ever for the same quirks."""
    return _Maker(random.Random(seed), frozenset(quirks)).make()


class _Maker(Feed):
    def make(self) -> World:
        config = {"platforms.toml": self._platforms(), "sources.toml": self._sources(), **self._areas()}
        limits = self._limits()
        if limits:
            config["limits.toml"] = limits
        for source in self.sources:
            if self.rng.random() < 0.4:
                self._heartbeat(f"feed.register.{source}")
        for _ in range(self.rng.randint(0, 6)):
            self._register()
        for _ in range(self.rng.randint(2, 14)):
            self._step()
        for source in self.sources:
            if self.rng.random() < 0.6:
                self._heartbeat(f"feed.register.{source}")
        return World(config, self.lines, self.long)

    # Configuration

    def _platforms(self) -> str:
        self.slugs = {"sunny": COMPANIES[:1], "moon-2": COMPANIES[1:2], "ministry": COMPANIES[2:]}
        if self.rng.random() < 0.5:
            self.slugs = {"sunny": COMPANIES[:2], "ministry": COMPANIES[2:]}
        if self.may("doubles", 0.1):
            self.slugs["ministry"] = COMPANIES
        return "\n".join(
            f'[{slug}]\nname = "{slug}"\ncompanies = {json.dumps(list(companies))}\ncontact = "nobody"\n'
            for slug, companies in self.slugs.items()
        )

    def _sources(self) -> str:
        names = self.rng.sample(("alpha", "beta", "gamma"), self.rng.randint(1, 3))
        text = ""
        covered: set[str] = set()
        for name in names:
            kinds = [kind for kind in (*KINDS, "episode") if self.rng.random() < 0.9]
            if name == names[-1] and "none_required" not in self.quirks:
                kinds += [kind for kind in KINDS if kind not in covered and kind not in kinds]
            last_resort = name == names[-1] and "none_required" not in self.quirks
            required = self.rng.random() < 0.6 or last_resort
            covered |= set(kinds) if required else set()
            self.sources[name] = kinds
            text += (
                f"[{name}]\nkinds = {json.dumps(kinds)}\nprecedence = {self.rng.choice((1, 1, 2))}\n"
                f"required = {str(required).lower()}\n"
                f"grace_seconds = {self.rng.choice((0, 0, 60, 60, 600, 93600))}\n"
            )
        return text

    def _limits(self) -> str:
        if self.rng.random() < 0.5:
            return ""
        years = ["8}", "9}, {from = 2026-03-02, value = 8}"]
        if self.may("leap", 0.3):
            years = ["8}, {from = 2026-02-01, value = 10}"]
            self.leap = True
        kilometres = ["600000}", "500000}, {from = 2026-03-02, value = 600000}"]
        rows = {
            "untimely_before_seconds": "600}, {from = 2026-03-02, value = 300}",
            "untimely_after_seconds": "60}",
            "retirement_years": self.rng.choice(years),
            "retirement_kilometres": self.rng.choice(kilometres),
        }
        return "".join(f"{name} = [{{from = 2016-01-01, value = {row}]\n" for name, row in rows.items())

    # The log

    def _step(self) -> None:
        choice = self.rng.random()
        if choice < 0.38:
            self._register()
        elif choice < 0.44:
            self._positions()
        elif choice < 0.49:
            self._rubbish()
        elif choice < 0.5:
            self._unheard()
        elif choice < 0.7:
            self._story()
        else:
            self._orders()
