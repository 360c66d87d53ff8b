"""The report as the page writes it, in the visitor's language."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from regulator.console.languages import Speaker
from regulator.console.quality.report import MEASURES, Gap, Measured, Report, feeds_of
from regulator.console.times import clock_time
from regulator.domain.instants import Instant
from regulator.quality.measures import FlawCount, OrderMeasures, Ratio
from regulator.quality.rhythm import Pulse

BESIDES = ("unreported", "unlicensed", "pair_differs", "undetermined", "fare_unreported")


class Figure(msgspec.Struct, frozen=True):
    """A percentage, or a dash; below it numerator and denominator, or why there is none."""

    text: str
    below: str


class FeedShown(msgspec.Struct, frozen=True, kw_only=True):
    """How a feed is now. ``mark``: held, failed or blank, as cards are marked."""

    platform: str
    feed: str
    newest: str
    silence: str
    usual_gap: str
    late_share: str
    state: str
    mark: str


class Names(msgspec.Struct, frozen=True):
    """What platforms and districts are called."""

    platforms: Mapping[str, str]
    districts: Mapping[str, str]
    say: Speaker

    def platform(self, slug: str) -> str:
        """Return a platform's name."""
        return self.platforms.get(slug, slug)

    def district(self, code: str) -> str:
        """Return a district's name."""
        return self.districts.get(code, code) if code else self.say("quality_nowhere")

    def feed(self, topic: str) -> str:
        """Return what a feed carries."""
        return self.say("quality_orders_feed" if topic.endswith(".orders") else "quality_positions_feed")

    def gap(self, gap: Gap) -> tuple[str, str, str, str]:
        """Return day, platform, feed and hours of a gap."""
        spans = "、".join(f"{start:02}–{end:02}" for start, end in gap.spans)
        return gap.day.isoformat(), self.platform(gap.topic.split(".")[1]), self.feed(gap.topic), spans


def figure(ratio: Ratio, say: Speaker) -> Figure:
    """Write a ratio."""
    if ratio.why:
        return Figure("—", say(ratio.why))
    if ratio.value is None:
        return Figure("—", say("quality_nothing"))
    return Figure(f"{ratio.value:.2%}", f"{ratio.numerator:,} / {ratio.denominator:,}")


def figures(measured: Measured, say: Speaker) -> list[Figure]:
    """Write every measure."""
    return [figure(measured.ratio(name), say) for name in MEASURES]


def figures_of_orders(orders: OrderMeasures, say: Speaker) -> list[Figure]:
    """Write the measures on orders."""
    return [figure(orders.linkage, say), figure(orders.truth, say)]


def besides(orders: OrderMeasures) -> tuple[int, ...]:
    """Return what stands beside truth, as ``BESIDES`` names it."""
    return tuple(getattr(orders, name) for name in BESIDES)


def feeds_shown(report: Report, names: Names, now: Instant) -> list[FeedShown]:
    """Write how every feed is."""
    return [
        _feed(names, slug, topic, report.pulses.get(topic), now)
        for slug in report.slugs
        for topic in feeds_of(slug)
    ]


def _feed(names: Names, slug: str, topic: str, pulse: Pulse | None, now: Instant) -> FeedShown:
    say, who = names.say, names.platform(slug)
    if pulse is None:
        nothing = {"newest": "—", "silence": "—", "usual_gap": "—", "late_share": "—"}
        state = say("quality_never")
        return FeedShown(platform=who, feed=names.feed(topic), state=state, mark="", **nothing)
    wrong = [say(f"quality_{what}") for what in ("silent", "late") if getattr(pulse, what)]
    known = "" if pulse.learnt else f"（{say('quality_unlearnt')}）"
    return FeedShown(
        platform=who,
        feed=names.feed(topic),
        newest=clock_time(pulse.newest_at, now=now, seconds=True),
        silence=_span(pulse.silence),
        usual_gap="—" if pulse.usual_gap is None else _span(pulse.usual_gap),
        late_share=f"{_share(pulse.late_share)} ({_share(pulse.usual_late_share)})",
        state=("、".join(wrong) or say("quality_flows")) + known,
        mark="failed" if wrong else "held",
    )


def flaws_of(report: Report) -> list[tuple[str, FlawCount]]:
    """Return every platform's flaws, most frequent first."""
    found = [(slug, flaw) for slug in report.slugs for flaw in report.total[slug].records.flaws]
    return sorted(found, key=lambda one: -one[1].number)


def refusals_of(report: Report) -> list[tuple[str, str, int]]:
    """Return platform, reason and number, most frequent first."""
    found = [
        (slug, reason, number)
        for slug in report.slugs
        for reason, number in report.total[slug].records.refused.items()
    ]
    return sorted(found, key=lambda one: -one[2])


def platform_names(companies: Mapping[str, str], slugs: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each platform: that of its one company, else its slug."""
    many = Counter(slugs.values())
    return {
        slug: companies.get(company, slug) if many[slug] == 1 else slug for company, slug in slugs.items()
    }


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _share(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def rows(numbers: Iterable[int]) -> list[str]:
    """Write whole numbers."""
    return [f"{number:,}" for number in numbers]
