"""A full disk is 507 and a database that restarts is 503: calm pages, nothing lost, and the same step works afterwards."""

import errno
import io
import re
import shutil
import subprocess
import threading
from contextlib import closing, contextmanager
from datetime import date

import psycopg.errors
import pytest
import sqlalchemy.exc
import time_machine
from sqlalchemy import func, select, text

import wsgi
from registry import clock, events, jobs
from registry import db as database
from registry.actors import SYSTEM
from registry.auditing import chain as log_chain
from registry.columns import Base
from registry.db import db, transaction
from registry.events import Event
from registry.outages import Outage, outage_of
from registry.storage import StoredObject
from submission_portal.deliveries.tables import Delivery
from submission_portal.demonstration.figures import daily_wards
from tests.by_hand import by_hand
from tests.conftest import Browser
from tests.demonstration import copied
from tests.postgresql import started

FLOW = "/leveranser/ny/exempelregionen-dagliga-vardplatser/"


def record(number: int) -> None:
    with transaction() as session:
        events.record(session, "Something", actor=SYSTEM, now=clock.now(), subject=f"test:{number}")


# --- which errors are outages


class FromSqlite(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sqlite_errorname = name


def wrapped(driver: BaseException, kind=sqlalchemy.exc.OperationalError, **more) -> Exception:
    return kind("SELECT 1", {}, driver, **more)


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Outage.STORAGE_FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), Outage.STORAGE_FULL),
        (OSError(errno.EMFILE, "Too many open files"), Outage.OUT_OF_FILES),
        (OSError(errno.EACCES, "Permission denied"), None),
        (RuntimeError("write failed: No space left on device (os error 28)"), Outage.STORAGE_FULL),
        (wrapped(FromSqlite("SQLITE_FULL")), Outage.STORAGE_FULL),
        (wrapped(FromSqlite("SQLITE_IOERR_SHMSIZE")), Outage.STORAGE_FULL),
        (wrapped(FromSqlite("SQLITE_BUSY")), Outage.DATABASE_AWAY),
        (wrapped(FromSqlite("SQLITE_BUSY_SNAPSHOT")), Outage.DATABASE_AWAY),
        (wrapped(FromSqlite("SQLITE_ERROR")), None),
        (wrapped(FromSqlite("SQLITE_CONSTRAINT_UNIQUE"), sqlalchemy.exc.IntegrityError), None),
        (wrapped(psycopg.errors.DiskFull()), Outage.STORAGE_FULL),
        (wrapped(psycopg.errors.TooManyConnections()), Outage.DATABASE_AWAY),
        (wrapped(psycopg.errors.AdminShutdown()), Outage.DATABASE_AWAY),
        (wrapped(psycopg.errors.CannotConnectNow()), Outage.DATABASE_AWAY),
        (wrapped(psycopg.errors.LockNotAvailable()), Outage.DATABASE_AWAY),
        (wrapped(psycopg.errors.DeadlockDetected()), Outage.DATABASE_AWAY),
        (wrapped(psycopg.errors.ReadOnlySqlTransaction()), Outage.DATABASE_AWAY),
        (wrapped(psycopg.errors.UndefinedTable(), sqlalchemy.exc.ProgrammingError), None),
        (wrapped(psycopg.OperationalError("the connection is closed")), Outage.DATABASE_AWAY),
        (wrapped(psycopg.InterfaceError("closed"), sqlalchemy.exc.InterfaceError), Outage.DATABASE_AWAY),
        (sqlalchemy.exc.TimeoutError("QueuePool limit"), Outage.DATABASE_AWAY),
        (ValueError("a fault of ours"), None),
    ],
    ids=repr,
)
def test_what_an_error_says_is_missing(error, what):
    assert outage_of(error) == what


def test_an_error_that_came_from_an_outage_is_one():
    try:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError as full:
            raise RuntimeError("the table could not be written") from full
    except RuntimeError as error:
        assert outage_of(error) is Outage.STORAGE_FULL


# --- a full disk


