"""What the log costs: to check it alone, and to add to it when it is long. Processor time, as ratios against limits beside it.

    python tests/benchmarks/log_proof.py [--events 100000] [--long 1000000]

Goals: 100,000 events are checked in under 2 s of processor time; an event costs the same at 1,000,000 as at 1,000. The events are
made up, on SQLite in a temporary folder. The peer beside the check is hashing as many texts of the same length.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import wsgi
from registry import clock, events
from registry.actors import SYSTEM
from registry.auditing.verifying import audit
from registry.columns import Base
from registry.db import db, transaction
from registry.links import GENESIS, leaf_of, link_hash
from registry.merkle import Growing
from registry.seals.rows import digest_of

ADDED = 200


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--events", type=int, default=100_000)
    asked.add_argument("--long", type=int, default=1_000_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = wsgi.create_app({"INSTANCE": Path(folder), "DATABASE_URL": "", "TESTING": True})
        with app.app_context():
            Base.metadata.create_all(db.engine)
            log = Log()
            log.grow_to(1_000)
            short = added()
            log.read_on()
            log.grow_to(given.events)
            checked = seconds(check)
            hashed = seconds(lambda: [hashlib.sha256(b"x" * 420).digest() for _ in range(given.events * 4)])
            print(f"check of {given.events:,} events: {checked:.2f} s; goal 2 s: ratio {checked / 2:.2f}")
            print(f"    four hashes for each event, beside it: {hashed:.2f} s; ratio {checked / hashed:.1f}")
            log.grow_to(given.long)
            long = added()
            print(
                f"an event at 1,000: {short * 1e3:.2f} ms; at {given.long:,}: {long * 1e3:.2f} ms; ratio {long / short:.2f}"
            )


class Log:
    """A log that is written straight into its tables, many events at once."""

    def __init__(self) -> None:
        self.tree, self.previous, self.at = Growing(), GENESIS, clock.now() - timedelta(days=400)

    def grow_to(self, size: int) -> None:
        while self.tree.size < size:
            rows, nodes = [], []
            for number in range(self.tree.size + 1, min(size, self.tree.size + 10_000) + 1):
                row = {
                    "number": number, "type": "DeliverySent", "recorded_at": self.at + timedelta(seconds=number),
                    "person_id": f"{number % 97:032x}", "organisation_id": f"{number % 21:032x}",
                    "subject": f"delivery:{number:032x}", "previous": self.previous, "rows_hash": digest_of([]),
                    "data": {"number": f"L-2026-{number}", "file": "f" * 64, "content": "c" * 64},
                    "salt": f"{number:032x}",
                }  # fmt: skip
                self.previous = row["hash"] = link_hash(row)
                rows.append(row)
                nodes += events.node_rows(self.tree.add(leaf_of(self.previous, row["salt"])))
            with db.engine.begin() as connection:
                connection.execute(insert(events.Event), rows)
                connection.execute(insert(events.LogNode), nodes)

    def read_on(self) -> None:
        """Go on from what others have added."""
        with db.sessionmaker() as session:
            size = session.query(events.Event).count()
            self.previous = events.head(session)
            from registry.merkle import peaks

            self.tree = Growing(size, events.nodes_in(session)(peaks(size)))


def added() -> float:
    """Processor time of an event, the least of three times so many."""

    def add() -> None:
        for _ in range(ADDED):
            with transaction() as session:
                events.record(session, "Benchmarked", actor=SYSTEM, now=clock.now(), subject="log:x")

    return min(seconds(add) for _ in range(3)) / ADDED


def check() -> None:
    assert audit(db.session, alone=True).evidence.holds


def seconds(act) -> float:  # type: ignore[no-untyped-def]
    begun = time.process_time()
    act()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
