"""Labels of SKOS-XL and texts that are resources: what they say of a term, and what is kept of them. The files are made up."""

import pytest

from termbank.concepts.concept import Definition, Note, Term
from termbank.concepts.outline import RENDERING_TEXT
from termbank.concepts.schema import MOST_TERMS
from termbank.concepts.wordings import Wording
from termbank.notions import TermStatus
from tests.unit.termbank.exchange.rdf_readings import DCT, HERE, A, V, first, read, statements, sums

XL = "http://www.w3.org/2008/05/skos-xl#"


def test_a_label_says_more_of_a_term_than_its_text():
    said = 'xl:literalForm "a"@sv ; dct:source "SAOB" ; w:grammar "noun" ; w:isAbbreviation true ; w:homograph 2'
    reading = read(f'{A}xl:altLabel :l ; w:deprecatedLabel "a"@sv . :l a xl:Label ; {said} .')
    told = Term("a", "sv", TermStatus.ADMITTED, "SAOB", "noun", True, 2)
    assert reading.records[0].concept.terms == (told,), "it is deprecated only where it is hidden"
    assert sums(reading) == (9, 0, {}) and reading.kind == "skosxl"
    hidden = first(f'{A}xl:hiddenLabel :l ; w:deprecatedLabel "a"@sv . :l a xl:Label ; {said} .')
    assert hidden.terms == (Term("a", "sv", TermStatus.DEPRECATED, "SAOB", "noun", True, 2),)
    assert first(f'{A}skos:hiddenLabel "a" ; w:deprecatedLabel "a" .').terms == (Term("a", "", TermStatus.DEPRECATED),)
    assert first(f'{A}skos:hiddenLabel "a"@sv, "a"@en ; w:deprecatedLabel "a"@en .').terms == (
        Term("a", "sv", TermStatus.HIDDEN), Term("a", "en", TermStatus.DEPRECATED),
    )  # fmt: skip


def test_what_a_label_is_kept_without_is_named():
    """A label that has no name of its own is kept as a term, and a term begins and ends with no blanks."""
    reading = read(f'{A}xl:altLabel [ xl:literalForm " a "@sv ; dct:source "B " ; a xl:Label ] .')
    assert reading.records[0].concept.terms == (Term("a", "sv", TermStatus.ADMITTED, "B"),)
    assert sums(reading)[2] == {"skosxl:literalForm (blanks)": 1, "dct:source (blanks)": 1}
    assert reading.account.adds_up
    assert sums(read(f'{A}xl:altLabel :l . :l xl:literalForm " a "@sv .'))[2] == {}, (
        "kept as it was said, with its name"
    )


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ('dct:source "B"', Term("a", source="B")),
        ('w:grammar "noun"', Term("a", grammar="noun")),
        ("w:isAbbreviation true", Term("a", abbreviation=True)),
        ("w:homograph 0", Term("a", homograph=0)),
    ],
)
def test_a_plain_label_is_the_same_term_as_a_label_that_says_more(said, term):
    plain = 'skos:prefLabel "a", "b" ; skos:altLabel "a" ;'
    others = (Term("b"), Term("a", "", TermStatus.ADMITTED))
    for body in (f"{A}{plain} xl:prefLabel :l .", f"{A}xl:prefLabel :l ; {plain} dct:x 1 ."):
        assert set(first(f'{body} :l xl:literalForm "a" ; {said} .').terms) == {term, *others}


@pytest.mark.parametrize(
    ("said", "status"), [("deprecated", TermStatus.DEPRECATED), ("hidden", TermStatus.HIDDEN), ("best", None)]
)
def test_a_label_says_its_status_itself(said, status):
    body = f'{A}xl:altLabel _:l . _:l xl:literalForm "a" ; w:termStatus "{said}" .'
    assert first(body).terms == (Term("a", "", status or TermStatus.ADMITTED),)
    assert len(statements(body)) == (0 if status else 3)


@pytest.mark.parametrize(
    "said",
    [
        "a :Thing",
        "dct:type xl:Label",
        "dct:source :b",
        'dct:source "B"@sv',
        'w:homograph "two"',
        'w:other "7"',
        "dct:x [ ]",
    ],
)
def test_what_else_a_label_says_is_kept_with_its_form(said):
    for label in (":l", "_:l"):
        body = f'{A}xl:prefLabel {label} . {label} a xl:Label ; xl:literalForm "a" ; {said} .'
        kept = statements(body)
        assert len(kept) == 4 and sums(read(body)) == (5, 0, {}) and first(body).terms == (Term("a"),)
    assert f"<{V}a> <{XL}prefLabel> <{V}l> ." in statements(body.replace("_:l", ":l"))


def test_a_label_with_an_address_keeps_it_and_one_of_the_register_s_own_does_not():
    said = '{0} a xl:Label ; xl:literalForm "a" ; dct:source "B" .'
    assert set(statements(f"{A}xl:prefLabel :l . {said.format(':l')}")) == {
        f"<{V}a> <{XL}prefLabel> <{V}l> .", f"<{V}l> <{XL}literalForm> \"a\" .", f"<{V}l> <{DCT}source> \"B\" .",
        f"<{V}l> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{XL}Label> .",
    }  # fmt: skip
    for label in ("_:l", "own:l"):
        body = f"{A}xl:prefLabel {label} . {said.format(label)}"
        assert (
            statements(body) == () and sums(read(body)) == (5, 0, {}) and first(body).terms == (Term("a", source="B"),)
        )


