"""What an author writes for another concept, read as that concept."""

import pytest

from registry.provenance import Provenance
from termbank.concepts.concept import Concept, Definition, Target, Term
from termbank.forms.naming import ConceptNames
from termbank.notions import Origin


@pytest.fixture(scope="module")
def names() -> ConceptNames:
    bed = Concept(Target(), Origin.PROPOSAL, False, Provenance.OWN, (Term("vårdplats", "sv"),))
    return ConceptNames({"bed": bed}, {"bed": 7})


@pytest.mark.parametrize("written", ["vårdplats", "Vårdplats (7)", "vårdplats 7", "7", "bed"])
def test_a_concept_is_found_by_its_term_its_number_and_its_key(names, written):
    assert names.find(written) == "bed"


@pytest.mark.parametrize("written", ["", "8", "säng 7", "7" * 5_000, "a" + " " * 20_000 + "7x"])
def test_what_names_no_concept_is_none_however_long_it_is(names, written):
    assert names.find(written) is None


def test_senses_of_a_word_are_told_apart_by_the_beginnings_of_their_definitions():
    def row(said: str) -> Concept:
        definitions = (Definition(said, "sv"),) if said else ()
        return Concept(Target(), Origin.PROPOSAL, False, Provenance.OWN, (Term("rad", "sv"),), definitions=definitions)

    rows = {"a": row("platser i en följd"), "b": row("ord " * 30), "c": row("")}
    names = ConceptNames(rows, {"a": 41, "b": 42, "c": 43})
    assert names.described("a") == "rad (41): platser i en följd"
    assert names.described("b") == "rad (42): " + " ".join(["ord"] * 20) + " …"
    assert names.described("c") == "rad (43)" and names.described("d") == "d"
