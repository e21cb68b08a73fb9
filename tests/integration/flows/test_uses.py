"""A use is proposed by either side, decided by three people of two sides, and left by either side alone."""

from datetime import date

import pytest
from sqlalchemy import select

from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, Refused
from registry.events import Event
from registry.hands import Act, Side
from registry.items.lifecycle import Outcome, State
from registry.items.tables import Item, Version
from registry.starter import RECIPIENT
from submission_portal.flows import suspending
from submission_portal.flows.agreeing import services
from submission_portal.flows.agreeing.register import check_against_register
from submission_portal.flows.uses.content import read
from submission_portal.flows.uses.queries import refusal, uses_of_line
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.factories.flows import BEDS, DAILY
from tests.factories.other_roles import moved
from tests.factories.other_roles import refusal as refused_with
from tests.factories.uses import UseWorld, use_content

DAY = date(2026, 6, 1)


@pytest.fixture
def world(any_app, organisations, actor) -> UseWorld:
    return UseWorld.load(organisations, actor)


def stored(version_id: str) -> Version:
    return db.session.get_one(Version, version_id)


def withdrawing(by: Actor, version_id: str, reason: str = "Behovet finns inte längre."):
    return lambda session: services.withdraw(session, by, NOW, session.get_one(Version, version_id), reason=reason)


def done(act):
    with transaction() as session:
        return act(session)


def deciding(by: Actor, version_id: str, aspect: str, outcome: Outcome = Outcome.RETURN):
    return lambda session: services.decide(
        session, by, NOW, session.get_one(Version, version_id), aspect=aspect, outcome=outcome, reason="Granskat."
    )


def codes(findings) -> list[str]:
    return [one.code for one in findings]


def test_a_line_takes_deliveries_when_all_three_have_approved_a_use_of_it(world):
    line = world.line()
    assert refusal(db.session, line, DAY).code == "FLOW-116"
    version_id = world.submit(line)
    world.decide(version_id, services.QUALITY)
    world.decide(version_id, services.ACCEPTANCE)
    assert stored(version_id).state == State.IN_REVIEW
    world.decide(version_id, services.LEGAL)
    assert stored(version_id).state == State.PUBLISHED
    assert refusal(db.session, line, DAY) is None
    [use] = uses_of_line(db.session, line.item_id, DAY)
    assert (use.version_hash, use.is_carried_over) == (stored(version_id).content_hash, False)


def test_the_recipient_may_propose_and_the_same_three_decide(world, actor):
    line, proposer = world.line(), actor("quality-2", (Role.QUALITY_REVIEWER, RECIPIENT))
    version_id = world.approve(line, by=proposer)
    assert stored(version_id).organisation_id == world.flows.recipient
    acts = db.session.scalars(select(Act.side).where(Act.person_id == proposer.person_id)).all()
    assert set(acts) == {Side.RECIPIENT}
    sides = db.session.scalars(select(Act.side).where(Act.person_id == world.officer.person_id)).all()
    assert sides == [Side.DISCLOSER]


def test_nobody_decides_on_what_they_proposed(world):
    version_id = world.submit(world.line(), by=world.flows.quality)
    assert refused_with(deciding(world.flows.quality, version_id, services.QUALITY)) == "ITEM-005"


def test_nobody_decides_for_both_sides_of_a_line_in_whatever_use(world, organisations):
    line = world.line()
    world.approve(line)
    both = moved(organisations, world.officer, Role.LEGAL_REVIEWER, RECIPIENT)
    second = world.submit(line, title={"sv": "En till", "en": "Another"})
    assert refused_with(deciding(both, second, services.LEGAL)) == "HAND-001"


def test_who_belongs_to_the_recipient_does_not_accept_for_the_region(world, actor):
    both = actor("dubbel", (Role.DISCLOSING_OFFICER, "25"), (Role.RECIPIENT, RECIPIENT))
    version_id = world.submit(world.line())
    assert refused_with(deciding(both, version_id, services.ACCEPTANCE)) == "USE-201"


def test_others_than_the_two_sides_propose_nothing(world, actor):
    stranger, line = actor("skane", (Role.DATA_OFFICER, "12")), world.line()
    with pytest.raises(Forbidden):
        world.propose(line, by=stranger)


