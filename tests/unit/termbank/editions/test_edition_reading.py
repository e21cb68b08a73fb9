"""A vocabulary's file as rows: every triple in one of them, names, words, members, labels that are resources."""

import pyoxigraph as ox
import pytest

from termbank.editions import reading
from termbank.editions.reading import read
from termbank.editions.rows import (
    MOST_IRI,
    MOST_KEY,
    RELATIONS,
    RESOURCES,
    SPELLINGS,
    STATEMENTS,
    TEXTS,
    WORDS,
    Batch,
    batch_from,
)
from termbank.editions.triples import predicate_of
from termbank.vocabularies.rdf_files import UnreadableVocabularyError
from tests.factories.vocabularies import BROKEN, FURNITURE, SKOS, XL


def rows_of(data: bytes, name: str = "a.ttl", base: str = ""):
    """Rows by layout as dictionaries, and the counts."""
    found = {layout: [] for layout in (RESOURCES, TEXTS, RELATIONS, STATEMENTS, WORDS, SPELLINGS)}

    def give(batch: Batch) -> None:
        batch = batch_from(batch.layout.table, [list(column) for column in batch.columns])
        found[batch.layout] += [
            dict(zip(batch.layout.columns, row, strict=True)) for row in zip(*batch.columns, strict=True)
        ]

    counts = read(data, name, base, give)
    return found, counts


def small(turtle: str):
    return rows_of((SKOS + turtle).encode())


def by_iri(found):
    return {row["iri"].rpartition("/")[2]: row for row in found[RESOURCES]}


def said(found, iri: str):
    """(kind, text, language) of a resource."""
    number = by_iri(found)[iri]["number"]
    return [(row["kind"], row["text"], row["language"]) for row in found[TEXTS] if row["resource"] == number]


def related(found, iri: str):
    names = {row["number"]: row["iri"].rpartition("/")[2] for row in found[RESOURCES]}
    number = by_iri(found)[iri]["number"]
    return [(row["kind"], names[row["target"]]) for row in found[RELATIONS] if row["resource"] == number]


def test_every_triple_has_a_row():
    found, counts = rows_of(FURNITURE)
    typed = [row for row in found[RESOURCES] if row["kind"] != "other"]
    stated = [row for row in found[RELATIONS] if row["kind"] != "listed"]
    assert counts["triples"] == len(list(ox.parse(FURNITURE, format=ox.RdfFormat.TURTLE)))
    assert counts["triples"] == len(typed) + len(found[TEXTS]) + len(stated) + len(found[STATEMENTS])
    assert {name: counts[name] for name in ("concepts", "collections", "schemes", "tops")} == {
        "concepts": 3, "collections": 2, "schemes": 1, "tops": 2,
    }  # fmt: skip
    assert (counts["texts"], counts["statements"]) == (len(found[TEXTS]), len(found[STATEMENTS]))
    assert counts["relations"] == len(stated)


def test_texts_keep_their_kind_language_and_datatype():
    found, _ = rows_of(FURNITURE)
    assert said(found, "2") == [
        ("prefLabel", "sjukhussäng", "sv"), ("prefLabel", "hospital bed", "en"), ("altLabel", "vårdsäng", "sv"),
        ("hiddenLabel", "sjukhusänsg", "sv"), ("notation", "M2", ""), ("scopeNote", "Inte vårdplats.", "sv"),
    ]  # fmt: skip
    assert [row["datatype"] for row in found[TEXTS] if row["text"] == "M2"] == ["https://a.example/code"]
    assert {row["datatype"] for row in found[TEXTS] if row["text"] != "M2"} == {""}


