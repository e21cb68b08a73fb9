"""Deliveries under a standing decision: example 5 of the agreement, and what a decision does not cover."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from registry.actors import SYSTEM, Role, Scope
from registry.db import db, transaction
from registry.errors import Refused
from registry.events import Event
from registry.finding_catalogue import AnswerKind
from registry.items.tables import Version
from registry.provenance import Provenance
from submission_portal.deliveries import services
from submission_portal.deliveries.explanations.subjects import subjects_by_key
from submission_portal.deliveries.explanations.tables import KeptExplanation
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.standing_disclosures import deciding
from submission_portal.deliveries.tables import Delivery, DeliveryUse, StandingDisclosure
from submission_portal.flows import suspending
from submission_portal.flows.agreeing import services as agreeing
from submission_portal.receiving import services as receiving
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.factories.machine_clients import client_of
from tests.factories.standing_disclosures import StandingWorld, wards_csv
from tests.factories.uses import UseWorld


@pytest.fixture
def standing(organisations, actor) -> StandingWorld:
    return StandingWorld.load(organisations, actor)


@pytest.fixture
def standing_of_any(any_app, organisations, actor) -> StandingWorld:
    return StandingWorld.load(organisations, actor)


def client(standing):
    return client_of(standing.deliveries.flow.organisation_id, Scope.PREPARE_DELIVERIES, Scope.SEND_DELIVERIES)


def by_client(standing, data: bytes, **settings) -> str:
    """A file that a machine of the region reads in."""
    with transaction() as session:
        flow = session.merge(standing.deliveries.flow)
        return services.start(
            session, client(standing), NOW, flow_item=flow, file_name="dag.csv", data=data, **settings
        ).id


def refused(standing, delivery_id: str, by=None):
    with pytest.raises(Refused) as raised:
        standing.deliveries.send(delivery_id, by or client(standing))
    return raised.value.finding


def test_two_small_numbers_of_three_go_without_anybody(standing_of_any):
    standing = standing_of_any
    decision_id = standing.decide()
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0))
    assert standing.deliveries.delivery(delivery_id).standing_judgement.covers
    assert standing.deliveries.send(delivery_id, client(standing)).startswith("L-2026-")
    delivery = standing.deliveries.delivery(delivery_id)
    assert delivery.state == "released"
    made = delivery.disclosure
    assert (made.standing_disclosure_id, made.person_id) == (decision_id, standing.deliveries.discloser.person_id)
    values = {(one.condition, one.element): (one.limit, one.found, one.is_met) for one in made.judged}
    assert values["small_numbers", "overbelaggningar"] == (3, 1, True)
    assert values["not_later_than", ""] == (45, 3, True)
    assert values["new_units", ""] == values["warnings", ""] == (0, 0, True)


def test_four_small_numbers_wait_and_say_why(standing_of_any):
    standing = standing_of_any
    standing.decide()
    delivery_id = by_client(standing, wards_csv(1, 2, 3, 4))
    finding = refused(standing, delivery_id)
    told = {name: finding.params[name] for name in ("condition", "limit", "found")}
    assert told == {"condition": "small_numbers", "limit": 3, "found": 4}
    delivery = standing.deliveries.delivery(delivery_id)
    assert (delivery.state, delivery.number, delivery.receipt) == ("checked", None, None)
    standing.deliveries.disclose(delivery_id)
    assert standing.deliveries.send(delivery_id, client(standing))


def test_withdrawn_between_check_and_send_nothing_is_received(standing_of_any):
    standing = standing_of_any
    decision_id = standing.decide()
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0))
    standing.withdraw(decision_id)
    assert refused(standing, delivery_id).code == "DIS-010"
    delivery = standing.deliveries.delivery(delivery_id)
    assert (delivery.state, delivery.receipt, delivery.disclosures) == ("checked", None, [])


def over(standing, delivery_id: str) -> tuple[str, str]:
    """Why a delivery waits: the finding's code, and the condition that is not met, or what differs."""
    finding = refused(standing, delivery_id)
    assert FINDINGS.of(finding).answer is AnswerKind.DISCLOSURE  # a machine keeps what it has, and sends it again
    what = finding.params.get("condition") or finding.params.get("what")
    return finding.code, getattr(what, "en", what)


