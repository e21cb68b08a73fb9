"""What is said of an edition, and a mirrored concept as a draft of ours."""

import pytest

from registry.findings import Text
from termbank.concepts.content import parse as parse_concept
from termbank.concepts.schema import MOST_STATEMENTS, MOST_TERMS
from termbank.editions.adopting import MOST_LENGTH, MOST_OF_A_KIND, Mirrored, SaidText, adopt
from termbank.editions.content import Edition, FileNamed, outline, parse, read, title
from termbank.notions import Origin, RelationKind, TermStatus

FILE = FileNamed("a" * 64, "a.ttl", 12, {"concepts": 3, "collections": 0, "triples": 9})
EDITION = Edition(
    FILE, Text("Möbler", "Furniture"), Text("Påhittat.", ""), "Exempelverket", "https://a.example/", "2026-03-01", "CC0", "https://b.example/"
)  # fmt: skip
IRI = "https://a.example/1"


def codes(**change) -> list[str]:
    content = {**EDITION.as_content(), **change}
    return [finding.code for finding in parse({key: value for key, value in content.items() if value is not None})[1]]


def test_what_is_written_is_read_again():
    assert read(EDITION.as_content()) == EDITION
    assert parse(EDITION.as_content()) == (EDITION, ())
    bare = Edition(FileNamed("a" * 64, "a.ttl", 0))
    assert read(bare.as_content()) == bare and "title" not in bare.as_content()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": None}, ["EDITION-002"]),
        ({"source": None}, ["EDITION-003"]),
        ({"licence": None}, ["EDITION-004"]),
        ({"date": None}, ["EDITION-005"]),
        ({"date": "2026-13"}, ["EDITION-005"]),
        ({"date": "2026-3"}, ["EDITION-005"]),
        ({"date": "2026-03-01T10"}, ["EDITION-005"]),
        ({"date": "2026"}, []),
        ({"title": [{"text": "Möbler", "language": "sv"}]}, []),
        ({"url": "ftp://a.example"}, ["EDITION-006"]),
        ({"base": "a.example"}, ["EDITION-006"]),
        ({"url": None, "base": None, "description": None}, []),
        ({"title": [{"text": "Furniture", "language": "en"}]}, []),
        ({"colour": "red"}, ["EDITION-001"]),
        ({"file": {"sha256": "b", "name": "a", "size": 1}}, ["EDITION-001"]),
        ({"file": {"sha256": "a" * 64, "name": "a", "size": -1}}, ["EDITION-001"]),
    ],
)
def test_what_has_to_be_mended_is_found(change, code):
    assert codes(**change) == code


@pytest.mark.parametrize(
    ("said", "expected"),
    [(Text("Möbler", "Furniture"), Text("Möbler", "Furniture")), (Text("Möbler", ""), Text("Möbler", "Möbler")),
     (Text("", "Furniture"), Text("Furniture", "Furniture")), (Text("", ""), Text("a.ttl", "a.ttl"))],
)  # fmt: skip
def test_one_language_stands_in_for_the_other(said, expected):
    assert title(Edition(FILE, said).as_content()) == expected


def test_the_outline_has_what_is_decided():
    rows = {label.en: value for label, value in outline(EDITION.as_content())}
    assert rows["Concepts"] == "3" and rows["Collections"] == "0" and rows["The file's SHA-256"] == "a" * 64
    assert [rows[one] for one in ("Source", "Date", "Licence", "File")] == [
        "Exempelverket",
        "2026-03-01",
        "CC0",
        "a.ttl",
    ]
    assert "Description" not in {label.en for label, _ in outline(Edition(FILE).as_content())}


def adopted(*texts, relations=(), statements=(), iri=IRI, edition=EDITION):
    return adopt(Mirrored(iri, texts, relations, statements), edition, "vardplatser")


def test_labels_become_terms_of_which_one_is_preferred_in_each_language():
    made = adopted(
        SaidText("altLabel", "säng", "sv"), SaidText("prefLabel", "bädd", "sv"), SaidText("prefLabel", "brits", "sv"),
        SaidText("hiddenLabel", "sägn", "sv"), SaidText("prefLabel", "bed", "en"), SaidText("altLabel", "bädd", "sv"),
        SaidText("prefLabel", " ", "fi"), SaidText("prefLabel", "Bett", "de_DE"),
    )  # fmt: skip
    assert [(one.text, one.language, one.status) for one in made.concept.terms] == [
        ("bädd", "sv", TermStatus.PREFERRED), ("brits", "sv", TermStatus.ADMITTED), ("bed", "en", TermStatus.PREFERRED),
        ("Bett", "", TermStatus.PREFERRED), ("säng", "sv", TermStatus.ADMITTED), ("sägn", "sv", TermStatus.HIDDEN),
    ]  # fmt: skip
    assert made.left == 2


