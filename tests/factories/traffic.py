"""A process in which a region delivers without end, and a worker works, until somebody kills it.

    python -m tests.factories.traffic WORLD ACKNOWLEDGED SEED

``WORLD`` is a file made by `describe`; the instance is named in the environment. Each round it reads in a file for a day
of its own and sends it, withdraws the draft, or withdraws what was received; between them it does a job that is due.
When a receipt has been committed, its number and the delivery's id are appended to the file ``ACKNOWLEDGED``: what a
region has been told, and what must therefore never be lost.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

import wsgi
from registry import clock, jobs
from registry.actors import Actor, Held, Person, Role
from registry.db import db, transaction
from registry.errors import Refused
from submission_portal.deliveries.tables import Delivery
from submission_portal.receiving import services as receiving
from tests.factories.deliveries import DeliveryWorld, beds_csv

ROOT = Path(__file__).parents[2]
FIRST_DAY, DAYS = date(2014, 1, 1), 4600
LIVES = 4.0
"""Seconds that a process lives at most once it has begun."""


def describe(world: DeliveryWorld, path: Path) -> Path:
    """Write down what a process has to know of the world."""
    people = {name: _described(getattr(world, name)) for name in ("officer", "discloser")}
    path.write_text(json.dumps({"item": world.item_id, **people}))
    return path


class Traffic:
    """Processes of it, each replaced when it is killed."""

    def __init__(self, app: Any, world: Path, acknowledged: Path, *, processes: int, seed: int) -> None:
        self._environment = {
            "PYTHONPATH": str(ROOT), "PATH": os.defpath, "POLARS_MAX_THREADS": "1", "REGISTRY_LOG_LEVEL": "CRITICAL",
            "REGISTRY_INSTANCE": str(app.config["INSTANCE"]), "REGISTRY_DATABASE_URL": app.config["DATABASE_URL"],
        }  # fmt: skip
        self._arguments = [sys.executable, "-m", "tests.factories.traffic", str(world), str(acknowledged)]
        self._acknowledged = acknowledged
        acknowledged.touch()
        self.chance = random.Random(seed)
        self.kills = 0
        self.running = [self._start() for _ in range(processes)]

    def kill_one(self) -> None:
        """SIGKILL to one of them at some moment of its work, and another in its place."""
        which = self.chance.randrange(len(self.running))
        process = self.running[which]
        assert process.stdout is not None
        process.stdout.read(1)  # it has begun
        time.sleep(self.chance.random() * LIVES)
        self._kill(process)
        self.running[which] = self._start()

    def wait_for_receipts(self, count: int) -> None:
        """Until a region has been told of so many. Raises ``AssertionError`` where that takes two minutes."""
        until = time.monotonic() + 120
        while len(self.acknowledged()) < count:
            assert time.monotonic() < until, "no receipts came"
            time.sleep(0.02)

    def close(self) -> None:
        """Kill all of them, for good."""
        for process in self.running:
            self._kill(process)
        self.running = []

    def acknowledged(self) -> set[str]:
        """Numbers of the receipts that a region has been told of until now."""
        lines = self._acknowledged.read_text().splitlines(keepends=True)
        return {line.split()[0] for line in lines if line.endswith("\n")}

    def _start(self) -> "subprocess.Popen[bytes]":
        arguments = [*self._arguments, str(self.chance.randrange(2**31))]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(arguments, cwd=ROOT, env=self._environment, **pipes)

    def _kill(self, process: "subprocess.Popen[bytes]") -> None:
        process.kill()
        _, complaint = process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL, complaint.decode()[-3000:]
        self.kills += 1


def _described(actor: Actor) -> dict[str, Any]:
    return {"person": actor.person_id, "roles": [[held.organisation_id, held.role.value] for held in actor.memberships]}


def _actor(described: dict[str, Any]) -> Actor:
    return Person(described["person"], frozenset(Held(one, Role(role)) for one, role in described["roles"]))


def _deliver(world: DeliveryWorld, chance: random.Random, acknowledged: int) -> None:
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    delivery = world.start(beds_csv(day=day.isoformat()))
    if chance.random() < 0.3:
        with transaction() as session:
            receiving.withdraw(session, world.officer, clock.now(), session.get_one(Delivery, delivery))
        return
    world.disclose(delivery)
    number = world.send(delivery)
    os.write(acknowledged, f"{number} {delivery}\n".encode())
    if chance.random() < 0.2:
        with transaction() as session:
            kept = session.get_one(Delivery, delivery)
            receiving.withdraw(session, world.officer, clock.now(), kept, reason="Fel fil.")


def main(described: str, acknowledged: str, seed: str) -> None:
    about = json.loads(Path(described).read_text())
    people = {name: _actor(about[name]) for name in ("officer", "discloser")}
    world = DeliveryWorld(None, people["officer"], people["discloser"], people["officer"], about["item"])
    chance = random.Random(int(seed))
    told = os.open(acknowledged, os.O_WRONLY | os.O_APPEND)
    with wsgi.create_app().app_context():
        print("!", end="", flush=True)
        while True:
            try:
                _deliver(world, chance, told)
            except (Refused, IntegrityError):
                db.session.rollback()  # a day that another process has delivered, or a draft of it
            for _ in range(2):
                jobs.run_next()
            db.session.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
