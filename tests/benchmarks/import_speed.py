"""Measures reading and planning an import beside its peer: `python tests/benchmarks/import_speed.py [CONCEPTS]`.

The peer reads the same Turtle with pyoxigraph into dictionaries and does no more (`vocabulary_check_speed`). The scheme that is
imported into is empty, so that every concept is new. Processor seconds of one process, the smallest of several runs.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from registry.findings import Text
from termbank.concepts.concept import Source
from termbank.concepts.schemes import Scheme
from termbank.exchange.planning import Fate, Known, plan
from termbank.exchange.reading.files import read_file
from termbank.exchange.scheme_exports import SchemeExport
from tests.benchmarks.vocabulary_check_speed import into_dictionaries, made_up, seconds

RUNS = 3
OWN = ("https://r.example/termbank/",)


def main(concepts: int = 6000) -> None:
    data = made_up(concepts)
    reading = read_file(data, "a.ttl", OWN)
    known = Known(SchemeExport(Scheme("s", Text("s", "s"), Text("", "")), [], [], "https://r.example/"), OWN)
    peer = min(seconds(lambda: into_dictionaries(data)) for _ in range(RUNS))
    reads = min(seconds(lambda: read_file(data, "a.ttl", OWN)) for _ in range(RUNS))
    plans = min(seconds(lambda: plan(reading, known, source=Source("a"))) for _ in range(RUNS))
    new = plan(reading, known, source=Source("a")).counts[Fate.NEW]
    print(f"{concepts} concepts, {new} of them new, {reading.account.read} triples, adds up: {reading.account.adds_up}")
    print(
        f"pyoxigraph into dictionaries {peer:.3f} s, reading {reads:.3f} s ({reads / peer:.1f}), planning {plans:.3f} s ({plans / peer:.1f})"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
