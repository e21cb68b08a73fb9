"""What a correction changes in published figures, before it is sent: a dry run for whoever asks, in which nothing is written."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import polars as pl
import pytest
from sqlalchemy import func, select

from registry import storage
from registry.actors import Role
from registry.db import db
from registry.errors import Refused
from registry.events import Event
from registry.period import Period
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.foresight import foresee, mark, row_of
from submission_portal.followup.plans import planned_by_slug
from submission_portal.forwarding.tables import Release
from submission_portal.receiving.foreseen import mark_of, refuse_unseen
from tests.by_hand import by_hand
from tests.factories.compilations import BEDS, DAILY, DAY, IVA, WARDS, YEARLY, intensive_care, wards_of_two
from tests.factories.released_figures import (
    HOSPITALS,
    NOW,
    SENDER,
    available,
    hospital_codes,
    outplaced,
    publish,
    run_worker,
)

MODEL = "manadsuppgifter-per-sjukhus"
SLUG = "overbelaggningar-per-100-sjukhus"
RATE = "Överbeläggningar per 100"
PUBLISHED = ((100, 4), (200, 5), None, None, None)
"""Available beds and overcrowding by hospital, made up: 9 of 300 are 3.00 per 100. The others were closed."""


def monthly(values, month="2026-10"):
    """A month of hospitals with these values; ``None`` was closed."""
    codes = hospital_codes()
    columns: dict[str, object] = {
        "manad": [month] * len(values),
        "sjukhus": [codes[name] for name in HOSPITALS[: len(values)]],
        "vardform": ["somatisk"] * len(values),
    }
    status = ["closed" if one is None else "observed" for one in values]
    for name, at in (("disponibla", 0), ("overbelaggningar", 1), ("utlokaliserade", 1)):
        columns |= {name: [None if one is None else Decimal(str(one[at])) for one in values], f"{name}__status": status}
    decimals = {name: pl.Decimal(12, 2) for name in ("disponibla", "overbelaggningar", "utlokaliserade")}
    return pl.DataFrame(columns, schema_overrides=decimals)


def draft(world, release, frame, kind=CorrectionKind.CORRECTION):
    """A correction that may be sent, and has not been."""
    out = BytesIO()
    frame.write_parquet(out)
    with by_hand() as session:
        corrected = session.get_one(Delivery, release.delivery_id)
        key = storage.put(
            session, corrected.organisation_id, "accepted", out.getvalue(),
            media_type="application/vnd.apache.parquet", retention=storage.Retention.DRAFT, now=NOW,
        )  # fmt: skip
        made = Delivery(
            organisation_id=corrected.organisation_id, recipient_id=corrected.recipient_id,
            flow_item_id=corrected.flow_item_id, flow_version_hash=corrected.flow_version_hash,
            model_version_hash=corrected.model_version_hash, state=DeliveryState.DISCLOSED, file_name="rad.csv",
            file_sha256="e" * 64, file_size=1, file_key=key, parquet_key=key, content_hash=key.rpartition("/")[2],
            row_count=frame.height, corrects_delivery_id=corrected.id, correction_kind=kind, created_by=SENDER,
            prepared_by=SENDER, created_at=NOW, changed_at=NOW, revision=1, answers={}, gap_answers={}, explanations={},
        )  # fmt: skip
        session.add(made)
        session.flush()
        return made.id


@pytest.fixture
def released(app, world):
    """A month that is published, with the rate in hundredths."""
    with by_hand() as session:
        bound = world.measures[SLUG].content
        recipient = session.merge(world.organisations["nationell-uppfoljning"])
        publish(session, "measure", SLUG, {**bound, "decimals": 2}, recipient)
    release = world.release("25", MODEL, monthly(PUBLISHED), "2026-10", provenance="made_up")
    run_worker()
    return release


@pytest.fixture
def asker(actor):
    return actor("utlamnare", (Role.DATA_OFFICER, "25"))


def rates(app, asker, delivery_id):
    """The region's own rate, before and after."""
    with app.test_request_context():
        found = foresee(db.session, asker, f"delivery:{delivery_id}")
    return [
        (row.before, row.after)
        for row in found.rows
        if row.what.sv.startswith(RATE) and ": Region Norrbotten" in row.what.sv
    ], found


def test_four_that_becomes_one_takes_three_per_hundred_to_two(app, world, released, asker):
    correction = draft(world, released, monthly(((100, 1),)))
    before = db.session.scalar(select(func.count()).select_from(Event))
    [rate], found = rates(app, asker, correction)
    assert rate == ("3,00", "2,00")
    assert found.total == len(found.rows) and found.hidden == 0
    assert db.session.scalar(select(func.count()).select_from(Event)) == before, "a dry run leaves nothing"


def test_a_replacement_counts_without_what_it_replaces(app, world, released, asker):
    replacement = draft(world, released, monthly(((100, 1), None, None, None, None)), CorrectionKind.REPLACEMENT)
    [rate], _found = rates(app, asker, replacement)
    assert rate == ("3,00", "1,00")


