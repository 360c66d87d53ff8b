"""``--stats`` of a replay: what became of the records, and what was found."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from regulator.domain.feed import Refusal
from regulator.judging.account import HANDLED, REPEATED, Account
from regulator.replay.rows import Row


def statistics(account: Account, rows: Iterable[Row]) -> dict[str, Any]:
    """Return one JSON object: ``records`` by company and type, ``findings`` by rule, reason and status."""
    return {"records": _records(account), "findings": _findings(rows)}


def _records(account: Account) -> dict[str, Any]:
    by_company: dict[str, dict[str, dict[str, Any]]] = defaultdict(lambda: defaultdict(_nothing))
    for (company, type_, fate), number in sorted(account.fates.items()):
        counts = by_company[company][type_]
        counts["records"] += number
        if fate in (HANDLED, REPEATED):
            counts[fate] += number
        else:
            counts["refused"][str(Refusal(fate))] = number
    for flaw in account.flaws:
        flaws = by_company[flaw.company][flaw.type]["flaws"]
        flaws[str(flaw.reason)] = flaws.get(str(flaw.reason), 0) + 1
    return by_company


def _nothing() -> dict[str, Any]:
    return {"records": 0, HANDLED: 0, REPEATED: 0, "refused": {}, "flaws": {}}


def _findings(rows: Iterable[Row]) -> dict[str, dict[str, dict[str, int]]]:
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        statuses = found[row.rule][row.reason or ""]
        statuses[row.status] = statuses.get(row.status, 0) + 1
    return found
