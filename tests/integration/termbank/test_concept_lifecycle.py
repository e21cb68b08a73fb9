"""A concept from draft to publication: who may do what, and what stops a wording on its way."""

from dataclasses import replace
from datetime import date

import pytest

from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, Refused
from registry.findings import Text
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import Change, Outcome, State
from registry.items.tables import Item, Version
from termbank import queries, services
from termbank.concept_schema import Origin
from tests.conftest import NOW
from tests.factories.concepts import concept

SLUG = "utlokaliserad-patient"


@pytest.fixture
def drafted(terminologist, organisations):
    """A function that drafts a successor of a concept and gives its version's id."""

    def draft(change=lambda one: one, slug=SLUG, actor=terminologist):
        with transaction() as session:
            item = items.item_by_slug(session, "concept", slug)
            one = change(queries.concept_of(items.current(session, item)))
            version = services.draft_concept(
                session, actor, NOW, item=item, concept=one, organisation_id=item.organisation_id, reason="Prövning"
            )
            return version.id

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
    return replace(
        one,
        definition=Text("inskriven patient på annan avdelning", "admitted patient in another ward"),
        origin=Origin.PROPOSAL,
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
    assert queries.concept_of(current).definition.en == "admitted patient in another ward"
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
    assert drafted(lambda one: replace(reworded(one), related=())) == first


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda one: replace(one, related=("finns-inte",)), "TERM-011"),
        (lambda one: replace(one, related=("patient",)), "SKOS-S27"),
        (lambda one: replace(one, broader=(SLUG,)), "SKOS-CYCLE"),
        (lambda one: replace(one, definition=Text("utlokaliserade patienter", "outplaced patients")), "WORD-02"),
        (lambda one: replace(one, terms={**one.terms, "sv": replace(one.terms["sv"], preferred="Vårdplats")}), "TERM-012"),
        (lambda one: replace(one, terms={**one.terms, "sv": replace(one.terms["sv"], synonyms=("utlokaliserad patient",))}), "SKOS-S13"),
    ],
)  # fmt: skip
def test_what_would_break_the_scheme_is_not_submitted(drafted, terminologist, change, code):
    version_id = drafted(change)
    with pytest.raises(Invalid) as invalid:
        submit(terminologist, version_id)
    assert code in {finding.code for finding in invalid.value.findings}
    assert db.session.get_one(Version, version_id).state == State.DRAFT


def test_advice_stops_nothing(drafted, terminologist):
    version_id = drafted(lambda one: replace(one, definition=Text("En patient. Någon annanstans.", "A patient.")))
    submit(terminologist, version_id)
    assert db.session.get_one(Version, version_id).state == State.IN_REVIEW


def test_a_relation_that_has_become_impossible_stops_the_publication(drafted, terminologist, colleague):
    first, second = drafted(lambda one: replace(one, broader=("patient",), related=("belaggning",))), None
    submit(terminologist, first)
    decide(colleague, first)
    second = drafted(lambda one: replace(one, broader=(SLUG,), related=()), slug="belaggning")
    submit(terminologist, second)
    decide(colleague, second)
    with transaction() as session:
        lifecycle.publish(session, colleague, NOW, session.get_one(Version, second), valid_from=date(2027, 1, 1))
    with pytest.raises(Invalid) as invalid, transaction() as session:
        lifecycle.publish(session, colleague, NOW, session.get_one(Version, first), valid_from=date(2027, 1, 1))
    assert {finding.code for finding in invalid.value.findings} == {"SKOS-S27"}
    assert items.current_by_slug(db.session, "concept", SLUG).number == 1


def test_a_new_concept_takes_its_key_from_its_term(terminologist, organisations):
    with transaction() as session:
        version = services.draft_concept(
            session, terminologist, NOW, item=None, concept=concept("gemensam vårdplats", "shared bed", broader=("vardplats",)),
            organisation_id=organisations["forvaltare"].id, reason="",
        )  # fmt: skip
        assert version.item.slug == "gemensam-vardplats"


def test_the_same_term_twice_is_refused(terminologist, organisations):
    with pytest.raises(Refused), transaction() as session:
        services.draft_concept(
            session,
            terminologist,
            NOW,
            item=None,
            concept=concept("Vårdplats"),
            organisation_id=organisations["forvaltare"].id,
            reason="",
        )


def test_a_draft_is_seen_by_its_own_organisation_only(drafted, terminologist, data_officer, actor):
    drafted(reworded)
    assert SLUG in queries.open_versions(db.session, terminologist)
    assert SLUG not in queries.open_versions(db.session, data_officer)
    assert SLUG not in queries.open_versions(db.session, actor("annan", (Role.TERMINOLOGIST, "25")))


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
