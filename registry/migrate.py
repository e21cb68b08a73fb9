"""Migrations: up from empty on both databases, and a check that tables and migrations say the same.

Alembic is imported by what uses it: the web server and most commands never do.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from flask.cli import AppGroup
from sqlalchemy import Connection, text

from registry import baseline
from registry.columns import Base
from registry.db import db
from registry.findings import Text
from registry.root import ROOT
from registry.terminal.speech import fail, say

if TYPE_CHECKING:
    from alembic.config import Config

ONLY_ON = "only_on"
PROOF_SINCE = "0050"
"""The migration that gave the log its seals."""
LOCK_TIMEOUT, STATEMENT_TIMEOUT = "5s", "5min"
database = AppGroup("database", help="The database's tables.")


def upgrade(revision: str | None = None) -> None:
    """Bring the database to a revision, the newest by default; there, what stands in the rows is under the log's proof.

    A migration that changes what stands in sealed rows names their tables as ``RESEALED``. Raises ``LookupError`` where no migrations are
    found.
    """
    from alembic import command

    target = revision or _head()
    before = _revision()
    with _configured() as config:
        command.upgrade(config, target)
    if target == _head():
        baseline.begin()
        if changed := _resealed(before):
            baseline.seal_anew(changed, {table for tables in changed.values() for table in tables})


def downgrade(revision: str) -> None:
    """Take the database back to an earlier revision."""
    from alembic import command

    with _configured() as config:
        command.downgrade(config, revision)


def is_current() -> bool:
    """Whether the database has the newest revision."""
    return _revision() == _head()


def _revision() -> str | None:
    from alembic.runtime.migration import MigrationContext

    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _resealed(before: str | None) -> dict[str, Sequence[str]]:
    """The migrations after one that say which sealed tables they changed, with the tables. None where proof began after them."""
    from alembic.script import ScriptDirectory

    if before is None or before < PROOF_SINCE:
        return {}
    script = ScriptDirectory(str(ROOT / "migrations"))
    run = script.iterate_revisions("head", before)
    return {one.revision: one.module.RESEALED for one in run if hasattr(one.module, "RESEALED")}


def revisions() -> list[str]:
    """Every revision that this release knows, oldest first."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(ROOT / "migrations"))
    return [one.revision for one in script.walk_revisions()][::-1]


def drift() -> list[object]:
    """What the tables in the code have that the migrated database has not, or the other way round."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with db.engine.connect() as connection:
        options = {"compare_type": True, "include_object": compared(connection)}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


def compared(connection: Connection) -> Callable[..., bool]:
    """What is compared: all but SQLite's virtual tables with the tables behind them, and indexes of the other database.

    An index says in its ``info`` which dialect it is made on, where it is one only (`ONLY_ON`).
    """
    dialect = connection.dialect.name
    rows = connection.execute(text("SELECT name, type FROM pragma_table_list")).all() if dialect == "sqlite" else ()
    virtual = {name for name, kind in rows if kind in ("virtual", "shadow")}

    def is_compared(found: Any, name: str | None, kind: str, *_: object) -> bool:
        return name not in virtual if kind == "table" else found.info.get(ONLY_ON, dialect) == dialect

    return is_compared


@database.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest revision."""
    upgrade()
    say(Text("Databasen har den nyaste revisionen.", "The database is at the newest revision."))


@database.command()
def check() -> None:
    """Exit status 1 where tables and migrations differ."""
    if found := drift():
        differing = "\n".join(f"  {one}" for one in found)
        fail(
            Text(
                f"Tabellerna och migreringarna skiljer sig åt:\n{differing}",
                f"Tables and migrations differ:\n{differing}",
            ),
            1,
        )
    say(Text("Tabellerna och migreringarna stämmer överens.", "Tables and migrations agree."))


@database.command()
@click.argument("message")
@click.option("--rev-id", help="A number for the revision, in order: 0002.")
def revision(message: str, rev_id: str | None) -> None:
    """Write a new migration from what differs."""
    from alembic import command

    with _configured() as config:
        command.revision(config, message, autogenerate=True, rev_id=rev_id)


def _head() -> str:
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    if head is None:
        raise LookupError(f"there are no migrations in {ROOT / 'migrations'}")
    return head


@contextmanager
def _configured() -> "Iterator[Config]":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    options = {"registry_write": True}
    with db.engine.connect().execution_options(**options) as connection:
        _limit(connection)
        config.attributes["connection"] = connection
        yield config
        connection.commit()


def _limit(connection: Connection) -> None:
    """A migration waits briefly for locks and then gives up, so that it never queues everybody behind it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.execute(text(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'"))
