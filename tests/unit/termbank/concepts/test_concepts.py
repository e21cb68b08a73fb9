"""Reading ``concept/3``, lifting what was written before it, and saying what has to be mended."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.content.canonical import canonical
from registry.findings import Text
from registry.provenance import Provenance
from termbank.concepts.concept import (
    Concept,
    Definition,
    Foreign,
    Link,
    Notation,
    Note,
    Relation,
    Source,
    Target,
    Term,
    slug_of,
)
from termbank.concepts.content import parse, read
from termbank.concepts.outline import outline, title
from termbank.concepts.schema import SCHEMA
from termbank.concepts.wordings import Wording, tag, wordings_of
from termbank.notions import Origin, RelationKind, TermStatus
from termbank.starter.load import concept_documents
from tests.factories.concepts import concept, contested, defined, note, older, related, worded

HERE, OTHER, SCHEME = "a" * 32, "b" * 32, "c" * 32


def codes(content) -> set[str]:
    return {finding.code for finding in parse(content)[1]}


def whole() -> Concept:
    """A concept that says everything that a concept can."""
    return Concept(
        item=HERE,
        scheme=Target(item=SCHEME),
        origin=Origin.OFFICIAL,
        rendering=True,
        provenance=Provenance.REPRODUCED,
        terms=(
            Term("V41", status=TermStatus.ADMITTED),
            Term("hospital bed", "en"),
            Term("vårdplats", "sv", homograph=2, grammar="plural: -er", source="SAOB"),
            Term("vpl", "sv", TermStatus.ADMITTED, abbreviation=True),
            Term("bädd", "sv", TermStatus.DEPRECATED),
            Term("vårdplast", "sv", TermStatus.HIDDEN),
        ),
        definitions=(
            Definition("sairaansija", "fi"),
            Definition("plats i en rad", "sv", "SOSFS", "https://e.se/", (Link("rad", Target(item=OTHER)),)),
        ),
        notes=(Note((Wording("a note", "en"), Wording("en anmärkning", "sv")), "Bok", "https://e.se/"),),
        examples=(Note((Wording("plats 7", "sv"),)),),
        problems=(note("Ett problem"),),
        relations=(
            Relation(RelationKind.GENERIC, Target(item=OTHER)),
            Relation(RelationKind.PARTITIVE, Target(item="d" * 32)),
            Relation(RelationKind.BROADER_UNKNOWN, Target(item="e" * 32)),
            Relation(RelationKind.ASSOCIATIVE, Target(item=SCHEME), label=(Wording("vårdas på", "sv"),)),
            Relation(RelationKind.CONTESTED, Target(item=OTHER), texts=wordings_of(Text("olika", "differently")), source="X"),
            Relation(RelationKind.EXACT, Target(iri="https://e.se/1")),
            Relation(RelationKind.RELATED, Target(item=OTHER)),
        ),
        sources=(Source("Bok", "https://e.se/", "2012", wordings_of(Text("Gäller", "Holds")), (), "sv"), Source("Andra")),
        subject_field=(Wording("psykiatri", "sv"),),
        notations=(Notation("41", "https://e.se/t"), Notation("B7")),
        concerns_persons=False,
        foreign=Foreign("https://e.se/9", ('<https://e.se/9> <https://e.se/p> "x"@sv .',)),
    )  # fmt: skip


def test_content_gives_the_concept_back():
    concept, findings = parse(whole().as_content())
    assert concept == whole()
    assert {finding.code for finding in findings} == {"TERM-005", "TERM-006"}, "some of it is in one language"


def test_content_is_canonical_and_names_its_schema_and_its_item():
    content = whole().as_content()
    assert (content["content_schema"], content["item"]) == ("concept/3", HERE)
    assert canonical(content) == canonical(read(content).as_content())
    assert '""' not in canonical(content) and "[]" not in canonical(content) and "null" not in canonical(content)


ORDERLESS = ("notations",)


@given(st.randoms())
def test_an_order_that_means_nothing_makes_no_other_content(random):
    content = whole().as_content()
    shuffled = {**content, **{name: random.sample(content[name], len(content[name])) for name in ORDERLESS}}
    languages = {term.get("language", "") for term in content["terms"]}
    mixed = random.sample(sorted(languages), len(languages))
    shuffled["terms"] = [term for tag_ in mixed for term in content["terms"] if term.get("language", "") == tag_]
    shuffled["definitions"] = random.sample(content["definitions"], len(content["definitions"]))
    assert canonical(read(shuffled).as_content()) == canonical(content)


@pytest.mark.parametrize("by", ["item", "iri", "key"])
def test_the_order_of_mappings_means_nothing(by):
    mappings = tuple(Relation(RelationKind.EXACT, Target(**{by: name})) for name in ("a", "b"))
    one, other = (replace(whole(), relations=order).as_content() for order in (mappings, mappings[::-1]))
    assert canonical(one) == canonical(other)


def test_what_is_named_elsewhere_has_no_key_here():
    elsewhere = Target(iri="https://e.se/1")
    assert replace(whole(), relations=(Relation(RelationKind.GENERIC, elsewhere),)).broader == ()
    assert Definition("plats i en rad", links=(Link("rad", elsewhere), Link("plats", Target(key="plats")))).picks == {
        "plats": "plats"
    }


def test_the_order_of_synonyms_is_the_authors():
    one, other = (concept("säng", synonyms=order).as_content() for order in (["a", "b"], ["b", "a"]))
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {},
        {"content_schema": "model/1"},
        {"content_schema": "concept/1"},
        {"content_schema": "concept/1", "terms": 7},
        {"content_schema": "concept/3"},
    ],
)
def test_content_of_another_shape_is_findings_and_no_concept(content):
    read_as, findings = parse(content)
    assert read_as is None
    assert {finding.code for finding in findings} == {"TERM-001"}


def test_a_concept_needs_a_term_and_one_in_any_language_is_enough():
    assert "TERM-003" in codes(replace(concept("säng"), terms=()).as_content())
    for term in (Term("säng", "sv"), Term("sänky", "fi"), Term("B1"), Term("bädd", "sv", TermStatus.DEPRECATED)):
        alone = replace(concept("säng"), terms=(term,))
        assert codes(alone.as_content()) == set()
        assert alone.title == Text(term.text, term.text)


def test_a_definition_in_one_language_is_told_and_stops_nothing():
    one_sided = replace(concept("säng"), definitions=defined("möbel att ligga i"))
    assert codes(one_sided.as_content()) == {"TERM-005"}
    assert one_sided.definition == Text("möbel att ligga i", "möbel att ligga i")
    assert codes(replace(concept("säng"), definitions=(Definition("sänky", "fi"),)).as_content()) == set()


def test_a_concept_without_any_definition_is_welcome():
    assert codes(concept("belagd vårdplats").as_content()) == set()


def test_notes_in_one_language_are_told():
    assert codes(replace(concept("säng"), notes=(Note((Wording("bara svenska", "sv"),)),)).as_content()) == {"TERM-006"}


@pytest.mark.parametrize("slug", ["Vårdplats", "två ord", "-början"])
def test_relations_name_concepts_by_their_key(slug):
    assert "TERM-007" in codes(replace(concept("säng"), relations=related(broader=(slug,))).as_content())


def test_the_same_relation_twice_is_found():
    twice = replace(concept("säng"), relations=related(related=("patient", "patient")))
    assert codes(twice.as_content()) == {"TERM-008"}
    both = replace(
        concept("säng"), relations=related(broader=("patient",), contested=(contested("patient", Text("x", "x")),))
    )
    assert codes(both.as_content()) == set()  # fmt: skip


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://example.se/a b", "ftp://example.se"])
def test_an_address_that_must_not_be_a_link_is_found(url):
    assert "TERM-009" in codes(replace(concept("säng"), notes=(note("text", url=url),)).as_content())
    mapped = replace(concept("säng"), relations=(Relation(RelationKind.EXACT, Target(iri=url)),))
    assert "TERM-009" in codes(mapped.as_content())


def test_an_official_wording_needs_its_source_and_a_proposal_does_not():
    assert codes(replace(concept("säng"), sources=()).as_content()) == {"TERM-010"}
    assert codes(replace(concept("säng"), sources=(), origin=Origin.PROPOSAL).as_content()) == set()


def test_texts_that_are_too_long_are_found():
    assert "TERM-004" in codes(concept("å" * 121).as_content())
    assert "TERM-004" not in codes(concept("å" * 120, "b").as_content())
    assert "TERM-004" in codes(concept("säng", definition="ord " * 600).as_content())


def test_one_language_stands_in_for_the_other_in_the_title():
    assert replace(concept("säng"), terms=worded("säng", "sv")).title == Text("säng", "säng")
    assert replace(concept("säng"), terms=worded("bed", "en")).title == Text("bed", "bed")
    assert replace(concept("säng"), terms=(Term("säng", "sv"), Term("bed", "en"))).title == Text("säng", "bed")
    for one in (Term("säng", "sv"), Term("bed", "en")):
        assert replace(concept("säng"), terms=(Term("Bett", "de"), one)).title == Text(one.text, one.text)
    admitted = (Term("bädd", "sv", TermStatus.DEPRECATED), Term("brits", "sv", TermStatus.ADMITTED))
    assert title(replace(concept("säng"), terms=admitted).as_content()) == Text("brits", "brits")


def test_the_outline_has_every_text_that_a_reviewer_must_see():
    rows = outline(whole().as_content())
    shown = " ".join(f"{label.sv} {value.sv if isinstance(value, Text) else value}" for label, value in rows)
    for expected in (
        "vårdplats (2; plural: -er; SAOB)", "hospital bed", "V41", "vpl (abbr.)", "Avrådd term (svenska) bädd", "vårdplast", "sairaansija",
        "plats i en rad", "SOSFS", OTHER, "en anmärkning (Bok)", "plats 7", "Ett problem", "vårdas på", "olika", "https://e.se/1", "egna ord",
        "Bok 2012", "Andra", "Gäller", "psykiatri", "B7", "https://e.se/9", "Rör personer Nej",
    ):  # fmt: skip
        assert expected in shown, expected
    assert not {"", Text("", "")} & {value for _label, value in rows}, "the other source has no address"
    assert (Text("Källans adress", "Address of the source"), "https://e.se/") in rows
    read_how = replace(whole(), sources=(replace(whole().sources[0], verification=(Wording("i tryck", "sv"),)),))
    assert any(label.en == "How the source was read" for label, _value in outline(read_how.as_content()))
    made_up = outline(concept("säng", provenance=Provenance.MADE_UP).as_content())
    assert any("påhittat" in value.sv for _label, value in made_up if isinstance(value, Text))


def test_the_outline_says_when_there_is_no_definition():
    values = [value for _label, value in outline(concept("säng").as_content())]
    assert Text("Definition saknas", "No definition") in values


def test_a_term_is_spelled_in_ascii_as_far_as_it_can_be():
    assert slug_of("Fastställd vårdplats") == "faststalld-vardplats"
    assert (slug_of("  "), slug_of("Ωμέγα")) == ("", "")


@pytest.mark.parametrize("written", ["sv", "SV", "Sv"])
def test_a_language_has_one_tag(written):
    content = concept("säng").as_content()
    spelled = {**content, "terms": [{**term, "language": written} for term in content["terms"]]}
    assert {term["language"] for term in read(spelled).as_content()["terms"]} == {"sv"}
    assert tag("sr-latn-rs") == "sr-Latn-RS"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("content", [whole().as_content(), older(concept("säng", definition="möbel"))])
@given(st.data())
def test_whatever_comes_in_is_findings_and_never_a_crash(content, data):
    parts = data.draw(st.dictionaries(st.sampled_from(sorted(content)), ANYTHING, max_size=6))
    parsed, findings = parse({**content, **parts})
    assert parsed is not None or {finding.code for finding in findings} == {"TERM-001"}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"rendering": "false"}, "rendering"),
        ({"concerns_persons": None}, "concerns_persons"),
        ({"concern_persons": True}, "concern_persons"),
        ({"origin": "offical"}, "origin"),
        ({"provenance": "madeup"}, "provenance"),
        ({"item": "41"}, "item"),
        ({"terms": [{"text": "säng", "status": "prefered"}]}, "terms[0].status"),
        ({"terms": [{"text": "", "status": "preferred"}]}, "terms[0].text"),
        ({"terms": [{"text": "säng", "status": "preferred", "lang": "sv"}]}, "terms[0].lang"),
        ({"terms": [{"text": "säng", "status": "preferred", "language": "svenska språket"}]}, "terms[0].language"),
        ({"terms": [{"text": "s", "status": "preferred", "abbreviation": False}]}, "terms[0].abbreviation"),
        ({"notes": []}, "notes"),
        ({"relations": [{"kind": "kind_of", "target": {"item": OTHER}}]}, "relations[0].kind"),
        ({"relations": [{"kind": "generic", "target": {"item": OTHER, "iri": "https://e.se/"}}]}, "relations[0].target"),
        ({"foreign": {"iri": "https://e.se/", "statements": ["_:b <https://e.se/p> <https://e.se/> ."]}}, "foreign.statements[0]"),
        ({"foreign": {"iri": "https://e.se/", "statements": ['<https://e.se/> <https://e.se/p> "x" .'] * 201}}, "foreign.statements"),
    ],
)  # fmt: skip
def test_what_is_written_wrong_is_refused_with_its_place(changes, path):
    parsed, findings = parse({**concept("säng").as_content(), **changes})
    assert parsed is None
    assert [finding.places[0].field for finding in findings] == [path]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"definition": {"sv": "möbel", "eng": "furniture"}}, "definition.eng"),
        ({"notes": [{"sv": "a", "en": "b", "link": "c"}]}, "notes[0].link"),
        ({"broader": "mobel"}, "broader"),
    ],
)
def test_what_is_written_wrong_in_an_earlier_schema_is_refused_too(changes, path):
    parsed, findings = parse({**older(concept("säng")), **changes})
    assert parsed is None and [finding.places[0].field for finding in findings] == [path]


CUPBOARD = {
    "content_schema": "concept/1",
    "scheme": "mobler",
    "origin": "proposal",
    "rendering": False,
    "terms": {
        "sv": {"preferred": "skåp", "synonyms": ["skänk"], "deprecated": []},
        "en": {"preferred": "", "synonyms": [], "deprecated": []},
    },
    "definition": None,
    "broader": ["mobel"],
}


def test_the_first_schema_is_read_as_terms_texts_and_a_relation_of_unknown_kind():
    before = canonical(CUPBOARD)
    assert SCHEMA.lift(CUPBOARD) == {
        "content_schema": "concept/3",
        "scheme": {"key": "mobler"},
        "origin": "proposal",
        "rendering": False,
        "provenance": "own",
        "terms": [
            {"text": "skåp", "language": "sv", "status": "preferred"},
            {"text": "skänk", "language": "sv", "status": "admitted"},
        ],
        "relations": [{"kind": "broader_unknown", "target": {"key": "mobel"}}],
    }
    assert canonical(CUPBOARD) == before, "lifting changes nothing of what was kept"
    assert read(CUPBOARD).concerns_persons is None
    assert (read(CUPBOARD).broader, read(CUPBOARD).title.sv) == (("mobel",), "skåp")


def test_the_first_schema_knows_nothing_of_persons():
    assert parse({**older(concept("säng"), "concept/1"), "concerns_persons": True})[0] is None


SHIPPED = [content for one in concept_documents() for content in (one["official"], one["proposal"]) if content]
PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=6)
TEXTS = st.fixed_dictionaries({"sv": PLAIN, "en": PLAIN})
TERMS = st.fixed_dictionaries(
    {"preferred": PLAIN, "synonyms": st.lists(PLAIN, max_size=3), "deprecated": st.lists(PLAIN, max_size=2)}
)
KEYS = st.lists(st.sampled_from(["mobel", "rum", ""]), max_size=3)
WRITTEN = st.fixed_dictionaries(
    {
        "content_schema": st.just("concept/2"), "scheme": st.sampled_from(["", "mobler"]), "origin": st.sampled_from(list(map(str, Origin))),
        "rendering": st.booleans(), "terms": st.fixed_dictionaries({"sv": TERMS, "en": st.none() | TERMS}), "concerns_persons": st.none() | st.booleans(),
    },
    optional={
        "definition": st.none() | TEXTS, "notes": st.lists(st.fixed_dictionaries({"sv": PLAIN, "en": PLAIN, "source": PLAIN}), max_size=2),
        "broader": KEYS, "related": KEYS, "contested": st.lists(st.fixed_dictionaries({"concept": st.just("rum"), "sv": PLAIN, "en": PLAIN})),
        "source": st.none() | st.fixed_dictionaries({"title": PLAIN, "status": TEXTS}),
    },
)  # fmt: skip


def lifted_alike(content) -> None:
    """Lifting gives canonical content, which says what was written: nothing differs but the format."""
    lifted = SCHEMA.lift(content)
    assert canonical(read(content).as_content()) == canonical(lifted)
    assert (title(content), outline(content)) == (title(lifted), outline(lifted))
    known = read(content).settled(HERE, {"mobel": OTHER, "rum": OTHER}, {"mobler": SCHEME, "vardplatser": SCHEME})
    assert known.title == title(content)
    assert [label for label, _ in outline(known.as_content())] == [label for label, _ in outline(content)]


@pytest.mark.parametrize("content", SHIPPED, ids=lambda content: content["terms"]["sv"]["preferred"])
def test_what_ships_is_lifted_and_says_the_same(content):
    lifted_alike(content)
    assert SCHEMA.faults(SCHEMA.lift(content)) == ()


@given(WRITTEN)
def test_whatever_was_written_before_is_lifted_and_says_the_same(content):
    assert SCHEMA.faults(content) == ()
    lifted_alike(content)