def test_definitions_notes_examples_and_codes_have_their_places():
    made = adopted(
        SaidText("prefLabel", "säng", "sv"), SaidText("definition", "Att ligga i.", "sv"), SaidText("scopeNote", "Inte soffa.", "sv"),
        SaidText("historyNote", "Ny.", ""), SaidText("example", "Den där.", "sv"), SaidText("notation", "M2", "", "https://a.example/code"),
        SaidText("notation", "M2", "", "https://a.example/code"),
    )  # fmt: skip
    concept = made.concept
    assert [(one.text, one.language, one.source, one.url) for one in concept.definitions] == [
        ("Att ligga i.", "sv", "Exempelverket", "https://a.example/")
    ]
    assert [[said.text for said in note.texts] for note in concept.notes] == [["Inte soffa."], ["Ny."]]
    assert [[said.text for said in note.texts] for note in concept.examples] == [["Den där."]]
    assert [(one.text, one.datatype) for one in concept.notations] == [("M2", "https://a.example/code")]
    assert made.left == 1
    assert (concept.origin, concept.rendering, concept.scheme.key) == (Origin.PROPOSAL, False, "vardplatser")
    assert (concept.source.title, concept.source.url, concept.source.date) == (
        "Möbler, Exempelverket",
        "https://a.example/",
        "2026-03-01",
    )


def test_it_is_mapped_to_where_it_came_from_and_its_own_mappings_stay():
    made = adopted(
        SaidText("prefLabel", "säng", "sv"),
        relations=[("exactMatch", IRI), ("broadMatch", "https://b.example/2"), ("broadMatch", "https://b.example/2"),
                   ("closeMatch", "urn:x"), ("broader", "https://a.example/9")],
    )  # fmt: skip
    assert [(one.kind, one.target.iri) for one in made.concept.relations] == [
        (RelationKind.EXACT, IRI), (RelationKind.BROAD, "https://b.example/2"),
    ]  # fmt: skip
    skos = "http://www.w3.org/2004/02/skos/core#"
    assert made.concept.foreign.statements == (
        f"<{IRI}> <{skos}broader> <https://a.example/9> .", f"<{IRI}> <{skos}closeMatch> <urn:x> .",
        f"<{IRI}> <{skos}exactMatch> <{IRI}> .",
    )  # fmt: skip
    assert made.left == 1


def test_statements_that_have_not_the_form_of_one_are_left():
    made = adopted(
        statements=[
            ("https://a.example/p", '"a"@sv'),
            ("https://a.example/p", "_:b1"),
            ("https://a.example/p", "x" * MOST_LENGTH),
        ]
    )
    assert made.concept.foreign.statements == (f'<{IRI}> <https://a.example/p> "a"@sv .',) and made.left == 2


@pytest.mark.parametrize("more", [0, 1])
def test_what_there_is_no_room_for_is_counted(more):
    texts = [SaidText("altLabel", f"ord {number}", "sv") for number in range(MOST_TERMS + more)]
    texts += [SaidText("definition", f"text {number}", "sv") for number in range(MOST_OF_A_KIND + more)]
    texts += [SaidText("note", "a" * (MOST_LENGTH + more), "sv")]
    statements = [("https://a.example/p", f'"{number}"') for number in range(MOST_STATEMENTS + more)]
    made = adopted(*texts, statements=statements)
    assert (len(made.concept.terms), len(made.concept.definitions)) == (MOST_TERMS, MOST_OF_A_KIND)
    assert len(made.concept.foreign.statements) == MOST_STATEMENTS
    assert (len(made.concept.notes), made.left) == (1 - more, 4 * more)


def test_a_draft_fits_the_form_of_a_concept():
    made = adopted(
        SaidText("prefLabel", "säng", "sv"), SaidText("definition", "Att ligga\x0b i.", "x" * 9), relations=[("related", "https://a.example/2")],
        statements=[("https://a.example/p", '"a\\"b"')],
    )  # fmt: skip
    concept, findings = parse_concept(made.concept.as_content())
    assert concept == made.concept and not [one for one in findings if one.severity == "error"]


