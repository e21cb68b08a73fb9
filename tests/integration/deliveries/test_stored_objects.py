"""A receipt implies its file and its rows: what is sent rests on what is there, and what is there is compared."""

import io
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import polars as pl
import pytest
from deltalake import DeltaTable, write_deltalake
from sqlalchemy import select, text, update

from registry import clock, jobs, storage
from registry.db import db, transaction
from registry.errors import Refused
from registry.events import Event
from registry.storage import Retention, StoredObject
from registry.stored import verifying
from registry.stored.sweeping import sweep
from registry.stored.verifying import verify
from submission_portal.deliveries import services
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.tables import Release
from submission_portal.receiving import services as receiving
from submission_portal.review import services as review
from submission_portal.review.tables import DeliveryOutcome
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.deliveries import beds_csv

AT_ONCE = 20


@pytest.fixture(autouse=True)
def nothing_is_going_on(monkeypatch):
    monkeypatch.setattr(verifying, "LOOKED_AGAIN", 0)


def path_of(key):
    return storage.files().root / key


def withdraw(world, delivery_id):
    with transaction() as session:
        receiving.withdraw(session, world.officer, NOW, session.get_one(Delivery, delivery_id))


def faults():
    found = [one.fault.value for one in verify(db.session).differences]
    db.session.rollback()
    return found


def test_a_draft_that_ends_lets_go_of_its_objects_and_the_worker_erases_them(any_app, world):
    draft = world.start()
    keys = (world.delivery(draft).file_key, world.delivery(draft).rows_key, world.delivery(draft).parquet_key)
    withdraw(world, draft)
    delivery = world.delivery(draft)
    assert (delivery.file_key, delivery.rows_key, delivery.parquet_key) == (None, None, None)
    assert faults() == [], "what the worker is going to erase is rightly there"
    jobs.drain()
    assert db.session.scalars(select(StoredObject.key)).all() == []
    assert not any(path_of(key).exists() for key in keys)
    assert faults() == []


def test_a_file_that_is_read_in_again_before_the_worker_tidies_keeps_everything(any_app, world):
    withdraw(world, world.start())
    again = world.start()
    jobs.drain()
    world.disclose(again)
    assert world.send(again) == "L-2026-0001"
    jobs.drain()
    assert faults() == []


def test_what_answers_replace_is_erased_as_well(any_app, world):
    draft = world.start(beds_csv({"Kalix sjukhus": ""}))
    world.save(draft, answers={"faststallda": {"*": "closed"}})
    first = world.delivery(draft).parquet_key
    world.save(draft, answers={"faststallda": {"*": "zero"}})
    assert first not in (None, world.delivery(draft).parquet_key)
    jobs.drain()
    assert db.session.get(StoredObject, first) is None
    assert faults() == []


@pytest.mark.parametrize("column", ["file_key", "parquet_key"])
@pytest.mark.parametrize("harm", ["lost", "changed"])
def test_nothing_is_received_whose_file_or_rows_are_not_there_until_the_file_is_read_in_again(
    any_app, world, column, harm
):
    draft = world.start()
    world.disclose(draft)
    path = path_of(getattr(world.delivery(draft), column))
    path.unlink() if harm == "lost" else path.write_bytes(b"something else")
    with pytest.raises(Refused) as refused:
        world.send(draft)
    assert refused.value.finding.code == "STO-001"
    assert world.delivery(draft).number is None
    assert world.start() == draft, "the very same file leads to the same draft"
    world.disclose(draft)
    assert world.send(draft) == "L-2026-0001"
    jobs.drain()
    assert faults() == []


def test_the_page_says_what_is_wrong_with_a_file_that_was_lost(app, world, signed_in):
    draft = world.start()
    world.disclose(draft)
    path_of(world.delivery(draft).file_key).unlink()
    client = signed_in(world.officer)
    revision = world.delivery(draft).revision
    for answer in (
        client.post(f"/leveranser/{draft}/skicka/", data={"revision": revision}),
        client.get(f"/leveranser/{draft}/original"),
    ):
        assert answer.status_code == 409
        assert "Filen finns inte kvar som den var" in answer.text and "Läs in samma fil igen" in answer.text


def test_a_withdrawn_draft_has_no_original_to_fetch(app, world, signed_in):
    draft = world.start()
    withdraw(world, draft)
    assert signed_in(world.officer).get(f"/leveranser/{draft}/original").status_code == 404


