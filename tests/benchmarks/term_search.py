"""What a search costs in a term bank of a hundred thousand concepts: processor time of a query, the first page of hits aside.

The concepts are made up, of Swedish-looking compounds of a few hundred parts, so that common words are as common as they are in life;
the rows are written in bulk, as an import would. On SQLite all of the time is this process's; on PostgreSQL it is the client's part.

    PYTHONPATH=. .venv/bin/python tests/benchmarks/term_search.py [CONCEPTS]
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, insert

import wsgi
from registry.columns import Base
from registry.db import db
from registry.items.tables import Item, Version
from registry.swedish import initial, sort_key
from termbank.bank.search import tokens
from termbank.bank.search.searching import search
from termbank.bank.tables import ConceptSearch, TermRow, TermWord, WordTrigram
from termbank.concepts.concept import Term
from tests.factories import many_concepts

FIRST, LAST = many_concepts.FIRST, [*many_concepts.LAST, "dag", "säng"]
ADJECTIVES = [
    "disponibel",
    "fastställd",
    "belagd",
    "teknisk",
    "planerad",
    "oplanerad",
    "akut",
    "kronisk",
    "tidig",
    "sen",
]
QUERIES = (
    "vård", "vårdplats", "vårdplatser", "disponibla vårdplatser", "plats", "säng", "hjärt", "fastställd", "akut vårdplats", "ab",
    "belagd njurmätning", "njurmättning", "vårdplatz", "xyz", "IVA", "kronisk hjärtutredning", "nattsjukvårdstid", "sjukvårdstidd",
)  # fmt: skip
NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
BOUND = 0.050
"""Seconds of processor time for a query at most, of a hundred thousand concepts."""


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        application = wsgi.create_app({"INSTANCE": Path(folder), "SECRET_KEY": "benchmark", "TESTING": True})
        with application.app_context():
            Base.metadata.create_all(db.engine)
            fill(number)
            size = Path(db.engine.url.database).stat().st_size // 1_000_000
            print(f"{number} concepts, database {size} MB")
            costs = {query: cost(query) for query in QUERIES}
            for query, (seconds, hits, meant) in sorted(costs.items(), key=lambda one: -one[1][0]):
                print(f"{seconds * 1000:7.1f} ms  {hits:4} hits {meant:2} meant  {query}")
            worst = max(seconds for seconds, *_ in costs.values())
            print(f"worst {worst * 1000:.1f} ms of {BOUND * 1000:.0f} ms; ratio {worst / BOUND:.2f}")


def cost(query: str) -> tuple[float, int, int]:
    """Processor time of a query, the median of five after one that warms the caches; hits, and what was meant."""
    results = search(db.session, query, "sv")
    times = []
    for _round in range(5):
        started = time.process_time()
        search(db.session, query, "sv")
        times.append(time.process_time() - started)
    return statistics.median(times), len(results.hits), len(results.meant)


def names(number: int) -> Iterator[str]:
    draw, seen = random.Random(1), set[str]()
    while len(seen) < number:
        parts = [draw.choice(FIRST) for _ in range(draw.choice((1, 1, 2, 3)))]
        word = "".join(parts) + draw.choice(("", "s")) + draw.choice(LAST)
        name = f"{draw.choice(ADJECTIVES)} {word}" if draw.random() < 0.5 else word
        if name in seen:
            name = f"{name} {draw.randrange(100_000)}"
        if name not in seen:
            seen.add(name)
            yield name


def fill(number: int) -> None:
    known = frozenset((*FIRST, *LAST))
    rows: dict[type, list[dict[str, object]]] = {table: [] for table in (Item, Version, TermRow, ConceptSearch)}
    words: set[str] = set()
    for place, name in enumerate(names(number)):
        item, version = f"{place:032x}", f"{place + 10**9:032x}"
        terms = [Term(name, "sv")]
        words |= tokens.label_words(terms)
        own = {"item_id": item, "version_id": version}
        rows[Item].append(
            {"id": item, "kind": "concept", "slug": str(place + 1), "organisation_id": "o", "created_at": NOW}
        )
        rows[Version].append(
            {
                "id": version, "item_id": item, "organisation_id": "o", "number": 1, "state": "published", "author_id": "p",
                "content": "{}", "content_hash": f"{place:064x}", "reason": "", "changed_at": NOW, "created_at": NOW,
                "published_at": NOW, "valid_from": NOW.date(),
            }
        )  # fmt: skip
        rows[TermRow].append(
            {
                **own, "position": 0, "text": name, "language": "sv", "status": "preferred", "whole": tokens.whole(name),
                "reduced": tokens.reduced(name, "sv"), "sort_key": sort_key(name).encode(), "initial": initial(name),
                "names_sv": True, "names_en": True,
            }
        )  # fmt: skip
        labels = tokens.label_tokens(terms, known)
        rows[ConceptSearch].append({**own, "is_defined": True, "labels": labels, "texts": labels})
    rows[TermWord] = [{"word": word, "splits": True} for word in words]
    rows[WordTrigram] = [
        {"trigram": gram, "length": len(word), "word": word} for word in words for gram in tokens.trigrams(word)
    ]
    with create_engine(db.engine.url).connect() as connection:  # without foreign keys: nobody owns these concepts
        for table, found in rows.items():
            for start in range(0, len(found), 5_000):
                connection.execute(insert(table.__table__), found[start : start + 5_000])
        connection.commit()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
