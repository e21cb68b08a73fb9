"""What an author writes for another concept, read as that concept."""

import pytest

from registry.provenance import Provenance
from termbank.concepts.concept import Concept, Target, Term
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
