"""Measures the import of an edition beside its peer: `python tests/benchmarks/edition_import.py [CONCEPTS] [RUNS]`.

The peer reads the same Turtle with pyoxigraph and puts all rows of the edition into the same tables of an SQLite database in one
transaction, with one statement for each table. The goal is a ratio of at most 3 for 6,000 concepts and 110,000 triples (made up), and for
170,000 concepts and a million triples less than two minutes and 1.5 GB in all.

Processor seconds of the process and of its reading child; resident memory at its highest in either. Rows of ours are in a
transaction for each batch, after the checks of their shape; the file is stored as well.
"""

import gc
import random
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parents[2]))

import wsgi
from registry import clock, migrate
from registry.actors import SYSTEM
from registry.cage.usage import use_of
from registry.columns import Base
from registry.db import PRAGMAS, db, transaction
from registry.starter import load_organisations
from termbank.editions import caged, files, reading
from termbank.editions.tables import ROWS, EditionFile
from termbank.file_texts.searching import SearchedFile


def made_up(concepts: int) -> bytes:
    """A thesaurus as the large ones are: for 6,000 concepts 18 triples each, for more of them six, which are a million in all."""
    draw, is_rich = random.Random(2026), concepts <= 20_000
    lines = ["@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<https://a.example/s> a skos:ConceptScheme .\n"]
    for number in range(concepts):
        relations = [f"; skos:broader <https://a.example/{draw.randrange(number)}>"] if number else []
        if is_rich:
            relations += [f"; skos:related <https://a.example/{draw.randrange(concepts)}>" for _ in range(4)]
            relations += [
                f'; skos:altLabel "ord {number}"@sv, "annat ord {number}"@sv, "word {number}"@en '
                f'; skos:scopeNote "påhittat"@sv ; skos:notation "{number}" ; skos:exactMatch <https://b.example/{number}> '
                f'; <http://purl.org/dc/terms/modified> "2026-11-01" ; <http://purl.org/dc/terms/creator> <https://a.example/c> '
            ]
        lines.append(
            f"<https://a.example/{number}> a skos:Concept ; skos:inScheme <https://a.example/s> ; "
            f'skos:prefLabel "begrepp {number}"@sv, "concept {number}"@en ; '
            f'skos:definition "vad begrepp {number} betyder"@sv {" ".join(relations)} .\n'
        )
    return "".join(lines).encode()


def peer_seconds(data: bytes, folder: Path) -> float:
    """Parsing, and one bulk insert of all rows."""
    batches: list = []
    reading.read(data, "a.ttl", "", batches.append)
    by_table: dict[str, list] = {}
    for batch in batches:
        by_table.setdefault(batch.layout.table, []).extend((1, *row) for row in batch.rows())
    path = folder / "peer.db"
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA foreign_keys=OFF")
    for table in ROWS:
        made = Base.metadata.tables[table.__tablename__]
        connection.execute(str(_ddl(made)))
        for index in made.indexes:
            connection.execute(str(_index(index)))
    gc.collect()
    gc.disable()
    begun = time.process_time()
    for _quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
        pass
    connection.execute("BEGIN IMMEDIATE")
    for name, rows in by_table.items():
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", _in_order(name, rows))
    connection.execute("COMMIT")
    spent = time.process_time() - begun
    gc.enable()
    connection.close()
    path.unlink()
    return spent


def _in_order(_name: str, rows: list) -> list:
    return rows


def _ddl(table):
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateTable

    return CreateTable(table).compile(dialect=sqlite.dialect())


def _index(index):
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex

    return CreateIndex(index).compile(dialect=sqlite.dialect())


def ours(data: bytes, organisation_id: str) -> tuple[float, float, int, dict]:
    """Processor seconds, seconds by the clock, the child's highest resident memory in MiB, what was counted."""
    gc.collect()
    caged.POOL.start()
    caged.POOL.missing()  # a child is ready
    (child,) = caged.POOL.children()
    highest = 0
    used_before, begun, clock_begun = use_of(child).processor_seconds, time.process_time(), time.monotonic()
    used = used_before

    def told(_texts: int) -> None:
        nonlocal highest, used
        status = Path(f"/proc/{child}/status").read_text()
        highest = max(highest, int(status.split("VmHWM:")[1].split()[0]) // 1024)
        used = use_of(child).processor_seconds

    with transaction(bookkeeping=True) as session:
        file_id = files.receive(
            session, SYSTEM, clock.now(), organisation_id=organisation_id, file=SearchedFile("a.ttl", data), later=False
        ).id
    files.read(file_id, told)
    spent, passed = time.process_time() - begun, time.monotonic() - clock_begun
    counts = db.session.get_one(EditionFile, file_id).counts
    db.session.rollback()
    files.storing.remove_rows(file_id)
    with transaction(bookkeeping=True) as session:
        session.delete(session.get_one(EditionFile, file_id))
    return spent + used - used_before, passed, highest, counts


def main(concepts: int = 6000, runs: int = 5) -> None:
    data = made_up(concepts)
    with tempfile.TemporaryDirectory() as folder:
        app = wsgi.create_app({"INSTANCE": Path(folder) / "instance", "DATABASE_URL": ""})
        with app.app_context():
            migrate.upgrade()
            with transaction() as session:
                load_organisations(session, SYSTEM, clock.now())
            organisation_id = str(db.session.execute(Base.metadata.tables["organisation"].select()).first().id)
            db.session.rollback()
            results = []
            for _run in range(runs):
                results.append(
                    (peer_seconds(data, Path(folder)) if concepts <= 20_000 else 0.0, ours(data, organisation_id))
                )
    counts = results[0][1][3]
    print(f"{counts['concepts']} concepts, {counts['triples']} triples, {len(data) >> 20} MiB")
    peer, mine = min(one[0] for one in results), min(one[1][0] for one in results)
    if peer:
        ratios = sorted(one[1][0] / one[0] for one in results)
        print(
            f"peer {peer:.2f} s, import {mine:.2f} s: {mine / peer:.2f} (goal 3); pairs {' '.join(f'{one:.2f}' for one in ratios)}"
        )
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    passed, child = min(one[1][1] for one in results), max(one[1][2] for one in results)
    print(f"{passed:.1f} s by the clock; {own} MiB here and {child} MiB in the child at their highest")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