def test_nothing_is_released_whose_rows_are_not_there(any_app, world, actor):
    careful = world.flows.approve(automatic=False)
    with transaction() as session:
        from registry.items.tables import Item, Version

        flow = session.get_one(Item, session.get_one(Version, careful).item_id)
        delivery_id = services.start(session, world.officer, NOW, flow_item=flow, file_name="a.csv", data=beds_csv()).id
    world.disclose(delivery_id)
    world.send(delivery_id)
    assert world.delivery(delivery_id).state == DeliveryState.IN_REVIEW
    path_of(world.delivery(delivery_id).parquet_key).unlink()
    with pytest.raises(Refused) as refused, transaction() as session:
        review.decide_delivery(
            session, world.flows.quality, NOW, session.get_one(Delivery, delivery_id),
            outcome=DeliveryOutcome.RELEASE, reason="Ja.",
        )  # fmt: skip
    assert refused.value.finding.code == "STO-001"
    assert world.delivery(delivery_id).state == DeliveryState.IN_REVIEW
    assert db.session.query(Release).count() == 0


def test_a_delivery_whose_predecessors_rows_were_lost_is_still_checked(any_app, world):
    first = world.sent()
    path_of(world.delivery(first).parquet_key).unlink()
    second = world.start(beds_csv(day="2026-04-01"))
    assert world.delivery(second).state == DeliveryState.CHECKED


def test_twenty_uploads_of_one_file_at_once_lead_to_one_delivery(any_app, world, signed_in_anywhere):
    """Over the pages, each upload in a thread of its own: what is answered is the draft, never a fault."""
    client_of, slug = signed_in_anywhere(world.officer), world.flow.slug
    clients = [client_of() for _ in range(AT_ONCE)]
    db.session.rollback()
    barrier = Barrier(AT_ONCE)

    def upload(client):
        with any_app.app_context():
            barrier.wait(timeout=30)
            answer = client.post(f"/leveranser/ny/{slug}/", data={"file": (io.BytesIO(beds_csv()), "platser.csv")})
            return answer.status_code, answer.headers.get("Location")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(upload, clients))
    (delivery_id,) = db.session.scalars(select(Delivery.id))
    assert answers == {(302, f"/leveranser/{delivery_id}/")}
    jobs.drain()
    assert faults() == []


@pytest.fixture
def signed_in_anywhere(any_app):
    """Clients signed in as one actor, for threads: none has anything of the test's own context."""
    from registry.identity.tables import Person
    from tests.conftest import PASSWORD

    def make(actor):
        login = db.session.get_one(Person, actor.person_id).login
        first = any_app.test_client()
        assert first.post("/logga-in", data={"login": login, "password": PASSWORD}).status_code == 302
        name = any_app.config["SESSION_COOKIE_NAME"]
        cookie = first.get_cookie(name)

        def another():
            client = any_app.test_client()
            client.set_cookie(name, cookie.value)
            return client

        return another

    return make


def _received(world):
    delivery_id = world.sent()
    jobs.drain()
    assert faults() == []
    return delivery_id


def _sql(statement, **values):
    with db.engine.begin() as connection:
        connection.execute(text(statement), values)


def _store_table():
    return national_store().root / db.session.query(Release).one().national_table


def _double_in_store(_delivery):
    write_deltalake(_store_table(), pl.scan_delta(str(_store_table())).collect(), mode="append")


def _damage_store(_delivery):
    for file in DeltaTable(_store_table()).file_uris():
        Path(file).write_bytes(b"not a table")


def _forge_release(_delivery):
    rows = pl.scan_delta(str(_store_table())).collect().with_columns(pl.lit("f" * 32).alias("__release"))
    write_deltalake(_store_table(), rows, mode="append")


HARMS = {
    "bytes_missing": lambda one: path_of(one.file_key).unlink(),
    "bytes_differ": lambda one: path_of(one.parquet_key).write_bytes(b"x"),
    "hash_differs": lambda one: _sql("UPDATE delivery_receipt SET file_sha256 = :no", no="0" * 64),
    "content_differs": lambda one: _sql("UPDATE delivery_receipt SET content_hash = :no", no="0" * 64),
    "not_named": lambda one: _sql("UPDATE delivery SET file_key = NULL"),
    "listed_missing": lambda one: _sql("UPDATE delivery SET missing_objects = :no", no='{"file_key":"a/b/c"}'),
    "row_differs": lambda one: _sql("UPDATE stored_object SET sha256 = :no WHERE kind = 'accepted'", no="0" * 64),
    "not_in_national_store": lambda one: _sql("UPDATE release SET national_table = 'another'"),
    "national_store_differs": _double_in_store,
    "national_store_differs ": _damage_store,
    "national_store_unknown": _forge_release,
    "nobodys": lambda one: _sql("UPDATE release SET parquet_key = NULL"),
}


