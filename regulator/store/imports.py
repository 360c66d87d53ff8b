"""Which files were taken into the register, and which were taken back."""

import msgspec
from sqlalchemy import Connection, Table, func, insert, select, update

from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName
from regulator.store.schema import episodes, imports, statements


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """One file, or the take-back of one. ``ended_at`` None: it broke off, or goes on.

    ``changed``: how many statements it changed; ``taken_back_by``: the import that undid it.
    """

    number: int
    source: SourceName
    file: str
    digest: str
    began_at: Instant
    ended_at: Instant | None
    rows: int
    changed: int
    takes_back: int | None
    taken_back_by: int | None = None


class ImportStore:
    """Numbers imports. The caller owns the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(
        self,
        source: SourceName,
        file: str,
        *,
        digest: str,
        rows: int,
        at: Instant,
        takes_back: int | None = None,
    ) -> int:
        """Number an import; the same file that broke off before goes on under its old number."""
        columns = imports.c
        broken_off = select(columns.number).where(
            columns.source == source, columns.digest == digest, columns.ended_at.is_(None)
        )
        number = self._connection.execute(broken_off.order_by(columns.number)).scalars().first()
        if number is not None:
            return int(number)
        new = insert(imports).values(
            source=source,
            file=file,
            digest=digest,
            began_at=at,
            rows=rows,
            changed=0,
            takes_back=takes_back,
        )
        return int(self._connection.execute(new.returning(columns.number)).scalar_one())

    def end(self, number: int, *, at: Instant) -> int:
        """Note that an import is whole; return how many statements it changed."""
        changed = self.changed_so_far(number)
        done = update(imports).where(imports.c.number == number)
        self._connection.execute(done.values(ended_at=at, changed=changed))
        return changed

    def changed_so_far(self, number: int) -> int:
        """Return how many statements an import has changed."""
        return sum(self._count(table, number) for table in (statements, episodes))

    def all(self) -> list[Import]:
        """Return every import, the newest first."""
        rows = self._connection.execute(select(imports).order_by(imports.c.number.desc())).mappings()
        found = [Import(**row) for row in rows]
        undone: dict[int, int] = {}
        for one in found:
            if one.takes_back is not None and one.number not in undone:
                undone[one.takes_back] = one.number
        return [msgspec.structs.replace(one, taken_back_by=undone.get(one.number)) for one in found]

    def find(self, number: int) -> Import | None:
        """Return one import."""
        return next((one for one in self.all() if one.number == number), None)

    def _count(self, table: Table, number: int) -> int:
        query = select(func.count()).where(table.c.import_number == number)
        return int(self._connection.execute(query).scalar_one())