def test_a_later_version_of_the_line_ends_it_for_what_is_checked_and_for_what_comes(standing):
    standing.decide()
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0))
    world = standing.deliveries
    world.divide(automatic=False)
    assert over(standing, delivery_id)[0] == "DIS-012"
    later = by_client(standing, wards_csv(0, 2, 0, 0, day="2026-10-31"))
    assert world.delivery(later).standing_judgement.objection.code == "DIS-012"
    assert over(standing, later)[0] == "DIS-012"


def test_it_names_its_uses_and_no_other(standing, organisations, actor):
    uses = UseWorld(standing.deliveries.flows, standing.deliveries.discloser)
    standing.decide()
    uses.approve(standing.deliveries.approved, title={"sv": "En till", "en": "Another"})
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0))
    standing.deliveries.send(delivery_id, client(standing))
    item_id = standing.deliveries.item_id
    assert db.session.scalars(select(DeliveryUse.use_ref).where(DeliveryUse.delivery_id == delivery_id)).all() == [
        f"flow:{item_id}"
    ]


@pytest.mark.parametrize("what", ["withdrawn", "suspended", "another version"])
def test_a_use_that_is_not_what_it_was_ends_it(standing, what):
    world = standing.deliveries
    uses = UseWorld(world.flows, world.discloser)
    version_id = uses.approve(world.approved, policy={"threshold": 5, "zeros": "published", "source": "AIHW"})
    version = db.session.get_one(Version, version_id)
    standing.decide(uses=[f"use:{version.item_id}"])
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0))
    assert world.delivery(delivery_id).standing_judgement.covers
    with transaction() as session:
        version = session.get_one(Version, version_id)
        if what == "withdrawn":
            agreeing.withdraw(session, world.discloser, NOW, version, reason="Slut.")
        elif what == "suspended":
            suspending.suspend(session, world.discloser, NOW, version.item, reason="Oklart.")
    if what == "another version":
        _approve_with_a_higher_threshold(uses, version_id)
    assert over(standing, delivery_id)[0] == "DIS-012"
    assert world.delivery(delivery_id).receipt is None


def _approve_with_a_higher_threshold(uses, version_id: str) -> None:
    with transaction() as session:
        version = session.get_one(Version, version_id)
        content = {**version.content, "policy": {"threshold": 10, "zeros": "published", "source": "AIHW"}}
        by = uses.flows.norrbotten
        made = agreeing.propose_successor(session, by, NOW, item=version.item, content=content, reason="Högre.")
        agreeing.submit(session, by, NOW, made)
        successor = made.id
    for aspect in ("quality", "legal", "acceptance"):
        uses.decide(successor, aspect)


def test_days_long_past_are_outside(standing):
    standing.decide()
    delivery_id = by_client(standing, wards_csv(2, 2, 2, 0, day="2026-08-03"))
    judged = {one.condition: one for one in standing.deliveries.delivery(delivery_id).standing_judgement.conditions}
    assert (judged["not_later_than"].limit, judged["not_later_than"].found) == (45, 91)
    assert over(standing, delivery_id)[0] == "DIS-014"


def test_corrections_add_up_to_no_more_than_the_limit(standing):
    standing.decide()
    first = by_client(standing, wards_csv(2, 2, 2, 0))
    standing.deliveries.send(first, client(standing))
    row = wards_csv(0, 2, 0, 2).decode().splitlines()
    one_row = "\r\n".join([row[0], row[4], ""]).encode()
    sent = standing.deliveries.delivery(first)
    correction = by_client(standing, one_row, corrects=sent, correction_kind="correction")
    finding = refused(standing, correction)
    assert (finding.params["condition"], finding.params["limit"], finding.params["found"]) == ("small_numbers", 3, 4)
    fewer = "\r\n".join([row[0], row[1], ""]).encode()
    correction = by_client(standing, fewer, corrects=standing.deliveries.delivery(first), correction_kind="correction")
    standing.deliveries.send(correction, client(standing))
    assert standing.deliveries.delivery(correction).state == "released"


