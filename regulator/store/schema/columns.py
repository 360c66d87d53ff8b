"""What the tables share. Instants are whole microseconds since 1970 UTC."""

from sqlalchemy import BigInteger, Integer, MetaData

metadata = MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"}
)

Moment = BigInteger
"""An instant's column."""

Number = BigInteger().with_variant(Integer, "sqlite")
"""A row's own number: SQLite counts only columns that it calls INTEGER."""
