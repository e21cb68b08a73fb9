"""PostgreSQL: `pg_dump` of one exported snapshot, from which everything else that the backup says is read as well.

The programs get the details of the connection from a service file of their own that only its owner may read: nothing of
it, and no password, shows in a list of processes. Sources: PostgreSQL's manual, `pg_dump` (``--snapshot``), *The
Connection Service File*.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, MetaData, NullPool, create_engine, inspect, text
from sqlalchemy.orm import Session

from registry.backup.finding_texts import FINDINGS
from registry.backup.kept import Stopped
from registry.findings import Finding, Place, Text

FILE = "registry.dump"
INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
LOCK_WAIT = 60_000
"""Milliseconds that the dump waits for a table that a migration holds."""
FULL = ("no space left", "disk quota", "disk full")


class PostgresqlBackup:
    """The instance's PostgreSQL database, and dumps of one."""

    kind = "postgresql"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def about(self) -> dict[str, str]:
        with self._engine.connect() as connection:
            return {
                "kind": self.kind,
                "version": str(connection.scalar(text("SHOW server_version"))),
                "schema": str(connection.scalar(text("SELECT current_schema()"))),
            }

    def bytes_needed(self) -> int:
        return 0  # a dump is compressed: how much smaller it is than the database is known when it is there

    @contextmanager
    def snapshot(self, folder: Path, step: Callable[[], None]) -> Iterator[Session]:
        engine = create_engine(self._engine.url, poolclass=NullPool, isolation_level="REPEATABLE READ")
        with engine.connect() as connection:
            connection.execute(text("SET TRANSACTION READ ONLY"))
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            exported = str(connection.scalar(text("SELECT pg_export_snapshot()")))
            schema = str(connection.scalar(text("SELECT current_schema()")))
            self._run(
                program("pg_dump", self._server()),
                "--format=custom", "--no-owner", "--no-privileges", f"--schema={_exactly(schema)}",
                f"--snapshot={exported}", f"--lock-wait-timeout={LOCK_WAIT}", f"--file={folder / FILE}", step=step,
            )  # fmt: skip
            (folder / FILE).chmod(0o600)
            with (folder / FILE).open("rb+") as file:
                os.fsync(file.fileno())
            with Session(connection) as session:
                yield session
        engine.dispose()

    @contextmanager
    def reader(self, folder: Path) -> Iterator[Session | None]:
        """A dump cannot be read before it is restored."""
        yield None

    def check(self, folder: Path) -> list[Finding]:
        """Whether the dump can be unpacked to its end."""
        restorer = program("pg_restore", 0)
        done = subprocess.run(  # noqa: S603
            [restorer, f"--file={os.devnull}", folder / FILE], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return []
        return [FINDINGS.found("BACK-004", places=(Place(value=_last_words(done.stderr)),))]

    def require_empty(self) -> None:
        if inspect(self._engine).get_table_names():
            name = self._engine.url.database
            raise Stopped(
                Text(
                    f"Databasen {name} har redan tabeller. Återställ till en tom databas (createdb), och ange den i REGISTRY_DATABASE_URL.",
                    f"The database {name} has tables already. Restore into an empty one (createdb), and name it in REGISTRY_DATABASE_URL.",
                )
            )

    def forget_attempt(self) -> None:
        metadata = MetaData()
        with self._engine.begin() as connection:
            metadata.reflect(connection)
            metadata.drop_all(connection)
        self._engine.dispose()

    def restore(self, folder: Path, about: dict[str, str]) -> None:
        """All in one transaction."""
        with self._engine.connect() as connection:
            schema = str(connection.scalar(text("SELECT current_schema()")))
        self._engine.dispose()
        if schema != about["schema"]:
            raise Stopped(
                Text(
                    f"Säkerhetskopian är av schemat {about['schema']}, men den här databasen använder {schema}. Ändra search_path.",
                    f"The backup is of the schema {about['schema']}, but this database uses {schema}. Change search_path.",
                )
            )
        self._run(
            program("pg_restore", max(self._server(), _major(about["version"]))),
            "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", f"--schema={schema}",
            str(folder / FILE),
        )  # fmt: skip

    def _server(self) -> int:
        with self._engine.connect() as connection:
            return int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000

    def _run(self, command: Path, *arguments: str, step: Callable[[], None] = lambda: None) -> None:
        with tempfile.TemporaryDirectory(prefix="registry-service-") as kept:
            service = Path(kept) / "service.conf"
            service.touch(0o600)
            service.write_text(service_file(self._engine))
            process = subprocess.Popen(  # noqa: S603
                [command, "--no-password", "--dbname=service=registry", *arguments],
                env={name: value for name, value in os.environ.items() if not name.startswith("REGISTRY_")}
                | {"PGSERVICEFILE": str(service), "LC_MESSAGES": "C"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            try:
                complaint = _wait(process, step)
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
        if process.returncode:
            raise _failed(command.name, complaint)


def program(name: str, major: int) -> Path:
    """``pg_dump`` or ``pg_restore`` of the server's own major version, else of the nearest later one (0: any).

    An older one cannot read the server's catalogue. Raises ``Stopped`` where there is none that can.
    """
    found = sorted((version, path) for path in _installed(name) if (version := _version(path)) >= major)
    if not found:
        there = ", ".join(f"{path} ({_version(path)})" for path in _installed(name))
        raise Stopped(
            Text(
                f"Det behövs ett {name} av version {major or 'som passar servern'} eller senare"
                + (f", men här finns bara {there}. " if there else ", och det finns inget här. ")
                + f"Installera det (Debian: postgresql-client-{major or '…'}) eller lägg det i PATH.",
                f"A {name} of version {major or 'of the server'} or later is needed"
                + (f", but there is only {there}. " if there else ", and there is none here. ")
                + f"Install it (Debian: postgresql-client-{major or '…'}), or put it in PATH.",
            )
        )
    return found[0][1] if major else found[-1][1]


def service_file(engine: Engine) -> str:
    """The engine's connection as a service that libpq's programs can use. Raises ``Stopped`` for what cannot be written."""
    _, parameters = engine.dialect.create_connect_args(engine.url)
    lines = []
    for name, value in parameters.items():
        if value is None or name == "context":
            continue
        if any(character in str(value) for character in "\r\n") or str(value) != str(value).strip():
            raise Stopped(
                Text(
                    f"{name} i REGISTRY_DATABASE_URL börjar eller slutar med blanktecken eller har en radbrytning. Ändra det.",
                    f"{name} in REGISTRY_DATABASE_URL begins or ends with white space, or has a line break. Change it.",
                )
            )
        lines.append(f"{name}={value}")
    return "\n".join(["[registry]", *lines, ""])


def _installed(name: str) -> list[Path]:
    on_path = shutil.which(name)
    folders = [folder for pattern in INSTALLED for folder in sorted(Path("/").glob(pattern.lstrip("/")))]
    found = [Path(on_path)] if on_path else []
    return found + [folder / name for folder in folders if os.access(folder / name, os.X_OK)]


def _version(path: Path) -> int:
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return _major(done.stdout.rpartition(") ")[2] or done.stdout)


def _major(version: str) -> int:
    """
    >>> _major("15.14 (Debian 15.14-0+deb12u1)"), _major("pg_dump (PostgreSQL) 17.2"), _major("")
    (15, 17, 0)
    """
    found = re.search(r"\d+", version)
    return int(found.group()) if found else 0


def _exactly(schema: str) -> str:
    """The schema's name as a pattern that means itself and nothing else."""
    quoted = schema.replace('"', '""')
    return f'"{quoted}"'


def _wait(process: "subprocess.Popen[str]", step: Callable[[], None]) -> str:
    while True:
        try:
            return process.communicate(timeout=2)[1]
        except subprocess.TimeoutExpired:
            step()


def _failed(name: str, complaint: str) -> Exception:
    words = _last_words(complaint)
    if any(sign in complaint.lower() for sign in FULL):
        return OSError(28, words)  # ENOSPC, as if we had written it ourselves
    return Stopped(
        Text(
            f"{name} kunde inte slutföras. Det säger: {words}",
            f"{name} could not be completed. It says: {words}",
        )
    )


def _last_words(complaint: str) -> str:
    lines: Sequence[str] = [line for line in complaint.strip().splitlines() if line.strip()]
    return " ".join(lines[-3:])[:600] or "—"
