"""What takes minutes: soak, races, long fuzzing, kills and growth. `make soak` runs it, `make test` does not.

Everything in this folder carries the mark `soak`; elsewhere in `tests` do the longer cases of tests that `make test`
runs in short. How much is done is a multiple of what fits into ten minutes in all:
`make soak SOAK=5` does five times as much.
"""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("soak")


@pytest.fixture(scope="session")
def soak() -> float:
    """How many times the default amount is to be done; 1 by default."""
    return float(os.environ.get("SOAK") or 1)