def test_what_is_no_text_or_relation_of_skos_is_a_statement():
    found, _ = small('x:1 a skos:Concept ; a x:Thing ; skos:note x:2 ; skos:broader "ett ord" ; x:n 12 .')
    assert [(row["predicate"].rpartition("#")[2], row["object"]) for row in found[STATEMENTS]] == [
        ("type", "<https://a.example/Thing>"), ("note", "<https://a.example/2>"), ("broader", '"ett ord"'),
        ("https://a.example/n", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ]  # fmt: skip


def test_a_second_type_of_skos_is_kept_as_a_statement():
    found, counts = small("x:1 a skos:Concept . x:2 a skos:Collection, skos:OrderedCollection .")
    assert by_iri(found)["2"]["kind"] == "collection" and counts["collections"] == 1
    assert [row["object"].rpartition("#")[2] for row in found[STATEMENTS]] == ["OrderedCollection>"]


@pytest.mark.parametrize(
    ("labels", "swedish", "english"),
    [
        ('"a"@sv, "b"@en, "c"@fi', ("a", "sv"), ("b", "en")),
        ('"c"@fi, "b"@en', ("b", "en"), ("b", "en")),
        ('"c"@fi, "a"@sv', ("a", "sv"), ("a", "sv")),
        ('"c"@fi', ("c", "fi"), ("c", "fi")),
        ('"d"', ("d", ""), ("d", "")),
        ('"e"@sv-FI, "f"@en-GB', ("e", "sv-fi"), ("f", "en-gb")),
        ('"g"@sve', ("g", "sve"), ("g", "sve")),
        ('"c"@fi, "g"@sve, "h"@eng', ("c", "fi"), ("c", "fi")),
        ('"c"@fi ; skos:altLabel "a"@sv', ("c", "fi"), ("c", "fi")),
    ],
)
def test_a_resource_is_called_by_what_its_reader_can_read(labels, swedish, english):
    found, _ = small(f"x:1 a skos:Concept ; skos:prefLabel {labels} .")
    row = by_iri(found)["1"]
    assert (row["name_sv"], row["language_sv"].lower()) == swedish
    assert (row["name_en"], row["language_en"].lower()) == english
    assert (row["sort_sv"], row["sort_en"]) == (swedish[0], english[0])


def test_without_a_preferred_label_another_is_the_name_or_else_the_end_of_the_address():
    found, _ = small(
        'x:1 a skos:Concept ; skos:altLabel "andra"@sv, "tredje"@sv . x:nio a skos:Concept . x:4 x:p x:5 .'
    )
    rows = by_iri(found)
    assert (rows["1"]["name_sv"], rows["nio"]["name_sv"], rows["4"]["name_sv"]) == ("andra", "nio", "")
    assert [rows[one]["kind"] for one in ("1", "nio", "4")] == ["concept", "concept", "other"]


def test_keys_are_folded_sorted_and_short():
    found, _ = small(f'x:1 a skos:Concept ; skos:prefLabel "Ärende {"a" * 150}"@sv .')
    assert by_iri(found)["1"]["sort_sv"] == f"|rende {'a' * 150}"[:MOST_KEY]
    assert [row["word"] for row in found[WORDS]] == ["a" * MOST_KEY, "ärende"]


def test_words_of_labels_and_codes_are_kept_once_and_those_of_notes_are_not():
    found, _ = small(
        'x:1 a skos:Concept ; skos:prefLabel "vård vård"@sv, "Vård"@en ; skos:notation "A1" ; skos:note "sköterska"@sv .'
    )
    assert [(row["word"], row["resource"]) for row in found[WORDS]] == [("a1", 0), ("vård", 0)]
    assert found[SPELLINGS] == [{"word": "a1", "backwards": "1a"}, {"word": "vård", "backwards": "dråv"}]


def test_blank_nodes_are_called_by_their_number():
    found, _ = small('x:1 a skos:Concept ; x:p [ x:q "r" ] ; skos:related [] .')
    blank = next(row for row in found[RESOURCES] if row["iri"].startswith("_:"))
    assert blank["iri"] == f"_:b{blank['number']}"
    assert f"_:b{blank['number']}" in [row["object"] for row in found[STATEMENTS]]


def test_members_of_an_ordered_collection_come_in_order():
    found, _ = rows_of(FURNITURE)
    assert [one for one in related(found, "c") if one[0] == "listed"] == [
        ("listed", "3"),
        ("listed", "1"),
        ("listed", "2"),
    ]


def test_a_list_that_goes_round_ends_where_it_began():
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    found, _ = small(f"{rdf}x:0 a skos:Concept . x:c skos:memberList x:l . x:l rdf:first x:0 ; rdf:rest x:l .")
    assert [one for one in related(found, "c") if one[0] == "listed"] == [("listed", "0")]
    found, _ = small(f"{rdf}x:0 a skos:Concept . x:c skos:memberList x:l . x:l rdf:rest x:m . x:m rdf:first x:0 .")
    assert [one for one in related(found, "c") if one[0] == "listed"] == [("listed", "0")]


def test_labels_that_are_resources_are_the_labels_of_who_wears_them():
    found, counts = rows_of(XL)
    assert said(found, "1") == [("prefLabel", "bår", "sv"), ("altLabel", "stretcher", "en")]
    assert [row["label"] for row in found[TEXTS] if row["kind"] == "prefLabel"] == [by_iri(found)["l1"]["number"]]
    assert by_iri(found)["1"]["name_en"] == "bår" and {row["word"] for row in found[WORDS]} == {"bår", "stretcher"}
    assert counts["texts"] == 2


def test_who_is_on_top():
    found, counts = small(
        "x:1 a skos:Concept . x:2 a skos:Concept ; skos:broader x:1 . x:3 a skos:Concept . x:1 skos:narrower x:3 . x:4 a skos:Collection ."
    )
    assert [one for one, row in by_iri(found).items() if row["is_top"]] == ["1"] and counts["tops"] == 1


def test_rows_are_numbered_on_and_given_in_batches(monkeypatch):
    monkeypatch.setattr(reading, "BATCH", 2)
    batches = []
    read(FURNITURE, "a.ttl", "", batches.append)
    texts = [row[1] for batch in batches if batch.layout is TEXTS for row in batch.rows()]
    assert texts == list(range(len(texts))) and max(len(batch) for batch in batches if batch.layout is WORDS) == 2
    whole, _ = rows_of(FURNITURE)
    assert len(texts) == len(whole[TEXTS])
    relations = [row[1] for batch in batches if batch.layout is RELATIONS for row in batch.rows()]
    assert relations == list(range(len(whole[RELATIONS])))


def digests(turtle: str):
    found, _ = small(turtle)
    return by_iri(found)["1"]["digest"]


def test_the_digest_tells_what_is_said_whatever_its_order():
    one = 'x:1 a skos:Concept ; skos:prefLabel "a"@sv ; skos:note "b" ; skos:related x:2 ; x:p x:3 .'
    other = (
        'x:9 x:p x:1 . x:1 x:p x:3 ; skos:related x:2 ; skos:note "b" ; skos:prefLabel "a"@sv . x:1 a skos:Concept .'
    )
    assert digests(one) == digests(other)
    changed = [
        one.replace(*pair)
        for pair in (
            ("@sv", "@en"),
            ('"a"', '"c"'),
            ("x:2", "x:4"),
            ("x:3", "x:4"),
            ("note", "scopeNote"),
            ('"b"', '"b"^^x:t'),
        )
    ]
    assert len({digests(one), *map(digests, changed)}) == 7
    assert 0 <= digests(one) < 2**63


def test_a_blank_node_is_no_change_by_its_name():
    assert digests("x:1 a skos:Concept ; x:p [] .") == digests("x:9 x:q [] . x:1 a skos:Concept ; x:p [] .")
    assert digests("x:1 a skos:Concept ; skos:related [] .") == digests(
        "x:9 x:q [] . x:1 a skos:Concept ; skos:related [] ."
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BROKEN, "VOC-102"),
        (b"", "VOC-106"),
        ((SKOS + "x:1 a skos:ConceptScheme .").encode(), "VOC-106"),
        ((SKOS + 'x:1 a skos:Concept ; skos:note "a\\u0000" .').encode(), "EDITION-012"),
        ((SKOS + 'x:1 a skos:Concept ; x:p "a\\u0000" .').encode(), "EDITION-012"),
        ((SKOS + r'x:1 a skos:Concept ; x:p "a\\\\\u0000" .').encode(), "EDITION-012"),
        ((SKOS + r'x:1 a skos:Concept ; x:p "the letters \\u0000" .').encode(), ""),
        (f"{SKOS}x:1 a skos:Concept ; x:p <https://a.example/{'a' * (MOST_IRI - 18)}> .".encode(), ""),
        (f"{SKOS}x:1 a skos:Concept ; skos:related <https://a.example/{'a' * (MOST_IRI - 18)}> .".encode(), ""),
        (f"{SKOS}x:1 a skos:Concept ; skos:related <https://a.example/{'a' * (MOST_IRI - 17)}> .".encode(), "EDITION-011"),
    ],
)  # fmt: skip
def test_what_no_row_can_hold_is_refused(data, code):
    if not code:
        assert rows_of(data)[1]["concepts"] == 1
        return
    with pytest.raises(UnreadableVocabularyError) as raised:
        rows_of(data)
    assert raised.value.finding.code == code


