"""A batch that the database does not take is given to it in halves, down to the message that it refuses."""

import logging
from collections.abc import Callable, Sequence

from regulator.domain.errors import Unstorable
from streams.desk.gathered import DEFECT, Gathered, Message, origin

Read = Callable[[Sequence[Message]], Gathered]
Write = Callable[[Gathered], None]

_log = logging.getLogger(__name__)


def take(messages: Sequence[Message], *, read: Read, write: Write) -> None:
    """Write what messages say, in their order; one that cannot be stored is refused, its neighbours are not.

    Each part is written with the offsets that it reaches, so a crash between two parts costs nothing.
    """
    gathered = read(messages)
    try:
        write(gathered)
    except Unstorable as why:
        if len(messages) == 1:
            write(_set_aside(messages[0], why))
            return
        half = len(messages) // 2
        take(messages[:half], read=read, write=write)
        take(messages[half:], read=read, write=write)


def _set_aside(message: Message, why: Unstorable) -> Gathered:
    _log.error("a message cannot be stored: %s (%s)", origin(message), why)
    gathered = Gathered()
    gathered.refuse(message, DEFECT, str(why))
    gathered.reach([message])
    return gathered
