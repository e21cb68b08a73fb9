"""The demonstration, performed once per test run and shared by every test process as a folder to copy from."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared_folders import shared_folder

ROOT = Path(__file__).resolve().parents[1]


def performed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of an instance in which the main job was performed; whichever test process comes first does it."""
    shared = shared_folder(tmp_path_factory, "performed")
    folder = shared / "demonstration"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            environment = os.environ | {"REGISTRY_INSTANCE": str(folder), "REGISTRY_LOG_LEVEL": "WARNING"}
            environment.pop("REGISTRY_DATABASE_URL", None)
            run = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare", "--demonstration"]
            done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
            if done.returncode:
                pytest.fail(f"the demonstration failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
            (folder / "demonstration.txt").write_text(done.stdout)
            (folder / "ready").touch()
    return folder


def copied(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """A copy of the performed demonstration, for one test process to do with as it likes."""
    folder = tmp_path_factory.mktemp(name) / "instance"
    shutil.copytree(performed(tmp_path_factory), folder)
    return folder
