"""A scheme in which each part of a concept is there once, for tests of what is written and read."""

from dataclasses import replace

from registry.findings import Text
from registry.provenance import Provenance
from termbank.concepts.concept import Concept, Definition, Foreign, Notation, Note, Relation, Source, Target, Term
from termbank.concepts.schemes import Scheme
from termbank.concepts.wordings import Wording, wordings_of
from termbank.exchange.scheme_exports import PublishedConcept, SchemeExport
from termbank.notions import Origin, RelationKind, TermStatus

BASE = "https://r.se/"
SCHEME = Scheme(
    "sangar", Text("Sängar", "Beds"), Text("Om sängar", "About beds"), ("sv", "en"), "https://l.example/cc0"
)
ID = {slug: f"{number:032x}" for number, slug in enumerate(("rum", "sang", "7", "8"), 1)}
FOREIGN = "https://v.example/bed"


def _concept(terms, **parts) -> Concept:
    return Concept(Target(key="sangar"), Origin.PROPOSAL, False, Provenance.OWN, terms=terms, **parts)


ROOM = _concept((Term("rum", "sv"), Term("room", "en")))
BED = _concept(
    (
        Term("bed", "en"),
        Term("säng", "sv", source="SAOB", grammar="noun"),
        Term("VS", "sv", TermStatus.ADMITTED, abbreviation=True, homograph=2),
        Term("bädd", "sv", TermStatus.DEPRECATED),
        Term("sång", "sv", TermStatus.HIDDEN),
        Term("sänky", "fi"),
        Term("B1"),
    ),
    definitions=(
        Definition("furniture to lie on", "en"),
        Definition("möbel att ligga i", "sv", "Möbelboken", "https://m.example/"),
    ),
    notes=(
        Note(wordings_of(Text("Med madrass.", "With a mattress."))),
        Note((Wording("Rad ett\nrad två", "sv"),), "Boken"),
    ),
    examples=(Note(wordings_of(Text("våningssäng", ""))),),
    problems=(Note(wordings_of(Text("", "Is a cot one?"))),),
    relations=(
        Relation(RelationKind.GENERIC, Target(key="7", item=ID["7"])),
        Relation(RelationKind.PARTITIVE, Target(key="rum", item=ID["rum"])),
        Relation(RelationKind.ASSOCIATIVE, Target(key="8", item=ID["8"]), label=wordings_of(Text("bäddas med", ""))),
        Relation(RelationKind.CONTESTED, Target(key="8", item=ID["8"]), texts=wordings_of(Text("olika", "differs"))),
        Relation(RelationKind.EXACT, Target(iri="https://w.example/ns#b")),
        Relation(RelationKind.CLOSE, Target(iri="https://w.example/ns#c")),
        Relation(RelationKind.NARROW, Target(iri="https://x.example/n")),
    ),
    sources=(Source("Katalogen", "https://k.example/", "2020"),),
    subject_field=(Wording("möbler", "sv"),),
    notations=(Notation("B.1"), Notation("77", "https://d.example/code")),
    foreign=Foreign(FOREIGN, (f'<{FOREIGN}> <https://v.example/ns#seen> "1999" .',)),
)
FURNITURE = _concept((Term("=möbel", "sv"), Term("furniture", "en")), definitions=(Definition("sak i ett rum", "sv"),))
BARE = _concept((Term("lakan", "sv", TermStatus.DEPRECATED),))
NAMELESS = _concept((), definitions=(Definition("utan term", "sv"),))
CONCEPTS = {"rum": ROOM, "sang": BED, "7": FURNITURE, "8": BARE}


def published(slug, concept, number=1) -> PublishedConcept:
    item = ID.get(slug, "f" * 32)
    return PublishedConcept(slug, item, number, item * 2, "published", None, replace(concept, item=item))


def source(concepts=None, **more) -> SchemeExport:
    chosen = CONCEPTS if concepts is None else concepts
    return SchemeExport(more.pop("scheme", SCHEME), [published(*one) for one in chosen.items()], [], BASE, **more)
