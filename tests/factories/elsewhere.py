"""Another, empty instance of the same kind as one under test: where backups are restored, on either database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy import create_engine, make_url, text

import wsgi
from registry.db import db


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
