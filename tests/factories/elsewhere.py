"""Another, empty instance of the same kind as one under test: where backups are restored, on either database."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, make_url, text

import wsgi
from registry.db import db
from registry.migrate import revisions


def stamp(connection: Connection) -> None:
    """Say that a database made from the code's tables is at the newest revision, as a migrated one does."""
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    )
    connection.exec_driver_sql("DELETE FROM alembic_version")
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revisions()[-1]}')")


@contextmanager
def empty_database(address: str) -> Iterator[str]:
    """The address of a new, empty database on the server of ``address``; nothing for SQLite, whose file is the database."""
    if not address.startswith("postgresql"):
        yield ""
        return
    name = f"elsewhere_{uuid4().hex[:12]}"
    admin = create_engine(make_url(address).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(address).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@contextmanager
def empty_instance(like: Flask, folder: Path) -> Iterator[Flask]:
    """An application whose instance and database hold nothing yet."""
    with empty_database(like.config["DATABASE_URL"] if "postgresql" in like.config["DATABASE_URL"] else "") as address:
        app = wsgi.create_app({"INSTANCE": folder, "DATABASE_URL": address, "TESTING": True})
        try:
            yield app
        finally:
            with app.app_context():
                db.session.close()
                db.engine.dispose()


Elsewhere = Callable[[], Flask]


@pytest.fixture
def instance(request) -> Flask:
    """The instance under test: on both databases where the test asks for `any_app`, else on SQLite."""
    return request.getfixturevalue("any_app" if "any_app" in request.fixturenames else "app")


@pytest.fixture
def stamped(instance) -> Iterator[Flask]:
    """An instance whose database is at the newest revision, whatever a test says of it."""
    yield instance
    db.session.rollback()
    with db.engine.begin() as connection:
        stamp(connection)


@pytest.fixture
def elsewhere(instance, tmp_path) -> Iterator[Elsewhere]:
    """Make an empty instance of the same kind; each call makes another."""
    with ExitStack() as made:
        count = 0

        def make() -> Flask:
            nonlocal count
            count += 1
            return made.enter_context(empty_instance(instance, tmp_path / f"elsewhere-{count}"))

        yield make