def test_relative_addresses_are_read_against_the_base():
    data = SKOS.encode() + b"<1> a skos:Concept ."
    assert [row["iri"] for row in rows_of(data)[0][RESOURCES]] == ["file:///1"]
    assert [row["iri"] for row in rows_of(data, base="https://own.example/")[0][RESOURCES]] == ["https://own.example/1"]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("edition_file", [[1]]),
        (None, []),
        (["edition_word"], [["a"], [1]]),
        ("edition_word", [["a"]]),
        ("edition_word", [["a"], [1], [2]]),
        ("edition_word", [["a"], [1, 2]]),
        ("edition_word", [[1], [1]]),
        ("edition_word", [["a"], ["1"]]),
        ("edition_word", [["a"], [-1]]),
        ("edition_word", [["a"], [2**63]]),
        ("edition_word", [["a", "b"], [-1, 1]]),
        ("edition_word", [["a", "b"], [1, 2**63]]),
        ("edition_word", ["a", "1"]),
        ("edition_word", [["a"], [True]]),
        ("edition_word", [["a"], [None]]),
        ("edition_word", [("a",), [1]]),
        ("edition_word", {"word": ["a"]}),
    ],
)
def test_what_is_no_batch_is_refused(table, columns):
    with pytest.raises(ValueError):
        batch_from(table, columns)


