"""Whom a company itself reported: its fleet, about which it may ask.

A car or driver belongs to it while its own base record stands, or while an order or login of it
named them lately.
"""

from collections.abc import Iterable, Sequence, Set
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, case, column, select, values
from sqlalchemy import String as Text
from sqlalchemy.dialects import postgresql, sqlite

from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.store.batches import among, in_batches, rows_among
from regulator.store.schema import orders, reported

_AT_ONCE = 500


class Member(StrEnum):
    """What a fleet consists of."""

    VEHICLE = "vehicle"
    DRIVER = "driver"


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """A base record as far as it says who belongs to whom. ``subject``: a plate, or a driver's pseudonym."""

    company: CompanyId
    kind: Member
    subject: str
    at: Instant
    withdrawn: bool = False


class ReportedStore:
    """Keeps who reported whom."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, records: Sequence[Reported]) -> None:
        """Take records in any order: whether somebody is withdrawn is said by the one with the newest ``at``.

        Of records with an equal ``at`` the later one counts. Taken again they change nothing.
        """
        if records:
            self._connection.execute(_upsert(self._connection), [_row(record) for record in records])

    def reports(
        self, companies: Set[CompanyId], kind: Member, subjects: Iterable[str], *, since: Instant
    ) -> set[str]:
        """Return those of the subjects that belong to any of the companies.

        ``since``: how far back an order or login still makes somebody theirs.
        """
        asked = set(subjects)
        if not companies:
            return set()
        found = self._by_base_records(companies, kind, asked)
        return found | self._by_orders(companies, kind, asked - found, since)

    def _by_base_records(self, companies: Set[CompanyId], kind: Member, subjects: Set[str]) -> set[str]:
        query = select(reported.c.subject).where(
            reported.c.kind == kind,
            reported.c.company.in_(sorted(companies)),
            ~reported.c.withdrawn,
            among(reported.c.subject),
        )
        return {row["subject"] for row in rows_among(self._connection, query, sorted(subjects))}

    def _by_orders(
        self, companies: Set[CompanyId], kind: Member, subjects: Set[str], since: Instant
    ) -> set[str]:
        """LIMIT makes a database look by the car; PostgreSQL would else read all orders of the company."""
        found: set[str] = set()
        named = orders.c.vehicle if kind is Member.VEHICLE else orders.c.driver
        for batch in in_batches(sorted(subjects), _AT_ONCE):
            asked = values(column("subject", Text), name="asked").data([(one,) for one in batch]).cte("asked")
            theirs = select(orders.c.key).where(
                named == asked.c.subject,
                orders.c.updated_at >= since,
                orders.c.company.in_(sorted(companies)),
            )
            first = theirs.limit(1).correlate(asked).scalar_subquery()
            query = select(asked.c.subject).where(first.is_not(None))
            found.update(self._connection.execute(query).scalars())
        return found


def _row(record: Reported) -> dict[str, Any]:
    return {
        "company": record.company,
        "kind": record.kind,
        "subject": record.subject,
        "first_reported_at": record.at,
        "last_reported_at": record.at,
        "withdrawn": record.withdrawn,
    }


def _upsert(connection: Connection) -> Any:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(reported)
    old, new = reported.c, statement.excluded
    newer: ColumnElement[bool] = new.last_reported_at >= old.last_reported_at
    return statement.on_conflict_do_update(
        index_elements=list(reported.primary_key),
        set_={
            "first_reported_at": case(
                (new.first_reported_at < old.first_reported_at, new.first_reported_at),
                else_=old.first_reported_at,
            ),
            "last_reported_at": case((newer, new.last_reported_at), else_=old.last_reported_at),
            "withdrawn": case((newer, new.withdrawn), else_=old.withdrawn),
        },
    )
