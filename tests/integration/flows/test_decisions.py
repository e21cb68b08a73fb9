"""Who decides on a flow, what a decision needs, and what an approval binds."""

from datetime import date

import pytest
from sqlalchemy import select

from legal_checks.secrecy.scenarios import PLAIN
from registry import references
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, NotFound, Refused
from registry.events import Event
from registry.items import queries as items
from registry.items import services as item_services
from registry.items.lifecycle import Outcome, State
from registry.items.tables import Comment, Version
from registry.starter import RECIPIENT
from submission_portal.flows import queries, services
from submission_portal.flows.tables import FlowAssessment
from submission_portal.flows.uses.queries import refusal
from tests.conftest import NOW
from tests.factories.flows import DAILY, FlowWorld, submit_as_before
from tests.factories.legal_answers import example_answers
from tests.factories.machine_clients import client_with_roles_of

TODAY = date(2026, 11, 2)


@pytest.fixture
def world(any_app, organisations, actor) -> FlowWorld:
    """On SQLite and on PostgreSQL: what holds here is held by the database as well."""
    return FlowWorld.load(organisations, actor)


def _version(version_id: str) -> Version:
    db.session.expire_all()
    return db.session.get_one(Version, version_id)


def _decide(world, version_id, who, aspect, **given):
    given = {"outcome": Outcome.APPROVE, "reason": "Granskat."} | given
    with transaction() as session:
        services.decide(session, who, NOW, session.get_one(Version, version_id), aspect=aspect, **given)


def test_a_flow_is_in_force_when_both_reviewers_have_approved(world):
    version_id = world.submit()
    world.decide(version_id, "quality")
    assert _version(version_id).state == State.IN_REVIEW
    assert refusal(db.session, _version(version_id), TODAY).code == "FLOW-101"
    world.decide(version_id, "legal")
    version = _version(version_id)
    assert version.state == State.PUBLISHED
    assert version.valid_from == date(2026, 1, 1)
    assert refusal(db.session, version, TODAY) is None
    assert [one.id for one in queries.open_flows(db.session, world.norrbotten, TODAY)] == [version_id]


def test_an_approval_is_bound_to_the_exact_model_version(world):
    version = _version(world.approve())
    assert {edge.to_ref for edge in references.edges_from(db.session, version.ref)} == {world.model().ref}
    model, wordings = queries.bound_versions(db.session, services.read(version.content))
    assert model.version.content_hash == world.model().content_hash
    assert model.newer is None
    assert "faststalld-vardplats" in {one.version.item.slug for one in wordings}


def test_the_same_person_cannot_approve_both_quality_and_law(world, actor):
    both = actor("both", (Role.QUALITY_REVIEWER, RECIPIENT), (Role.LEGAL_REVIEWER, RECIPIENT))
    version_id = world.submit()
    world.decide(version_id, "quality", by=both)
    with pytest.raises(Refused) as refusal:
        world.decide(version_id, "legal", by=both)
    assert refusal.value.finding.code == "ITEM-006"
    assert db.session.scalar(select(FlowAssessment)) is None, "what was refused leaves no answers behind"


def test_somebody_who_belongs_to_the_region_does_not_decide_for_the_recipient(world, actor):
    on_both_sides = actor("on-both-sides", (Role.QUALITY_REVIEWER, RECIPIENT), (Role.DISCLOSING_OFFICER, "25"))
    version_id = world.submit()
    with pytest.raises(Refused) as refusal:
        world.decide(version_id, "quality", by=on_both_sides)
    assert refusal.value.finding.code == "FLOW-201"


def test_whoever_drafted_a_flow_does_not_decide_on_it_though_a_colleague_sent_it(world, actor):
    """Left the region after drafting, and now reviews for the recipient."""
    mover = actor("mover", (Role.DATA_OFFICER, "25"))
    content = world.line_content()
    with transaction() as session:
        version_id = services.propose(session, mover, NOW, content=content).id
        services.submit(session, world.norrbotten, NOW, session.get_one(Version, version_id))
    moved = type(mover)(mover.person_id, world.quality.memberships)
    with pytest.raises(Refused) as refusal:
        world.decide(version_id, "quality", by=moved)
    assert refusal.value.finding.code == "ITEM-005"


def test_a_legal_approval_needs_every_question_answered(world):
    version_id = world.submit()
    with pytest.raises(Invalid) as invalid:
        _decide(world, version_id, world.legal, "legal", answers={})
    assert [finding.code for finding in invalid.value.findings][:1] == ["SEC-001"]
    with pytest.raises(Refused) as refusal, transaction() as session:
        item_services.decide(
            session, world.legal, NOW, session.get_one(Version, version_id),
            requirement="legal", outcome=Outcome.APPROVE, reason="Genväg.",
        )  # fmt: skip
    assert refusal.value.finding.code == "FLOW-202"


def test_answers_that_do_not_go_with_the_model_ask_for_a_reply_which_is_kept(world):
    version_id = world.submit(DAILY)
    answers = {**example_answers(counts_persons=True), "persons": PLAIN["persons"]}
    with pytest.raises(Invalid) as invalid:
        _decide(world, version_id, world.legal, "legal", answers=answers)
    assert [finding.code for finding in invalid.value.findings] == ["SEC-101"]
    _decide(world, version_id, world.legal, "legal", answers=answers, replies={"SEC-101": "Elementen lämnas tomma."})
    kept = queries.assessment_of(db.session, _version(version_id)).assessment
    assert [(asked.code, asked.reply) for asked in kept.asks] == [("SEC-101", "Elementen lämnas tomma.")]


