"""A backup is taken while the registry is in use, and an instance restored from it elsewhere is the registry as it was."""

import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import current_app
from sqlalchemy import select

from registry import clock, events, jobs, storage
from registry.auditing import chain as log_chain
from registry.backup import half_restored, manifest, objects, restoring, taking
from registry.backup.kept import Stopped
from registry.db import db, transaction
from registry.events import Event
from registry.identity.tables import SignIn
from registry.storage import StoredObject
from registry.stored import verifying
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery, Receipt
from submission_portal.forwarding import kept
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.tables import Release
from submission_portal.receiving import services as receiving
from submission_portal.receiving.uploads import services as uploads
from tests.by_hand import by_hand
from tests.factories.deliveries import BEDS, beds_csv

pytestmark = pytest.mark.usefixtures("stamped")


@pytest.fixture
def live(stamped, world):
    """A region has delivered once, and the figure is in the national store."""
    world.sent(beds_csv(day="2026-03-01"))
    jobs.drain()
    db.session.rollback()
    return world


def run(app, *arguments):
    """A command on an instance: its exit status, and what it says on both streams."""
    db.session.close()
    result = app.test_cli_runner().invoke(args=[str(one) for one in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def receipts():
    return {one.number: (one.body, one.chain_head) for one in db.session.scalars(select(Receipt))}


def in_store():
    rows = []
    for release in db.session.scalars(select(Release).where(Release.forwarded_at.is_not(None))):
        rows.append((release.id, national_store().read(release.national_table, [release.id]).height))
    return sorted(rows)


def test_what_is_restored_elsewhere_is_the_registry_as_it_was_and_nothing_later(any_app, live, elsewhere, tmp_path):
    before, chain = receipts(), events.head(db.session)
    draft = live.start(beds_csv(day="2026-03-05"))
    chain = events.head(db.session)
    status, said = run(any_app, "backup", tmp_path / "copy")
    assert status == 0, said
    live.sent(beds_csv(day="2026-04-01"))
    jobs.drain()
    taken = manifest.read(tmp_path / "copy")[0]
    assert taken.left_out == (), "what an instance keeps is backed up, or is known to be made again"
    assert taken.head == chain, "the copy ends where the log ended when it was taken"
    restored = elsewhere()
    with restored.app_context():
        status, said = run(restored, "restore", tmp_path / "copy")
        assert status == 0, said
        assert receipts() == before
        assert in_store() == [(release, 5) for release, _ in in_store()] != []
        assert db.session.get(Delivery, draft).state == DeliveryState.CHECKED
        assert log_chain.verify(db.session, chain).is_intact
        assert db.session.scalars(select(Event.type).order_by(Event.number.desc()).limit(1)).one() == "InstanceRestored"
        assert storage.tidying_is_held(db.session) is None
        db.session.rollback()
        live.disclose(draft)
        assert live.send(draft) == "L-2026-0002", "the series goes on without a gap"
        jobs.drain()
        assert len(in_store()) == 2
    assert db.session.scalars(select(Event).where(Event.type == "BackupTaken")).one().subject.startswith("backup:")


def test_a_sign_in_of_the_time_of_the_backup_is_no_sign_in_to_what_is_restored(app, live, elsewhere, tmp_path):
    with by_hand() as session:
        moment = clock.now()
        session.add(
            SignIn(
                token_hash="0" * 64,
                person_id=live.officer.person_id,
                created_at=moment,
                expires_at=moment + timedelta(hours=9),
            )
        )
    taking.take(tmp_path / "copy")
    with elsewhere().app_context():
        restoring.restore(tmp_path / "copy")
        assert db.session.get_one(SignIn, "0" * 64).revoked_at is not None


def test_the_copy_is_for_its_owner_alone_and_holds_the_key_but_no_password(app, live, tmp_path):
    run(app, "backup", tmp_path / "copy")
    open_to_others = [path for path in (tmp_path / "copy").rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "copy" / "secret_key").read_text().strip() == current_app.secret_key
    settings = manifest.read(tmp_path / "copy")[0].settings
    assert "SECRET_KEY" not in settings and settings["UPLOAD_BYTES"] == str(256 * 2**20)


def test_a_used_instance_is_never_restored_over(any_app, live, elsewhere, tmp_path):
    taking.take(tmp_path / "copy")
    before = receipts()
    status, said = run(any_app, "restore", tmp_path / "copy")
    assert (status, receipts()) == (2, before)
    assert "in use already" in said or "has tables already" in said
    folder = elsewhere()
    (Path(folder.config["INSTANCE"]) / "objects").mkdir()
    (Path(folder.config["INSTANCE"]) / "objects" / "something").touch()
    with folder.app_context():
        status, said = run(folder, "restore", tmp_path / "copy")
    assert (status, "is not empty" in said) == (2, True)


def test_a_folder_that_holds_something_is_refused_and_an_empty_one_is_not(app, live, tmp_path):
    (tmp_path / "copy").mkdir()
    assert run(app, "backup", tmp_path / "copy")[0] == 0
    status, said = run(app, "backup", tmp_path / "copy")
    assert (status, "not an empty folder" in said) == (2, True)
    status, said = run(app, "backup", tmp_path / "nowhere" / "copy")
    assert (status, "There is no folder" in said) == (2, True)


def test_what_lies_in_the_folder_and_is_not_the_registrys_is_named(app, live, tmp_path):
    stray = Path(current_app.config["INSTANCE"]) / "notes.txt"
    stray.write_text("mine")
    try:
        assert "notes.txt" in run(app, "backup", tmp_path / "copy")[1]
    finally:
        stray.unlink()
    assert not list((tmp_path / "copy").rglob("notes.txt"))


def test_of_files_that_come_in_parts_nothing_is_copied_and_nothing_said(app, live, tmp_path):
    parts = uploads.parts_of(app)
    parts.make("0" * 32)
    try:
        status, said = run(app, "backup", tmp_path / "copy")
    finally:
        parts.erase("0" * 32)
    assert (status, parts.folder.name in said) == (0, False)
    assert not list((tmp_path / "copy").rglob("0" * 32))


def first_object(folder):
    return next(path for path in sorted((folder / "objects").rglob("*")) if path.is_file())


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def forge(folder, path, entry):
    """A manifest that names another file, with a hash that agrees with it."""
    about = json.loads((folder / "manifest.json").read_text())
    about["files"][path] = entry
    data = json.dumps(about).encode()
    (folder / "manifest.json").write_bytes(data)
    (folder / "manifest.sha256").write_text(f"{manifest.hashlib.sha256(data).hexdigest()}  manifest.json\n")


DAMAGES = {
    "an object changed by a bit": (lambda folder: flip(first_object(folder)), 1, "BACK-006"),
    "an object gone": (lambda folder: first_object(folder).unlink(), 1, "BACK-005"),
    "an object replaced by a link": (
        lambda folder: (first_object(folder).rename(folder / "aside"), first_object(folder).parent.joinpath("x").touch()),
        1,
        "BACK-005",
    ),
    "a database cut short": (lambda folder: os.truncate(next((folder / "database").iterdir()), 4096), 1, "BACK-006"),
    "a log of the store gone": (lambda folder: next((folder / "national").rglob("*.json")).unlink(), 1, "BACK-005"),
    "the key changed": (lambda folder: flip(folder / "secret_key"), 1, "BACK-006"),
    "the manifest changed": (lambda folder: flip(folder / "manifest.json"), 2, "is damaged"),
    "the manifest gone": (lambda folder: (folder / "manifest.json").unlink(), 2, "is no whole backup"),
    "its hash gone": (lambda folder: (folder / "manifest.sha256").unlink(), 2, "is no whole backup"),
    "a manifest that leads outside": (
        lambda folder: forge(folder, "../outside", {"size": 0, "sha256": "0" * 64}), 2, "is damaged",
    ),
    "a manifest that is no object": (
        lambda folder: forge(folder, "objects/x", None), 2, "is damaged",
    ),
    "no backup at all": (lambda folder: shutil.rmtree(folder), 2, "is no whole backup"),
}  # fmt: skip


def test_a_damaged_backup_is_told_and_nothing_of_it_is_restored(app, live, elsewhere, tmp_path):
    taking.take(tmp_path / "whole")
    target = elsewhere()
    for number, (name, (damage, expected, words)) in enumerate(DAMAGES.items()):
        folder = tmp_path / f"damaged-{number}"
        shutil.copytree(tmp_path / "whole", folder)
        damage(folder)
        with target.app_context():
            for arguments in (("restore", "--check", folder), ("restore", folder)):
                status, said = run(target, *arguments)
                assert (status, words in said) == (expected, True), (name, said)
            assert not half_restored.is_half_restored(target.config["INSTANCE"]), name
            assert not (Path(target.config["INSTANCE"]) / "objects").exists(), name
    with target.app_context():
        assert run(target, "restore", tmp_path / "whole")[0] == 0, "the whole one can still be restored there"


def test_a_check_changes_nothing_and_knows_a_head_that_somebody_holds(app, live, elsewhere, tmp_path):
    held = db.session.scalars(select(Receipt)).one().chain_head
    taking.take(tmp_path / "copy")
    target = elsewhere()
    with target.app_context():
        status, said = run(target, "restore", "--check", tmp_path / "copy", "--json")
        assert (status, json.loads(said)["whole"]) == (0, True)
        assert not (Path(target.config["INSTANCE"]) / "national").exists()
        assert run(target, "restore", tmp_path / "copy", "--head", f"{held[:4]} {held[4:]}")[0] == 0
    another = elsewhere()
    with another.app_context():
        status, said = run(another, "restore", tmp_path / "copy", "--head", "f" * 64)
        assert (status, "BACK-010" in said) == (1, True)
        assert run(another, "restore", tmp_path / "copy", "--head", "f00")[0] == 2


def test_an_object_that_is_lost_is_told_and_the_rest_is_copied_and_restored(app, live, elsewhere, tmp_path):
    lost = db.session.scalars(select(Delivery.file_key)).first()
    (Path(current_app.config["INSTANCE"]) / "objects" / lost).unlink()
    status, said = run(app, "backup", tmp_path / "copy")
    assert (status, lost in said, "BACK-001" in said) == (1, True, True)
    target = elsewhere()
    with target.app_context():
        status, said = run(target, "restore", tmp_path / "copy")
        assert (status, "BACK-001" in said, len(receipts())) == (1, True, 1)
        assert not half_restored.is_half_restored(target.config["INSTANCE"])


def test_what_is_erased_between_the_snapshot_and_the_copy_is_seen_in_a_second_snapshot(
    app, live, tmp_path, monkeypatch
):
    """As if tidying had not been held off."""
    draft = live.start(beds_csv(day="2026-05-01"))
    key = live.delivery(draft).file_key
    erased = []

    def named_then_erased(session):
        found = objects.named(session)
        if not erased:
            erased.append(key)
            with by_hand() as writing:
                delivery = writing.get_one(Delivery, draft)
                writing.delete(delivery)
                writing.flush()
                writing.delete(writing.get_one(StoredObject, key))
                storage.files().erase(key, confirm=lambda: None)
        return found

    house = app.extensions["registry"]
    store = objects.KeptStore(objects.FOLDER, named_then_erased, objects.copy)
    monkeypatch.setattr(house, "kept", (store, *house.kept[1:]))
    taken = taking.take(tmp_path / "copy")
    assert erased and taken.manifest.faults == ()
    assert f"objects/{key}" not in taken.manifest.files


def test_tidying_is_held_off_while_the_backup_is_taken_and_goes_on_after_it(any_app, live, tmp_path, monkeypatch):
    draft = live.start(beds_csv(day="2026-05-01"))
    key = live.delivery(draft).file_key
    seen = []

    def copy_while_a_worker_tidies(what, copying):
        with transaction() as session:
            live_services_withdraw(session, live, draft)
        jobs.drain()
        seen.append((Path(current_app.config["INSTANCE"]) / "objects" / key).exists())
        return objects.copy(what, copying)

    house = any_app.extensions["registry"]
    store = objects.KeptStore(objects.FOLDER, objects.named, copy_while_a_worker_tidies)
    monkeypatch.setattr(house, "kept", (store, *house.kept[1:]))
    taken = taking.take(tmp_path / "copy")
    assert seen == [True] and f"objects/{key}" in taken.manifest.files
    assert storage.tidying_is_held(db.session) is None
    assert verifying.verify(db.session).differences == (), "what a job is going to erase is no difference"
    with time_machine.travel(clock.now() + jobs.PUT_OFF, tick=False):
        assert jobs.drain() > 0
    assert storage.files().digest(key) is None
    assert {(job.state, job.attempt) for job in db.session.scalars(select(jobs.Job))} == {("done", 1)}


def live_services_withdraw(session, world, draft):

    receiving.withdraw(session, world.officer, clock.now(), session.get_one(Delivery, draft))


def test_the_store_has_exactly_what_the_register_says_however_much_was_forwarded_meanwhile(
    app, live, elsewhere, tmp_path, monkeypatch
):
    """One release comes into the store after the snapshot, and one after it was made: neither doubles nor stays behind."""
    live.sent(beds_csv(day="2026-04-01"))

    def copy_after_the_worker(what, copying):
        jobs.drain()
        live.sent(beds_csv(day="2026-05-01"))
        jobs.drain()
        return kept.copy(what, copying)

    house = app.extensions["registry"]
    store = kept.KeptStore(kept.FOLDER, kept.named, copy_after_the_worker, kept.settle)
    monkeypatch.setattr(house, "kept", (house.kept[0], store))
    taking.take(tmp_path / "copy")
    target = elsewhere()
    with target.app_context():
        status, said = run(target, "restore", tmp_path / "copy")
        assert (status, "NAT-002" in said) == (0, True)
        known = set(db.session.scalars(select(Release.id)))
        assert set(national_store().read(BEDS, [one[0] for one in in_store()])["__release"]) < known
        jobs.drain()
        assert in_store() == [(one, 5) for one in sorted(known)]


def test_a_store_that_lost_rows_is_made_again_from_what_was_received(app, live, elsewhere, tmp_path):
    live.sent(beds_csv(day="2026-04-01"))
    jobs.drain()
    before = in_store()
    shutil.rmtree(national_store().root / BEDS)
    status, said = run(app, "backup", tmp_path / "copy")
    assert (status, "NAT-001" in said) == (1, True)
    target = elsewhere()
    with target.app_context():
        assert "NAT-002" in run(target, "restore", tmp_path / "copy")[1]
        assert in_store() == before


def test_an_earlier_backup_lends_what_has_not_changed(app, live, tmp_path):
    first = taking.take(tmp_path / "first")
    live.sent(beds_csv(day="2026-04-01"))
    second = taking.take(tmp_path / "second", after=tmp_path / "first")
    assert first.linked == 0 and second.linked >= 2
    one = first_object(tmp_path / "first").relative_to(tmp_path / "first")
    assert (tmp_path / "first" / one).stat().st_ino == (tmp_path / "second" / one).stat().st_ino
    flip(tmp_path / "first" / one)
    third = taking.take(tmp_path / "third", after=tmp_path / "first")
    assert third.manifest.faults == () and third.linked == second.linked - 1, "a damaged copy is not lent"


def test_what_killed_a_backup_leaves_no_half_of_one_and_the_next_succeeds(app, live, tmp_path, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(*_arguments):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(manifest, "write", killed)
        taking.take(tmp_path / "copy")
    assert list(tmp_path.glob("copy*")) == []
    # A process that is killed clears nothing away: its folder keeps another name, and the hold runs out.
    left = tmp_path / "copy.partial"
    (left / "objects").mkdir(parents=True)
    (left / "objects" / "half").touch()
    with pytest.raises(Stopped, match="no whole backup"):
        manifest.read(left)
    assert taking.take(tmp_path / "copy").manifest.faults == ()
    assert not left.exists() and not (tmp_path / "copy" / "objects" / "half").exists()


def test_a_second_backup_at_the_same_time_is_told_to_wait(app, live, tmp_path, monkeypatch):
    told = []

    def copy_while_another_begins(what, copying):
        with pytest.raises(Stopped) as stopped:
            taking.take(tmp_path / "other")
        told.append(stopped.value.text)
        return objects.copy(what, copying)

    house = app.extensions["registry"]
    store = objects.KeptStore(objects.FOLDER, objects.named, copy_while_another_begins)
    monkeypatch.setattr(house, "kept", (store, *house.kept[1:]))
    taking.take(tmp_path / "copy")
    assert "already" in told[0].en and not (tmp_path / "other").exists()


def test_a_full_disk_is_a_sentence_and_leaves_nothing(app, live, tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("registry.backup.kept.os.fsync", full)
        status, said = run(app, "backup", tmp_path / "copy")
    assert (status, "The disk is full" in said) == (2, True), said
    assert list(tmp_path.glob("copy*")) == []
    with monkeypatch.context() as patch:
        patch.setattr(taking.shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10, 9, 1))
        status, said = run(app, "backup", tmp_path / "copy")
    assert (status, "MiB" in said, list(tmp_path.glob("copy*"))) == (2, True, [])


def test_an_interrupted_restoration_serves_nobody_and_is_run_again(any_app, live, elsewhere, tmp_path, monkeypatch):
    """It comes to an end twice: before the database is there, and after it."""
    taking.take(tmp_path / "copy")
    target = elsewhere()
    with target.app_context():
        for name, what in (("database_backup", _one_that_dies(restoring.database_backup)), ("verify", _die)):
            with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="killed"):
                patch.setattr(restoring, name, what)
                restoring.restore(tmp_path / "copy")
            db.session.close()
            assert (Path(target.config["INSTANCE"]) / "objects").exists()
            assert target.test_client().get("/").status_code == 503
            for command in (["worker", "--once"], ["prepare"]):
                status, said = run(target, *command)
                assert (status, "did not end" in said) == (2, True)
        assert run(target, "restore", tmp_path / "copy")[0] == 0
        assert target.test_client().get("/").status_code == 200
        assert len(receipts()) == 1


def _die(*_arguments):
    raise RuntimeError("killed")


def _one_that_dies(ways):
    def way(engine):
        database = ways(engine)
        database.restore = _die
        return database

    return way
