"""The small wheel installed in a folder of its own, and run where no web framework and no database can be imported."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.tools import offline_wheel

BLOCKED = ("alembic", "babel", "click", "flask", "jinja2", "sqlalchemy", "structlog", "werkzeug")
_RUN = f"""
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {BLOCKED!r}:
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Blocker())
import registry
from submission_portal.deliveries.offline.main import run
status = run()
sys.stderr.write("from " + registry.__file__ + chr(10) + "modules " + str(len(sys.modules)) + chr(10))
raise SystemExit(status)
"""


@dataclass(frozen=True)
class Installed:
    """The wheel where it is installed."""

    folder: Path
    wheel: Path

    @classmethod
    def into(cls, folder: Path) -> "Installed":
        """Make the wheel and install it, with pip alone and nothing from anywhere else."""
        wheel = offline_wheel.write(folder / "dist")
        target = folder / "installed"
        subprocess.run(
            [
                sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--no-index",
                "--target", str(target), str(wheel),
            ],
            check=True,
        )  # fmt: skip
        return cls(target, wheel)

    def run(self, *arguments: str | Path, home: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run `kontrollera`, in a home of its own and away from the repository."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        return subprocess.run(
            [sys.executable, "-P", "-c", _RUN, *map(str, arguments)],
            cwd=home,
            env={**kept, "PYTHONPATH": str(self.folder), "HOME": str(home), "LANG": "sv_SE.UTF-8", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def told(self, *arguments: str | Path, home: Path) -> Any:
        """What it says for machines."""
        done = self.run(*arguments, "--json", home=home)
        assert done.stdout, done.stderr
        return json.loads(done.stdout)
