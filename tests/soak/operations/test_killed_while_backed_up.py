"""Backups taken in the middle of a kill run: each one restores and verifies, and has every receipt of before it began.

Processes that send, release, withdraw, forward and tidy are killed at random moments and replaced; meanwhile backups are
taken, and some of those are killed as well. On both databases. (A short one is in `tests/integration/operations`.)
"""

import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

from flask import current_app

from registry.backup import taking
from registry.db import db
from tests.factories.traffic import ROOT, Traffic, describe
from tests.kept_promises import require_restorable, require_whole

KILLS, RECEIPTS, BACKUPS = 5, 5, 5
"""On each database, by default: at least so many of the first two, at most so many backups."""


def test_backups_taken_while_everything_is_killed_restore_and_have_every_receipt(
    any_app, stamped, world, elsewhere, tmp_path, soak
):
    chance = random.Random(20261128)
    traffic = Traffic(any_app, describe(world, tmp_path / "world"), tmp_path / "told", processes=2, seed=7)
    db.session.close()
    ended = Event()

    def kill_without_end() -> None:
        while not ended.is_set():
            traffic.kill_one()

    promised, killed = {}, 0
    with closing(traffic), ThreadPoolExecutor(1) as pool:
        killer = pool.submit(kill_without_end)
        try:
            while not (
                traffic.kills >= KILLS * soak and len(traffic.acknowledged()) >= RECEIPTS * soak and killed and promised
            ):
                if killer.done():
                    killer.result()  # a process ended otherwise than by being killed
                made = len(promised) + killed
                if made < BACKUPS * soak or not (killed and promised):
                    folder, known = tmp_path / f"copy-{made}", traffic.acknowledged()
                    if chance.random() < 0.3 or (promised and not killed):
                        killed += _killed_backup(any_app, folder, chance)
                    else:
                        taking.take(folder)
                    if folder.exists():
                        promised[folder] = known
                time.sleep(chance.random() * 2)
        finally:
            ended.set()
        killer.result()
    require_whole(traffic.acknowledged())
    for folder, known in promised.items():
        with elsewhere().app_context():
            require_restorable(folder, known)
    print(f"{traffic.kills} kills, {len(promised)} backups, {killed} killed, {len(traffic.acknowledged())} receipts")


def _killed_backup(app, folder, chance) -> bool:
    """A backup by the command, killed at some moment; whether that came before its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "backup", str(folder)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={
            "PATH": "/usr/bin:/bin", "REGISTRY_INSTANCE": str(current_app.config["INSTANCE"]),
            "REGISTRY_DATABASE_URL": app.config["DATABASE_URL"], "REGISTRY_LOG_LEVEL": "CRITICAL",
        },
    )  # fmt: skip
    time.sleep(1.0 + chance.random() * 2.5)
    process.kill()
    _, complaint = process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGKILL), complaint.decode()
    return not folder.exists()
