"""Outplaced patients are persons: small numbers go to the legal reviewer and are nowhere in what readers can fetch."""

import json
from dataclasses import replace
from io import BytesIO

import polars as pl
import pytest
from sqlalchemy import select

from registry import storage
from registry.actors import PUBLIC, Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, NotFound, Refused
from registry.events import Event
from registry.findings import Text
from submission_portal.followup.deciding import publish_table, refuse_table
from submission_portal.followup.evidence import evidence
from submission_portal.followup.frames import frame_of
from submission_portal.followup.gateway import current_table, version_by_id
from submission_portal.followup.queries import figure_of, releases_made_from
from submission_portal.followup.tables import TableDecision, TableState, TableVersion
from submission_portal.followup.versions import latest_version
from submission_portal.forwarding.tables import Release
from tests.factories.legal_answers import example_answers
from tests.factories.released_figures import NOW, SENDER, outplaced, run_worker
from tests.shown import as_shown

MODEL, MEASURE = "dagliga-vardplatser-per-avdelning", "utlokaliserade-patienter"
NORRA, SODRA = "exempel-norra", "exempel-sodra"
WARDS = {
    (NORRA, "Medicin"): 12,
    (NORRA, "Kirurgi"): 3,
    (NORRA, "Ortopedi"): 9,
    (SODRA, "Medicin"): 7,
    (SODRA, "Kirurgi"): 8,
    (SODRA, "Ortopedi"): None,
}
DAY = "2026-10-19"
SMALL = f"99/{DAY}/sjukhus/{NORRA}/avdelning/Kirurgi"
RECIPIENT = "nationell-uppfoljning"


@pytest.fixture
def example(any_app, world):

    def build() -> None:
        world.add_example_region()
        world.release("99", MODEL, outplaced(DAY, WARDS), DAY, provenance="made_up")
        run_worker()

    world.grown("a small number", build)
    return latest_version(db.session, MEASURE)


@pytest.fixture
def reviewer(actor):
    return actor("rattsgranskare", (Role.LEGAL_REVIEWER, RECIPIENT))


def decide(what, person, table, **given):
    given = {"reason": "read and judged", "answers": example_answers(counts_persons=True), "replies": {}} | given
    with transaction() as session:
        return what(session, person, NOW, session.get_one(TableVersion, table.id), **given)


def test_a_table_with_a_small_number_waits_for_the_legal_reviewer(example):
    assert example.state == TableState.AWAITING_REVIEW
    assert current_table(db.session, MEASURE, PUBLIC) is None
    assert example.provenance == "made_up"


def test_it_is_published_when_the_reviewer_has_decided(example, reviewer):
    decide(publish_table, reviewer, example)
    table = current_table(db.session, MEASURE, PUBLIC)
    hidden = figure_of(as_shown(table), SMALL)
    assert (hidden.value, hidden.status.value) == (None, "hidden")
    assert figure_of(as_shown(table), f"99/{DAY}/sjukhus/{NORRA}").value == 24
    assert figure_of(as_shown(table), f"99/{DAY}/sjukhus/{SODRA}/avdelning/Ortopedi").status.value == "closed"


def test_the_log_tells_the_decision_before_what_came_of_it(example, reviewer):
    decide(publish_table, reviewer, example)
    told = db.session.scalars(select(Event.type).where(Event.subject == example.ref).order_by(Event.number)).all()
    assert list(told)[-2:] == ["TableDecided", "TablePublished"]


def test_the_file_that_is_kept_has_no_hidden_value(example):
    """Whoever gets hold of the stored object learns nothing from it, statistics included."""
    data = storage.read(db.session, example.parquet_key)
    frame = pl.read_parquet(BytesIO(data))
    hidden = frame.filter(pl.col("status") == "hidden")
    assert hidden.height == example.hidden >= 2
    assert hidden["value"].null_count() == hidden.height
    assert frame.height == 9
    row = json.dumps([[one.as_dict() for one in (*example.breaks, *example.findings)], example.protection.as_dict()])
    assert '"12"' not in row


def test_the_reviewer_sees_before_and_after_and_the_proof(example, reviewer):
    seen = evidence(db.session, reviewer, example)
    (before,), (after,) = seen.before, seen.after
    assert (seen.primary, seen.threshold) == (1, 5)
    assert seen.audit.is_safe
    rows = {label.en: cells[0] for label, cells in before.rows}
    small = next(cell for label, cell in rows.items() if label.endswith("Kirurgi") and label.startswith("North"))
    assert small == (Text("3", "3"), "primary", "")
    assert before.foot[1][0][0] == Text("39", "39")
    shown = [cells[0] for label, cells in after.rows if label.en.endswith("Kirurgi") and label.en.startswith("North")]
    assert shown[0][1] == "hidden"


