"""Fixtures for every test: the whole application on a fresh database, on SQLite and on a real PostgreSQL.

A test that touches the database asks for `app` (SQLite) or `any_app` (both, one after the other). The databases are
made from the tables once per test process and emptied between tests; that migrations make the same tables is tested
on its own.
"""

import gc
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy.orm import Session

import wsgi
from registry import actors, clock
from registry import db as database
from registry.actors import ROLES_OF, SYSTEM, Actor, Held, Role
from registry.columns import Base
from registry.db import db, transaction
from registry.identity import known_browsers, passwords, services, signing_in
from registry.identity.tables import Membership, Organisation, Person
from registry.starter import load_organisations
from registry.web.app import CompiledTemplates
from registry.web.guards import TOKEN
from tests.factories.elsewhere import stamp
from tests.shared_folders import shared_folder
from tests.snapshots import empty, remembered

gc.disable()  # until the tests are collected: looking for garbage among what is imported is half of the time that takes
# Argon2 as in life, at a cost that hundreds of tests can bear.
passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
# No test switches the power off, and waiting for the disk would be half of its time.
os.fsync = lambda _descriptor: None
database.PRAGMAS = (*database.PRAGMAS, "synchronous=OFF")
settings.register_profile("unhurried", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("unhurried")
for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
    os.environ.pop(name, None)
os.environ["LANG"] = "en_GB.UTF-8"  # commands speak English here, whatever the terminal of whoever runs the tests does
IN_CI = bool(os.environ.get("CI"))
PASSWORD = "a password for tests only"


class Browser(FlaskClient):
    """A client whose every request has an application context, and so a `flask.g` and a database session, of its own."""

    def open(self, *args, **kwargs):
        db.session.rollback()
        with self.application.app_context():
            return super().open(*args, **kwargs)


def pytest_collection_finish() -> None:
    """What was imported stays: looking through all of it again and again for garbage is a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _push_request_context():
    """pytest-flask would keep one request context, and so one `flask.g`, for a whole test; requests must not share."""


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Address of a real PostgreSQL server of our own, on a socket in a temporary folder."""
    programs = _postgresql_programs()
    if programs is None:
        message = "PostgreSQL is not installed (Debian: postgresql)"
        pytest.fail(message) if IN_CI else pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_user = {"user": "postgres", "group": "postgres"}

    def run(*command: object) -> None:
        subprocess.run([programs / command[0], *command[1:]], check=True, capture_output=True, cwd=folder, **as_user)

    run(
        "initdb", "-D", folder / "data", "-U", "registry", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"
    )
    port = _free_port()
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -p {port} -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c jit=off"
    run("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://registry@/postgres?host={folder}&port={port}"
    finally:
        run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory) -> Flask:
    return _application(tmp_path_factory, "")


@pytest.fixture(scope="session")
def postgresql_app(tmp_path_factory, postgresql_server) -> Flask:
    return _application(tmp_path_factory, postgresql_server)


@pytest.fixture
def app(sqlite_app) -> Iterator[Flask]:
    """The application on an empty SQLite database, within an application context."""
    yield from _fresh(sqlite_app)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.again])])
def any_app(request) -> Iterator[Flask]:
    """The application on an empty database, once on SQLite and once on PostgreSQL (`make postgresql`)."""
    yield from _fresh(request.getfixturevalue(f"{request.param}_app"))


@pytest.fixture
def session(app) -> Session:
    """Reading session of `app`; write with `registry.db.transaction()`."""
    return db.session


@pytest.fixture
def organisations(request) -> dict[str, Organisation]:
    """The 21 regions by county code, plus ``forvaltare`` and ``nationell-uppfoljning``."""
    if "any_app" not in request.fixturenames:
        request.getfixturevalue("app")

    def build() -> None:
        with transaction() as session:
            load_organisations(session, SYSTEM, NOW)

    remembered("organisations", build)
    return {one.code: one for one in db.session.query(Organisation)}


@pytest.fixture
def actor(organisations) -> Callable[..., Actor]:
    """Make an actor who can also sign in: ``actor("norrbotten", (Role.DATA_OFFICER, "25"))``."""

    def make(login: str, *roles: tuple[Role, str]) -> Actor:
        hashed = _hash_of_the_password()
        with transaction() as session:
            person = services.create_person(session, SYSTEM, NOW, login=login, name=login, password_hash=hashed)
            for role, code in roles:
                organisation = session.get_one(Organisation, organisations[code].id)
                if role in ROLES_OF[organisation.kind]:
                    services.give_role(session, SYSTEM, NOW, person=person, organisation=organisation, role=role)
                else:  # held from before roles were checked: what a page or a service must withstand
                    session.add(Membership(person_id=person.id, organisation_id=organisation.id, role=role, since=NOW))
            identifier = person.id
        return actors.Person(identifier, frozenset(Held(organisations[code].id, role) for role, code in roles))

    return make


@pytest.fixture
def client(app) -> FlaskClient:
    """A browser without scripts, not signed in; forgery protection is off (it has tests of its own)."""
    return app.test_client()


@pytest.fixture
def signed_in(app) -> Callable[[Actor], FlaskClient]:
    """A client signed in as an actor made by `actor`, as the page for signing in leaves a browser. That page has tests of its own:
    to count and verify a password takes longer than most of what is tested behind it."""

    def make(actor: Actor) -> FlaskClient:
        client = app.test_client()
        with transaction() as session:
            person = session.get_one(Person, actor.person_id)
            lasts = timedelta(hours=app.config["SESSION_HOURS"])
            welcome = signing_in.begin(session, clock.now(), person=person, browser=None, lasts=lasts)
            cookie = known_browsers.cookie_of(person.login)
        with client.session_transaction() as kept:
            kept[TOKEN] = welcome.token
        client.set_cookie(cookie, welcome.browser, path="/logga-in")
        return client

    return make


@cache
def _hash_of_the_password() -> str:
    return passwords.hashed(PASSWORD)


def _application(tmp_path_factory: pytest.TempPathFactory, address: str) -> Flask:
    instance = tmp_path_factory.mktemp("instance")
    app = wsgi.create_app({"INSTANCE": instance, "DATABASE_URL": address, "TESTING": True, "WTF_CSRF_ENABLED": False})
    app.testing = True
    app.test_client_class = Browser
    app.config["WTF_CSRF_ENABLED"] = False
    app.jinja_env.bytecode_cache = CompiledTemplates(str(shared_folder(tmp_path_factory, "templates")))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with db.engine.begin() as connection:
            stamp(connection)
    return app


def _fresh(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app
        db.session.rollback()
        db.session.close()
        empty()


def _postgresql_programs() -> Path | None:
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
