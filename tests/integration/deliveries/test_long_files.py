"""A file that is too long for a request is looked through at once and checked by the worker.

What is long is set to more than three rows here, so that the five hospitals are.
"""

import io
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import select, update

from registry import clock, jobs
from registry.db import db, transaction
from registry.errors import Refused
from registry.events import Event
from registry.jobs import Job
from registry.storage import StoredObject
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.assessment import line_check
from submission_portal.deliveries.checking import kept_reading
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.receiving import services as receiving
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.deliveries import beds_csv, one_row_csv, workbook_with_hidden_number
from tests.factories.identity_numbers import BORN, ten_digits
from tests.pages import read

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def three_rows_are_many(monkeypatch):
    monkeypatch.setattr(kept_reading, "AT_ONCE_ROWS", 3)


@pytest.fixture
def officer(world, signed_in):
    return signed_in(world.officer)


def start_long(world, data=None, name="platser.csv"):
    """As the page does it: the long check is left to the worker."""
    data = beds_csv() if data is None else data
    version = services.open_version(db.session, world.officer, NOW, world.flow)
    reading = services.read_for(db.session, version, name, data, later=True)
    return world.start(data, name, reading=reading)


def state_of(world, delivery_id):
    return world.delivery(delivery_id).state


def upload(client, world, data, name="platser.csv"):
    answer = client.post(f"/leveranser/ny/{world.flow.slug}/", data={"file": (io.BytesIO(data), name)})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def test_the_worker_comes_to_what_the_request_would_have_come_to(any_app, world):
    long = start_long(world, beds_csv({"Kalix sjukhus": "", "Kiruna sjukhus": "många"}))
    assert state_of(world, long) == DeliveryState.CHECKING
    jobs.drain()
    short = world.start(beds_csv({"Kalix sjukhus": "", "Kiruna sjukhus": "många"}) + b"\r\n")
    one, other = world.delivery(long), world.delivery(short)
    assert one.state == other.state == DeliveryState.DRAFT
    besides = {"empty_rows", "lines", "records"}
    assert {key: value for key, value in one.reading.preview.as_dict().items() if key not in besides} == {
        key: value for key, value in other.reading.preview.as_dict().items() if key not in besides
    }
    assert one.assessment.keyed == other.assessment.keyed
    assert (one.period, one.row_count, one.rows_key is None) == (other.period, other.row_count, False)


def test_a_delivery_whose_check_goes_on_can_neither_be_decided_on_nor_answered_nor_sent(any_app, world):
    delivery_id = start_long(world)
    refused = (
        lambda: world.disclose(delivery_id),
        lambda: world.save(delivery_id, explanations={"HIS-002": "Så är det."}),
        lambda: world.send(delivery_id),
    )
    for act in refused:
        with pytest.raises(Refused) as found:
            act()
        assert found.value.finding.code in ("DEL-001", "DEL-011")
    jobs.drain()
    world.disclose(delivery_id)
    assert world.send(delivery_id) == "L-2026-0001"


def test_a_delivery_that_might_be_sent_no_longer_may_once_it_is_checked_anew(any_app, world):
    delivery_id = world.start(beds_csv() + b"Summa;;1\r\n")
    world.save(delivery_id, explanations={"FIL-012": "delsumma"})
    world.disclose(delivery_id)
    world.save(delivery_id, explanations={"FIL-012": "avrundning"}, later=True)
    assert state_of(world, delivery_id) == DeliveryState.CHECKING
    with pytest.raises(Refused):
        world.send(delivery_id)
    jobs.drain()
    assert state_of(world, delivery_id) == DeliveryState.CHECKED, "decided on an earlier revision"


def test_answers_to_a_long_file_are_checked_by_the_worker_without_reading_it_again(any_app, world, monkeypatch):
    delivery_id = world.start(beds_csv({"Kalix sjukhus": ""}))
    world.save(delivery_id, answers={"faststallda": {"*": "closed"}}, later=True)
    monkeypatch.setattr("submission_portal.deliveries.checking.jobs.read_for", None)
    jobs.drain()
    assert state_of(world, delivery_id) == DeliveryState.CHECKED


