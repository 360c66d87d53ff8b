"""The border for Guangzhou's interface: a message's bytes → one outcome a record.

The ministry's gates decide; what is here brings records before them and gives fields the names back
that the platform knows. Nothing that arrives makes it raise, and no bad record hurts its neighbours.
"""

from collections.abc import Set
from typing import Any

from msgspec.structs import replace

from regulator.domain.feed import Accepted, FeedKind, Flaw, Outcome, Refusal, Refused
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.wire.guangzhou.envelope import Envelope, open_record, read_envelope
from regulator.wire.guangzhou.facts import reader_of
from regulator.wire.guangzhou.forms import FORMS, Form
from regulator.wire.guangzhou.mending import mend
from regulator.wire.ministry.batches import MOST_RECORDS, Lost, Unreadable
from regulator.wire.ministry.border import MOST_BYTES, MOST_LINES
from regulator.wire.ministry.defects import Defects
from regulator.wire.ministry.gates import CarefulGate, Gate, wrong_topic_gate
from regulator.wire.ministry.names import Cars, Drivers
from regulator.wire.ministry.sight import Sight
from regulator.wire.ministry.timeliness import LimitsByDate, Timeliness, Window


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
        self._drivers, self._timeliness = sight.drivers, (timeliness := Timeliness(limits))

        def gate(form: Form) -> Gate:
            if form.command.is_position is not (kind is FeedKind.POSITIONS):
                return wrong_topic_gate(form.shape)
            return CarefulGate(
                form.shape,
                companies=spoken_for,
                sight=sight,
                timeliness=timeliness,
                key=pseudonym_key,
                reader=reader_of(form.command),
            ).cross

        self._gates = {name: gate(form) for name, form in FORMS.items()}
        self._defects = Defects()
        self._most_bytes = most_bytes

    def read(self, payload: bytes, arrival: Instant) -> list[Outcome]:
        """Return one outcome for each record, in order of index; never raises.

        A message that cannot be taken apart counts as one record.
        """
        envelope = self._take_apart(payload)
        if isinstance(envelope, Lost):
            return [_lost(envelope)]
        outcomes: list[Outcome] = []
        window, lines = self._timeliness.window(arrival), 0
        for index, raw in enumerate(envelope.batch.records):
            outcome = self._cross(envelope, raw, index, window)
            lines += 1 if isinstance(outcome, Refused) else len(outcome.flaws)
            if lines > MOST_LINES:
                return [_lost(Lost(Refusal.UNREADABLE))]
            outcomes.append(outcome)
        return outcomes

    def _take_apart(self, payload: bytes) -> Envelope | Lost:
        if len(payload) > self._most_bytes:
            return Lost(Refusal.UNREADABLE)
        try:
            envelope = read_envelope(payload)
        except Unreadable:
            return Lost(Refusal.UNREADABLE)
        except Exception as error:  # our own failure, before there was a record to blame
            self._defects.note(error)
            return Lost(Refusal.DEFECT)
        is_whole = isinstance(envelope, Lost) or len(envelope.batch.records) <= MOST_RECORDS
        return envelope if is_whole else Lost(Refusal.UNREADABLE)

    def _cross(self, envelope: Envelope, raw: Any, index: int, window: Window) -> Outcome:
        form, batch = envelope.form, envelope.batch
        try:
            mended = mend(form, open_record(raw), self._drivers)
            outcome = self._gates[form.command.name](mended, index, batch, window)
        except Exception as error:  # our own failure is this record's alone
            self._defects.note(error)
            return _lost(Lost(Refusal.DEFECT, batch.company, batch.shape.name), index)
        return _in_own_words(form, outcome)


def _in_own_words(form: Form, outcome: Outcome) -> Outcome:
    """Name the fields of flaws as the platform does."""
    if not isinstance(outcome, Accepted) or not outcome.flaws:
        return outcome
    flaws = tuple(Flaw(form.called.get(flaw.field, flaw.field), flaw.kind) for flaw in outcome.flaws)
    return replace(outcome, flaws=flaws)


def _lost(lost: Lost, index: int = 0) -> Refused:
    return Refused(index=index, type=lost.type, company=lost.company, order=None, reason=lost.reason)