def test_nobody_else_is_told_that_there_is_evidence(example, actor):
    for stranger in (
        PUBLIC,
        actor("annan", (Role.DATA_OFFICER, "25")),
        actor("mottagare", (Role.RECIPIENT, RECIPIENT)),
    ):
        with pytest.raises(NotFound):
            evidence(db.session, stranger, example)
    with pytest.raises(NotFound):
        version_by_id(db.session, example.id, PUBLIC)


def test_only_the_legal_reviewer_decides(example, actor):
    with pytest.raises(Forbidden):
        decide(publish_table, actor("kvalitet", (Role.QUALITY_REVIEWER, RECIPIENT)), example)


def test_the_service_itself_publishes_nothing_without_the_legal_answers(example, reviewer):
    """Whichever page, command or job calls it: what is left unanswered stops it, and nothing of the decision is kept."""
    with pytest.raises(Invalid) as stopped:
        decide(publish_table, reviewer, example, answers={})
    assert stopped.value.findings[0].code == "SEC-001"
    with pytest.raises(TypeError), transaction() as session:
        publish_table(session, reviewer, NOW, session.get_one(TableVersion, example.id), reason="read")
    assert db.session.get_one(TableVersion, example.id).state == TableState.AWAITING_REVIEW
    assert db.session.scalars(select(TableDecision)).all() == []


def test_the_answers_are_kept_with_the_publication(example, reviewer):
    decide(publish_table, reviewer, example)
    kept = db.session.scalars(select(TableDecision).where(TableDecision.table_version_id == example.id)).one()
    assert (kept.table_version_id, kept.outcome, kept.person_id) == (example.id, "publish", reviewer.person_id)
    assert kept.assessment.answers["persons"].choice == "protected"


@pytest.mark.parametrize("act", [publish_table, refuse_table])
def test_a_decision_about_a_table_has_reasons(example, reviewer, act):
    with pytest.raises(Refused) as refusal:
        decide(act, reviewer, example, reason="  ")
    assert refusal.value.finding.code == "FOL-015"


def test_a_decision_is_taken_once(example, reviewer, actor):
    decide(publish_table, reviewer, example)
    with pytest.raises(Refused) as refusal:
        decide(refuse_table, actor("annan", (Role.LEGAL_REVIEWER, RECIPIENT)), example)
    assert refusal.value.finding.code == "FOL-010"


def test_the_sender_of_a_delivery_does_not_decide_about_the_table(example, reviewer):
    with pytest.raises(Refused) as refusal:
        decide(publish_table, replace(reviewer, person_id=SENDER), example)
    assert refusal.value.finding.code == "FOL-012"


def test_a_refused_table_leaves_what_was_published(example, reviewer, world):
    decide(publish_table, reviewer, example)
    world.release("99", MODEL, outplaced("2026-10-20", WARDS), "2026-10-20", provenance="made_up")
    run_worker()
    second = latest_version(db.session, MEASURE)
    decide(refuse_table, reviewer, second)
    assert current_table(db.session, MEASURE, PUBLIC).number == 1


def test_a_newer_version_takes_the_place_of_one_that_still_waits(example, world):
    world.release("99", MODEL, outplaced("2026-10-20", WARDS), "2026-10-20", provenance="made_up")
    run_worker()
    assert db.session.get(TableVersion, example.id).state == TableState.SUPERSEDED
    assert latest_version(db.session, MEASURE).state == TableState.AWAITING_REVIEW


def test_two_versions_side_by_side_tell_no_more_than_one(example, reviewer, world):
    """A correction that makes the small number larger does not bring it, or what it was hidden with, to light."""
    decide(publish_table, reviewer, example)
    first = frame_of(db.session, example).filter(pl.col("status") == "hidden")["key"].to_list()
    release = releases_made_from(db.session, example)[0]
    world.release(
        "99",
        MODEL,
        outplaced(DAY, {(NORRA, "Kirurgi"): 30}),
        DAY,
        corrects=db.session.get(Release, release),
        kind="correction",
        provenance="made_up",
    )
    run_worker()
    second = frame_of(db.session, latest_version(db.session, MEASURE)).filter(pl.col("status") == "hidden")
    assert set(first) <= set(second["key"])
