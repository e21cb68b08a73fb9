"""Both sides agree on last days, one proposing and the other settling; a region decides itself when it takes part."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Forbidden
from registry.hands import Act, Side
from registry.identity.tables import Organisation
from registry.items.tables import Item
from registry.period import PeriodKind
from submission_portal.flows.timetables import agreeing, joining, queries
from submission_portal.flows.timetables.due_days import Formula, Unit
from submission_portal.flows.timetables.participation import Step
from submission_portal.flows.timetables.tables import DueDateProposal
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.deliveries import DeliveryWorld
from tests.factories.other_roles import refusal

TODAY = NOW.date()
RULE = Formula(PeriodKind.MONTH, 10, Unit.WORKING_DAYS)
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


@pytest.fixture
def world(any_app, organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor)


def done(act):
    with transaction() as session:
        outcome = act(session)
    db.session.rollback()
    return outcome


def proposing(world, by=None, first=date(2026, 11, 1), formula=RULE, reason="Som i överenskommelsen."):
    return lambda session: agreeing.propose_rule(
        session, by or world.officer, NOW, session.get_one(Item, world.item_id),
        first=first, formula=formula, reason=reason,
    ).id  # fmt: skip


def exempting(world, due=date(2027, 1, 25), span=DECEMBER, by=None):
    return lambda session: agreeing.propose_exception(
        session, by or world.flows.quality, NOW, session.get_one(Item, world.item_id),
        exemption=agreeing.Exemption(span, due), reason="Helgerna.",
    ).id  # fmt: skip


def settling(world, act, by, **more):
    return lambda session: act(session, by, NOW, session.get_one(Item, world.item_id), **more).id


def test_what_one_side_proposes_counts_when_the_other_agrees(world):
    done(proposing(world))
    assert not queries.timetable_of(db.session, world.item_id).is_agreed
    done(settling(world, agreeing.agree, world.flows.quality))
    assert queries.timetable_of(db.session, world.item_id).period(DECEMBER).due == date(2027, 1, 18)
    done(exempting(world))
    assert refusal(proposing(world)) == "DUE-003"
    done(settling(world, agreeing.agree, world.officer))
    assert queries.timetable_of(db.session, world.item_id).period(DECEMBER).due == date(2027, 1, 25)
    sides = db.session.execute(select(Act.type, Act.side).where(Act.type.like("DueDate%")).order_by(Act.number)).all()
    assert sides == [
        ("DueDateProposed", Side.DISCLOSER),
        ("DueDateAgreed", Side.RECIPIENT),
        ("DueDateProposed", Side.RECIPIENT),
        ("DueDateAgreed", Side.DISCLOSER),
    ]


def test_nobody_agrees_for_the_side_that_proposed(world):
    done(proposing(world))
    for one in (world.officer, world.discloser, world.other):
        with pytest.raises(Forbidden):
            done(settling(world, agreeing.agree, one))
    with pytest.raises(Forbidden):
        done(settling(world, agreeing.take_back, world.flows.quality))
    done(settling(world, agreeing.take_back, world.discloser))
    assert refusal(settling(world, agreeing.agree, world.flows.quality)) == "DUE-008"


def test_what_is_declined_does_not_count_and_its_reasons_are_kept(world):
    done(proposing(world))
    assert refusal(settling(world, agreeing.decline, world.flows.quality, reason=" ")) == "DUE-009"
    done(settling(world, agreeing.decline, world.flows.quality, reason="För kort tid."))
    [row] = queries.proposals(db.session, world.item_id, 1).rows
    assert (row.outcome, row.settled_reason) == ("declined", "För kort tid.")
    assert not queries.timetable_of(db.session, world.item_id).is_agreed


def test_the_database_refuses_that_one_person_is_both_sides(world):
    proposal = done(proposing(world))
    with pytest.raises(IntegrityError), by_hand() as session:
        row = session.get_one(DueDateProposal, proposal)
        row.outcome, row.settled_by, row.settled_at = "agreed", row.proposed_by, NOW


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"formula": Formula(PeriodKind.MONTH, 0, Unit.DAYS)}, "DUE-001"),
        ({"formula": Formula(PeriodKind.MONTH, 251, Unit.WORKING_DAYS)}, "DUE-001"),
        ({"formula": Formula(PeriodKind.YEAR, 10, Unit.DAYS)}, "DUE-002"),
        ({"first": date(2026, 9, 1)}, "DUE-004"),
        ({"reason": ""}, "DUE-009"),
        ({"reason": "a" * 5001}, "DUE-011"),
        ({"reason": "811218-9876 ringde"}, "TXT-001"),
    ],
)
def test_what_cannot_be_agreed_on_is_not_kept(world, changes, code):
    assert refusal(proposing(world, **changes)) == code
    assert queries.open_proposal(db.session, world.item_id) is None


def test_an_exception_is_for_a_period_that_is_expected_and_ends_on_a_working_day_after_it(world):
    assert refusal(exempting(world)) == "DUE-005"
    done(proposing(world))
    done(settling(world, agreeing.agree, world.flows.quality))
    assert refusal(exempting(world, span=(DECEMBER[0], date(2026, 12, 30)))) == "DUE-005"
    assert refusal(exempting(world, due=date(2027, 1, 23))) == "DUE-006"
    assert refusal(exempting(world, due=date(2026, 12, 30))) == "DUE-006"


def test_who_acts_for_neither_side_proposes_nothing(world, actor):
    for one in (world.other, actor("jurist-2", (Role.LEGAL_REVIEWER, "nationell-uppfoljning"))):
        with pytest.raises(Forbidden):
            done(proposing(world, by=one))


def stepping(world, step, first=TODAY, by=None, reason="Nytt vårdinformationssystem.", in_line=True):
    def take(session):
        item = session.get_one(Item, world.item_id)
        region = session.get_one(Organisation, item.organisation_id)
        return joining.take_step(
            session, by or world.discloser, NOW, region, step,
            first=first, reason=reason, item=item if in_line else None,
        ).number  # fmt: skip

    return take


def test_a_region_pauses_and_resumes_a_line_and_leaves_the_pilot(world):
    region = world.flow.organisation_id
    done(stepping(world, Step.PAUSE, date(2026, 12, 1)))
    done(stepping(world, Step.RESUME, date(2027, 2, 1)))
    done(stepping(world, Step.LEAVE, date(2027, 6, 1), in_line=False))
    away = queries.absences_of(db.session, [region]).of(region, world.item_id)
    assert {(one.first, one.last) for one in away} == {
        (date(2026, 12, 1), date(2027, 1, 31)),
        (date(2027, 6, 1), None),
    }
    assert queries.all_steps(db.session, region, world.item_id, 1).total == 3


def test_a_step_follows_on_the_last_one_and_never_counts_backwards(world):
    assert refusal(stepping(world, Step.RESUME)) == "JOIN-001"
    assert refusal(stepping(world, Step.PAUSE, date(2026, 11, 1))) == "JOIN-002"
    done(stepping(world, Step.PAUSE, date(2026, 12, 1)))
    assert refusal(stepping(world, Step.RESUME, date(2026, 11, 30))) == "JOIN-002"
    assert refusal(stepping(world, Step.RESUME, date(2026, 12, 1), reason="")) == "DUE-009"


def test_only_the_region_decides_whether_it_takes_part(world):
    for one in (world.officer, world.other, world.flows.quality):
        with pytest.raises(Forbidden):
            done(stepping(world, Step.LEAVE, by=one))