def test_labels_that_name_each_other_are_terms_of_their_own():
    told = 'a xl:Label ; xl:literalForm "{}" ; xl:labelRelation {} .'.format
    for one, other in ((":l", ":m"), (":m", ":l"), ("_:l", "_:m")):
        body = f"{A}xl:prefLabel {one} ; xl:altLabel {other} . {one} {told('a', other)} {other} {told('b', one)}"
        assert first(body).terms == (Term("a"), Term("b", "", TermStatus.ADMITTED))
        assert len(statements(body)) == 8 and sums(read(body)) == (9, 0, {})


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("skos:altLabel", "terms"),
        ("skos:definition", "definitions"),
        ("skos:scopeNote", "notes"),
        ("skos:example", "examples"),
    ],
)
def test_a_text_of_a_datatype_is_read_and_kept_as_it_was_said(said, part):
    body = f'{A}{said} "<p>1984</p>"^^rdf:HTML .'
    assert len(getattr(first(body), part)) == 1 and len(statements(body)) == 1 and sums(read(body)) == (2, 0, {})
    assert statements(f'{A}{said} "a", "b"@sv .') == ()


def test_a_form_of_a_datatype_is_kept_as_it_was_said():
    body = f'{A}xl:prefLabel _:l . _:l xl:literalForm "7"^^:code .'
    assert first(body).terms == (Term("7"),) and len(statements(body)) == 2
    body = f'{A}xl:prefLabel _:l . _:l xl:literalForm "a" ; dct:source "7"^^:code .'
    assert first(body).terms == (Term("a"),) and len(statements(body)) == 3


@pytest.mark.parametrize(
    ("label", "terms", "kept"),
    [
        ('xl:literalForm "a", "b"', 0, 3),
        ("xl:literalForm :b", 0, 2),
        ('dct:title "a"', 0, 2),
        ('a skos:Collection ; xl:literalForm "a"', 0, 1),
        ('xl:literalForm "a", :b', 1, 3),
    ],
)
def test_a_label_without_one_form_of_its_own_is_a_statement(label, terms, kept):
    body = f"{A}xl:prefLabel :l . :l {label} ."
    assert len(first(body).terms) == terms and len(statements(body)) == kept
    assert read(body).kind == ("skosxl" if terms else "skos")


def test_a_label_is_one_concept_s():
    reading = read(f'{A}xl:prefLabel :l . :b a skos:Concept ; xl:prefLabel :l . :l xl:literalForm "a" .')
    assert [len(one.concept.terms) for one in reading.records] == [1, 0]
    assert [len(one.concept.foreign.statements) for one in reading.records] == [2, 1] and sums(reading) == (5, 0, {})


def test_a_label_with_an_empty_form_is_lost_with_what_is_said_of_it():
    reading = read(f'{A}xl:prefLabel :l . :l a xl:Label ; xl:literalForm " " ; dct:source "B" .')
    assert reading.records[0].concept.terms == () and sums(reading) == (1, 0, {"skosxl:prefLabel": 4})


def labelled(terms: int) -> str:
    return f"{A}skos:altLabel " + ", ".join(f'"t{number}"' for number in range(terms))


def test_terms_beyond_the_most_are_lost_with_one_finding():
    reading = read(labelled(MOST_TERMS) + " .")
    assert reading.records[0].findings == () and sums(reading) == (501, 0, {})
    reading = read(labelled(MOST_TERMS + 2) + " .")
    assert [(one.code, one.params) for one in reading.records[0].findings] == [("IMPORT-003", {"most": 500})]
    assert sums(reading) == (501, 0, {"skos:altLabel (> 500)": 2})
    another = read(labelled(MOST_TERMS) + ' ; xl:altLabel :l . :l xl:literalForm "x" .')
    assert sums(another) == (501, 0, {"skosxl:altLabel": 2})
    assert sums(read(labelled(MOST_TERMS - 1) + ' ; xl:altLabel :l . :l xl:literalForm "x" .')) == (502, 0, {})
    same = read(labelled(MOST_TERMS) + ' ; xl:altLabel :l . :l xl:literalForm "t7" ; dct:source "B" .')
    assert sums(same) == (504, 0, {}) and len(same.records[0].concept.terms) == MOST_TERMS


@pytest.mark.parametrize(
    ("predicate", "part", "texts"),
    [
        ("definition", "definitions", (Definition("x", "sv"), Definition("y"))),
        ("example", "examples", (Note((Wording("x", "sv"),)), Note((Wording("y"),)))),
        ("note", "notes", (Note((Wording("x", "sv"),)), Note((Wording("y"),)))),
    ],
)
def test_a_text_may_be_the_value_of_a_resource_that_is_kept(predicate, part, texts):
    body = f'{A}skos:{predicate} [ rdf:value "x"@sv, "y", " ", :z ; dct:source "B" ] .'
    assert getattr(first(body), part) == texts
    assert len(statements(body)) == 6 and sums(read(body)) == (7, 0, {})


def test_a_note_of_no_kind_is_a_note_and_is_kept_as_it_was_said():
    assert first(f'{A}skos:note "x"@sv, " ", "y" .').notes == (Note((Wording("x", "sv"),)), Note((Wording("y"),)))
    assert len(statements(f'{A}skos:note "x"@sv, " ", "y" .')) == 3
    assert sums(read(f'{A}skos:note "x"@sv, " " .')) == (3, 0, {})


def test_texts_that_the_register_writes_by_itself_are_its_own_only_of_its_own_concepts():
    text = RENDERING_TEXT.in_language("en")
    assert sums(read(f'{HERE}skos:scopeNote "{text}"@en, "x"@en .')) == (2, 1, {})
    assert first(f'{HERE}skos:scopeNote "{text}"@en, "x"@en .').notes == (Note((Wording("x", "en"),)),)
    assert first(f'{A}skos:scopeNote "{text}"@en .').notes == (Note((Wording(text, "en"),)),)
    assert len(first(f'{HERE}skos:scopeNote [ rdf:value "{text}"@en ] .').notes) == 1
