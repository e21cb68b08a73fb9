"""Objects lie under their organisation's prefix and are kept for as long as their class says."""

import errno
import hashlib
import json
import os
import shutil
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry import clock, events, jobs, storage
from registry.actors import SYSTEM
from registry.auditing.chain import verify
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.object_files import UNFINISHED, _begin
from registry.storage import Retention, StoredObject
from registry.stored import verifying
from registry.stored.sweeping import erase_draft, sweep
from submission_portal.flows.audiences import Audience
from submission_portal.followup.kept_protection import KeptProtection
from submission_portal.followup.tables import TableState, TableVersion
from tests.by_hand import by_hand
from tests.conftest import NOW


def _put(organisation, data, retention=Retention.DRAFT):
    with transaction() as session:
        events.record(session, "Kept", actor=SYSTEM, now=NOW, subject="object:1")
        return storage.put(session, organisation.id, "file", data, media_type="text/csv", retention=retention, now=NOW)


def test_the_same_bytes_of_two_organisations_are_two_objects(any_app, organisations):
    first, second = _put(organisations["24"], b"a;b"), _put(organisations["25"], b"a;b")
    assert first != second
    assert first.startswith(organisations["24"].id)
    assert storage.read(db.session, second) == b"a;b"


def test_a_draft_can_be_erased_and_is_gone(any_app, organisations):
    key = _put(organisations["25"], b"draft")
    with transaction() as session:
        events.record(session, "Erased", actor=SYSTEM, now=NOW, subject="object:1")
        storage.remove(session, key)
    with pytest.raises(NotFound):
        storage.read(db.session, key)


def test_a_record_cannot_be_erased(any_app, organisations):
    key = _put(organisations["25"], b"received", Retention.RECORD)
    with pytest.raises(ValueError, match="record"), transaction() as session:
        storage.remove(session, key)
    assert storage.read(db.session, key) == b"received"


def test_a_draft_that_is_sent_becomes_a_record(any_app, organisations):
    key = _put(organisations["25"], b"file")
    assert _put(organisations["25"], b"file", Retention.RECORD) == key
    with pytest.raises(ValueError, match="record"), transaction() as session:
        storage.remove(session, key)


def test_a_key_that_is_put_again_while_it_goes_stays(any_app, organisations):
    key = _put(organisations["25"], b"draft")
    with transaction() as session:
        events.record(session, "Erased", actor=SYSTEM, now=NOW, subject="object:1")
        assert storage.remove(session, key)
    with pytest.raises(NotFound):
        storage.read(db.session, key)
    assert _put(organisations["25"], b"draft") == key
    assert not storage.erase_removed(key)
    assert storage.read(db.session, key) == b"draft"


def test_an_erasing_that_is_rolled_back_erases_nothing(any_app, organisations):
    key = _put(organisations["25"], b"draft")
    with pytest.raises(ZeroDivisionError), transaction() as session:
        storage.remove(session, key)
        raise ZeroDivisionError
    assert storage.read(db.session, key) == b"draft"


def test_the_database_itself_refuses_to_lose_what_somebody_refers_to(any_app, organisations, monkeypatch):
    """Should a reference ever be overlooked, the row cannot go, and so the bytes do not."""
    monkeypatch.setattr(storage, "is_owned", lambda _session, _key: False)
    figures = figures_of_nobody(organisations)
    with transaction() as session:
        events.record(session, "Erased", actor=SYSTEM, now=NOW, subject="object:1")
        assert storage.remove(session, figures)
    with pytest.raises(IntegrityError):
        storage.erase_removed(figures)
    assert storage.files().read(figures) == b"figures"


def figures_of_nobody(organisations):
    """A draft's object that a table version refers to; gives back its key."""
    key = _put(organisations["25"], b"figures")
    with by_hand() as session:
        session.add(
            TableVersion(
                organisation_id=organisations["25"].id, measure_slug="m", measure_version_hash="0" * 64, number=1,
                sequence=1, audience=Audience.PUBLIC, is_carried_over=False, state=TableState.AWAITING_REVIEW, basis_hash="0" * 64, content_hash="0" * 64, parquet_key=key, figures=0,
                hidden=0, breaks=[], findings=[], protection=KeptProtection(), provenance="own", composed_at=NOW,
            )
        )  # fmt: skip
    return key


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_is_full_leaves_nothing_behind(any_app, organisations, monkeypatch, step):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space"):
        _put(organisations["25"], b"too much")
    monkeypatch.undo()
    db.session.rollback()
    assert db.session.query(StoredObject).count() == 0
    assert [path for path in storage.files().root.rglob("*") if path.is_file()] == []


def test_bytes_that_were_damaged_or_lost_are_never_read_and_come_back_with_the_same_file(any_app, organisations):
    key = _put(organisations["25"], b"a;b")
    path = storage.files().root / key
    for harm in (lambda: path.write_bytes(b"a;c"), path.unlink):
        harm()
        with pytest.raises(Refused) as refused:
            storage.read(db.session, key)
        assert refused.value.finding.code == "STO-001"
        assert _put(organisations["25"], b"a;b") == key
        assert storage.read(db.session, key) == b"a;b"


