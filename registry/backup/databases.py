"""The database's part of a backup, the same for both kinds: a snapshot that can be read while its copy is made."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from registry.backup.kept import Stopped
from registry.backup.postgresql import PostgresqlBackup
from registry.backup.sqlite import SqliteBackup
from registry.findings import Finding, Text

FOLDER = "database"


class DatabaseBackup(Protocol):
    """How one kind of database is copied, checked and put back."""

    kind: str

    def about(self) -> dict[str, str]:
        """``kind``, ``version`` and what else the restoration must know."""

    def bytes_needed(self) -> int:
        """How large the copy will be at least."""

    def snapshot(self, folder: Path, step: Callable[[], None]) -> AbstractContextManager[Session]:
        """Copy the database into ``folder``, and give a session that reads exactly what the copy holds."""

    def check(self, folder: Path) -> list[Finding]:
        """Whether the copy can be read to its end."""

    def reader(self, folder: Path) -> AbstractContextManager[Session | None]:
        """A session that reads the copy as it lies there, where that is possible without restoring it."""

    def require_empty(self) -> None:
        """Raises ``Stopped`` where the instance's own database holds anything."""

    def forget_attempt(self) -> None:
        """Remove what an interrupted restoration has left in a database that was empty before it."""

    def restore(self, folder: Path, about: dict[str, str]) -> None:
        """Fill the instance's own, empty database from the copy."""


def database_backup(engine: Engine, kind: str = "") -> DatabaseBackup:
    """The way of the engine's kind of database, or of the ``kind`` that a backup says it is of."""
    return SqliteBackup(engine) if (kind or engine.dialect.name) == "sqlite" else PostgresqlBackup(engine)


def revision_of(session: Session) -> str:
    """The migration that the database is at. Raises ``Stopped`` where it has no tables."""
    try:
        found = session.scalar(text("SELECT version_num FROM alembic_version"))
    except Exception as error:
        raise _no_revision() from error
    if found is None:
        raise _no_revision()
    return str(found)


def _no_revision() -> Stopped:
    return Stopped(
        Text(
            "Databasen har ingen revision: den är inte uppsatt. Det finns inget att säkerhetskopiera.",
            "The database has no revision: it has not been set up. There is nothing to back up.",
        )
    )
