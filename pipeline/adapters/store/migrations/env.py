"""Runs the migrations on the connection that `SqlStore.upgrade` hands over."""

from alembic import context

from pipeline.adapters.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
