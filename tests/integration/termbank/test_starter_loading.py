"""Loading the starter content on both databases: through the same services, on record, and only once."""

from sqlalchemy import func, select

from registry import references
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.events import Event
from registry.items import queries as items
from registry.items.lifecycle import Change, State
from registry.items.tables import Version
from registry.starter import load_organisations
from termbank.bank.queries import statements, term_banks
from termbank.starter.load import load_applications, load_concepts, load_proposals
from tests.conftest import NOW

STEPS = (load_organisations, load_concepts, load_applications, load_proposals)


def test_the_official_wording_is_in_force_and_the_proposal_stands_beside_it(any_app, term_bank):
    item = items.item_by_slug(db.session, "concept", "faststalld-vardplats")
    official, proposal = items.versions_of(db.session, item)
    assert (official.state, official.number, official.content["origin"]) == (State.PUBLISHED, 1, "official")
    assert (proposal.state, proposal.number, proposal.content["origin"]) == (State.IN_REVIEW, 2, "proposal")
    assert proposal.change == Change.MEANING


def test_nothing_is_backdated(any_app, term_bank):
    for version in items.current_versions(db.session, "concept"):
        assert version.created_at == version.published_at == NOW
        assert version.valid_from is None, "nobody knows the day"
    _, after = statements.applications_of(db.session, "faststalld-vardplats")
    assert after.valid_from.isoformat() == "2018-03-01"
    assert after.created_at == NOW


def test_author_and_decider_are_two(any_app, term_bank):
    for version in items.current_versions(db.session, "concept"):
        assert [decision.person_id != version.author_id for decision in version.decisions] == [True]


def test_loading_again_changes_nothing(any_app, term_bank):
    before = (db.session.scalar(select(func.count(Version.id))), db.session.scalar(select(func.count(Event.number))))
    for step in STEPS:
        with transaction() as session:
            step(session, SYSTEM, NOW)
    assert (
        db.session.scalar(select(func.count(Version.id))),
        db.session.scalar(select(func.count(Event.number))),
    ) == before


def test_statements_rest_on_the_version_of_the_wording(any_app, term_bank):
    wording = items.current_by_slug(db.session, "concept", "faststalld-vardplats")
    resting = {edge.from_ref for edge in references.edges_to(db.session, wording.ref)}
    assert resting == {version.ref for version in statements.applications_of(db.session, "faststalld-vardplats")}


def test_concepts_come_in_swedish_order_on_both_databases(any_app, term_bank):
    terms = [concept.preferred("sv") for concept in term_banks.term_bank(db.session).concepts.values()]
    assert terms[0] == "belagd vårdplats"
    assert terms[-3:] == ["öppen vård", "överbelagd patient", "överbeläggning"]
    assert terms.index("vårdtillfälle") < terms.index("öppen vård")
