"""Tables are composed again when the way of composing was mended; what comes out the same stays as it is."""

import pytest
from flask import current_app

from registry.actors import PUBLIC, SYSTEM
from registry.db import db, transaction
from registry.findings import Finding, Severity
from registry.hands import Side
from registry.jobs import Job
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.tables import FlowSuspension
from submission_portal.followup import basis, composing, keeping, recomposing, versions
from submission_portal.followup.gateway import current_table
from submission_portal.followup.suspended import said_of
from submission_portal.followup.versions import latest_version
from tests.by_hand import by_hand
from tests.factories.released_figures import ESTABLISHED_AFTER, NOW, established, run_worker

MODEL, MEASURE = "faststallda-vardplatser-per-sjukhus", "faststallda-vardplatser"
MENDED = Finding("FOL-003", Severity.WARNING, {"cells": 1})


@pytest.fixture
def table(any_app, world):
    world.release("25", MODEL, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01", provenance="reproduced")
    run_worker()
    return current_table(db.session, MEASURE, PUBLIC)


@pytest.fixture
def upgraded(monkeypatch):
    """The registry with another way of composing, as after an upgrade."""
    for module in (basis, keeping, recomposing, versions):
        monkeypatch.setattr(module, "METHOD", basis.METHOD + 1)


def upgrade() -> None:
    """The step that an upgrade takes (`prepare`, `starter`) for tables of an older method."""
    (step,) = [one for one in current_app.extensions["registry"].starter_steps if one.name.startswith("follow-up")]
    with transaction() as session:
        step.load(session, SYSTEM, NOW)


def waiting_jobs() -> int:
    return db.session.query(Job).filter_by(state="waiting").count()


def test_preparing_the_instance_again_asks_for_nothing_where_nothing_was_mended(table):
    upgrade()
    assert waiting_jobs() == 0


def test_an_upgrade_that_changes_no_table_leaves_every_version_as_it_is(table, upgraded):
    number, basis = table.number, table.basis_hash
    upgrade()
    upgrade()
    assert waiting_jobs() == 1, "asked for once, however often the instance is prepared"
    run_worker()
    latest = latest_version(db.session, MEASURE)
    assert (latest.number, latest.state) == (number, "published")
    assert latest.basis_hash != basis
    upgrade()
    assert waiting_jobs() == 0


def test_an_upgrade_that_mends_what_is_said_of_a_table_publishes_a_new_version(table, upgraded, monkeypatch):
    monkeypatch.setattr(composing, "_twice", lambda _grounds, _rows: [MENDED])
    upgrade()
    run_worker()
    latest = current_table(db.session, MEASURE, PUBLIC)
    assert latest.number == table.number + 1
    assert latest.findings == [MENDED]
    assert latest.content_hash == table.content_hash, "the figures themselves are the same"


def test_an_operator_has_tables_composed_again(table, any_app, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    runner = any_app.test_cli_runner()
    unknown = runner.invoke(args=["followup", "compose-again", "platser"])
    assert unknown.exit_code == 2 and MEASURE in unknown.stderr
    monkeypatch.setattr(composing, "_twice", lambda _grounds, _rows: [MENDED])
    asked = runner.invoke(args=["followup", "compose-again", MEASURE])
    assert (asked.exit_code, asked.output) == (0, "The worker composes the tables of 1 model again.\n")
    run_worker()
    assert current_table(db.session, MEASURE, PUBLIC).number == table.number + 1
    runner.invoke(args=["followup", "compose-again"])
    run_worker()
    assert current_table(db.session, MEASURE, PUBLIC).number == table.number + 1, (
        "nothing was different the second time"
    )


def test_what_is_composed_while_a_flow_is_suspended_says_so_to_everybody_and_once(table, any_app):
    with by_hand() as session:
        delivery = session.query(Delivery).one()
        session.add(
            FlowSuspension(
                item_id=delivery.flow_item_id,
                side=Side.DISCLOSER,
                organisation_id=delivery.organisation_id,
                reason="Siffrorna granskas.",
                suspended_by="x",
                suspended_at=NOW,
            )
        )
    for _ in range(2):
        any_app.test_cli_runner().invoke(args=["followup", "compose-again", MEASURE])
        run_worker()
    latest = current_table(db.session, MEASURE, PUBLIC)
    assert latest.number == table.number + 1, "the second time it came out as it was"
    assert [one.code for one in latest.findings][-1] == "FOL-020"
    said, client = "En leveranslinje var stoppad när tabellen gjordes", any_app.test_client()
    for address in ("", "/region/25", "/siffra/25/2018-03-01"):
        assert said in client.get(f"/uppfoljning/{MEASURE}{address}").text, address
    assert [one.code for one in said_of(db.session, latest, "00")] == ["FOL-020"]
    assert said_of(db.session, latest, "24") == [] == said_of(db.session, latest, "ingen")