def test_what_changes_nothing_shows_nothing(app, world, released, asker):
    assert rates(app, asker, draft(world, released, monthly(((100, 4),))))[1].rows == ()


@pytest.mark.parametrize("status", [Status.HIDDEN, Status.NEEDS_DECISION])
def test_what_is_hidden_from_the_asker_stays_hidden_on_both_sides(app, world, released, status):
    measure = planned_by_slug(db.session, SLUG)
    now = Figure("25/2026-10", "25", (), Period.parse("2026-10"), Decimal(2), Status.OBSERVED, 5, 5, (), ())
    with app.test_request_context():
        row = row_of(measure, replace(now, value=None, status=status), now)
    assert row.before == row.after == status.label.sv


def test_nobody_else_is_told_anything(app, world, released, actor):
    correction = draft(world, released, monthly(((100, 1),)))
    for other in (
        actor("skane", (Role.DATA_OFFICER, "12")),
        actor("granskare", (Role.QUALITY_REVIEWER, "nationell-uppfoljning")),
    ):
        assert foresee(db.session, other, f"delivery:{correction}") is None
        assert mark(db.session, other, f"delivery:{correction}") == ""


def sent(delivery_id):
    """A correction that the recipient has been sent, and whose reviewers see it; no figure rests on it yet."""
    with by_hand() as session:
        delivery = session.get_one(Delivery, delivery_id)
        delivery.number, delivery.state = "L-2026-9000", DeliveryState.SENT
    return delivery_id


def foreseen_by(app, asker, delivery_id, slug):
    """The rows of one measure for somebody, with everything that is told."""
    with app.test_request_context():
        found = foresee(db.session, asker, f"delivery:{delivery_id}")
    title = planned_by_slug(db.session, slug).measure.title.sv
    return [one for one in found.rows if one.what.sv.startswith(title)], found


def digits(shown):
    return re.sub(r"\D", "", shown)


def release_of(region, model):
    query = select(Release).where(Release.model_slug == model)
    (one,) = [one for one in db.session.scalars(query) if one.organisation_id == region.id]
    return one


@pytest.fixture
def reader(actor):
    return actor("granskare", (Role.QUALITY_REVIEWER, "nationell-uppfoljning"))


@pytest.fixture
def closed(world):
    """Before there are people of this module's own: what is remembered is shared with others."""
    world.grown("intensive care", lambda: intensive_care(world))
    return world


def test_what_a_rule_closes_to_the_asker_is_closed_before_and_after(app, closed, asker, reader):
    world = closed
    corrected = release_of(world.organisations["25"], YEARLY)
    correction = sent(draft(world, corrected, available("25", 2024, 31337)))
    [row], found = foreseen_by(app, reader, correction, IVA)
    assert row.before == row.after == Status.NEEDS_DECISION.label.sv
    assert found.hidden == found.total == len(found.rows)
    told = {digits(one.before) for one in found.rows} | {digits(one.after) for one in found.rows}
    assert told == {""}, "neither the old value nor the new one, of this measure or another of the same rows"
    [own], found = foreseen_by(app, asker, correction, IVA)
    assert (digits(own.before), digits(own.after)) == (str(BEDS["25"]), "31337")
    assert found.hidden == 0, "a region reads its own"


def test_a_ward_that_comes_with_the_correction_is_as_closed_as_those_beside_it(app, world, asker, reader):
    """Nothing stands before it, so that what closes it is the new figure's own."""
    wards_of_two(world)
    hospital = min(hospital_codes("25").values())
    new = outplaced(DAY, {(hospital, "Ortopedi"): 31337})
    correction = sent(draft(world, release_of(world.organisations["25"], DAILY), new))
    rows, found = foreseen_by(app, reader, correction, WARDS)
    assert ("–", Status.NEEDS_DECISION.label.sv) in {(one.before, one.after) for one in rows}
    assert "31337" not in {digits(one.after) for one in rows} and found.hidden >= 2
    rows, _found = foreseen_by(app, asker, correction, WARDS)
    assert ("–", "31337") in {(one.before, digits(one.after)) for one in rows}


def test_what_was_seen_before_the_table_changed_is_refused_and_shown_anew(app, world, released, asker):
    correction = draft(world, released, monthly(((100, 1),)))
    delivery = db.session.get_one(Delivery, correction)
    seen = mark(db.session, asker, f"delivery:{correction}")
    assert mark_of(db.session, asker, delivery) == seen
    refuse_unseen(db.session, asker, delivery, seen)
    refuse_unseen(db.session, asker, delivery, None)
    world.release("25", MODEL, monthly(PUBLISHED, "2026-11"), "2026-11", provenance="made_up")
    run_worker()
    delivery = db.session.get_one(Delivery, correction)
    with pytest.raises(Refused) as refused:
        refuse_unseen(db.session, asker, delivery, seen)
    assert refused.value.finding.code == "DEL-082"
