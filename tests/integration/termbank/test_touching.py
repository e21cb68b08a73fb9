"""Before a change is decided: what it touches with the way in words, by when others ought to have moved, and who is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.events import Event
from registry.items import queries as items
from registry.items import withdrawing
from registry.items.tables import Version
from termbank import services
from termbank.bank.indexing import load_index
from termbank.bank.queries import term_banks
from termbank.bank.tables import DefinitionUse
from termbank.bank.touching import touched
from tests.conftest import NOW
from tests.factories.change_sets import begin_in, make_set
from tests.factories.concepts import defined, in_own_words
from tests.pages import read

SLUG = "faststalld-vardplats"


@pytest.fixture
def indexed(term_bank) -> None:
    with transaction() as session:
        load_index(session, SYSTEM, NOW)


@pytest.fixture
def draft_id(terminologist, term_bank) -> str:
    """A draft of another meaning of a concept that Norrbotten applies."""
    with transaction() as session:
        item = items.item_by_slug(session, "concept", SLUG)
        if (proposal := items.open_version(session, item)) is not None:
            withdrawing.withdraw(session, SYSTEM, NOW, proposal, reason="Ersätts av ett annat förslag")
        one = term_banks.concept_of(items.standing_version(session, item))
        version = services.draft_concept(
            session, terminologist, NOW, item=item, concept=in_own_words(one, definitions=defined("säng", "bed")),
            organisation_id=item.organisation_id, reason="Snävare",
        )  # fmt: skip
        return version.id


def test_concepts_are_touched_by_relations_and_by_definitions(indexed):
    used = db.session.scalars(select(DefinitionUse.item_id).limit(1)).one()
    ways = {one.way.sv.partition(" ")[0] for one in touched(db.session, [used])}
    assert "definitionen" in ways
    assert used not in {one.item.id for one in touched(db.session, [used])}
    assert touched(db.session, []) == []


def test_a_change_set_says_which_concepts_it_touches(indexed, terminologist, signed_in, organisations):
    used = db.session.scalars(select(DefinitionUse.item_id).limit(1)).one()
    set_id = make_set(terminologist, organisations["forvaltare"].id)
    begin_in(terminologist, set_id, used)
    page = read(signed_in(terminologist).get(f"/andringspaket/{set_id}/"))
    assert "Vad mer som berörs" in page.text
    assert "definitionen använder" in page.text


def test_regions_are_told_of_a_change_of_meaning_with_the_day_of_transition(draft_id, terminologist, signed_in, actor):
    until = (NOW + timedelta(days=90)).date()
    author = signed_in(terminologist)
    form = {"change": "narrower", "transition_until": until.isoformat()}
    author.post(f"/granskning/version/{draft_id}/skicka", data=form)
    assert db.session.get_one(Version, draft_id).transition_until == until
    sent = db.session.scalars(
        select(Event).where(Event.type == "VersionSubmitted").order_by(Event.number.desc())
    ).first()
    assert sent.data["transition_until"] == until.isoformat()
    assert "bör ha flyttats" in read(author.get(f"/granskning/version/{draft_id}")).text
    region = actor("norrbotten", (Role.DATA_OFFICER, "25"))
    assert "Ett förslag ändrar vad som räknas." in read(signed_in(region).get("/uppgifter/")).text
    other = actor("dalarna", (Role.DATA_OFFICER, "20"))
    assert "Ett förslag ändrar vad som räknas." not in read(signed_in(other).get("/uppgifter/")).text


def test_reviewers_are_told_where_something_rests_on_the_concept(draft_id, terminologist, signed_in, actor):
    signed_in(terminologist).post(f"/granskning/version/{draft_id}/skicka", data={"change": "wider"})
    reviewer = actor("granskare", (Role.QUALITY_REVIEWER, "nationell-uppfoljning"))
    assert "Ett förslag ändrar vad som räknas." in read(signed_in(reviewer).get("/uppgifter/")).text


def test_an_editorial_change_has_no_transition_and_tells_nobody(draft_id, terminologist, signed_in, actor):
    until = (NOW + timedelta(days=90)).date()
    form = {"change": "editorial", "transition_until": until.isoformat()}
    signed_in(terminologist).post(f"/granskning/version/{draft_id}/skicka", data=form)
    assert db.session.get_one(Version, draft_id).transition_until is None
    region = actor("norrbotten", (Role.DATA_OFFICER, "25"))
    assert "Ett förslag ändrar vad som räknas." not in read(signed_in(region).get("/uppgifter/")).text


def test_a_transition_does_not_end_before_it_begins(draft_id, terminologist, signed_in):
    form = {"change": "narrower", "transition_until": "2020-01-01"}
    answer = signed_in(terminologist).post(f"/granskning/version/{draft_id}/skicka", data=form)
    assert "har passerat" in read(answer, 409).text
    assert db.session.get_one(Version, draft_id).submitted_at is None
