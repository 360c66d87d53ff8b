"""What lasts: the only SQL of the system. One store a file; the caller owns the transaction."""

from sqlalchemy import Connection

from regulator.store.database import Store
from regulator.store.migrating import open_store

__all__ = ["Connection", "Store", "open_store"]
