"""What a concept is found by: forms, parts, endings, and letters that stay letters."""

from termbank.bank.search import tokens
from termbank.concepts.concept import Term
from termbank.notions import TermStatus
from tests.factories.concepts import concept, note

BED = (Term("sjukhussängar", "sv"), Term("hospital beds", "en", TermStatus.ADMITTED))


def test_labels_are_found_by_their_words_their_forms_the_parts_and_backwards():
    found = tokens.label_tokens(BED, {"sjukhus"}).split()
    assert {"sjukhussängar", "sjukhussäng", "sjukhus", "sängar", "säng", "hospital", "beds", "bed"} <= set(found)
    assert {"ʀragnässuhkujs", "ʀgnässuhkujs"} <= set(found)
    assert found == sorted(set(found))


def test_a_term_in_no_language_is_reduced_in_both_and_one_in_another_not_at_all():
    assert {"bed", "beds"} <= set(tokens.label_tokens([Term("beds")], ()).split())
    assert "säng" in tokens.label_tokens([Term("sängar")], ()).split()
    assert tokens.label_tokens([Term("beds", "fi")], ()) == "beds ʀsdeb"


def test_texts_have_the_words_of_the_labels_the_definition_and_the_notes():
    one = concept(
        "säng", "bed", definition="möbler", notes=(note("att sova i", "to sleep in"),), examples=(note("britsar"),)
    )
    found = set(tokens.text_tokens(one).split())
    assert {"säng", "bed", "möbler", "möbl", "sova", "sleep", "brits", "britsar"} <= found
    problem = concept("säng", "bed", problems=(note("liggande"),))
    assert "liggande" in tokens.text_tokens(problem).split()


def test_what_is_too_much_is_not_found():
    many = [Term(" ".join(f"{letter}{number}" for number in range(2_000)), "fi") for letter in "abc"]
    assert len(tokens.label_tokens(many, ()).split()) == tokens.MOST_TOKENS
    long = tokens.label_tokens([Term("x" * 300, "fi")], ()).split()
    assert {len(one) for one in long} == {200}


def test_words_of_labels_and_those_that_cut_compounds():
    terms = [Term("MVO", "sv"), Term("iva", "sv", abbreviation=True), Term("öppen vård", "sv"), Term("ö dag", "sv")]
    assert tokens.label_words(terms) == {"mvo", "iva", "öppen", "vård", "ö", "dag"}
    assert tokens.splitting_words(terms) == {"öppen", "vård", "dag"}
    assert tokens.label_words([Term("x" * 201)]) == {"x" * 200}
    assert tokens.possible_parts([Term("abcd efg")]) == {"abc", "bcd"}


def test_labels_are_compared_as_a_whole_and_by_their_stems():
    assert tokens.whole("  Vård- och OMSORGSPLATS ") == "vård och omsorgsplats"
    assert tokens.reduced("Disponibla vårdplatser", "sv") == tokens.reduced("disponibla vårdplatserna", "")
    assert tokens.reduced("beds", "en") == "bed" != tokens.reduced("beds", "fi")
    assert len(tokens.whole("x" * 300)) == len(tokens.reduced("x" * 300, "fi")) == tokens.LONGEST_LABEL


def test_trigrams_mark_the_beginning_and_the_end():
    assert tokens.trigrams("iva") == {"  i", " iv", "iva", "va "}
    assert tokens.trigrams("aaaa") == {"  a", " aa", "aaa", "aa "}
