"""How a change of the register is told to officers as the cause of an event."""

from regulator.domain.findings import Because
from regulator.domain.licences import LicenceKind
from regulator.domain.register import RegisterChange, Stated, Vouched


def because_of(change: RegisterChange) -> Because:
    """Name the statement, withdrawal or heartbeat."""
    match change:
        case Vouched(source=source, complete_to=complete_to):
            return Because(source=source, kind="heartbeat", complete_to=complete_to)
        case Stated(statement=one):
            return Because(
                source=one.source, kind=one.kind, certificate=one.certificate, sequence=one.sequence
            )
        case _:
            return Because(
                source=change.source,
                kind=change.kind,
                certificate=change.certificate,
                sequence=change.sequence,
            )


def kind_of(change: RegisterChange) -> LicenceKind | None:
    """Return the kind of licence that a change is about; None for a heartbeat."""
    match change:
        case Vouched():
            return None
        case Stated(statement=one):
            return one.kind
        case _:
            return change.kind
