"""An instance as an earlier release left it: 512 monthly releases and nine table versions of each measure, made up.

It lies beside the project (`../shared/cases`), not in it, since it is large. `REGISTRY_INSTANCE` names another one.
Where there is none, what asks for it is skipped with that reason, and fails in CI.
"""

import os
import shutil
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ARCHIVE = ROOT.parent / "shared" / "cases" / "grown-instance.tar.xz"


def grown_instance(folder: Path) -> Path:
    """A copy of the grown instance in ``folder``, not upgraded. Skips where there is none, and fails in CI."""
    copy = folder / "instance"
    if named := os.environ.get("REGISTRY_INSTANCE"):
        shutil.copytree(named, copy)
    elif ARCHIVE.exists():
        with tarfile.open(ARCHIVE) as archive:
            archive.extractall(folder, filter="data")
    else:
        message = f"{ARCHIVE.name} does not lie beside the project; REGISTRY_INSTANCE can name another instance"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return copy
