"""SQLite: a copy by its online backup, which is consistent however much is written meanwhile.

The whole copy is one step: it reads one state of the database and holds up no writer. (In several steps it would begin
again with every write of another connection, and on a busy instance never end.)
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, NullPool, create_engine, inspect
from sqlalchemy.orm import Session

from registry.backup.finding_texts import FINDINGS
from registry.backup.kept import Stopped, copy_file, sync_folder
from registry.findings import Finding, Place, Text

FILE = "registry.db"
SIDE_FILES = ("-wal", "-shm", "-journal")


class SqliteBackup:
    """The instance's SQLite database, and copies of one."""

    kind = "sqlite"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def path(self) -> Path:
        """The file of the instance's own database."""
        return Path(str(self._engine.url.database))

    def about(self) -> dict[str, str]:
        return {"kind": self.kind, "version": sqlite3.sqlite_version}

    def bytes_needed(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    @contextmanager
    def snapshot(self, folder: Path, step: Callable[[], None]) -> Iterator[Session]:
        copy = folder / FILE
        if not self.path.exists():
            raise Stopped(
                Text(f"Det finns ingen databas {self.path}.", f"There is no database {self.path}."),
            )
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        step()
        with closing(sqlite3.connect(self.path, timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, whole in itself
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        sync_folder(folder)
        with _reading(copy) as session:
            yield session

    @contextmanager
    def reader(self, folder: Path) -> Iterator[Session | None]:
        with _reading(folder / FILE) as session:
            yield session

    def check(self, folder: Path) -> list[Finding]:
        """SQLite's own checks of the copy: its pages and indexes, and that every reference leads somewhere."""
        try:
            with closing(_open(folder / FILE)) as connection:
                flaws = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
                loose = [f"{row[0]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
        except sqlite3.DatabaseError as error:
            flaws, loose = [str(error)], []
        return [
            FINDINGS.found(code, places=tuple(Place(value=one) for one in found))
            for code, found in (("BACK-004", flaws), ("BACK-009", loose))
            if found
        ]

    def require_empty(self) -> None:
        if self.path.exists() and inspect(self._engine).get_table_names():
            raise Stopped(
                Text(
                    f"Databasen {self.path} används redan. Återställ till en tom mapp: ange den i REGISTRY_INSTANCE.",
                    f"The database {self.path} is in use already. Restore into an empty folder: name it in REGISTRY_INSTANCE.",
                )
            )

    def forget_attempt(self) -> None:
        self._engine.dispose()
        for suffix in ("", *SIDE_FILES):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)

    def restore(self, folder: Path, about: dict[str, str]) -> None:
        """The copy becomes the database at once or not at all. (`require_empty` has left an empty file at most.)"""
        self.forget_attempt()
        arriving = self.path.with_name(f"{self.path.name}.arriving")
        arriving.unlink(missing_ok=True)
        copy_file(folder / FILE, arriving)
        os.replace(arriving, self.path)
        sync_folder(self.path.parent)


@contextmanager
def _reading(copy: Path) -> Iterator[Session]:
    engine = create_engine("sqlite://", creator=lambda: _open(copy), poolclass=NullPool)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _open(copy: Path) -> sqlite3.Connection:
    """Read a copy that nobody writes; no side file is made beside it."""
    return sqlite3.connect(f"file:{quote(str(copy.resolve()))}?mode=ro&immutable=1", uri=True)
