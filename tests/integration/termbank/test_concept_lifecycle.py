"""A concept from draft to publication: who may do what, and what stops a wording on its way."""

from dataclasses import replace
from datetime import date

import pytest

from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, Refused
from registry.findings import Severity
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import Change, Outcome, State
from registry.items.starter import publish_loaded
from registry.items.tables import Item, Version
from termbank import checking, services
from termbank.bank.numbers import numbers_of
from termbank.bank.queries import term_banks, versions
from termbank.concepts.concept import Link, Relation, Target, Term
from termbank.notions import Origin, RelationKind, TermStatus
from tests.conftest import NOW
from tests.factories.concepts import concept, defined, in_own_words, related, worded

SLUG = "utlokaliserad-patient"


@pytest.fixture
def drafted(terminologist, organisations):
    """A function that drafts a successor of a concept and gives its version's id."""

    def draft(change=lambda one: one, slug=SLUG, actor=terminologist):
        with transaction() as session:
            item = items.item_by_slug(session, "concept", slug)
            one = change(term_banks.concept_of(items.current(session, item)))
            version = services.draft_concept(
                session, actor, NOW, item=item, concept=one, organisation_id=item.organisation_id, reason="Prövning"
            )
            return version.id

    return draft


@pytest.fixture
def new(terminologist, organisations):
    """A function that drafts a new concept and gives its version."""

    def draft(one) -> Version:
        with transaction() as session:
            version = services.draft_concept(
                session, terminologist, NOW, item=None, concept=one, organisation_id=organisations["forvaltare"].id, reason=""
            )  # fmt: skip
            identifier = version.id
        return db.session.get_one(Version, identifier)

    return draft


def submit(actor, version_id, change=Change.MEANING):
    with transaction() as session:
        lifecycle.submit(session, actor, NOW, session.get_one(Version, version_id), change=change)


def decide(actor, version_id, outcome=Outcome.APPROVE):
    with transaction() as session:
        lifecycle.decide(
            session,
            actor,
            NOW,
            session.get_one(Version, version_id),
            requirement="wording",
            outcome=outcome,
            reason="Läst",
        )


def reworded(one):
    return in_own_words(
        one, definitions=defined("inskriven patient på annan avdelning", "admitted patient in another ward")
    )


def test_a_wording_is_written_by_one_decided_by_another_and_then_in_force(drafted, terminologist, colleague):
    version_id = drafted(reworded)
    submit(terminologist, version_id)
    decide(colleague, version_id)
    with transaction() as session:
        lifecycle.publish(session, colleague, NOW, session.get_one(Version, version_id), valid_from=date(2027, 1, 1))
    assert items.current_by_slug(db.session, "concept", SLUG, date(2026, 12, 31)).number == 1
    current = items.current_by_slug(db.session, "concept", SLUG, date(2027, 1, 1))
    assert current.number == 2
    assert term_banks.concept_of(current).definition.en == "admitted patient in another ward"
    first = items.versions_of(db.session, current.item)[0]
    assert (first.state, first.valid_to) == (State.SUPERSEDED, date(2026, 12, 31))


def test_a_wording_is_not_decided_by_the_one_who_wrote_it(drafted, terminologist):
    version_id = drafted(reworded)
    submit(terminologist, version_id)
    with pytest.raises(Refused) as refusal:
        decide(terminologist, version_id)
    assert refusal.value.finding.code == "ITEM-005"


def test_a_region_does_not_write_concepts(drafted, data_officer):
    with pytest.raises(Forbidden):
        drafted(reworded, actor=data_officer)


def test_a_second_version_is_not_begun_while_one_is_in_review(drafted):
    with pytest.raises(Refused) as refusal:
        drafted(reworded, slug="faststalld-vardplats")
    assert refusal.value.finding.code == "ITEM-002"


def test_writing_on_changes_the_same_draft(drafted):
    first = drafted(reworded)
    assert drafted(lambda one: replace(reworded(one), relations=related(broader=("patient",)))) == first


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda one: replace(one, relations=related(broader=("patient",), related=("patient",))), "SKOS-S27"),
        (lambda one: replace(one, relations=related(broader=(SLUG,))), "SKOS-CYCLE"),
        (lambda one: replace(one, definitions=defined("utlokaliserade patienter", "outplaced patients")), "WORD-02"),
        (lambda one: replace(one, terms=(*one.terms, Term("utlokaliserad patient", "sv", TermStatus.ADMITTED))), "SKOS-S13"),
    ],
)  # fmt: skip
def test_what_would_break_the_scheme_is_not_submitted(drafted, terminologist, change, code):
    version_id = drafted(change)
    with pytest.raises(Invalid) as invalid:
        submit(terminologist, version_id)
    assert code in {finding.code for finding in invalid.value.findings}
    assert db.session.get_one(Version, version_id).state == State.DRAFT


def test_advice_stops_nothing(drafted, terminologist):
    version_id = drafted(
        lambda one: in_own_words(one, definitions=defined("En patient. Någon annanstans.", "A patient."))
    )
    submit(terminologist, version_id)
    assert db.session.get_one(Version, version_id).state == State.IN_REVIEW