def test_a_legal_approval_has_its_answers(world):
    version_id = world.submit(world.line())
    with pytest.raises(Invalid), transaction() as session:
        deciding(world.flows.legal, version_id, services.LEGAL, Outcome.APPROVE)(session)
    assert stored(version_id).decisions == []


def test_a_use_is_of_a_line_that_is_approved(world):
    line = world.line()
    with pytest.raises(Invalid) as stopped:
        world.propose(line, of="0" * 32)
    assert codes(stopped.value.findings) == ["USE-010"]


def test_what_does_not_hold_against_the_register_is_told_before_it_is_sent(world):
    line = world.line()
    wrong = world.propose(
        line, recipient=world.flows.recipient, line_version="a" * 64, needs=["nej/nej"], succeeds=f"flow:{line.item_id}"
    )
    with pytest.raises(Invalid) as stopped, transaction() as session:
        services.submit(session, world.flows.norrbotten, NOW, session.get_one(Version, wrong))
    assert codes(stopped.value.findings) == ["USE-011", "USE-013", "USE-016"]


def test_a_second_use_of_the_same_recipient_is_warned_of_and_stops_nothing(world):
    line = world.line()
    world.approve(line)
    second = read(use_content(line))
    assert codes(check_against_register(db.session, second)) == ["USE-014"]
    world.approve(line, title={"sv": "En till", "en": "Another"})
    assert len(uses_of_line(db.session, line.item_id, DAY)) == 2


def test_who_publishes_has_the_data(world, organisations):
    line = world.line()
    other = organisations["smittskydd"].id if "smittskydd" in organisations else None
    content = read(use_content(line, audience="public", recipient=other or world.flows.discloser))
    assert set(codes(check_against_register(db.session, content))) & {"USE-015", "USE-012"}


def test_a_use_takes_the_place_of_what_is_carried_over_from_its_first_day(world):
    line = world.carried_line()
    public = f"public:{line.item_id}"
    assert [one.ref for one in uses_of_line(db.session, line.item_id, DAY)] == [f"flow:{line.item_id}", public]
    version_id = world.approve(line, audience="public", succeeds=public, valid_from="2026-12-01")
    mine = f"use:{stored(version_id).item_id}"
    assert [one.ref for one in uses_of_line(db.session, line.item_id, date(2026, 11, 30))][-2:] == [public, mine]
    later = [one.ref for one in uses_of_line(db.session, line.item_id, date(2026, 12, 1))]
    assert later == [f"flow:{line.item_id}", mine]


def test_what_is_carried_over_is_succeeded_once(world):
    line = world.carried_line()
    own = f"flow:{line.item_id}"
    world.approve(line, succeeds=own)
    again = read(use_content(line, succeeds=own))
    assert "USE-013" in codes(check_against_register(db.session, again))


def test_of_two_that_would_succeed_the_same_the_second_approved_is_told(world, any_app):
    line = world.carried_line()
    own = f"flow:{line.item_id}"
    first, second = (world.submit(line, succeeds=own, title={"sv": name, "en": name}) for name in ("Ett", "Två"))
    for version_id in (first, second):
        world.decide(version_id, services.QUALITY)
        world.decide(version_id, services.LEGAL)
    ended = at_once(
        any_app,
        *(
            lambda session, version_id=version_id: services.decide(
                session, world.officer, NOW, session.get_one(Version, version_id), aspect=services.ACCEPTANCE,
                outcome=Outcome.APPROVE, reason="Godtas.",
            ).aspect
            for version_id in (first, second)
        )
    )  # fmt: skip
    assert sorted(ended) == ["USE-203", services.ACCEPTANCE]
    db.session.expire_all()
    assert sorted([stored(first).state, stored(second).state]) == [State.IN_REVIEW, State.PUBLISHED]


def test_three_who_decide_at_once_put_it_in_force_once(world, any_app):
    version_id = world.submit(world.line())
    at_once(
        any_app,
        *(
            lambda session, aspect=aspect: world.decided(session, version_id, aspect).aspect
            for aspect in (services.QUALITY, services.LEGAL, services.ACCEPTANCE)
        ),
    )
    db.session.expire_all()
    assert stored(version_id).state == State.PUBLISHED
    assert len(stored(version_id).decisions) == 3
    published = select(Event).where(Event.type == "VersionPublished", Event.subject == stored(version_id).ref)
    assert len(db.session.scalars(published).all()) == 1