def test_a_batch_gives_its_rows_with_keys_as_bytes():
    assert list(batch_from("edition_word", [["å", "b"], [0, 2**63 - 1]]).rows()) == [
        ("å".encode(), 0),
        (b"b", 2**63 - 1),
    ]
    text = batch_from("edition_text", [[1], [2], ["note"], ["sv"], ["å"], [""], [None]])
    assert list(text.rows()) == [(1, 2, "note", "sv", "å", "", None)] and len(text) == 1
    assert list(batch_from("edition_word", [[], []]).rows()) == []


@pytest.mark.parametrize(
    ("kind", "iri"),
    [
        ("broader", "http://www.w3.org/2004/02/skos/core#broader"),
        ("xl:prefLabel", "http://www.w3.org/2008/05/skos-xl#prefLabel"),
        ("iso:broaderPartitive", "http://purl.org/iso25964/skos-thes#broaderPartitive"),
        ("rdf:rest", "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"),
    ],
)
def test_kinds_are_written_with_the_predicate_that_they_stand_for(kind, iri):
    assert predicate_of(kind) == iri


def test_the_limits_of_a_row_are_those_of_the_tables():
    assert (MOST_IRI, MOST_KEY) == (2_000, 100)


def test_rows_are_given_when_there_are_twenty_thousand_of_them():
    notes = " , ".join(f'"{number}"' for number in range(20_001))
    batches = []
    read(f"{SKOS}x:1 a skos:Concept ; skos:note {notes} .".encode(), "a.ttl", "", batches.append)
    assert [len(batch) for batch in batches if batch.layout is TEXTS] == [19_999, 2]


