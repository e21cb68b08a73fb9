"""Figures by use: each recipient's tables rest on the deliveries that its uses cover, and everybody's on what is for everybody."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from registry import clock
from registry.actors import PUBLIC, SYSTEM, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.identity.services import create_organisation
from registry.identity.tables import Organisation
from registry.items.tables import Item, Version
from registry.jobs import ask_for_daily
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.audiences import Audience
from submission_portal.flows.tables import FlowSuspension
from submission_portal.followup.deciding import publish_table
from submission_portal.followup.figures import Figure, read_figures
from submission_portal.followup.frames import frame_of
from submission_portal.followup.gateway import current_table, version_numbered
from submission_portal.followup.keeping import rests_on
from submission_portal.followup.plans import planned_by_slug
from submission_portal.followup.table_series import series_of
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace import trace_delivery, trace_figure
from submission_portal.followup.versions import latest_version, newest_of
from tests.by_hand import by_hand
from tests.factories.at_once import at_once
from tests.factories.legal_answers import example_answers
from tests.factories.named_uses import approve_use, take_back, version_of, withdraw_use
from tests.factories.released_figures import available, run_worker
from tests.shown import as_shown

MEASURE, MODEL = "disponibla-vardplatser", "disponibla-vardplatser-per-region-ar"
NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
TOMORROW = clock.now() + timedelta(days=1)
EVERYTHING = {"covers_from": "2014-01-01"}


@pytest.fixture
def second(organisations) -> Organisation:
    """A second recipient, which needs the same figures for something else."""
    with transaction() as session:
        create_organisation(
            session, SYSTEM, NOW, kind="recipient", code="folkhalsa", name_sv="Folkhälsan", name_en="Public Health"
        )
    organisations["folkhalsa"] = db.session.query(Organisation).filter_by(code="folkhalsa").one()
    return organisations["folkhalsa"]


@pytest.fixture
def released(world):
    """Two regions' releases and their table, published."""

    def build() -> None:
        for region, beds in (("24", 774), ("25", 669)):
            world.release(region, MODEL, available(region, 2015, beds), "2015")
        run_worker()

    world.grown("two regions' tables", build)
    return world


@pytest.fixture
def people(actor, second):
    """Readers: the recipient's, and the second recipient's."""
    return actor("egen", (Role.LEGAL_REVIEWER, RECIPIENT)), actor("andra", (Role.LEGAL_REVIEWER, "folkhalsa"))


def line(world, region: str) -> Version:
    return db.session.get_one(Version, world.flows[region, MODEL].id)


def shown(actor) -> dict[str, int]:
    """The regions' values in the table that somebody reads."""
    db.session.rollback()
    return {one.region: int(one.value) for one in figures(actor) if one.value is not None}


def figures(actor) -> list[Figure]:
    table = current_table(db.session, MEASURE, actor)
    return [] if table is None else read_figures(frame_of(db.session, table))


def newest(owner: str) -> dict[Audience, TableVersion]:
    db.session.rollback()
    return newest_of(db.session, MEASURE, owner)


def test_what_was_disclosed_before_uses_is_in_one_series_as_before(released, people):
    table = latest_version(db.session, MEASURE)
    assert (table.number, table.is_main) == (1, True)
    (only,) = series_of(db.session, planned_by_slug(db.session, MEASURE))
    assert [one.audiences for one in only.bases] == [tuple(Audience)]
    assert rests_on(db.session, table, only.basis_for(Audience.PUBLIC))
    own, _other = people
    assert shown(own) == shown(PUBLIC) == {"24": 774, "25": 669}


def test_a_second_recipient_reads_a_series_of_its_own_and_everybody_else_the_main_one(released, second, people):
    approve_use(line(released, "25"), recipient=second.id, **EVERYTHING)
    run_worker()
    own, other = people
    assert (shown(own), shown(PUBLIC)) == ({"24": 774, "25": 669},) * 2
    assert shown(other) == {"25": 669}
    made = newest(second.id)
    assert {audience: (one.number, one.is_main) for audience, one in made.items()} == {Audience.RECIPIENT: (1, False)}
    assert version_numbered(db.session, MEASURE, 1, other).id == made[Audience.RECIPIENT].id
    assert version_numbered(db.session, MEASURE, 1, PUBLIC).id == latest_version(db.session, MEASURE).id


