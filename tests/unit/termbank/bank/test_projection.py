"""The rows by which a concept is found."""

import pytest

from registry.findings import Text
from termbank.bank.projection import LONGEST_WORD, read_terms, starts
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
        ((Term("bädd", "sv", TermStatus.ADMITTED), Term("säng", "sv")), [set(), {"sv", "en"}]),
    ],
    ids=["both", "swedish alone", "the same in both", "of no language of ours", "a synonym", "a synonym before it"],
)
def test_one_term_names_the_concept_in_each_language(terms, names):
    one = concept("", terms=terms)
    read = read_terms(one)
    assert [each.term for each in read] == list(one.terms)
    assert [set(each.names) for each in read] == names
    assert one.title == Text(*(next(each.term.text for each in read if tag in each.names) for tag in ("sv", "en")))


@pytest.mark.parametrize(
    ("term", "found"),
    [
        (Term("Disponibel vårdplats", "sv"), {("sv", "disponibel"), ("sv", "disponibl")}),
        (Term("hospital bed", "en"), {("en", "hospital"), ("en", "hospit")}),
        (Term("lit", "fr"), {("fr", "lit")}),
        (Term("bed"), {("sv", "bed"), ("sv", "bet"), ("en", "bed")}),
        (Term("säng", "sv", TermStatus.HIDDEN), set()),
        (Term("…", "sv"), set()),
        (Term("a" * (LONGEST_WORD + 1), "en"), {("en", "a" * LONGEST_WORD)}),
    ],
    ids=["its forms", "the first word alone", "no stemmer", "no language", "hidden", "no word", "too long"],
)
def test_a_term_begins_with_its_first_word_and_what_forms_of_it_are_reduced_to(term, found):
    assert starts(concept("", terms=(term,))) == found


def test_all_terms_of_a_concept_may_begin_a_text():
    assert starts(concept("", terms=(Term("lit", "fr"), Term("cot", "en")))) == {("fr", "lit"), ("en", "cot")}
