"""The rows by which a concept is found."""

import pytest

from registry.findings import Text
from termbank.bank.projection import read_terms
from termbank.concepts.concept import Term
from termbank.notions import TermStatus
from tests.factories.concepts import concept


@pytest.mark.parametrize(
    ("terms", "names"),
    [
        ((Term("bed", "en"), Term("säng", "sv")), [{"en"}, {"sv"}]),
        ((Term("säng", "sv"),), [{"sv", "en"}]),
        ((Term("post", "sv"), Term("post", "en")), [{"sv"}, {"en"}]),
        ((Term("post", "la"), Term("post", "de")), [{"sv", "en"}, set()]),
        ((Term("säng", "sv"), Term("bädd", "sv", TermStatus.ADMITTED)), [{"sv", "en"}, set()]),
    ],
    ids=["both", "swedish alone", "the same in both", "of no language of ours", "a synonym"],
)
def test_one_term_names_the_concept_in_each_language(terms, names):
    one = concept("", terms=terms)
    read = read_terms(one)
    assert [each.term for each in read] == list(one.terms)
    assert [set(each.names) for each in read] == names
    assert one.title == Text(*(next(each.term.text for each in read if tag in each.names) for tag in ("sv", "en")))