def test_of_two_uses_of_one_delivery_one_ends_and_one_is_taken_back(released, second, people):
    """The recipient's ends with its retention on a day, and the second's is taken back: each loses its own figures alone."""
    own, other = people
    ending = approve_use(
        line(released, "25"), "slutar", succeeds=f"flow:{line(released, '25').item_id}",
        valid_to="2026-11-10", retention={"months": 1},
    )  # fmt: skip
    queues = approve_use(line(released, "25"), recipient=second.id, **EVERYTHING)
    measure = planned_by_slug(db.session, MEASURE)
    with time_machine.travel(datetime(2026, 12, 10, 12, tzinfo=UTC), tick=False):
        run_worker()
        assert (shown(own), shown(other)) == ({"24": 774, "25": 669}, {"25": 669})
        regions = {
            day: {
                one.owner: len(one.basis_for(Audience.RECIPIENT).releases)
                for one in series_of(db.session, measure, day)
            }
            for day in (date(2026, 12, 10), date(2026, 12, 11))
        }
    assert regions[date(2026, 12, 10)][second.id] == regions[date(2026, 12, 11)][second.id] == 1
    main = released.organisations[RECIPIENT].id
    assert (regions[date(2026, 12, 10)][main], regions[date(2026, 12, 11)][main]) == (2, 1)
    with time_machine.travel(datetime(2026, 12, 11, 0, 5, tzinfo=UTC), tick=False):
        db.session.rollback()
        ask_for_daily(datetime(2026, 12, 11, 0, 5, tzinfo=UTC))
        run_worker()
        assert (shown(own), shown(other)) == ({"24": 774}, {"25": 669})
        withdraw_use(queues, datetime(2026, 12, 11, 0, 6, tzinfo=UTC))
        run_worker()
        assert (shown(own), shown(other)) == ({"24": 774}, {})
    assert ending


def test_a_use_that_succeeds_the_carried_over_one_changes_no_figure(released, people):
    before = newest(released.organisations[RECIPIENT].id)
    approve_use(line(released, "25"), succeeds=f"flow:{line(released, '25').item_id}")
    run_worker()
    after = newest(released.organisations[RECIPIENT].id)
    assert {one.content_hash for one in before.values()} == {one.content_hash for one in after.values()}
    assert [one.number for one in after.values()] == [1, 1]


def test_what_is_no_longer_for_everybody_stays_with_the_recipient_under_one_number(released, people):
    own, _other = people
    everybodys = approve_use(
        line(released, "25"), "for-alla", audience="public", succeeds=f"public:{line(released, '25').item_id}"
    )
    run_worker()
    assert shown(PUBLIC) == {"24": 774, "25": 669}
    withdraw_use(everybodys)
    run_worker()
    assert (shown(own), shown(PUBLIC)) == ({"24": 774, "25": 669}, {"24": 774})
    made = newest(released.organisations[RECIPIENT].id)
    assert made[Audience.RECIPIENT].number == made[Audience.PUBLIC].number
    assert made[Audience.RECIPIENT].basis_hash != made[Audience.PUBLIC].basis_hash


def test_what_comes_for_the_recipient_alone_asks_nobody_to_decide_for_everybody_again(released, people):
    everybodys = approve_use(
        line(released, "25"), "for-alla", audience="public", succeeds=f"public:{line(released, '25').item_id}"
    )
    withdraw_use(everybodys)
    run_worker()
    before = newest(released.organisations[RECIPIENT].id)
    released.release("25", MODEL, available("25", 2016, 650), "2016")
    run_worker(publish=False)
    after = newest(released.organisations[RECIPIENT].id)
    assert after[Audience.RECIPIENT].number == before[Audience.RECIPIENT].number + 1
    assert after[Audience.PUBLIC].id == before[Audience.PUBLIC].id


def test_what_another_recipient_gives_everybody_is_read_where_the_main_series_has_nothing(world, second, people):
    released = world
    released.release("25", MODEL, available("25", 2015, 669), "2015")
    flow = line(released, "25")
    everybodys = approve_use(flow, "ingen", audience="public", succeeds=f"public:{flow.item_id}")
    withdraw_use(everybodys)
    approve_use(flow, "alla", recipient=second.id, audience="public", **EVERYTHING)
    run_worker()
    assert shown(PUBLIC) == {"25": 669}
    assert current_table(db.session, MEASURE, PUBLIC).organisation_id == second.id


def test_what_comes_while_a_use_is_suspended_waits_until_it_is_resumed(released, second, people):
    _own, other = people
    queues = approve_use(line(released, "25"), recipient=second.id, **EVERYTHING)
    run_worker()
    with by_hand() as session:
        session.add(
            FlowSuspension(
                item_id=queues.removeprefix("use:"), side="recipient", organisation_id=second.id, reason="Fel.",
                suspended_by="1" * 32, suspended_at=NOW + timedelta(minutes=1),
            )
        )  # fmt: skip
    released.release("25", MODEL, available("25", 2016, 650), "2016", now=NOW + timedelta(minutes=2))
    approve_use(line(released, "25"), recipient=second.id, needs=["fler"], **EVERYTHING)
    run_worker()
    assert len([one for one in figures(other) if one.region == "25"]) == 1
    with by_hand() as session:
        session.query(FlowSuspension).update({"resumed_at": NOW, "resumed_by": "2" * 32})
    ask_for_daily(NOW)
    run_worker()
    assert len([one for one in figures(other) if one.region == "25"]) == 2


