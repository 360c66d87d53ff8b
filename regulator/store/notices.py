"""Notices at rest: issued and lifted by officers, answered by platforms, and every one of them told."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, or_, select, update

from regulator.domain.drivers import NO_DRIVER, Driver
from regulator.domain.findings import FindingId
from regulator.domain.instants import Instant
from regulator.domain.notices import ANSWER_WITHIN, AnswerKind, Notice, NoticeId
from regulator.domain.orders import CompanyId
from regulator.domain.plates import NOBODY, Plate
from regulator.store.audit import AuditStore
from regulator.store.changes import next_change
from regulator.store.outbox import OutboxStore, Post
from regulator.store.schema import notices
from regulator.wire.notices import encode_notice, notice_told

_COUNTER = "notices"


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer wants a company to be told. One of ``vehicle`` and ``driver`` is blank."""

    platform: str
    company: CompanyId
    vehicle: Plate = NOBODY
    driver: Driver = NO_DRIVER
    last4: str = ""
    rule: str
    reason: str
    findings: tuple[FindingId, ...]
    until: Instant | None


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A platform's answer as it came in."""

    platform: str
    notice: NoticeId
    answer: AnswerKind
    text: str
    at: Instant


class Unanswered(msgspec.Struct, frozen=True):
    """How many of a platform's standing notices have no answer, and since when the oldest has none."""

    count: int
    since: Instant


class NoticeStore:
    """Writes a notice and the message that tells it in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def issue(self, wish: Wish, officer: str, *, at: Instant) -> Notice:
        """Tell a company to stop dispatching somebody; one that stands for the same is returned as it is."""
        number = next_change(self._connection, _COUNTER)
        standing = self._standing(wish, at)
        if standing is not None:
            return standing
        notice = Notice(
            id=NoticeId(f"N{number:08d}"),
            issued_at=at,
            issued_by=officer,
            answer_by=Instant(at + ANSWER_WITHIN),
            **msgspec.structs.asdict(wish),
        )
        self._connection.execute(insert(notices), [_row(notice)])
        AuditStore(self._connection).write(officer, "notice", subject=notice.id, at=at)
        self._tell(notice, at)
        return notice

    def lift(self, id: NoticeId, officer: str, *, at: Instant) -> Notice | None:
        """Let a company dispatch again; None where no such notice is in force."""
        next_change(self._connection, _COUNTER)
        notice = self.notice(id)
        if notice is None or not notice.stands(at):
            return None
        lifted = msgspec.structs.replace(notice, lifted_at=at, lifted_by=officer)
        self._change(id, lifted_at=at, lifted_by=officer)
        AuditStore(self._connection).write(officer, "lift notice", subject=id, at=at)
        self._tell(lifted, at)
        return lifted

    def answer(self, given: Given) -> bool:
        """Take a platform's answer; False if it was sent no such notice. The latest arrival counts."""
        next_change(self._connection, _COUNTER)
        notice = self.notice(given.notice)
        if notice is None or notice.platform != given.platform:
            return False
        if notice.answered_at is None or notice.answered_at <= given.at:
            self._change(given.notice, answer=given.answer, answer_text=given.text, answered_at=given.at)
        return True

    def notice(self, id: NoticeId) -> Notice | None:
        """Return one notice."""
        row = self._connection.execute(select(notices).where(notices.c.id == id)).mappings().one_or_none()
        return _notice(row) if row else None

    def newest(self, limit: int) -> list[Notice]:
        """Return the last notices, the newest first."""
        query = select(notices).order_by(notices.c.issued_at.desc(), notices.c.id.desc()).limit(limit)
        return [_notice(row) for row in self._connection.execute(query).mappings()]

    def unanswered(self, now: Instant) -> Mapping[str, Unanswered]:
        """Count by platform what stands and has no answer."""
        query = (
            select(notices.c.platform, func.count(), func.min(notices.c.issued_at))
            .where(notices.c.answer.is_(None), notices.c.lifted_at.is_(None))
            .where(or_(notices.c.until.is_(None), notices.c.until > now))
            .group_by(notices.c.platform)
        )
        return {
            platform: Unanswered(count, since) for platform, count, since in self._connection.execute(query)
        }

    def _standing(self, wish: Wish, at: Instant) -> Notice | None:
        query = select(notices).where(
            notices.c.company == wish.company,
            notices.c.vehicle == wish.vehicle,
            notices.c.driver == wish.driver,
            notices.c.lifted_at.is_(None),
        )
        found = [_notice(row) for row in self._connection.execute(query).mappings()]
        return next((notice for notice in found if notice.stands(at)), None)

    def _change(self, id: NoticeId, **values: Any) -> None:
        self._connection.execute(update(notices).where(notices.c.id == id).values(**values))

    def _tell(self, notice: Notice, at: Instant) -> None:
        value = encode_notice(notice_told(notice))
        post = Post(topic=f"notices.{notice.platform}", partition=0, key=notice.id.encode(), value=value)
        OutboxStore(self._connection).post([post], at=at)


def standing_for(connection: Connection, vehicle: Plate, driver: Driver, now: Instant) -> Sequence[Notice]:
    """Return the notices in force about a car or a driver."""
    about = [notices.c.vehicle == vehicle] if vehicle else []
    about += [notices.c.driver == driver] if driver else []
    if not about:
        return []
    query = select(notices).where(or_(*about)).order_by(notices.c.id)
    found = [_notice(row) for row in connection.execute(query).mappings()]
    return [notice for notice in found if notice.stands(now)]


def _row(notice: Notice) -> dict[str, Any]:
    row = msgspec.structs.asdict(notice)
    row["findings"] = msgspec.json.encode(notice.findings).decode()
    return row


def _notice(row: Mapping[Any, Any]) -> Notice:
    values = dict(row)
    values["findings"] = tuple(msgspec.json.decode(values["findings"], type=list[str]))
    values["answer"] = AnswerKind(values["answer"]) if values["answer"] else None
    return Notice(**values)
