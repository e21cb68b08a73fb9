"""What is looked for and then made: two who do so at the same moment make it once, and nobody meets a fault.

The second comes at each step of the first, on PostgreSQL; on SQLite the write lock lets one in at a time.
"""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from registry import jobs, references
from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.events import record
from registry.identity import services as identity
from registry.identity.tables import Membership, Organisation, Person
from registry.items import services as items
from registry.items.lifecycle import Outcome
from registry.items.tables import Item, Version
from submission_portal.flows import services as flows
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.conftest import _fresh as fresh
from tests.factories.flows import FlowWorld
from tests.races.scheduler import Act, interleave, watched

pytestmark = pytest.mark.postgresql
STEPS = 7
"""One more than the acts below have."""


@pytest.fixture
def any_app(postgresql_app) -> Iterator[Flask]:
    yield from fresh(postgresql_app)


@pytest.fixture
def world(organisations, actor) -> FlowWorld:
    return FlowWorld.load(organisations, actor)


def meeting(app: Flask, one: Callable[[int], Act], other: Callable[[int], Act] | None = None) -> list[tuple[str, str]]:
    """What two acts came to, the second at each step of the first; each time they are given another number."""
    db.session.rollback()
    with watched(app):
        found = [interleave(app, one(step), (other or one)(step), step) for step in range(STEPS)]
    db.session.rollback()
    assert not [one for pair in found for one in pair if "ERROR" in one], found
    return found


def test_a_job_is_asked_for_once(any_app, organisations):
    def ask(step: int) -> Act:
        def act() -> str:
            with by_hand() as session:
                asked = jobs.enqueue(session, "k", now=NOW, payload={}, unique_key=f"k:{step}")
                return "asked" if asked else "asked before"

        return act

    assert set(meeting(any_app, ask)) <= {("asked", "asked before"), ("asked before", "asked")}
    assert db.session.query(jobs.Job).count() == STEPS


def test_a_reference_is_made_once(any_app, organisations):
    def link(step: int) -> Act:
        def act() -> None:
            with by_hand() as session:
                references.link(session, f"a:{step}", "b:1", "role", NOW)

        return act

    meeting(any_app, link)
    assert db.session.query(references.Edge).count() == STEPS


def test_an_organisation_is_made_once(any_app, organisations):
    def create(step: int) -> Act:
        def act() -> str:
            with transaction() as session:
                record(session, "Tried", actor=SYSTEM, now=NOW, subject="organisation:this")
                return identity.create_organisation(
                    session, SYSTEM, NOW, kind="region", code=f"x{step}", name_sv="X", name_en="X"
                ).id

        return act

    assert all(one == other for one, other in meeting(any_app, create))


def test_a_user_name_is_given_once_and_the_other_is_told(any_app, organisations):
    def create(step: int) -> Act:
        def act() -> str:
            with transaction() as session:
                identity.create_person(session, SYSTEM, NOW, login=f"ada{step}", name="Ada")
                return "made"

        return act

    assert set(meeting(any_app, create)) <= {("made", "Invalid: USER-001"), ("Invalid: USER-001", "made")}
    assert db.session.query(Person).count() == STEPS


def test_a_role_is_given_once(any_app, organisations, actor):
    people = [actor(f"p{step}").person_id for step in range(STEPS)]

    def give(step: int) -> Act:
        def act() -> None:
            with transaction() as session:
                record(session, "Tried", actor=SYSTEM, now=NOW, subject="person:this")
                organisation = session.get_one(Organisation, organisation_id)
                person = session.get_one(Person, people[step])
                identity.give_role(
                    session, SYSTEM, NOW, person=person, organisation=organisation, role=Role.DATA_OFFICER
                )

        return act

    organisation_id = organisations["25"].id
    meeting(any_app, give)
    assert db.session.query(Membership).count() == STEPS


def test_a_flow_is_proposed_twice_at_once_under_two_names(any_app, world):
    content = world.line_content()

    def propose(_step: int) -> Act:
        def act() -> str:
            with transaction() as session:
                flows.propose(session, world.norrbotten, NOW, content=content, reason="Ny.")
                return "proposed"

        return act

    assert set(meeting(any_app, propose)) == {("proposed", "proposed")}
    assert db.session.query(Item).filter_by(kind="flow").count() == 2 * STEPS


def test_an_item_has_one_draft(any_app, world):
    published = [world.approve(title={"sv": f"F{step}", "en": f"F{step}"}) for step in range(STEPS)]
    content = world.line_content()

    def succeed(step: int) -> Act:
        def act() -> str:
            with transaction() as session:
                item = session.get_one(Version, published[step]).item
                flows.propose_successor(session, world.norrbotten, NOW, item=item, content=content, reason="Ny.")
                return "drafted"

        return act

    assert set(meeting(any_app, succeed)) <= {("drafted", "refused: ITEM-002"), ("refused: ITEM-002", "drafted")}


def test_what_was_submitted_is_not_changed_by_who_revises_it_at_that_moment(any_app, world):
    drafts = [world.propose_line() for _ in range(STEPS)]
    content = world.line_content(title={"sv": "Ändrad", "en": "Changed"})

    def revise(step: int) -> Act:
        def act() -> str:
            with transaction() as session:
                version = session.get_one(Version, drafts[step])
                flows.revise(session, world.norrbotten, NOW, version, content=content, reason="Ny.")
                return "revised"

        return act

    def submit(step: int) -> Act:
        def act() -> str:
            with transaction() as session:
                return flows.submit(session, world.norrbotten, NOW, session.get_one(Version, drafts[step])).content_hash

        return act

    found = meeting(any_app, revise, submit)
    assert {one for one, _ in found} <= {"revised", "refused: ITEM-003"}
    reviewed = [db.session.get_one(Version, draft).content_hash for draft in drafts]
    assert [other for _, other in found] == reviewed, "what was submitted is what is reviewed"


def test_two_reviewers_who_approve_at_once_approve_it(any_app, world):
    versions = [world.submit() for _ in range(STEPS)]

    def approve(aspect: str) -> Callable[[int], Act]:
        def of(step: int) -> Act:
            def act() -> str:
                world.decide(versions[step], aspect, Outcome.APPROVE)
                return "approved"

            return act

        return of

    assert set(meeting(any_app, approve(flows.QUALITY), approve(flows.LEGAL))) == {("approved", "approved")}
    states = {str(row.state) for row in db.session.query(Version).filter(Version.id.in_(versions))}
    assert states == {"published"}


def test_a_name_in_the_register_is_taken_once(any_app, world):
    content = world.line_content()

    def create(step: int) -> Act:
        def act() -> str:
            with transaction() as session:
                items.create_item(
                    session, world.norrbotten, NOW, kind="flow", slug=f"s{step}", content=content,
                    organisation_id=world.discloser, reason="Ny.",
                )  # fmt: skip
                return "made"

        return act

    assert set(meeting(any_app, create)) <= {("made", "refused: ITEM-001"), ("refused: ITEM-001", "made")}