DIGESTS = [
    128_331_959_816_566_523,
    4_042_810_369_221_915_471,
    5_764_708_830_271_462_833,
    688_634_018_150_964_276,
]


def test_the_digest_of_what_is_said_stays_the_same_in_every_version():
    assert [digests(f'x:1 a skos:Concept ; skos:note "{one}" .') for one in "abcd"] == DIGESTS
    assert digests("x:1 a skos:Concept .") == 0
    assert {one >> 62 for one in DIGESTS} == {0, 1} and {one & 1 for one in DIGESTS} == {0, 1}


def test_only_a_type_says_what_a_resource_is():
    found, counts = small("x:1 a skos:Concept . x:2 x:p skos:Concept . x:3 a x:Thing .")
    assert [by_iri(found)[one]["kind"] for one in ("1", "2", "3")] == ["concept", "other", "other"]
    assert counts["concepts"] == 1 and len(found[STATEMENTS]) == 2


def test_nil_ends_a_list_whatever_is_said_of_it():
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    found, _ = small(
        f"{rdf}x:0 a skos:Concept . x:c skos:memberList x:l . x:l rdf:first x:0 ; rdf:rest rdf:nil . rdf:nil rdf:first x:1 ."
    )
    assert [one for one in related(found, "c") if one[0] == "listed"] == [("listed", "0")]


@pytest.mark.parametrize("predicate", ["skos:note", "x:p"])
def test_a_text_that_no_database_keeps_is_named_by_its_concept(predicate):
    name = "a" * 200
    with pytest.raises(UnreadableVocabularyError) as raised:
        small(f'x:1 a skos:Concept . x:{name} a skos:Concept ; {predicate} "a\\u0000" . x:3 a skos:Concept .')
    assert raised.value.finding.params["concept"] == f"https://a.example/{name}"[:200]


def test_an_address_that_is_too_long_is_named_by_its_beginning():
    with pytest.raises(UnreadableVocabularyError) as raised:
        small(f"x:1 a skos:Concept ; skos:related x:{'a' * 2_000} .")
    assert raised.value.finding.params == {"iri": f"https://a.example/{'a' * 200}"[:200], "most": 2_000}


def test_a_file_without_a_concept_says_how_much_was_read():
    with pytest.raises(UnreadableVocabularyError) as raised:
        small("x:1 a skos:ConceptScheme ; skos:note 'a', 'b' .")
    assert raised.value.finding.params["triples"] == 3


@pytest.mark.parametrize(
    ("said", "tops"),
    [
        ("x:2 iso:broaderPartitive x:1", ["1"]),
        ("x:1 iso:narrowerGeneric x:2", ["1"]),
        ("x:2 skos:broaderTransitive x:1", ["1"]),
        ("x:2 skos:broadMatch x:1", ["1", "2"]),
        ("x:2 skos:related x:1", ["1", "2"]),
    ],
)
def test_only_what_has_something_broader_is_not_on_top(said, tops):
    found, _ = small(
        f"@prefix iso: <http://purl.org/iso25964/skos-thes#> . x:1 a skos:Concept . x:2 a skos:Concept . {said} ."
    )
    assert sorted(one for one, row in by_iri(found).items() if row["is_top"]) == tops


def test_a_label_without_a_text_gives_none_and_words_come_from_labels_alone():
    found, _ = small(
        "@prefix xl: <http://www.w3.org/2008/05/skos-xl#> . x:1 a skos:Concept ; xl:prefLabel x:l ; xl:altLabel x:m ."
        ' x:m xl:literalForm "bår"@sv . x:m skos:note "x"@sv .'
    )
    assert said(found, "1") == [("altLabel", "bår", "sv")]
    assert [(row["word"], row["resource"]) for row in found[WORDS]] == [("bår", by_iri(found)["1"]["number"])]


def test_rows_come_after_what_is_first_in_all_of_them():
    assert list(batch_from("edition_word", [["a", "b"], [1, 2]]).rows(7, "x")) == [
        (7, "x", b"a", 1),
        (7, "x", b"b", 2),
    ]