@pytest.mark.parametrize("side", [Side.DISCLOSER, Side.RECIPIENT])
def test_either_side_takes_a_use_back_alone_with_reasons(world, side):
    line = world.line()
    version_id = world.approve(line)
    who = world.officer if side is Side.DISCLOSER else world.flows.quality
    assert refused_with(withdrawing(who, version_id, reason=" ")) == "ITEM-007"
    done(withdrawing(who, version_id))
    assert stored(version_id).state == State.WITHDRAWN
    event = db.session.scalars(select(Event).where(Event.type == "VersionWithdrawn")).one()
    assert event.data["by"] == (world.flows.discloser if side is Side.DISCLOSER else world.flows.recipient)
    assert db.session.scalars(select(Act.side).where(Act.type == "VersionWithdrawn")).all() == [side]
    assert refusal(db.session, line, DAY).code == "USE-102"


def test_who_only_proposes_takes_back_nothing_that_is_in_force(world):
    version_id = world.approve(world.line())
    with pytest.raises(Forbidden):
        done(withdrawing(world.flows.norrbotten, version_id))


def test_what_a_withdrawn_use_took_the_place_of_does_not_come_back(world):
    line = world.carried_line()
    version_id = world.approve(line, succeeds=f"flow:{line.item_id}")
    done(withdrawing(world.officer, version_id))
    today = [one.ref for one in uses_of_line(db.session, line.item_id)]
    assert f"flow:{line.item_id}" not in today


def test_a_use_is_suspended_by_one_of_a_side_and_resumed_by_another(world, actor):
    version_id = world.approve(world.line())
    item_id, second = stored(version_id).item_id, actor("utlamnare-2", (Role.DISCLOSING_OFFICER, "25"))

    def suspend(by):
        return lambda session: suspending.suspend(session, by, NOW, session.get_one(Item, item_id), reason="Fel.")

    def resume(by):
        return lambda session: suspending.resume(session, by, NOW, session.get_one(Item, item_id), reason="Rättat.")

    done(suspend(world.officer))
    assert suspending.stop(db.session, item_id, "use").code == "USE-106"
    assert refused_with(suspend(second)) == "USE-107"
    assert refused_with(resume(world.officer)) == "USE-109"
    done(resume(second))
    assert suspending.stop(db.session, item_id, "use") is None
    stands = db.session.execute(select(Act.object, Act.side).where(Act.type == "FlowSuspended")).all()
    assert stands == [(f"flow:{stored(version_id).content['line']}", Side.DISCLOSER)]


def test_the_next_version_keeps_its_line_its_recipient_and_what_it_succeeds(world):
    line = world.carried_line()
    version_id = world.approve(line, succeeds=f"flow:{line.item_id}")
    with transaction() as session:
        changed = use_content(line, succeeds="", audience="public", valid_to="2027-06-30")
        item = session.get_one(Item, session.get_one(Version, version_id).item_id)
        made = services.propose_successor(
            session, world.flows.norrbotten, NOW, item=item, content=changed, reason="Kortare."
        ).content
    kept = stored(version_id).content
    assert {name: made[name] for name in services.FIXED} == {name: kept[name] for name in services.FIXED}
    assert made["valid_to"] == "2027-06-30"


def test_identity_numbers_are_refused_in_what_is_written(world):
    with pytest.raises(Refused):
        world.propose(world.line(), purpose={"sv": "Följa 19121212-1212.", "en": "Follow."})


OPEN = {"threshold": 1, "zeros": "published", "source": "Ingen"}
WHY_OPEN = {
    "open_reason": "Uppgifterna är redan publicerade av regionen.",
    "open_reason_en": "The region publishes them.",
}


@pytest.mark.parametrize(
    ("model", "policy", "found"),
    [
        (DAILY, OPEN, ["USE-017"]),
        (DAILY, {**OPEN, "threshold": 0}, ["USE-017"]),
        (DAILY, {**OPEN, "threshold": 2}, []),
        (DAILY, {**OPEN, **WHY_OPEN}, []),
        (BEDS, OPEN, []),
    ],
)
def test_where_persons_are_counted_and_nothing_is_hidden_somebody_says_why(world, model, policy, found):
    version_id = world.propose(world.line(model), policy=policy)
    with transaction() as session:
        against = check_against_register(session, read(session.get_one(Version, version_id).content))
    assert codes(against) == found
