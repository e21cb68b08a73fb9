"""The starter content, read as it is shipped: complete, sound, bilingual, sourced, and marked for what it is."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from registry.findings import Severity, Text
from registry.provenance import Provenance
from termbank.applications import statement as applications
from termbank.comparing.comparability import compare
from termbank.concepts import concept as concepts
from termbank.concepts import content as concept_content
from termbank.concepts.schemes import SHIPPED
from termbank.concepts.wordings import text_of
from termbank.definitions import wording
from termbank.definitions.linking import Linker
from termbank.exchange import skos
from termbank.exchange.scheme_exports import PublishedConcept, SchemeExport
from termbank.exchange.skos_losses import losses
from termbank.kinds import parse_concept
from termbank.notions import Origin
from termbank.starter.load import application_documents, concept_documents
from termbank.vocabularies.conditions import findings
from termbank.vocabularies.graphs import triples_in
from termbank.vocabularies.index import vocabulary_of

DOMAIN = Path(__file__).parents[4] / "shared"
OFFICIAL = {document["slug"]: concept_content.read(document["official"]) for document in concept_documents()}
PROPOSED = {
    document["slug"]: concept_content.read(document["proposal"])
    for document in concept_documents()
    if document["proposal"]
}
EVERY = [(slug, one) for group in (OFFICIAL, PROPOSED) for slug, one in group.items()]


def test_the_domains_thirty_five_concepts_are_there():
    assert len(OFFICIAL) == 35


@pytest.mark.parametrize("document", concept_documents(), ids=lambda document: document["slug"])
def test_every_document_is_kept_as_it_is_written_and_has_no_findings(document):
    for content in filter(None, (document["official"], document["proposal"])):
        assert concept_content.parse(content)[1] == ()
        assert parse_concept(content)[0] == content


@pytest.mark.parametrize(("slug", "one"), EVERY)
def test_everything_is_said_in_both_languages(slug, one):
    texts = [note.text for note in (*one.notes, *one.problems)] + [other.text for other in one.contested]
    texts += [text_of(one.definitions)]
    texts += [one.source.status_text, one.source.verification_text] if one.source else []
    for text in texts:
        assert bool(text.sv) == bool(text.en), text
    assert one.preferred("en")


def test_every_slug_is_made_from_its_term():
    assert all(slug == concepts.slug_of(one.preferred("sv")) for slug, one in OFFICIAL.items())


def test_official_wordings_are_marked_as_renderings_with_their_source():
    for one in OFFICIAL.values():
        assert one.origin is Origin.OFFICIAL
        assert one.source.title
        assert one.rendering == bool(one.definitions)


def test_proposals_are_marked_as_made_up_and_say_so_in_words():
    assert {"belagd-vardplats", "disponibel-vardplats", "faststalld-vardplats"} <= set(PROPOSED)
    for one in PROPOSED.values():
        assert one.origin is Origin.PROPOSAL
        assert one.provenance is Provenance.MADE_UP
        assert not one.rendering
        assert "påhittat av registret för demonstration" in one.notes[0].text.sv
        assert one.source is None


def test_a_proposal_changes_the_definition():
    assert all(one.definition != OFFICIAL[slug].definition for slug, one in PROPOSED.items())


def test_the_scheme_is_sound():
    published = [PublishedConcept(slug, slug, 1, "0" * 64, "published", None, one) for slug, one in OFFICIAL.items()]
    source = SchemeExport(SHIPPED[0], published, [], "https://example.se")
    assert "SKOS-LOST" not in {loss.code for loss in losses(source)}
    assert findings(vocabulary_of(triples_in(skos.graph(source)))) == []


@pytest.mark.parametrize("slug", OFFICIAL)
def test_no_definition_is_circular_or_uses_its_own_term(slug):
    found = wording.check(slug, OFFICIAL[slug], OFFICIAL)
    assert [finding.code for finding in found if finding.severity in (Severity.ERROR, Severity.WARNING)] == []


def test_the_example_that_shuts_technical_beds_out_shows_that_it_makes_a_circle():
    found = wording.check("disponibel-vardplats", PROPOSED["disponibel-vardplats"], OFFICIAL)
    assert "disponibel vårdplats → teknisk vårdplats → disponibel vårdplats" in [
        finding.params.get("circle") for finding in found
    ]


def test_terms_inside_definitions_are_found():
    linker = Linker(OFFICIAL)
    established = OFFICIAL["faststalld-vardplats"].definition
    assert linker.uses(established.sv, "sv", but=("faststalld-vardplats",)) == ("vardplats", "sluten-vard", "huvudman")
    assert linker.uses(established.en, "en", but=("faststalld-vardplats",)) == ("vardplats", "sluten-vard", "huvudman")


def test_the_contradiction_of_the_technical_bed_is_shown_and_not_smoothed_over():
    technical = OFFICIAL["teknisk-vardplats"]
    assert technical.broader == ("disponibel-vardplats",)
    assert {other.key for other in technical.contested} == {"disponibel-vardplats", "faststalld-vardplats"}
    assert any("Motsägelse" in note.text.sv for note in technical.problems)


def test_norrbotten_has_two_statements_that_meet_on_the_first_of_march_2018():
    before, after = (
        applications.read({**one["content"], "concept_version": "0" * 64}) for one in application_documents()
    )
    assert (before.valid_to, after.valid_from) == (date(2018, 2, 28), date(2018, 3, 1))
    assert applications.overlaps(after, [before]) == []
    assert [pair.question for pair in compare(before, after).differing] == ["technical-beds-counted"]
    assert before.provenance is after.provenance is Provenance.REPRODUCED
    assert before.decision.registry_number == "3754-2017"


def test_norrbottens_statements_have_no_findings():
    for document in application_documents():
        assert applications.parse({**document["content"], "concept_version": "0" * 64})[1] == ()


def test_the_figures_named_are_those_of_the_source():
    source = DOMAIN / "real" / "faststallda_vardplatser_norrbotten_2018.csv"
    if not source.exists():
        pytest.skip("the source file is not here")
    rows = list(csv.DictReader(source.open(encoding="utf-8")))
    technical = sum(int(row["varav_tekniska"]) for row in rows)
    words = (
        applications.read({**application_documents()[0]["content"], "concept_version": "0" * 64})
        .answer_to("technical-beds-counted")
        .text
    )
    assert words == Text(f"{technical} på fem sjukhus", f"{technical} at five hospitals")
    assert len(rows) == 5


def test_no_definition_is_a_copy_of_the_sources_sentence():
    source = DOMAIN / "domain" / "termer.json"
    if not source.exists():
        pytest.skip("the source file is not here")
    records = json.loads(source.read_text("utf-8"))
    assert {record["term"] for record in records} == {one.preferred("sv") for one in OFFICIAL.values()}
    for record in records:
        mine = OFFICIAL[concepts.slug_of(record["term"])].definition
        assert bool(mine) == bool(record["definition"])
        if mine:
            assert mine.sv != record["definition"]
