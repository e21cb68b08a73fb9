"""`flask --app wsgi database grant ROLE`: what the role that serves may do in PostgreSQL, where another one owns the tables.

The log is inserted into and read, and nothing else: whoever takes over the serving processes can neither change nor remove an
event. Run by the owner after each upgrade.
"""

import re

import click
from sqlalchemy import text

from registry.columns import Base
from registry.db import db
from registry.findings import Text
from registry.migrate import database as database  # the group, complete with this command
from registry.sealed import Outside
from registry.terminal.speech import fail, say

_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def log_tables() -> list[str]:
    """The tables that the log is kept in: rows are never changed in them."""
    return sorted(mapper.local_table.name for mapper in Base.registry.mappers if mapper.class_.__proof__ is Outside.LOG)  # type: ignore[attr-defined]


@database.command("grant")
@click.argument("role")
def grant(role: str) -> None:
    """Let ROLE read and write everything, but only add to the log (PostgreSQL)."""
    if db.engine.dialect.name != "postgresql":
        fail(Text("Det här gäller bara PostgreSQL.", "This is for PostgreSQL alone."))
    if not _ROLE.fullmatch(role):
        fail(
            Text(
                "En roll skrivs med små bokstäver a–z, siffror och understreck.",
                "A role is written with small letters a–z, digits and underscores.",
            )
        )
    with db.engine.begin() as connection:
        if not connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}):
            fail(Text(f"Databasen har ingen roll {role}.", f"The database has no role {role}."))
        for statement in statements(role):
            connection.execute(text(statement))
    say(
        Text(
            f"{role} får läsa och skriva, och bara lägga till i loggen.",
            f"{role} may read and write, and only add to the log.",
        )
    )


def statements(role: str) -> list[str]:
    """What is said to the database; ``role`` has been checked to be a name."""
    log = ", ".join(f'"{name}"' for name in log_tables())
    return [
        f'GRANT USAGE ON SCHEMA public TO "{role}"',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
        f'REVOKE UPDATE, DELETE, TRUNCATE ON {log} FROM "{role}"',
        f'REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM "{role}"',
    ]