def test_where_two_recipients_may_have_the_same_cells_the_higher_threshold_holds_for_both(released, second):
    policy = {"threshold": 12, "zeros": "published", "source": "Eget beslut"}
    approve_use(line(released, "25"), recipient=second.id, policy=policy, **EVERYTHING)
    for one in series_of(db.session, planned_by_slug(db.session, MEASURE)):
        basis = one.basis_for(Audience.RECIPIENT)
        assert basis.rules[Audience.RECIPIENT].threshold == 12
        (told,) = basis.policy_findings(Audience.RECIPIENT)
        assert (told.params["lowest"], told.params["highest"]) == (5, 12)


def decide(session, table_id: str, reviewer, release_at=None) -> str:
    table = session.get_one(TableVersion, table_id)
    answers = example_answers(counts_persons=False)
    publish_table(session, reviewer, NOW, table, reason="Granskad.", answers=answers, replies={}, release_at=release_at)
    return "decided"


@pytest.fixture
def awaited(any_app, world, actor) -> tuple[str, str, object]:
    """A use for everybody, the table that waits for a decision by it, and who decides."""
    world.release("25", MODEL, available("25", 2015, 669), "2015")
    flow = line(world, "25")
    use = approve_use(flow, "for-alla", audience="public", succeeds=f"public:{flow.item_id}")
    run_worker(publish=False)
    reviewer = actor("egen", (Role.LEGAL_REVIEWER, RECIPIENT))
    return use, latest_version(db.session, MEASURE).id, reviewer


def test_a_use_that_is_taken_back_while_its_release_waits_stops_the_release(awaited):
    use, table_id, reviewer = awaited
    with transaction() as session:
        decide(session, table_id, reviewer, TOMORROW)
    withdraw_use(use)
    table = db.session.get_one(TableVersion, table_id)
    assert (table.state, table.release_at) == ("refused", None)
    run_worker()
    assert shown(PUBLIC) == {}


def test_a_use_that_is_taken_back_while_its_table_waits_for_a_decision_is_not_decided_by(awaited):
    use, table_id, reviewer = awaited
    withdraw_use(use)
    with pytest.raises(Refused) as refusal, transaction() as session:
        decide(session, table_id, reviewer)
    assert refusal.value.finding.code == "FOL-043"


def test_a_decision_and_the_withdrawal_of_its_use_at_once_never_leave_a_release_to_come(any_app, awaited):
    use, table_id, reviewer = awaited
    db.session.rollback()

    def withdraw(session):
        take_back(session, use)
        return "withdrawn"

    outcome = at_once(any_app, lambda session: decide(session, table_id, reviewer, TOMORROW), withdraw)
    assert outcome[1] == "withdrawn" and outcome[0] in ("decided", "FOL-043")
    db.session.rollback()
    assert db.session.get_one(TableVersion, table_id).release_at is None


def uses_in(trace) -> list[str]:
    return [one.ref for one in trace.back if one.ref in {version_of(ref).ref for ref in all_uses()}]


def all_uses() -> list[str]:
    return [f"use:{id_}" for (id_,) in db.session.query(Item.id).filter_by(kind="use")]


def test_a_figures_trace_names_the_use_that_it_stands_on_with_the_decisions_of_both_sides(released, second, people):
    _own, other = people
    queues = approve_use(line(released, "25"), recipient=second.id, **EVERYTHING)
    run_worker()
    trace = trace_figure(db.session, as_shown(current_table(db.session, MEASURE, other)), "25/2015")
    assert uses_in(trace) == [version_of(queues).ref]
    (node,) = (one for one in trace.back if one.ref == version_of(queues).ref)
    facts = {name.en: value for name, value in node.facts}
    assert facts["The region's acceptance"] == date(2026, 11, 2)
    assert (facts["Reference of the ground"], facts["Version of the use"]) == ("S2026/1 (påhittat)", "1")
    knots = [one.knot for one in trace.back]
    assert knots[knots.index("delivery") : knots.index("model") + 1] == ["delivery", "decision", "flow", "model"]


def test_a_figure_that_was_carried_over_is_traced_as_before_there_were_uses(released, second, people):
    before = trace_figure(db.session, as_shown(current_table(db.session, MEASURE, PUBLIC)), "25/2015").back
    approve_use(line(released, "25"), now=clock.now(), recipient=second.id, **EVERYTHING)
    approve_use(line(released, "25"), "egen", clock.now(), succeeds=f"flow:{line(released, '25').item_id}")
    run_worker()
    assert trace_figure(db.session, as_shown(current_table(db.session, MEASURE, PUBLIC)), "25/2015").back == before


def test_a_deliverys_trace_names_what_it_may_be_used_for(app, released, second, people):
    queues = approve_use(line(released, "25"), recipient=second.id, **EVERYTHING)
    delivery = db.session.query(Delivery).filter_by(organisation_id=released.organisations["25"].id).one()
    with app.test_request_context():
        assert uses_in(trace_delivery(db.session, PUBLIC, delivery)) == [version_of(queues).ref]
