"""Measures `termbank check` beside its peer: `python tests/benchmarks/vocabulary_check_speed.py [CONCEPTS]`.

The peer reads the same Turtle with pyoxigraph into dictionaries and does no more. The goal is a ratio of at most 3 for 6,000
concepts and 110,000 triples (made up). Processor seconds of one process, the smallest of several runs, without a collector
of garbage, as in the cage where files are read.
"""

import gc
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parents[2]))

from termbank.vocabularies.examining import examined

RUNS = 7


def made_up(concepts: int) -> bytes:
    """A thesaurus: a hierarchy, four associations each, labels in two languages, definitions, notes, mappings."""
    draw = random.Random(2026)
    lines = ["@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<https://a.example/s> a skos:ConceptScheme .\n"]
    for number in range(concepts):
        relations = [f"; skos:broader <https://a.example/{draw.randrange(number)}>"] if number else []
        relations += [f"; skos:related <https://a.example/{draw.randrange(concepts)}>" for _ in range(4)]
        lines.append(
            f"<https://a.example/{number}> a skos:Concept ; skos:inScheme <https://a.example/s> ; "
            f'skos:prefLabel "begrepp {number}"@sv, "concept {number}"@en ; skos:notation "{number}" ; '
            f'skos:altLabel "ord {number}"@sv, "annat ord {number}"@sv, "word {number}"@en ; '
            f'skos:definition "vad begrepp {number} betyder"@sv ; skos:scopeNote "påhittat"@sv ; '
            f'<http://purl.org/dc/terms/modified> "2026-11-01" ; <http://purl.org/dc/terms/creator> <https://a.example/c> ; '
            f"skos:exactMatch <https://b.example/{number}> {' '.join(relations)} .\n"
        )
    return "".join(lines).encode()


def into_dictionaries(data: bytes) -> None:
    """The peer."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
        told[quad.subject.value][quad.predicate.value].append(quad.object.value)


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    begun = time.process_time()
    work()
    spent = time.process_time() - begun
    gc.enable()
    return spent


def main(concepts: int = 6000) -> None:
    data = made_up(concepts)
    pairs = [
        (seconds(lambda: into_dictionaries(data)), seconds(lambda: examined(data, "a.ttl", most=200)))
        for _run in range(RUNS)
    ]
    peer, ours = (min(column) for column in zip(*pairs, strict=True))
    triples = examined(data, "a.ttl", most=0).counts["triples"]
    ratios = sorted(mine / other for other, mine in pairs)
    print(f"{concepts} concepts, {triples} triples")
    print(f"pyoxigraph into dictionaries {peer:.3f} s, termbank check {ours:.3f} s: {ours / peer:.2f} (goal 3)")
    print(f"pairs: {ratios[0]:.2f} {ratios[len(ratios) // 2]:.2f} {ratios[-1]:.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