@contextmanager
def small_disk(folder, size):
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def filled(folder):
    """No room is left in ``folder`` as long as the block lasts."""
    path = folder / "ballast"
    with path.open("wb", buffering=0) as file:
        size = 2**20
        while size:
            try:
                if file.write(bytes(size)) < size:
                    size //= 2
            except OSError as error:
                assert error.errno == errno.ENOSPC
                size //= 2
    try:
        yield
    finally:
        path.unlink()


@pytest.fixture(scope="module")
def on_small_disk(tmp_path_factory):
    """The demonstration on a disk of 24 MiB, and a data officer who is signed in."""
    made = copied(tmp_path_factory, "full")
    with small_disk(tmp_path_factory.mktemp("disk") / "small", "24m") as disk:
        folder = disk / "instance"
        shutil.copytree(made, folder)
        app = wsgi.create_app({"INSTANCE": folder, "DATABASE_URL": ""})
        app.test_client_class = Browser
        client = app.test_client()
        login = {"login": "uppgiftslamnare-99", "password": (folder / "demonstration_password").read_text().strip()}
        with app.app_context():
            page = client.get("/logga-in").text
            assert client.post("/logga-in", data=login | {"csrf_token": token(page)}).status_code == 302
            yield app, client, disk
            db.session.close()
            db.engine.dispose()


