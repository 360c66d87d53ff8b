"""The report as an Excel file: one sheet a table, figures as numbers with numerator and denominator."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from regulator.console.quality.report import MEASURES, Measured, Report
from regulator.console.quality.shown import BESIDES, Names, besides, feeds_shown, flaws_of, refusals_of
from regulator.domain.instants import Instant
from regulator.quality.measures import OrderMeasures, Ratio

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Cell = str | int | float | None


def workbook(report: Report, names: Names, now: Instant) -> bytes:
    """Return the file."""
    say, book = names.say, Workbook()
    book.remove(book.active)
    heads = [say("quality_platform"), say("quality_day")]
    _sheet(book, say("quality_by_day"), heads + _measure_heads(names), _days(report, names))
    district = [say("quality_platform"), say("quality_district")]
    _sheet(book, say("quality_district"), district + _order_heads(names), _districts(report, names))
    _flaws(book, report, names)
    gaps = [say(f"quality_{name}") for name in ("day", "platform", "feed", "hours")]
    _sheet(book, say("quality_hours"), gaps, (names.gap(one) for one in report.gaps))
    _feeds(book, report, names, now)
    notes = [(say("quality_own"),), (say("quality_def_day"),)]
    formulas = [
        (say(f"quality_{name}"), say(f"quality_def_{name}")) for name in (*MEASURES, "fare_unreported")
    ]
    _sheet(book, say("quality_formulas"), [say("quality"), say("quality_formula")], [*formulas, *notes])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _days(report: Report, names: Names) -> Iterable[Sequence[_Cell]]:
    for slug in report.slugs:
        for day in report.days:
            yield [names.platform(slug), day.isoformat(), *_measures(report.daily[slug, day], names)]


def _measure_heads(names: Names) -> list[str]:
    say = names.say
    records = [say(f"quality_{name}") for name in ("records", "handled", "repeated", "refused")]
    return [*records, *_ratio_heads(names, MEASURES), *(say(f"quality_{name}") for name in BESIDES)]


def _measures(measured: Measured, names: Names) -> list[_Cell]:
    records = measured.records
    refused = sum(records.refused.values())
    ratios = [cell for name in MEASURES for cell in _ratio(measured.ratio(name), names)]
    counts = [records.records, records.handled, records.repeated, refused]
    return [*counts, *ratios, *besides(measured.orders)]


def _order_heads(names: Names) -> list[str]:
    return [
        *_ratio_heads(names, ("linkage", "truth")),
        *(names.say(f"quality_{name}") for name in BESIDES),
    ]


def _districts(report: Report, names: Names) -> Iterable[Sequence[_Cell]]:
    for (slug, district), orders in report.districts.items():
        yield [names.platform(slug), names.district(district), *_of_orders(orders, names)]


def _of_orders(orders: OrderMeasures, names: Names) -> list[_Cell]:
    return [*_ratio(orders.linkage, names), *_ratio(orders.truth, names), *besides(orders)]


def _ratio_heads(names: Names, measures: Sequence[str]) -> list[str]:
    say = names.say
    return [f"{say(f'quality_{name}')}{part}" for name in measures for part in ("", " n", " / N")]


def _ratio(ratio: Ratio, names: Names) -> tuple[_Cell, _Cell, _Cell]:
    if ratio.why:
        return f"— {names.say(ratio.why)}", None, None
    if ratio.value is None:
        return f"— {names.say('quality_nothing')}", ratio.numerator, ratio.denominator
    return ratio.value, ratio.numerator, ratio.denominator


def _flaws(book: Workbook, report: Report, names: Names) -> None:
    say = names.say
    heads = [say(f"quality_{name}") for name in ("platform", "type", "field", "flaw", "number")]
    found = [
        (names.platform(slug), one.type, one.field, say.term("flaw", one.kind), one.number)
        for slug, one in flaws_of(report)
    ]
    _sheet(book, say("quality_flaw"), heads, found)
    heads = [say(f"quality_{name}") for name in ("platform", "reason", "number")]
    refused = [
        (names.platform(slug), say.term("refusal", reason), n) for slug, reason, n in refusals_of(report)
    ]
    _sheet(book, say("quality_refused"), heads, refused)


def _feeds(book: Workbook, report: Report, names: Names, now: Instant) -> None:
    columns = ("platform", "feed", "newest", "silence", "usual_gap", "late_share", "state")
    heads = [names.say(f"quality_{name}") for name in columns]
    shown = feeds_shown(report, names, now)
    _sheet(
        book, names.say("quality_feed"), heads, ([getattr(one, name) for name in columns] for one in shown)
    )


def _sheet(book: Workbook, title: str, heads: Sequence[str], lines: Iterable[Sequence[_Cell]]) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.append(list(heads))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for line in lines:
        sheet.append(list(line))
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, float):
                cell.number_format = "0.00%"
            elif isinstance(cell.value, str):
                cell.data_type = "s"  # what begins like a formula is text
    sheet.freeze_panes = "A2"
    for column in range(1, len(heads) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 18