def test_a_correction_of_days_long_past_waits_for_the_officer(standing):
    world = standing.deliveries
    old = world.sent(wards_csv(2, 2, 2, 2, day="2026-03-02"))
    standing.decide()
    row = wards_csv(1, 2, 2, 2, day="2026-03-02").decode().splitlines()
    one_row = "\r\n".join([row[0], row[1].replace(";15;", ";16;"), ""]).encode()
    correction = by_client(standing, one_row, corrects=world.delivery(old), correction_kind="correction")
    conditions_met = {one.condition: one.is_met for one in world.delivery(correction).standing_judgement.conditions}
    assert not conditions_met["not_later_than"]
    assert over(standing, correction)[0] == "DIS-014"


def test_two_parts_have_one_limit_together(standing):
    world = standing.deliveries
    world.divide("65014", "65012", automatic=True)
    known = [wards_csv(2, 2, 0, 0, day="2026-10-28", hospital=name) for name in ("Kalix sjukhus", "Gällivare sjukhus")]
    for data in known:
        world.sent(data)
    standing.decide()
    parts = [wards_csv(2, 2, 0, 0, hospital=name) for name in ("Kalix sjukhus", "Gällivare sjukhus")]
    first, second = (by_client(standing, data) for data in parts)
    assert world.delivery(second).standing_judgement.covers
    world.send(first, client(standing))
    finding = refused(standing, second)
    assert (finding.params["condition"], finding.params["found"]) == ("small_numbers", 4)


def test_figures_of_another_provenance_are_outside(standing):
    standing.decide()
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0), provenance=Provenance.REPRODUCED)
    assert over(standing, delivery_id) == (
        "DIS-013", "The figures are of another provenance than those that the decision is about",
    )  # fmt: skip


def test_whoever_took_it_prepares_nothing_under_it(standing, actor):
    both = actor("bada", (Role.DATA_OFFICER, "25"), (Role.DISCLOSING_OFFICER, "25"))
    standing.decide(both)
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0))
    with transaction() as session:
        services.save(session, both, NOW, session.get_one(Delivery, delivery_id), answers={})
    assert over(standing, delivery_id)[0] == "DIS-013"
    with transaction() as session:
        services.save(session, standing.deliveries.officer, NOW, session.get_one(Delivery, delivery_id), answers={})
    assert over(standing, delivery_id)[0] == "DIS-013"


def test_the_database_holds_that_whoever_took_it_is_not_who_prepared(standing):
    standing.decide()
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0))
    standing.deliveries.send(delivery_id, client(standing))
    with pytest.raises(IntegrityError), transaction() as session:
        made = session.get_one(Delivery, delivery_id).disclosure
        made.prepared_by = made.person_id
        session.flush()


def test_what_an_officer_has_declined_does_not_go_in_another_way(standing):
    world = standing.deliveries
    standing.decide()
    first = by_client(standing, wards_csv(0, 2, 0, 0))
    world.disclose(first, grant=False)
    world.save(first, answers={})
    assert over(standing, first)[0] == "DIS-013"
    with transaction() as session:
        receiving.withdraw(session, world.officer, NOW, session.get_one(Delivery, first))
    again = by_client(standing, wards_csv(0, 2, 0, 0, beds=21))
    assert over(standing, again)[0] == "DIS-013"
    world.disclose(again)
    assert world.send(again)


def test_a_new_ward_and_a_warning_wait_for_the_officer(standing):
    standing.decide()
    ward = by_client(standing, wards_csv(0, 2, 0, 0, 0))
    found = {one.condition: one for one in standing.deliveries.delivery(ward).standing_judgement.conditions}
    assert (found["new_units"].found, found["new_units"].names[0].sv) == (1, "Kalix sjukhus, E")
    warned = by_client(standing, wards_csv(0, 2, 0, 40, day="2026-10-31"))
    keys = [key for key, one in standing.deliveries.delivery(warned).assessment.keyed if one.severity == "warning"]
    assert keys
    with pytest.raises(Refused) as raised, transaction() as session:
        said = dict.fromkeys(keys, "Det är så.")
        services.save(session, client(standing), NOW, session.get_one(Delivery, warned), explanations=said)
    assert raised.value.finding.code == "DIS-016"
    standing.deliveries.save(warned, explanations=dict.fromkeys(keys, "Det är så."))
    assert over(standing, warned) == ("DIS-014", "warnings")