def token(page: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def upload(client, first: date):
    form = {"csrf_token": token(client.get(FLOW).text), "file": (io.BytesIO(daily_wards(first, 7)), "platser.csv")}
    return client.post(FLOW, data=form, content_type="multipart/form-data")


def kept() -> tuple[int, int, int]:
    db.session.rollback()
    counts = tuple(db.session.scalar(select(func.count()).select_from(one)) for one in (Event, Delivery, StoredObject))
    db.session.rollback()
    return counts


def test_an_upload_on_a_full_disk_is_507_and_the_same_upload_works_when_there_is_room(on_small_disk):
    _app, client, disk = on_small_disk
    before = kept()
    page = client.get(FLOW).text
    with filled(disk):
        form = {"csrf_token": token(page), "file": (io.BytesIO(daily_wards(date(2026, 11, 2), 7)), "platser.csv")}
        answer = client.post(FLOW, data=form, content_type="multipart/form-data")
        assert (answer.status_code, answer.headers["Retry-After"]) == (507, "120")
        assert "disk är full" in answer.text
        assert client.get("/health").status_code == 200
        assert client.get("/health/ready").status_code == 503
        json = client.post(FLOW, data={"csrf_token": token(page)}, headers={"Accept": "application/json"})
        assert json.status_code in (200, 422, 507)  # a form without a file is answered, or told the same
    assert kept() == before
    answer = upload(client, date(2026, 11, 2))
    assert answer.status_code == 302, answer.text
    assert kept()[1] == before[1] + 1
    assert log_chain.verify(db.session).is_intact


def test_a_worker_survives_a_full_disk_and_goes_on_when_there_is_room(on_small_disk):
    app, _client, disk = on_small_disk
    ran = []

    def handler(run):
        (disk / "instance" / f"made-{run.attempt}").write_bytes(bytes(2**20))
        ran.append(run.attempt)

    app.extensions["registry"].job_handlers["fills"] = handler
    jobs.drain()
    with by_hand() as session:
        job = jobs.enqueue(session, "fills", now=clock.now(), payload={})
        identifier = job.id
    stopping = threading.Event()

    def work():
        with app.app_context():
            jobs.work(should_stop=stopping.is_set, pause=0.05)

    with filled(disk):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(3)
        assert thread.is_alive()
    with time_machine.travel(clock.now() + jobs.LEASE * 2, tick=True):
        thread.join(4)
        stopping.set()
        thread.join(10)
    db.session.rollback()
    assert db.session.get(jobs.Job, identifier).state == "done"
    assert ran


# --- a database that restarts


@pytest.fixture(scope="module")
def restartable(tmp_path_factory):
    with started() as server:
        app = wsgi.create_app(
            {"INSTANCE": tmp_path_factory.mktemp("instance"), "DATABASE_URL": server.address, "LOG_LEVEL": "ERROR"}
        )
        app.test_client_class = Browser
        with app.app_context():
            Base.metadata.create_all(db.engine)
            yield server, app
            db.session.close()
            db.engine.dispose()


@pytest.mark.postgresql
def test_a_restart_is_503_and_over_when_it_is_over(restartable):
    server, app = restartable
    client = app.test_client()
    for mode in ("fast", "immediate"):
        assert client.get("/uppfoljning/").status_code == 200
        server.stop(mode)
        for _ in range(3):
            answer = client.get("/uppfoljning/")
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
            assert "Databasen" in answer.text
        told = client.get("/uppfoljning/", headers={"Accept": "application/json"})
        assert (told.status_code, told.content_type, told.json["status"]) == (503, "application/problem+json", 503)
        assert client.get("/health").status_code == 200
        assert client.get("/health/ready").json["checks"][0]["state"] == "failed"
        server.start()
        assert (
            client.get("/uppfoljning/").status_code == 200
        )  # the first request afterwards, on a pool full of dead ones
        assert client.get("/health/ready").status_code == 200


@pytest.mark.postgresql
def test_a_restart_under_load_loses_nothing_that_was_told_to_be_kept(restartable):
    server, app = restartable
    told: list[int] = []
    broken: list[BaseException] = []
    ended = threading.Event()

    def write(worker: int) -> None:
        number = worker * 100_000
        while not ended.is_set():
            number += 1
            with app.app_context():
                try:
                    record(number)
                    told.append(number)
                except Exception as error:
                    if outage_of(error) is None:
                        broken.append(error)
                    ended.wait(0.05)

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for mode in ("fast", "immediate"):
        ended.wait(0.5)
        server.stop(mode)
        ended.wait(0.3)
        server.start()
    ended.wait(0.5)
    ended.set()
    for thread in threads:
        thread.join(30)
    assert broken == []
    db.session.rollback()
    kept = set(db.session.scalars(select(Event.subject)))
    assert {f"test:{number}" for number in told} <= kept
    assert log_chain.verify(db.session).is_intact
    assert len(told) > 20


@pytest.mark.postgresql
def test_a_worker_survives_a_restart_and_does_the_job_that_was_broken_off(restartable):
    server, app = restartable
    ran = []

    def handler(run):
        ran.append(run.attempt)
        if len(ran) == 1:
            server.stop("immediate")
            server.start()
        with by_hand() as session:
            session.execute(text("SELECT 1"))

    app.extensions["registry"].job_handlers["breaks"] = handler
    with by_hand() as session:
        identifier = jobs.enqueue(session, "breaks", now=clock.now(), payload={}).id
    jobs.run_next()
    with time_machine.travel(clock.now() + jobs.LEASE * 2, tick=True):
        jobs.drain()
    db.session.rollback()
    assert db.session.get(jobs.Job, identifier).state == "done"


# --- SQLite's own time-out


@pytest.fixture
def impatient(app):
    """Connections that wait for a lock for 50 ms instead of half a minute; none of them is left for the next test."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(database, "PRAGMAS", (*database.PRAGMAS, "busy_timeout=50"))
        db.engine.dispose()
        yield
        db.session.close()
    db.engine.dispose()


def test_a_writer_that_waits_too_long_is_told_to_come_again(app, actor, impatient):
    actor("somebody")
    page = app.test_client().get("/logga-in")
    assert page.status_code == 200
    with closing(db.engine.raw_connection()) as blocking:
        blocking.cursor().execute("BEGIN IMMEDIATE")
        answer = app.test_client().post("/logga-in", data={"login": "somebody", "password": "wrong"})
        blocking.cursor().execute("ROLLBACK")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.postgresql
def test_a_page_that_was_made_is_sent_although_the_database_dies_before_its_session_is_closed(restartable):
    server, app = restartable

    def die(response):
        if response.status_code == 200 and dying:
            dying.pop()
            server.stop("fast")
        return response

    dying = [True]
    app.after_request_funcs[None].append(die)  # the application has served already, so it takes no more by decorator
    try:
        assert app.test_client().get("/uppfoljning/").status_code == 200
        assert dying == []
    finally:
        app.after_request_funcs[None].remove(die)
        server.start()
    assert app.test_client().get("/uppfoljning/").status_code == 200
