"""A real PostgreSQL server of a test's own, on a socket in a temporary folder, which can be stopped, killed and started."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

IN_CI = bool(os.environ.get("CI"))


class Server:
    """Make one with `started`."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        self.as_user: dict[str, object] = {}
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            self.as_user = {"user": "postgres", "group": "postgres"}
        make = ("--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        self._run("initdb", "-D", folder / "data", "-U", "registry", *make)

    @property
    def address(self) -> str:
        return f"postgresql+psycopg://registry@/postgres?host={self.folder}&port=5432"

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -p 5432 -c fsync=off -c full_page_writes=off -c jit=off"
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """``fast`` as a restart does it, ``immediate`` as a crash does."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", mode, "-w", "stop")

    def _run(self, *command: object) -> None:
        run = [self.programs / str(command[0]), *command[1:]]
        subprocess.run(run, check=True, capture_output=True, cwd=self.folder, **self.as_user)


@contextmanager
def started() -> Iterator[Server]:
    """A server that runs. Skips where PostgreSQL is not installed, and fails in CI."""
    found = shutil.which("initdb") or next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[::-1]), None)
    if found is None:
        message = "PostgreSQL is not installed (Debian: postgresql)"
        pytest.fail(message) if IN_CI else pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))
    server = Server(Path(found).parent, folder)
    server.start()
    try:
        yield server
    finally:
        subprocess.run(
            [server.programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"],
            capture_output=True, cwd=folder, **server.as_user,
        )  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)