@pytest.mark.parametrize("fault", HARMS)
def test_the_command_reports_what_was_harmed(app, world, fault):
    delivery = world.delivery(_received(world))
    if fault == "nobodys":
        _sql("UPDATE delivery SET parquet_key = NULL")
    HARMS[fault](delivery)
    db.session.rollback()
    told = app.test_cli_runner().invoke(args=["storage", "verify", "--json"])
    assert told.exit_code == 1, told.exception
    said = json.loads(told.output)
    assert fault.strip() in {one["fault"] for one in said["differences"]}, said
    assert not said["whole"]


def test_a_hole_in_the_references_is_reported_where_the_database_was_told_to_allow_it(app, world):
    _received(world)
    with sqlite3.connect(db.engine.url.database) as connection:  # a connection of its own checks nothing
        connection.execute("DELETE FROM stored_object WHERE kind = 'accepted'")
    db.session.rollback()
    assert "row_missing" in faults()


def test_records_stay_and_are_kept_as_records(any_app, world):
    delivery = world.delivery(world.sent())
    kept = {key: db.session.get(StoredObject, key).retention for key in (delivery.file_key, delivery.parquet_key)}
    assert set(kept.values()) == {Retention.RECORD}
    assert delivery.rows_key is None


def test_a_lost_file_that_is_put_back_from_a_backup_is_taken_up_again(any_app, world):
    delivery = world.delivery(_received(world))
    key, data = delivery.file_key, path_of(delivery.file_key).read_bytes()
    _sql("UPDATE delivery SET file_key = NULL, missing_objects = :lost", lost=f'{{"file_key":"{key}"}}')
    _sql("DELETE FROM stored_object WHERE key = :key", key=key)
    path_of(key).write_bytes(b"not it")
    db.session.rollback()
    assert sorted(faults()) == ["file_missed", "listed_missing"]
    assert sweep(NOW).found_again == 0
    path_of(key).write_bytes(data)
    assert sweep(NOW).found_again == 1
    delivery = world.delivery(delivery.id)
    assert (delivery.file_key, delivery.missing_objects) == (key, None)
    assert faults() == []


def test_two_sweeps_at_once_take_a_lost_file_up_one_time(any_app, world, monkeypatch):
    """The second waits for the first's lock on who lacks the file, and finds that nothing is lacking any more."""
    delivery = world.delivery(_received(world))
    key = delivery.file_key
    _sql("UPDATE delivery SET file_key = NULL, missing_objects = :lost", lost=f'{{"file_key":"{key}"}}')
    db.session.rollback()
    put, both_put = storage.put, Barrier(2, timeout=0.5)

    def slowly(*arguments, **settings):
        with suppress(BrokenBarrierError):
            both_put.wait()
        return put(*arguments, **settings)

    monkeypatch.setattr(storage, "put", slowly)
    begun = Barrier(2, timeout=AT_ONCE)

    def found_again(_number):
        with any_app.app_context():
            begun.wait()
            return sweep(NOW).found_again

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(found_again, range(2))) == [0, 1]
    told = db.session.scalars(select(Event.type).where(Event.type == "LostObjectFound")).all()
    assert len(told) == 1 and world.delivery(delivery.id).file_key == key


def test_a_draft_that_ends_while_a_copy_is_made_is_tidied_after_it(any_app, world):
    draft = world.start()
    key = world.delivery(draft).file_key
    with by_hand() as session:
        storage.hold_tidying(session, clock.now(), clock.now() + timedelta(hours=1))
    withdraw(world, draft)
    jobs.drain()
    assert path_of(key).exists() and faults() == [], "it waits for the worker, who is asked again"
    with by_hand() as session:
        storage.release_tidying(session)
        session.execute(update(jobs.Job).where(jobs.Job.state == "waiting").values(due_at=NOW))
    jobs.drain()
    assert not path_of(key).exists() and faults() == []
