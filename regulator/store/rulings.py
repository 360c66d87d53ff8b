"""What officers decide about findings that a platform disputes."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, RowMapping, insert, select, update

from regulator.domain.findings import FindingId
from regulator.domain.instants import Instant
from regulator.domain.rulings import Ruled, Ruling
from regulator.store.audit import AuditStore
from regulator.store.batches import among, rows_among
from regulator.store.changes import next_change
from regulator.store.claims import Act, Outcome
from regulator.store.schema import alerts, findings, rulings


class RulingStore:
    """Keeps every ruling; of one finding the newest counts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rule(self, finding: FindingId, ruling: Ruling, officer: str, *, at: Instant) -> Act:
        """Decide about a finding that stands and is disputed, unless another officer has its card."""
        change = next_change(self._connection)
        row = self._disputed(finding)
        if row is None:
            return Act(Outcome.NOT_OPEN, None)
        if row["closed_at"] is None and row["claimed_by"] not in (None, officer):
            return Act(Outcome.TAKEN, row["claimed_by"])
        known = self.of([finding]).get(finding)
        if known is None or (known.ruling, known.judgement) != (ruling, row["judgement"]):
            values = {"finding": finding, "judgement": row["judgement"], "ruling": ruling}
            self._connection.execute(insert(rulings).values(**values, officer=officer, ruled_at=at))
            self._connection.execute(update(alerts).where(alerts.c.id == row["alert"]).values(change=change))
            AuditStore(self._connection).write(officer, f"rule {ruling}", subject=finding, at=at)
        return Act(Outcome.DONE, officer)

    def of(self, asked: Iterable[FindingId]) -> Mapping[FindingId, Ruled]:
        """Return the newest ruling of each finding that has one."""
        query = select(rulings).where(among(rulings.c.finding)).order_by(rulings.c.number)
        rows = rows_among(self._connection, query, sorted(set(asked)))
        return {FindingId(row["finding"]): _ruled(row) for row in rows}

    def _disputed(self, finding: FindingId) -> RowMapping | None:
        query = (
            select(findings.c.judgement, findings.c.alert, alerts.c.closed_at, alerts.c.claimed_by)
            .join_from(findings, alerts, alerts.c.id == findings.c.alert)
            .where(findings.c.id == finding, findings.c.standing, findings.c.disputed)
        )
        return self._connection.execute(query).mappings().one_or_none()


def _ruled(row: RowMapping) -> Ruled:
    return Ruled(
        finding=FindingId(row["finding"]),
        judgement=row["judgement"],
        ruling=Ruling(row["ruling"]),
        officer=row["officer"],
        at=row["ruled_at"],
    )
