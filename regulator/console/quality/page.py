"""The routes of data quality: the page, and the same as an Excel file."""

from collections.abc import Sequence
from datetime import date, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from regulator.console.context import Visit, visit
from regulator.console.quality.chart import Chart, chart
from regulator.console.quality.excel import TYPE, workbook
from regulator.console.quality.report import MEASURES, Report, report
from regulator.console.quality.shown import (
    BESIDES,
    Names,
    besides,
    feeds_shown,
    figures,
    figures_of_orders,
    flaws_of,
    platform_names,
    refusals_of,
    rows,
)
from regulator.console.rendering import render
from regulator.domain.instants import day_of
from regulator.quality.rhythm import patience_of

_DAYS = 7
_MOST_DAYS = 92
_MOST_LINES = 40


async def quality_page(request: Request) -> Response:
    """Measures by platform, day and district; feeds that are silent or late; gaps."""
    return HTMLResponse(await run_in_threadpool(_page, visit(request)))


async def quality_sheet(request: Request) -> Response:
    """The same as Excel."""
    here = visit(request)
    content = await run_in_threadpool(_sheet, here)
    first, last = _asked(here)
    named = f'attachment; filename="quality-{first:%Y%m%d}-{last:%Y%m%d}.xlsx"'
    return Response(content, media_type=TYPE, headers={"content-disposition": named})


def _sheet(here: Visit) -> bytes:
    return workbook(_report(here), _names(here), here.now)


def _page(here: Visit) -> str:
    said, names, (first, last) = _report(here), _names(here), _asked(here)
    asked = here.request.query_params.get("measure", "")
    measure = asked if asked in MEASURES else MEASURES[0]
    flaws, refusals = flaws_of(said), refusals_of(said)
    say = here.say
    return render(
        "quality.html",
        **here.frame(),
        first=first,
        last=last,
        measure=measure,
        measures=MEASURES,
        besides=BESIDES,
        chart=_chart(said, names, measure),
        feeds=feeds_shown(said, names, here.now),
        platforms=_platforms(said, names),
        days=[
            (day, [(names.platform(slug), figures(said.daily[slug, day], say)) for slug in said.slugs])
            for day in reversed(_since_the_first(said))
        ],
        districts=[
            (names.platform(slug), names.district(code), figures_of_orders(one, say), rows(besides(one)))
            for (slug, code), one in said.districts.items()
        ],
        flaws=[
            (names.platform(slug), one.type, one.field, say.term("flaw", one.kind), f"{one.number:,}")
            for slug, one in flaws[:_MOST_LINES]
        ],
        refusals=[
            (names.platform(slug), say.term("refusal", reason), f"{number:,}")
            for slug, reason, number in refusals
        ],
        gaps=[names.gap(one) for one in said.gaps[:_MOST_LINES]],
        more=(_MOST_LINES, len(flaws) > _MOST_LINES, len(said.gaps) > _MOST_LINES),
    )


def _since_the_first(said: Report) -> Sequence[date]:
    """Return the days asked for from the first on which anything came; all where nothing did."""
    came = [day for day in said.days if any(said.daily[slug, day].records.records for slug in said.slugs)]
    return [day for day in said.days if not came or day >= came[0]]


def _report(here: Visit) -> Report:
    first, last = _asked(here)
    console = here.console
    with console.store.reading() as connection:
        return report(
            connection,
            console.slugs,
            first=first,
            last=last,
            now=here.now,
            other_dialects=console.other_dialects,
            patience=patience_of(console.limits, here.now),
        )


def _asked(here: Visit) -> tuple[date, date]:
    """Return the days asked for; the last week where nothing sensible is."""
    asked, today = here.request.query_params, day_of(here.now)
    last = min(_day(asked.get("to", "")) or today, today)
    first = _day(asked.get("from", "")) or last - timedelta(_DAYS - 1)
    return max(min(first, last), last - timedelta(_MOST_DAYS - 1)), last


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 2016 else None


def _names(here: Visit) -> Names:
    around = here.console.around
    named = {slug: name for slug, name in here.console.platforms.items() if name}
    platforms = platform_names(around.companies, here.console.slugs) | named
    return Names(platforms, {one.code: one.name for one in around.sheet.outlines}, here.say)


def _chart(said: Report, names: Names, measure: str) -> Chart:
    return chart(
        [day.isoformat() for day in said.days],
        [
            (names.platform(slug), [said.daily[slug, day].ratio(measure).value for day in said.days])
            for slug in said.slugs
        ],
    )


def _platforms(said: Report, names: Names) -> list[tuple[object, ...]]:
    shown: list[tuple[object, ...]] = []
    for slug in said.slugs:
        total = said.total[slug]
        one = total.records
        counts = rows((one.records, one.handled, one.repeated, sum(one.refused.values())))
        shown.append((names.platform(slug), counts, figures(total, names.say), rows(besides(total.orders))))
    return shown
