"""The border: a message's bytes → one outcome a record, by contract sections 1.1 and 2.

Nothing that arrives makes it raise, and no bad record hurts its neighbours. Behind it there are no
field names of the ministry, no driving-licence numbers and no passengers.
"""

from codecs import BOM_UTF8
from collections.abc import Sequence, Set

from regulator.domain.feed import FeedKind, Outcome, Refusal, Refused
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.wire.ministry.batches import MOST_RECORDS, Batch, Lost, Unreadable
from regulator.wire.ministry.defects import Defects
from regulator.wire.ministry.gates import Gate, read_gate, wrong_topic_gate
from regulator.wire.ministry.json_envelope import read_json
from regulator.wire.ministry.names import Cars, Drivers
from regulator.wire.ministry.protobuf import read_protobuf
from regulator.wire.ministry.shapes import SHAPES, Shape
from regulator.wire.ministry.sight import Sight
from regulator.wire.ministry.timeliness import LimitsByDate, Timeliness

MOST_BYTES = 1 << 20
"""A message larger than this is refused unread."""
MOST_LINES = 20_000
"""Of refusals and flaws. One message has one receipt, and a receipt of more would be as large as no
topic takes: 340,000 empty records fit into a message."""
_FEW = 500
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
        timeliness = Timeliness(limits)

        def gate(shape: Shape) -> Gate:
            if shape.type.is_position is not (kind is FeedKind.POSITIONS):
                return wrong_topic_gate(shape)
            return read_gate(
                shape, companies=spoken_for, sight=sight, timeliness=timeliness, key=pseudonym_key
            )

        self._gates = {name: gate(shape) for name, shape in SHAPES.items()}
        self._defects = Defects()
        self._most_bytes = most_bytes

    def read(self, payload: bytes, arrival: Instant) -> list[Outcome]:
        """Return one outcome for each record, in order of index; never raises.

        A message that cannot be taken apart counts as one record.
        """
        outcomes: list[Outcome] = []
        for batch in self._take_apart(payload):
            records = 1 if isinstance(batch, Lost) else len(batch.records)
            if len(outcomes) + records > MOST_RECORDS:
                return [_lost(_TOO_LARGE, 0)]
            if isinstance(batch, Lost):
                outcomes.append(_lost(batch, len(outcomes)))
            else:
                self._cross(batch, arrival, outcomes)
        return [_lost(_TOO_LARGE, 0)] if _has_too_many_lines(outcomes) else outcomes

    def _take_apart(self, payload: bytes) -> Sequence[Batch | Lost]:
        """Return the envelopes in a message; a message without sense is one that is lost."""
        if len(payload) > self._most_bytes:
            return _UNREADABLE
        try:
            return (read_json(payload),) if payload[:1] == b"{" else _take_apart_by_bytes(payload)
        except Unreadable:
            return _UNREADABLE
        except Exception as error:  # our own failure, before there was a record to blame
            self._defects.note(error)
            return (Lost(Refusal.DEFECT),)

    def _cross(self, batch: Batch, arrival: Instant, outcomes: list[Outcome]) -> None:
        """Append the outcomes of one envelope's records."""
        name, read = batch.shape.name, batch.read
        cross = self._gates[name]
        for index, raw in enumerate(batch.records, len(outcomes)):
            try:
                record = raw if read is None else read(batch.shape, raw)
                outcomes.append(cross(record, index, batch, arrival))
            except Exception as error:  # our own failure is this record's alone
                self._defects.note(error)
                outcomes.append(
                    Refused(index=index, type=name, company=batch.company, order=None, reason=Refusal.DEFECT)
                )


def _take_apart_by_bytes(payload: bytes) -> Sequence[Batch | Lost]:
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
    return read_protobuf(payload)


def _has_too_many_lines(outcomes: Sequence[Outcome]) -> bool:
    if len(outcomes) <= _FEW:
        return False
    return sum(1 if isinstance(one, Refused) else len(one.flaws) for one in outcomes) > MOST_LINES


def _lost(lost: Lost, index: int) -> Refused:
    return Refused(index=index, type=lost.type, company=lost.company, order=None, reason=lost.reason)
