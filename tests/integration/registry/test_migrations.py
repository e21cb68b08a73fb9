"""Migrations make the tables that the code describes, from empty, on both databases."""

import pytest
from sqlalchemy import create_engine, inspect, text

import wsgi
from registry import migrate
from registry.db import Base, db


def _application(tmp_path, address: str):
    return wsgi.create_app({"INSTANCE": tmp_path, "DATABASE_URL": address, "TESTING": True})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_app(request, tmp_path):
    if request.param == "sqlite":
        yield _application(tmp_path, "")
        return
    server = request.getfixturevalue("postgresql_server")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS migrated"))
        connection.execute(text("CREATE DATABASE migrated"))
    yield _application(tmp_path, server.replace("/postgres?", "/migrated?"))
    admin.dispose()


def test_migrations_run_up_from_empty_and_leave_no_drift(empty_app):
    with empty_app.app_context():
        migrate.upgrade()
        assert migrate.is_current()
        assert migrate.drift() == []
        made = set(inspect(db.engine).get_table_names())
        assert set(Base.metadata.tables) <= made
        db.engine.dispose()


def test_running_them_again_changes_nothing(empty_app):
    with empty_app.app_context():
        migrate.upgrade()
        migrate.upgrade()
        assert migrate.is_current()
        db.engine.dispose()
