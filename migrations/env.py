"""Alembic's environment: the engine and the tables come from the application (`registry/migrate.py` sets them)."""

from alembic import context

from registry.columns import Base
from registry.migrate import compared

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    compare_type=True,
    include_object=compared(connection),
    render_as_batch=connection.dialect.name == "sqlite",
    user_module_prefix="registry.db.",
)
with context.begin_transaction():
    context.run_migrations()