def test_a_return_needs_no_answers_and_lets_the_region_mend_and_send_again(world):
    version_id = world.submit()
    world.decide(version_id, "quality")
    _decide(world, version_id, world.legal, "legal", outcome=Outcome.RETURN, reason="Ange diarienummer.")
    assert _version(version_id).state == State.RETURNED
    with transaction() as session:
        submit_as_before(session, world.norrbotten, session.get_one(Version, version_id))
    world.decide(version_id, "legal")
    assert _version(version_id).state == State.IN_REVIEW, "a new round asks both again"
    world.decide(version_id, "quality")
    assert _version(version_id).state == State.PUBLISHED


def test_a_flow_in_review_is_seen_by_its_recipients_reviewers_and_by_nobody_elses(world, actor):
    elsewhere = actor("elsewhere", (Role.LEGAL_REVIEWER, "12"), (Role.QUALITY_REVIEWER, "12"))
    version_id = world.submit()
    assert items.version_for(db.session, world.legal, version_id).id == version_id
    with pytest.raises(NotFound):
        items.version_for(db.session, elsewhere, version_id)


def test_a_returned_draft_is_the_regions_own_again(world):
    version_id = world.submit()
    _decide(world, version_id, world.quality, "quality", outcome=Outcome.RETURN, reason="Ange behovet.")
    with pytest.raises(NotFound):
        items.version_for(db.session, world.legal, version_id)


def test_a_refused_flow_takes_no_deliveries(world):
    version_id = world.submit()
    _decide(world, version_id, world.quality, "quality", outcome=Outcome.REJECT, reason="Behovet är inte angivet.")
    assert refusal(db.session, _version(version_id), TODAY).code == "FLOW-110"


def test_a_flow_whose_ground_has_ended_cannot_be_approved(world):
    ground = {**world.content()["legal_ground"], "valid_to": "2026-10-31"}
    version_id = world.submit(legal_ground=ground)
    with pytest.raises(Refused) as refusal:
        world.decide(version_id, "quality")
    assert refusal.value.finding.code == "FLOW-203"


def test_an_incomplete_draft_is_kept_but_not_sent(world):
    version_id = world.propose_line(valid_to=None)
    with pytest.raises(Invalid) as invalid, transaction() as session:
        services.submit(session, world.norrbotten, NOW, session.get_one(Version, version_id))
    assert [(one.code, [place.field for place in one.places]) for one in invalid.value.findings] == [
        ("FLOW-001", ["valid_to"])
    ]


def test_a_flow_binds_published_model_versions_only(world):
    version_id = world.propose_line(model_version="0" * 64)
    with pytest.raises(Invalid) as invalid, transaction() as session:
        services.submit(session, world.norrbotten, NOW, session.get_one(Version, version_id))
    assert [one.code for one in invalid.value.findings] == ["FLOW-011"]


def test_another_regions_data_officer_proposes_nothing_in_its_name(world, actor):
    stranger = actor("stranger", (Role.DATA_OFFICER, "01"))
    content = world.line_content()
    with pytest.raises(Forbidden), transaction() as session:
        services.propose(session, stranger, NOW, content=content)


def test_nothing_new_is_written_as_before_lines_and_uses(world):
    """What was in review then can still be decided (the tests above); a draft is kept as a line first, and then sent."""
    draft, item = world.propose(), _version(world.approve(DAILY)).item
    content = world.content()
    for step in (
        lambda session: services.propose(session, world.norrbotten, NOW, content=content),
        lambda session: services.propose_successor(
            session, world.norrbotten, NOW, item=session.merge(item), content=content, reason=""
        ),
        lambda session: services.revise(
            session, world.norrbotten, NOW, session.get_one(Version, draft), content=content, reason=""
        ),
        lambda session: services.submit(session, world.norrbotten, NOW, session.get_one(Version, draft)),
    ):
        with pytest.raises(Refused) as refusal, transaction() as session:
            step(session)
        assert refusal.value.finding.code == "FLOW-016"
    with transaction() as session:
        version = session.get_one(Version, draft)
        services.revise(session, world.norrbotten, NOW, version, content=world.line_content(), reason="Linjen.")
        services.submit(session, world.norrbotten, NOW, version)
    world.decide(draft, "quality")
    assert _version(draft).state == State.PUBLISHED
    [remark] = db.session.scalars(select(Comment).where(Comment.version_id == draft))
    assert "Ändamål: Nationell uppföljning av vårdplatser." in remark.text and "S2023/00001" in remark.text


def test_every_step_leaves_an_event(world):
    world.approve()
    types = list(db.session.scalars(select(Event.type).order_by(Event.number)))
    assert types[-6:] == [
        "DraftCreated",
        "VersionSubmitted",
        "VersionDecided",
        "FlowAssessed",
        "VersionDecided",
        "VersionPublished",
    ]


def test_two_flows_of_the_same_model_get_addresses_of_their_own(world):
    first, second = _version(world.propose()), _version(world.propose())
    assert first.item.slug == "norrbotten-faststallda-vardplatser-per-sjukhus"
    assert second.item.slug == "norrbotten-faststallda-vardplatser-per-sjukhus-2"


def test_a_machine_client_decides_on_no_flow(world):
    version_id = world.submit()
    for who, aspect in ((world.quality, "quality"), (world.legal, "legal")):
        with pytest.raises(Forbidden):
            world.decide(version_id, aspect, by=client_with_roles_of(who))
    assert db.session.scalar(select(FlowAssessment)) is None
