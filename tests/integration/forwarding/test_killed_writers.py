"""Writers of the national store are really killed: nothing is lost and nothing doubled."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from deltalake import DeltaTable

from submission_portal.forwarding.sinks import RELEASE, DeltaSink

WRITER = Path(__file__).parent / "writer.py"
ROOT = Path(__file__).parents[3]
STEPS = ("prepared", "opened", "checked", "committed")


def start(folder: Path, die_at: str, *releases: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(folder), die_at, *releases],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "POLARS_MAX_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stored(folder: Path, releases: list[str]) -> Counter[str]:
    return Counter(DeltaSink(folder).read("beds", releases)[RELEASE].to_list())


@pytest.mark.parametrize("step", STEPS)
def test_a_writer_killed_at_any_step_loses_and_doubles_nothing(tmp_path, step):
    killed = start(tmp_path, step, "r1")
    _, said = killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL, said
    again = start(tmp_path, "-", "r1", "r1")
    _, said = again.communicate(timeout=60)
    assert again.returncode == 0, said
    assert stored(tmp_path, ["r1"]) == {"r1": 3}


def test_rival_writers_killed_at_random_moments_lose_and_double_nothing(tmp_path):
    """Two writers with the same twenty releases at a time, each killed somewhere, again and again until all is there."""
    chance = random.Random(20261122)
    releases = [f"r{number}" for number in range(20)]
    kills = 0
    for _ in range(6):
        rivals = [start(tmp_path, "-", *chance.sample(releases, len(releases))) for _ in range(2)]
        time.sleep(0.35 + chance.random() * 0.5)
        for rival in rivals:
            rival.kill()
            rival.communicate(timeout=60)
            kills += rival.returncode == -signal.SIGKILL
    last = [start(tmp_path, "-", *releases) for _ in range(2)]
    for writer in last:
        _, said = writer.communicate(timeout=120)
        assert writer.returncode == 0, said
    assert kills > 0
    assert stored(tmp_path, releases) == dict.fromkeys(releases, 3)
    table = DeltaTable(tmp_path / "beds")
    assert table.version() == len(releases), "one commit per release and the one that made the table"
