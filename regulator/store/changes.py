"""The number of the last change, by which a page asks "what is new since 4711?".

A transaction that changes cards takes the next number before anything else and stamps all that it
touches with it. The row it counts in stays locked until it commits, so numbers become visible in
their order, and two writers of cards never interleave, be they the desk or an officer's click.
"""

from sqlalchemy import Connection, select, update

from regulator.store.schema import counters

ALERTS = "alerts"
REGISTER = "register"


def next_change(connection: Connection, counter: str = ALERTS) -> int:
    """Take the next number, and with it the right to write until the transaction ends."""
    statement = (
        update(counters)
        .where(counters.c.name == counter)
        .values(value=counters.c.value + 1)
        .returning(counters.c.value)
    )
    return int(connection.execute(statement).scalar_one())


def last_change(connection: Connection, counter: str = ALERTS) -> int:
    """Return the number of the last change that is visible."""
    return int(connection.execute(select(counters.c.value).where(counters.c.name == counter)).scalar_one())