def change_kept(**values) -> None:
    """Past the services, which record what they do."""
    db.session.rollback()
    db.session.execute(update(KeptExplanation).values(**values))
    db.session.commit()


def test_a_warning_goes_with_an_explanation_that_a_person_has_kept_for_its_rule_unit_and_period(standing):
    """A client explains nothing, but cites what a person has said; what has ended, or was said of another period, does not count."""
    standing.decide()
    world = standing.deliveries
    warned = by_client(standing, wards_csv(0, 2, 0, 40, day="2026-10-31"))
    keys = [key for key, one in world.delivery(warned).assessment.keyed if one.severity == "warning"]
    world.save(warned, explanations=dict.fromkeys(keys, "Influensa."), keeps=keys)
    assert over(standing, warned) == ("DIS-014", "warnings"), "kept, and not cited yet"
    subjects = subjects_by_key(world.delivery(warned).assessment.about)
    rows = db.session.scalars(select(KeptExplanation)).all()
    kept = {(row.rule, row.element, row.unit): row.id for row in rows}
    cites = {key: [kept[one] for one in subjects[key]] for key in keys}
    with transaction() as session:
        services.save(session, client(standing), NOW, session.get_one(Delivery, warned), cites=cites)
    judged = {one.condition: one for one in world.delivery(warned).standing_judgement.conditions}
    assert (judged["warnings"].found, judged["warnings"].is_met) == (0, True)
    change_kept(period="2026-09-01")
    assert over(standing, warned) == ("DIS-014", "warnings"), "said of another period"
    change_kept(period=world.delivery(warned).period, ended_at=NOW)
    assert over(standing, warned) == ("DIS-014", "warnings"), "it has ended"
    change_kept(ended_at=None)
    standing.deliveries.send(warned, client(standing))
    assert world.delivery(warned).number


def test_before_its_first_day_and_after_its_last_nothing_goes_under_it(standing):
    first = NOW.date() + timedelta(days=1)
    standing.decide(valid_from=first)
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0))
    assert standing.deliveries.delivery(delivery_id).standing_judgement is None
    assert over(standing, delivery_id)[0] == "DIS-011"


def test_the_log_tells_which_decision_it_went_under_and_that_nobody_decided_on_it(standing):
    decision_id = standing.decide()
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0))
    standing.deliveries.send(delivery_id, client(standing))
    told = db.session.scalars(select(Event).where(Event.type == "DeliveryDisclosedUnderStanding")).one()
    assert (told.subject, told.data["standing"]) == (f"delivery:{delivery_id}", decision_id)
    assert told.person_id == SYSTEM.person_id


def test_withdrawing_waits_for_what_is_being_sent_or_comes_before_it(standing_of_any, any_app):
    standing = standing_of_any
    decision_id = standing.decide()
    delivery_id = by_client(standing, wards_csv(0, 2, 0, 0))
    sender = client(standing)

    def send(session):
        return receiving.send(session, sender, NOW, session.get_one(Delivery, delivery_id)).number

    def withdraw(session):
        decision = session.get_one(StandingDisclosure, decision_id)
        deciding.withdraw(session, standing.deliveries.discloser, NOW, decision, reason="Läget har ändrats.")
        return "withdrawn"

    outcome = at_once(any_app, send, withdraw)
    db.session.rollback()
    delivery = standing.deliveries.delivery(delivery_id)
    assert outcome[1] == "withdrawn"
    assert outcome[0] in ("DIS-010", delivery.number)
    assert (delivery.receipt is None) == (outcome[0] == "DIS-010")
