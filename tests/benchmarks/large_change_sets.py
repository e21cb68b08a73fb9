"""Measures the whole road of a large change set: `python tests/benchmarks/large_change_sets.py [CHANGES] [FEWER] [postgresql]`.

An import of made-up concepts is read, made into a change set, checked, sent to review, decided and published; for each step the
processor seconds, and how long one transaction held the lock that others who write wait for (all of SQLite; on PostgreSQL the set's
rows). A change set of FEWER changes goes before it on an instance of its own: what a change costs should be the same in both, and the
longest lock of the large one should stay under what a writer waits for (`registry.db.BUSY_MILLISECONDS`).
"""

import contextlib
import gc
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import event, select

sys.path.insert(0, str(Path(__file__).parents[2]))

import wsgi
from registry import clock, migrate
from registry.actors import SYSTEM, Actor, Held, Person, Role
from registry.db import BUSY_MILLISECONDS, db, transaction
from registry.identity import services as identity
from registry.identity.tables import Organisation
from registry.items.tables import ChangeSet
from registry.starter import STEWARD, load_starter_content
from tests.factories.large_sets import Road, vocabulary, work
from tests.postgresql import started

STEPS = ("read", "make", "check", "submit", "decide", "publish")


class Stopwatch:
    """Processor seconds, seconds by the clock, and the longest writing transaction of each step."""

    def __init__(self) -> None:
        self.held: list[float] = []
        event.listen(db.engine, "begin", self._begin)
        event.listen(db.engine, "commit", self._end)
        event.listen(db.engine, "rollback", self._end)

    def _begin(self, connection) -> None:
        if connection.get_execution_options().get("registry_write"):
            connection.info["begun"] = time.monotonic()

    def _end(self, connection) -> None:
        if "begun" in connection.info:
            self.held.append(time.monotonic() - connection.info.pop("begun"))

    def of(self, act: Callable[[], None]) -> tuple[float, float, float]:
        gc.collect()
        self.held.clear()
        spent, passed = time.process_time(), time.monotonic()
        act()
        work()
        return time.process_time() - spent, time.monotonic() - passed, max(self.held, default=0.0)


def measured(changes: int, address: str) -> dict[str, tuple[float, float, float]]:
    """Each step of a set of so many changes, on an instance of its own."""
    with tempfile.TemporaryDirectory() as folder:
        app = wsgi.create_app({"INSTANCE": Path(folder) / "instance", "DATABASE_URL": address})
        with app.app_context():
            migrate.upgrade()
            load_starter_content()
            work()
            road, watch = Road(_person("writer"), _person("decider")), Stopwatch()
            data, made = vocabulary(changes), list[str]()
            found = {"read": watch.of(lambda: made.append(road.read(data)))}
            found["make"] = watch.of(lambda: road.make(made[0]))
            set_id = road.set_of(made[0])
            for name, step in (
                ("check", road.check),
                ("submit", road.submit),
                ("decide", road.decide),
                ("publish", road.publish),
            ):
                found[name] = watch.of(partial(step, set_id))
            assert db.session.get_one(ChangeSet, set_id).published_at is not None
            db.session.rollback()
            db.engine.dispose()
            return found


def _person(login: str) -> Actor:
    with transaction() as session:
        one = identity.create_person(session, SYSTEM, clock.now(), login=login, name=login, password_hash="none")
        owner = session.scalars(select(Organisation).where(Organisation.code == STEWARD)).one()
        identity.give_role(session, SYSTEM, clock.now(), person=one, organisation=owner, role=Role.TERMINOLOGIST)
        return Person(one.id, frozenset({Held(owner.id, Role.TERMINOLOGIST)}))


@contextlib.contextmanager
def _database(name: str) -> Iterator[str]:
    if name != "postgresql":
        yield ""
        return
    with started() as server:
        yield server.address


def main(changes: int = 20_000, fewer: int = 2_500, database: str = "sqlite") -> None:
    results = []
    for number in (fewer, changes):
        with _database(database) as address:
            results.append(measured(number, address))
    few, many = results
    print(f"{changes} changes on {database}, beside {fewer}")
    for name in STEPS:
        spent, passed, held = many[name]
        ratio = spent / changes / (few[name][0] / fewer)
        print(
            f"{name:8} {spent:6.1f} s of processor time, {passed:6.1f} s by the clock, lock {held:5.1f} s; "
            f"a change costs {ratio:.2f} times what it costs of few"
        )
    whole = sum(one[0] for one in many.values()) / changes / (sum(one[0] for one in few.values()) / fewer)
    held = max(one[2] for one in many.values())
    print(f"all: {whole:.2f} times (goal 1.5); longest lock {held:.1f} s (others wait {BUSY_MILLISECONDS // 1000} s)")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB at the highest")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:4])