def remains(organisations):
    """Everything that killed processes and full disks leave: a row marked as removed, a draft that nobody uses, bytes
    without a row, an unfinished file; and what must stay: a record, a file being written, strangers."""
    region = organisations["25"]
    marked, forgotten, record = (_put(region, data) for data in (b"marked", b"forgotten", b"record"))
    _put(region, b"record", Retention.RECORD)
    with transaction() as session:
        events.record(session, "Erased", actor=SYSTEM, now=NOW, subject="object:1")
        storage.remove(session, marked)
    files = storage.files()
    rowless = f"{region.id}/delivered/{hashlib.sha256(b'rowless').hexdigest()}"
    files.write(rowless, b"rowless")
    folder = files.root / region.id / "delivered"
    (folder / f"{UNFINISHED}abcd1234").write_bytes(b"half")
    (folder / "tmpabcd1234").write_bytes(b"half, of an earlier release")
    (folder / "notes.txt").write_bytes(b"somebody's own")
    (files.root / "nobody" / "delivered").mkdir(parents=True)
    (files.root / "nobody" / "delivered" / hashlib.sha256(b"x").hexdigest()).write_bytes(b"x")
    descriptor, being_written = _begin(folder)
    return {"marked": marked, "forgotten": forgotten, "record": record, "rowless": rowless}, descriptor, being_written


def test_the_sweep_takes_what_nobody_owns_and_nothing_else(any_app, organisations):
    keys, descriptor, being_written = remains(organisations)
    swept = sweep(NOW)
    assert (swept.removals, swept.drafts, swept.unfinished, swept.rowless) == (1, 1, 2, 1)
    assert db.session.scalars(select(StoredObject.key)).all() == [keys["record"]]
    left = {path.name for path in storage.files().root.rglob("*") if path.is_file()}
    assert left == {
        keys["record"].rpartition("/")[2], "notes.txt", os.path.basename(being_written), hashlib.sha256(b"x").hexdigest(),
    }  # fmt: skip
    os.close(descriptor)
    assert sweep(NOW).unfinished == 1, "now nobody is writing it"
    assert verify(db.session).is_intact


def test_nothing_is_erased_while_a_copy_is_made(any_app, organisations):
    keys, descriptor, _ = remains(organisations)
    os.close(descriptor)
    until = clock.now() + timedelta(hours=1)
    with by_hand() as session:
        storage.hold_tidying(session, clock.now(), until)
    assert sweep(NOW).held_until == until
    assert not storage.erase_removed(keys["marked"]) and not erase_draft(NOW, keys["forgotten"])
    assert db.session.get(StoredObject, keys["forgotten"]).removed_at is None
    with by_hand() as session:
        storage.release_tidying(session)
    assert storage.tidying_is_held(db.session) is None
    db.session.rollback()
    assert sweep(NOW).removals == 1


def test_the_workers_sweep_is_put_off_while_a_copy_is_made(any_app, organisations):
    _, descriptor, _ = remains(organisations)
    os.close(descriptor)
    with by_hand() as session:
        storage.hold_tidying(session, clock.now(), clock.now() + timedelta(hours=1))
    jobs.ask_for_daily(NOW)
    jobs.drain()
    assert db.session.query(jobs.Job).filter_by(kind="sweep_storage").one().state == "waiting"
    with by_hand() as session:
        storage.release_tidying(session)
    with time_machine.travel(clock.now() + jobs.PUT_OFF, tick=False):
        jobs.drain()
    assert db.session.query(jobs.Job).filter_by(kind="sweep_storage").one().state == "done"
    assert sweep(NOW).removals == 0, "the worker has swept"


def test_a_hold_that_nobody_lets_go_of_ends_by_itself(any_app, organisations):
    with by_hand() as session:
        storage.hold_tidying(session, NOW, clock.now() - timedelta(seconds=1))
    assert storage.tidying_is_held(db.session) is None


def test_the_worker_is_asked_to_sweep_once_a_day(any_app, organisations):
    for _ in range(2):
        jobs.ask_for_daily(NOW)
    assert db.session.query(jobs.Job).filter_by(kind="sweep_storage").one().state == "waiting"
    keys, descriptor, _ = remains(organisations)
    os.close(descriptor)
    jobs.drain()
    assert db.session.scalars(select(StoredObject.key)).all() == [keys["record"]]


def test_the_command_reports_every_kind_of_remains_and_sweeps_them(app, organisations, monkeypatch):
    monkeypatch.setattr(verifying, "LOOKED_AGAIN", 0)
    keys, descriptor, _ = remains(organisations)
    os.close(descriptor)
    run = app.test_cli_runner().invoke
    told = run(args=["storage", "verify", "--json"])
    assert told.exit_code == 1
    faults = sorted(one["fault"] for one in json.loads(told.output)["differences"])
    assert faults == [
        "file_without_row", "nobodys", "nobodys_draft", "removal_unfinished", "strange_file", "strange_file",
        "unfinished_file", "unfinished_file", "unfinished_file",
    ]  # fmt: skip
    in_words = run(args=["storage", "verify"], env={"LANG": "sv_SE.UTF-8"})
    assert "ett utkasts fil som ingen använder" in in_words.output and keys["forgotten"] in in_words.output
    swept = run(args=["storage", "verify", "--sweep"])
    assert (
        "Erased: 1 drafts' files, 1 begun removals, 3 unfinished files, 1 files without a row. Found again: 0."
        in swept.output
    )
    assert swept.exit_code == 1, "a record that nothing refers to, and strangers, are left to a person"
    (storage.files().root / organisations["25"].id / "delivered" / "notes.txt").unlink()
    shutil.rmtree(storage.files().root / "nobody")
    with by_hand() as session:
        session.query(StoredObject).delete()
    run(args=["storage", "verify", "--sweep"])
    clean = run(args=["storage", "verify"])
    assert (clean.exit_code, clean.output) == (0, "Everything is as it should be: 0 files, 0.0 MB.\n")
