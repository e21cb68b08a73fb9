"""`legal tables`: what the pages of the legal desk do, from the terminal."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from registry.actors import Role
from registry.db import db
from registry.starter import RECIPIENT
from submission_portal.flows.audiences import Audience
from submission_portal.followup.release_times import written
from submission_portal.followup.tables import TableState, TableVersion
from submission_portal.followup.versions import composed_with, latest_version
from submission_portal.legal_desk import services
from tests.factories.legal_answers import example_answers
from tests.integration.legal_desk.conftest import MEASURE

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
TABLE = f"{MEASURE}/1"


@pytest.fixture
def run(app, table, actor, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT))
    runner = app.test_cli_runner()
    with time_machine.travel(NOW, tick=False):
        yield lambda *arguments: runner.invoke(args=("legal", "tables", *arguments, "--as", "legal"))
    db.session.expire_all()


@pytest.fixture
def answers(tmp_path) -> str:
    given = example_answers(counts_persons=True)
    path = tmp_path / "svar.json"
    path.write_text(json.dumps({name: {"choice": one.choice, "reason": one.reason} for name, one in given.items()}))
    return str(path)


def _version(table_id: str) -> TableVersion:
    db.session.expire_all()
    return db.session.get_one(TableVersion, table_id)


def test_what_waits_is_listed_and_shown(run, table):
    listed = run("list")
    assert listed.exit_code == 0
    assert TABLE in listed.output and "waits for a decision" in listed.output
    (row,) = json.loads(run("list", "--json").stdout)
    assert (row["id"], row["state"], row["hidden"]) == (table.id, "awaiting_review", table.hidden)
    shown = json.loads(run("show", TABLE, "--json").stdout)
    assert (shown["hash"], shown["is_safe"], shown["decision"]) == (table.content_hash, True, None)
    assert f"hidden: {table.hidden}" in run("show", table.id).output


def test_a_table_is_decided_for_a_minute_to_come_moved_and_published_now(run, table, answers):
    decided = run(
        "decide", TABLE, "--outcome", "publish", "--reason", "Läst.", "--answers", answers, "--release-at",
        "2026-12-01 08:00", "--json",
    )  # fmt: skip
    assert decided.exit_code == 0, decided.output
    told = json.loads(decided.stdout)
    assert (told["decision"]["outcome"], told["release_at"]) == ("publish", "2026-12-01T07:00:00+00:00")
    assert "decided, published 2026-12-01 08:00" in run("list").output
    moved = run("move", TABLE, "--release-at", "2026-11-20T08:00")
    assert "decided, published 2026-11-20 08:00" in moved.output
    assert run("move", TABLE, "--now").exit_code == 0
    assert _version(table.id).release_at == NOW
    again = run("move", TABLE, "--now")
    assert (again.exit_code, "FOL-021" in again.stderr) == (1, True)


def test_the_recipient_alone_is_given_a_table(run, table, answers):
    decided = run("decide", TABLE, "--outcome", "recipient", "--reason", "Läst.", "--answers", answers)
    assert decided.exit_code == 0, decided.output
    states = {Audience(one.audience): one.state for one in composed_with(db.session, _version(table.id))}
    assert states == {Audience.RECIPIENT: TableState.PUBLISHED, Audience.PUBLIC: TableState.REFUSED}


def test_a_table_is_refused_with_a_reason_alone(run, table):
    assert run("decide", table.id, "--outcome", "refuse", "--reason", "För kort period.").exit_code == 0
    assert _version(table.id).state == TableState.REFUSED
    again = run("decide", TABLE, "--outcome", "refuse", "--reason", "Igen.")
    assert (again.exit_code, "FOL-010" in again.stderr) == (1, True)


def test_what_is_decided_is_stopped_before_its_minute(run, table, answers):
    run(
        "decide", TABLE, "--outcome", "publish", "--reason", "Läst.", "--answers", answers, "--release-at",
        "2026-12-01T08:00",
    )  # fmt: skip
    stopped = run("stop", TABLE, "--reason", "Fel underlag.", "--json")
    assert json.loads(stopped.stdout)["state"] == "refused"
    again = run("stop", TABLE, "--reason", "Fel underlag.")
    assert (again.exit_code, "FOL-023" in again.stderr) == (1, True)


def test_what_is_left_to_answer_is_told_and_nothing_is_decided(run, table):
    left = run("decide", TABLE, "--outcome", "publish", "--reason", "Läst.")
    assert left.exit_code == 1
    assert "SEC-001" in left.output and "persons" in left.output
    told = json.loads(run("decide", TABLE, "--outcome", "publish", "--reason", "Läst.", "--json").stdout)
    assert (told["decided"], told["findings"][0]["code"]) == (False, "SEC-001")
    assert _version(table.id).state == TableState.AWAITING_REVIEW


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--release-at", "i morgon"), "i morgon is no time"),
        (("--release-at", "2027-03-28T02:30"), "Clocks are put forward then"),
        (("--reply", "SEC-106"), "not of the form RULE=TEXT"),
        (("--reply", "SEC-999=så"), "No rule SEC-999 asks"),
        (("--answers", "ingen.json"), "no file ingen.json"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_decides_nothing(run, table, given, told):
    answer = run("decide", TABLE, "--outcome", "publish", "--reason", "Läst.", *given)
    assert (answer.exit_code, told in answer.stderr) == (2, True), answer.stderr
    assert _version(table.id).state == TableState.AWAITING_REVIEW


def test_only_what_is_published_has_a_time(run, table):
    answer = run("decide", TABLE, "--outcome", "refuse", "--reason", "Nej.", "--release-at", "2026-12-01T08:00")
    assert (answer.exit_code, "leave out --release-at" in answer.stderr) == (2, True)


def test_a_time_that_has_passed_is_refused(run, table, answers):
    past = written(NOW - timedelta(hours=1))
    answer = run(
        "decide", TABLE, "--outcome", "publish", "--reason", "Läst.", "--answers", answers, "--release-at", past
    )
    assert (answer.exit_code, "FOL-018" in answer.stderr) == (1, True)


@pytest.mark.parametrize("name", ["nobodys-measure/1", f"{MEASURE}/2", f"{MEASURE}/²", f"{MEASURE}/", "0" * 32])
def test_a_table_that_is_not_there_ends_with_two(run, name):
    answer = run("show", name)
    assert (answer.exit_code, "lists what waits" in " ".join(answer.stderr.split())) == (2, True)


def test_others_than_the_recipients_reviewers_are_told_nothing(app, run, actor):
    actor("norrbotten", (Role.LEGAL_REVIEWER, "25"))
    runner = app.test_cli_runner()
    assert runner.invoke(args=("legal", "tables", "show", TABLE, "--as", "norrbotten")).exit_code == 2
    actor("skane", (Role.DATA_OFFICER, "12"))
    listed = runner.invoke(args=("legal", "tables", "list", "--as", "skane"))
    assert (listed.exit_code, "legal_reviewer" in listed.stderr) == (2, True)
    unknown = runner.invoke(args=("legal", "tables", "list", "--as", "ingen"))
    assert unknown.exit_code == 2


def test_a_quality_reviewer_reads_and_does_not_decide(app, run, table, actor):
    actor("quality", (Role.QUALITY_REVIEWER, RECIPIENT))
    runner = app.test_cli_runner()
    assert runner.invoke(args=("legal", "tables", "show", TABLE, "--as", "quality")).exit_code == 0
    refused = runner.invoke(
        args=("legal", "tables", "decide", TABLE, "--as", "quality", "--outcome", "refuse", "--reason", "Nej.")
    )
    assert refused.exit_code == 2
    assert _version(table.id).state == TableState.AWAITING_REVIEW


def test_the_answers_to_the_version_before_are_told(run, table, answers, world):
    from tests.factories.released_figures import outplaced, run_worker
    from tests.integration.legal_desk.conftest import MODEL, WARDS

    run("decide", TABLE, "--outcome", "publish", "--reason", "Läst.", "--answers", answers)
    day = "2026-10-20"
    world.release("99", MODEL, outplaced(day, WARDS), day, provenance="made_up")
    run_worker(publish=False)
    assert latest_version(db.session, MEASURE).number == 2
    shown = json.loads(run("show", f"{MEASURE}/2", "--json").stdout)
    assert shown["answers_before"]["number"] == 1
    assert set(shown["answers_before"]["answers"]) == set(example_answers(counts_persons=True))
    assert services.decision_on(db.session, table.id) is not None