@pytest.mark.parametrize(
    "step",
    [
        pytest.param("assessed", marks=pytest.mark.soak),
        "kept",
        pytest.param("done", marks=pytest.mark.soak),
    ],
)
def test_a_worker_killed_at_any_step_leaves_the_check_to_the_next(any_app, world, step):
    delivery_id = start_long(world)
    killed = run_worker(step)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    if step != "done":
        assert state_of(world, delivery_id) == DeliveryState.CHECKING
        with pytest.raises(Refused):
            world.send(delivery_id)
    with by_hand() as session:
        moment = clock.now() - timedelta(seconds=1)
        session.execute(update(Job).where(Job.state == "running").values(leased_until=moment))
    jobs.drain()
    assert state_of(world, delivery_id) == DeliveryState.CHECKED
    checks = db.session.scalars(select(Event).where(Event.type == "DeliveryChecked")).all()
    assert len(checks) == 1


def run_worker(die_at):
    db.session.rollback()
    return subprocess.run(
        [sys.executable, str(Path(__file__).parent / "worker.py"), die_at],
        cwd=ROOT,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": os.defpath,
            "POLARS_MAX_THREADS": "1",
            "REGISTRY_INSTANCE": str(current_app.config["INSTANCE"]),
            "REGISTRY_DATABASE_URL": current_app.config["DATABASE_URL"],
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_file_put_in_its_place_or_a_withdrawal_makes_the_old_check_pointless(any_app, world):
    delivery_id = start_long(world)
    old_job = queries.check_job(db.session, world.delivery(delivery_id)).id
    with transaction() as session:
        delivery = session.get_one(Delivery, delivery_id)
        services.read_again(
            session, world.officer, NOW, delivery, file_name="b.csv", data=one_row_csv("Kalix sjukhus", 60)
        )
    assert state_of(world, delivery_id) == DeliveryState.CHECKED
    jobs.drain()
    assert (world.delivery(delivery_id).row_count, db.session.get_one(Job, old_job).state) == (1, "done")
    other = start_long(world, beds_csv(day="2026-04-01"))
    with transaction() as session:
        receiving.withdraw(session, world.officer, NOW, session.get_one(Delivery, other))
    jobs.drain()
    assert state_of(world, other) == DeliveryState.WITHDRAWN
    assert db.session.query(StoredObject).filter(StoredObject.key == world.delivery(other).file_key).count() == 0


def test_what_was_received_while_the_worker_counted_is_not_overlooked(any_app, world):
    """Another delivery of the same days is sent between the assessment and the moment it is kept."""
    from submission_portal.deliveries.checking.jobs import check

    rival = world.start(beds_csv({"Kalix sjukhus": 60}))
    world.disclose(rival)
    delivery_id = start_long(world)
    seen = []

    def checkpoint(step):
        seen.append(step)
        if step == "assessed" and seen.count("assessed") == 1:
            world.send(rival)

    job = queries.check_job(db.session, world.delivery(delivery_id))
    check(jobs.JobRun(job.id, job.payload, clock.now(), 1), checkpoint)
    assert seen.count("assessed") == 2
    assert [one.code for one in world.delivery(delivery_id).assessment.findings].count("DEL-002") == 1


def test_the_page_tells_how_far_the_check_has_come_and_may_be_left(app, world, officer):
    address = upload(officer, world, beds_csv())
    page = read(officer.get(address))
    assert "Filen kontrolleras" in page.text and "5 rader" in page.text
    assert page.find("//ol[@data-module='progress']")
    assert any(link.endswith(address) for link in page.links), "works without scripts"
    assert page.find("//head/noscript/meta[@http-equiv='refresh'][@content='5']")
    assert page.text.count("Klar") == 2 and page.text.count("Väntar") == 4, "the request has read the file"
    assert "5 av 5 rader är lästa." in page.text
    assert not page.find("//form[contains(@action, '/svar')]")
    _kind, run = jobs._lease()
    run.progress("structure", 2, 5)
    page = read(officer.get(address))
    assert "2 av 5 rader är lästa." in page.text
    assert page.find("//progress[@value='2'][@max='5']")
    assert "Kontrolleras" in read(officer.get("/uppgifter/")).text
    with by_hand() as session:
        session.get_one(Job, run.id).leased_until = clock.now() - timedelta(seconds=1)
    jobs.drain()
    page = read(officer.get(address))
    assert "Regionen prövar" in page.text and not page.find("//ol[@data-module='progress']")
    assert not page.find("//meta[@http-equiv='refresh']")


def test_a_check_that_was_given_up_is_said_and_asked_for_again(app, world, officer):
    address = upload(officer, world, beds_csv())
    identifier = address.rstrip("/").rpartition("/")[2]
    with by_hand() as session:
        job = queries.check_job(session, session.get_one(Delivery, identifier))
        job.state = "failed"
    page = read(officer.get(address))
    assert "Kontrollen kunde inte slutföras" in page.text
    answer = officer.post(f"{address}kontroll")
    assert answer.status_code == 302
    jobs.drain()
    assert state_of(world, identifier) == DeliveryState.CHECKED
    assert officer.post(f"{address}kontroll").status_code == 409


def test_asking_for_a_check_that_is_under_way_neither_begins_it_anew_nor_asks_twice(app, world, officer):
    address = upload(officer, world, beds_csv())
    identifier = address.rstrip("/").rpartition("/")[2]
    revision, asked = world.delivery(identifier).revision, db.session.query(jobs.Job).count()
    for _ in range(3):
        assert officer.post(f"{address}kontroll").status_code == 302
    db.session.rollback()
    assert (world.delivery(identifier).revision, db.session.query(jobs.Job).count()) == (revision, asked)


def test_answers_on_the_page_of_a_long_file_are_kept_and_checked_by_the_worker(app, world, officer):
    world.sent(beds_csv())
    address = upload(officer, world, beds_csv({"Kalix sjukhus": ""}))
    jobs.drain()
    page = read(officer.get(address))
    assert "Perioden är redan levererad" in page.text
    answer = officer.post(f"{address}svar", data={"rattelse": "replacement", "tom-faststallda": "closed"})
    assert answer.status_code == 302
    delivery = world.delivery(address.rstrip("/").rpartition("/")[2])
    assert (delivery.state, delivery.correction_kind) == (DeliveryState.CHECKING, "replacement")
    jobs.drain()
    left = [one.code for one in world.delivery(delivery.id).assessment.findings]
    assert "DEL-002" not in left and "ROW-004" not in left


def test_an_identity_number_is_refused_before_anything_is_kept_however_long_the_file(app, world, officer):
    data = beds_csv() + b"2026-03-01;811218-9876;1\r\n"
    answer = officer.post(f"/leveranser/ny/{world.flow.slug}/", data={"file": (io.BytesIO(data), "a.csv")})
    assert answer.status_code == 422
    answer = officer.post(
        f"/leveranser/ny/{world.flow.slug}/", data={"file": (io.BytesIO(workbook_with_hidden_number()), "a.xlsx")}
    )
    assert answer.status_code == 422
    assert db.session.query(Delivery).count() == db.session.query(Job).count() == 0


def test_the_worker_takes_the_answer_that_let_a_long_file_in(app, world, officer):
    address, ten = f"/leveranser/ny/{world.flow.slug}/", ten_digits(BORN)
    data = beds_csv() + f"{ten[:6]}.{ten[6:]}\r\n".encode()
    page = read(officer.post(address, data={"file": (io.BytesIO(data), "platser.csv")}), 422)
    (asked,) = page.find("//*[@name='identity_asked']")
    said = {"identity_answer": "koordinat", "identity_asked": asked.get("value")}
    answer = officer.post(address, data={"file": (io.BytesIO(data), "platser.csv"), **said})
    jobs.drain()
    delivery = world.delivery(answer.headers["Location"].rstrip("/").rpartition("/")[2])
    assert delivery.reading.identity_answer == "koordinat"
    assert "PER-003" in read(officer.get(answer.headers["Location"])).text


def test_the_command_does_not_wait_for_the_worker(app, world, officer, tmp_path):
    address = upload(officer, world, beds_csv())
    file = tmp_path / "platser.csv"
    file.write_bytes(beds_csv())
    answer = app.test_cli_runner().invoke(args=["deliveries", "send", world.flow.slug, str(file), "--as", "norrbotten"])
    assert "DEL-" not in answer.output
    delivery = world.delivery(address.rstrip("/").rpartition("/")[2])
    assert delivery.state == DeliveryState.CHECKED
    jobs.drain()
    assert world.delivery(delivery.id).state == DeliveryState.CHECKED


def test_no_reader_of_the_database_lives_while_a_file_is_read_or_assessed(any_app, world, monkeypatch):
    open_then = []

    def noting(work):
        def noted(*arguments, **settings):
            open_then.append(db.session.in_transaction())
            return work(*arguments, **settings)

        return noted

    monkeypatch.setattr(kept_reading, "read", noting(kept_reading.read))
    monkeypatch.setattr(line_check, "assess", noting(line_check.assess))
    start_long(world)
    jobs.drain()
    assert open_then == [False, False], "read once, assessed once"
