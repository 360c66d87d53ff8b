"""The border: a message's bytes → one outcome a record, by contract sections 1.1 and 2.

Nothing that arrives makes it raise, and no bad record hurts its neighbours. Behind it there are no
field names of the ministry, no driving-licence numbers and no passengers.
"""

from codecs import BOM_UTF8
from collections.abc import Sequence, Set
from typing import Any

from regulator.domain.feed import FeedKind, Outcome, Refusal, Refused
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.wire.ministry.batches import MOST_RECORDS, Batch, Lost, Unreadable
from regulator.wire.ministry.defects import Defects
from regulator.wire.ministry.gates import CarefulGate, Gate, wrong_topic_gate
from regulator.wire.ministry.json_envelope import read_clean, read_json
from regulator.wire.ministry.names import Cars, Drivers
from regulator.wire.ministry.protobuf import read_protobuf
from regulator.wire.ministry.quick_gates import quick_gate
from regulator.wire.ministry.shapes import SHAPES, Shape
from regulator.wire.ministry.sight import Sight
from regulator.wire.ministry.timeliness import LimitsByDate, Timeliness, Window
from regulator.wire.ministry.tolerant_json import read_tolerantly

MOST_BYTES = 1 << 20
"""A message larger than this is refused unread; in protobuf, which says the same in a third, half of it."""
MOST_LINES = 20_000
"""Of refusals and flaws. One message has one receipt, and a receipt of more would be as large as no
topic takes: 340,000 empty records fit into a message."""
_FEW = 200
"""So many records cannot come to so many lines: no type has that many fields."""

_TOO_LARGE = Lost(Refusal.UNREADABLE)
_UNREADABLE = (Lost(Refusal.UNREADABLE),)
_JSON_SPACE = b" \t\r\n"


class Border:
    """Reads what one platform's slug sends on one of its two topics."""

    def __init__(
        self,
        *,
        companies: Set[str],
        kind: FeedKind,
        pseudonym_key: bytes,
        fillers: Set[str],
        limits: LimitsByDate,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        sight = Sight(Cars(), Drivers(pseudonym_key, fillers), pseudonym_key)
        spoken_for = {company: CompanyId(company) for company in companies}
        self._timeliness = timeliness = Timeliness(limits)

        def gate(shape: Shape) -> Gate:
            if shape.type.is_position is not (kind is FeedKind.POSITIONS):
                return wrong_topic_gate(shape)
            careful = CarefulGate(
                shape, companies=spoken_for, sight=sight, timeliness=timeliness, key=pseudonym_key
            )
            return quick_gate(careful)

        self._gates = {name: gate(shape) for name, shape in SHAPES.items()}
        self._defects = Defects()
        self._most_bytes = most_bytes

    def read(self, payload: bytes, arrival: Instant) -> list[Outcome]:
        """Return one outcome for each record, in order of index; never raises.

        A message that cannot be taken apart counts as one record.
        """
        window = self._timeliness.window(arrival)
        clean = None
        try:
            clean = read_clean(payload) if len(payload) <= self._most_bytes else None
            if clean is not None and len(clean.records) <= _FEW:
                cross = self._gates[clean.shape.name]
                outcomes: list[Outcome] = []
                for record in clean.records:
                    outcomes.append(cross(record, len(outcomes), clean, window))
                return outcomes
        except Exception:  # our own failure: which record it is about is found out on the longer way
            clean = None
        return self._read_all((clean,) if clean is not None else self._take_apart(payload), window)

    def _read_all(self, batches: Sequence[Batch | Lost], window: Window) -> list[Outcome]:
        """Return one outcome for each record; one alone where there are too many, or lines."""
        outcomes: list[Outcome] = []
        first = batches[0]
        if len(batches) == 1 and not isinstance(first, Lost) and len(first.records) <= _FEW:
            self._cross(first, first.records, window, outcomes)
        elif not self._cross_many(batches, window, outcomes):
            return [_lost(_TOO_LARGE, 0)]
        return outcomes

    def _cross_many(self, batches: Sequence[Batch | Lost], window: Window, outcomes: list[Outcome]) -> bool:
        """Append the outcomes of all records; return False as soon as there are too many, or lines."""
        lines = counted = 0
        for batch in batches:
            if isinstance(batch, Lost):
                outcomes.append(_lost(batch, len(outcomes)))
            elif len(outcomes) + len(batch.records) > MOST_RECORDS:
                return False
            else:
                for start in range(0, len(batch.records), _FEW):
                    self._cross(batch, batch.records[start : start + _FEW], window, outcomes)
                    lines, counted = lines + _lines(outcomes[counted:]), len(outcomes)
                    if lines > MOST_LINES:
                        return False
        return len(outcomes) <= MOST_RECORDS

    def _take_apart(self, payload: bytes) -> Sequence[Batch | Lost]:
        """Return the envelopes in a message that is not clean; one without sense is one that is lost."""
        if len(payload) > self._most_bytes:
            return _UNREADABLE
        try:
            if payload[:1] == b"{":
                return (read_tolerantly(payload),)
            return _take_apart_by_bytes(payload, most_protobuf=self._most_bytes // 2)
        except Unreadable:
            return _UNREADABLE
        except Exception as error:  # our own failure, before there was a record to blame
            self._defects.note(error)
            return (Lost(Refusal.DEFECT),)

    def _cross(self, batch: Batch, records: Sequence[Any], window: Window, outcomes: list[Outcome]) -> None:
        """Append the outcomes of some of an envelope's records."""
        shape, read = batch.shape, batch.read
        cross = self._gates[shape.name]
        for raw in records:
            try:
                record = raw if read is None else read(shape, raw)
                outcomes.append(cross(record, len(outcomes), batch, window))
            except Exception as error:  # our own failure is this record's alone
                self._defects.note(error)
                outcomes.append(_defective(batch, len(outcomes)))


def _take_apart_by_bytes(payload: bytes, *, most_protobuf: int) -> Sequence[Batch | Lost]:
    """Tell JSON from protobuf; raises ``Unreadable``.

    No protobuf envelope starts with a brace; one may well start like a line feed and a brace, but
    goes on as no JSON does.
    """
    text = payload.removeprefix(BOM_UTF8).lstrip(_JSON_SPACE)
    if text[:1] == b"{":
        try:
            return (read_json(text),)
        except Unreadable:
            pass
    if len(payload) > most_protobuf:
        raise Unreadable
    return read_protobuf(payload)


def _lines(outcomes: Sequence[Outcome]) -> int:
    """Count what a receipt would say of each."""
    return sum(1 if isinstance(one, Refused) else len(one.flaws) for one in outcomes)


def _defective(batch: Batch, index: int) -> Refused:
    return Refused(
        index=index, type=batch.shape.name, company=batch.company, order=None, reason=Refusal.DEFECT
    )


def _lost(lost: Lost, index: int) -> Refused:
    return Refused(index=index, type=lost.type, company=lost.company, order=None, reason=lost.reason)
