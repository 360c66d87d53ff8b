"""Alembic's entry: runs the steps on the connection, and in the transaction, that ``open_store`` gives."""

from alembic import context

from regulator.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