def test_without_an_address_on_the_web_there_is_no_mapping():
    made = adopted(
        SaidText("prefLabel", "säng", "sv"), iri="urn:a:1", edition=Edition(FILE, Text("", "E"), url="nowhere")
    )
    assert made.concept.relations == () and made.concept.foreign.iri == "urn:a:1"
    assert (made.concept.source.title, made.concept.source.url) == ("E", "")


def test_the_limits_of_a_draft_are_those_of_a_concept():
    assert (MOST_LENGTH, MOST_OF_A_KIND) == (5_000, 100)


@pytest.mark.parametrize(("length", "kept"), [(4_999, 1), (5_000, 1), (5_001, 0)])
def test_a_statement_may_be_as_long_as_any_text(length, kept):
    frame = len(f'<{IRI}> <https://a.example/p> "" .')
    made = adopted(statements=[("https://a.example/p", f'"{"x" * (length - frame)}"')])
    assert (len(made.concept.foreign.statements), made.left) == (kept, 1 - kept)


@pytest.mark.parametrize(("length", "kept"), [(0, 0), (1, 1), (5_000, 1), (5_001, 0)])
@pytest.mark.parametrize("kind", ["prefLabel", "definition", "note", "example", "notation"])
def test_a_text_has_from_one_letter_to_five_thousand(kind, length, kept):
    made = adopted(SaidText(kind, "x" * length))
    concept = made.concept
    assert made.left == 1 - kept
    assert (
        sum(map(len, (concept.terms, concept.definitions, concept.notes, concept.examples, concept.notations))) == kept
    )


@pytest.mark.parametrize("kind", ["note", "example", "notation"])
def test_of_notes_examples_and_codes_a_hundred_are_kept(kind):
    made = adopted(*(SaidText(kind, f"text {number}") for number in range(101)))
    concept = made.concept
    assert (len(concept.notes) + len(concept.examples) + len(concept.notations), made.left) == (100, 1)


@pytest.mark.parametrize(
    ("edition", "source"),
    [
        (Edition(FILE, Text("Möbler", "Furniture"), source="Verket"), "Möbler, Verket"),
        (Edition(FILE, Text("", "Furniture"), source="Verket"), "Furniture, Verket"),
        (Edition(FILE, source="Verket"), "Verket"),
        (Edition(FILE, source="V" * 5_001), "V" * 5_000),
    ],
)
def test_a_draft_names_the_edition_as_its_source(edition, source):
    made = adopted(SaidText("definition", "a", "sv"), edition=edition)
    assert made.concept.source.title == source and made.concept.definitions[0].source == edition.source[:5_000]
    assert made.concept.source.url == made.concept.definitions[0].url == ""


def test_a_mapping_that_a_concept_of_ours_cannot_have_stays_a_statement():
    made = adopted(
        relations=[("related", "https://a.example/2"), ("exactMatch", "urn:x:1"), ("exactMatch", "https://b.example/1")]
    )
    assert [one.target.iri for one in made.concept.relations] == [IRI, "https://b.example/1"]
    assert len(made.concept.foreign.statements) == 2 and made.left == 0


def test_a_date_that_is_none_is_said_and_a_missing_one_has_nothing_to_say():
    def dated(date: str):
        content = {**EDITION.as_content(), "date": date}
        return parse({name: value for name, value in content.items() if value})[1][0].params

    assert dated("2026-13") == {"field": "date", "date": "2026-13"} and dated("") == {"field": "date"}


def test_an_edition_of_which_nothing_is_said_has_its_file_alone():
    bare = Edition(FileNamed("a" * 64, "a.ttl", 0, {"triples": 0}))
    assert [(label.en, value) for label, value in outline(bare.as_content())] == [
        ("Triples", "0"), ("File", "a.ttl"), ("The file's SHA-256", "a" * 64),
    ]  # fmt: skip
    assert bare.as_content()["file"] == {"sha256": "a" * 64, "name": "a.ttl", "size": 0, "triples": 0}
    assert [one.code for one in parse(bare.as_content())[1]] == [f"EDITION-00{number}" for number in (2, 3, 4, 5)]