def test_a_relation_that_has_become_impossible_stops_the_publication(drafted, terminologist, colleague):
    first, second = (
        drafted(lambda one: replace(one, relations=related(broader=("patient",), related=("belaggning",)))),
        None,
    )
    submit(terminologist, first)
    decide(colleague, first)
    second = drafted(lambda one: replace(one, relations=related(broader=(SLUG,))), slug="belaggning")
    submit(terminologist, second)
    decide(colleague, second)
    with transaction() as session:
        lifecycle.publish(session, colleague, NOW, session.get_one(Version, second), valid_from=date(2027, 1, 1))
    with pytest.raises(Invalid) as invalid, transaction() as session:
        lifecycle.publish(session, colleague, NOW, session.get_one(Version, first), valid_from=date(2027, 1, 1))
    assert {finding.code for finding in invalid.value.findings} == {"SKOS-S27"}
    assert items.current_by_slug(db.session, "concept", SLUG).number == 1


def test_what_is_named_and_does_not_exist_is_not_kept(drafted):
    with pytest.raises(Invalid) as invalid:
        drafted(lambda one: replace(one, relations=related(related=("finns-inte",))))
    assert {finding.code for finding in invalid.value.findings} == {"TERM-011"}
    with pytest.raises(Invalid) as invalid:
        drafted(lambda one: replace(one, scheme=Target(key="finns-inte")))
    assert {finding.code for finding in invalid.value.findings} == {"TERM-014"}
    with pytest.raises(Invalid) as invalid:
        drafted(lambda one: replace(one, relations=(Relation(RelationKind.GENERIC, Target(item="f" * 32)),)))
    assert {finding.code for finding in invalid.value.findings} == {"TERM-011"}


def test_the_key_of_a_new_concept_is_its_number_whatever_its_term(new):
    first = new(concept("Ωμέγα", broader=("vardplats",)))
    second, third = new(concept("öppen vård")), new(concept("oppen vard"))
    assert [one.item.slug for one in (first, second, third)] == ["36", "37", "38"]
    assert numbers_of(db.session, ["36", "37", "38", "vardplats"]) == {
        "36": 36,
        "37": 37,
        "38": 38,
        "vardplats": 33,
    }


def test_content_names_its_own_item_and_others_by_their_ids(new):
    version = new(concept("gemensam vårdplats", "shared bed", broader=("vardplats",)))
    above = items.item_by_slug(db.session, "concept", "vardplats")
    scheme = items.item_by_slug(db.session, "scheme", "vardplatser")
    assert version.content["item"] == version.item_id
    assert version.content["scheme"] == {"item": scheme.id}
    assert version.content["relations"] == [{"kind": "broader_unknown", "target": {"item": above.id}}]
    with pytest.raises(Invalid) as invalid, transaction() as session:
        lifecycle.revise_draft(
            session, SYSTEM, NOW, session.get_one(Version, version.id), content={**version.content, "item": above.id}
        )
    assert {finding.code for finding in invalid.value.findings} == {"TERM-013"}


def test_two_concepts_may_have_one_term_and_never_share_a_hash(new, client):
    rows = [
        new(replace(concept("rad"), terms=worded("rad", "sv"), origin=Origin.PROPOSAL, sources=())) for _ in range(2)
    ]
    assert [one.item.slug for one in rows] == ["36", "37"]
    assert rows[0].content_hash != rows[1].content_hash
    for row in rows:
        with transaction() as session:
            publish_loaded(session, NOW, session.get_one(Version, row.id), change=Change.NEW, valid_from=None)
    assert [client.get(f"/termbank/begrepp/{one}/").location for one in (36, "37-annat")] == [
        "/termbank/begrepp/36-rad/",
        "/termbank/begrepp/37-rad/",
    ]
    bank = term_banks.term_bank(db.session)
    found = checking.concept_findings(db.session, "37", bank.concepts["37"])
    remarks = [finding for finding in found if finding.params.get("slug") == "36" or "HOMONYM" in finding.code]
    assert [(finding.code, finding.params["term"]) for finding in remarks] == [("TERM-012", "rad")]
    assert all(finding.severity is not Severity.ERROR for finding in found)
    unchosen = concept("plats", definition="platsen i en rad")
    assert bank.linker.used_in(unchosen.defined_in("sv"), but=()) == ()
    chosen = replace(unchosen.defined_in("sv"), links=(Link("rad", Target(key="37")),))
    assert bank.linker.used_in(chosen) == ("37",)


def test_a_draft_is_seen_by_its_own_organisation_only(drafted, terminologist, data_officer, actor):
    drafted(reworded)
    assert SLUG in versions.open_versions(db.session, terminologist)
    assert SLUG not in versions.open_versions(db.session, data_officer)
    assert SLUG not in versions.open_versions(db.session, actor("annan", (Role.TERMINOLOGIST, "25")))


def test_every_step_leaves_an_event(drafted, terminologist, colleague):
    from registry.events import Event

    version_id = drafted(reworded)
    submit(terminologist, version_id)
    decide(colleague, version_id)
    mine = db.session.query(Event).filter(Event.person_id.in_((terminologist.person_id, colleague.person_id)))
    assert [event.type for event in mine.order_by(Event.number)] == [
        "DraftCreated",
        "VersionSubmitted",
        "VersionDecided",
    ]
    assert db.session.query(Item).filter_by(slug=SLUG).count() == 1
