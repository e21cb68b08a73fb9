"""Migrations make the tables that the code describes, from empty, on both databases."""

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, text

import wsgi
from registry import migrate
from registry.db import Base, db
from registry.identity import passwords


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


def test_people_from_before_sign_in_with_their_passwords_and_who_was_locked_out_may_try_again(empty_app):
    hashed = passwords.HASHER.hash("a password from before")
    with empty_app.app_context():
        with migrate._configured() as config:
            command.upgrade(config, "0002")
        with db.engine.begin() as connection:
            moment = {"now": "2026-11-01 08:00:00+00:00"}
            connection.execute(
                text("INSERT INTO person (id, login, password_hash, is_demonstration, created_at) VALUES ('p', 'ada', :hash, false, :now)"),
                moment | {"hash": hashed},
            )  # fmt: skip
            connection.execute(text("INSERT INTO sign_in_attempt VALUES ('login:ada', :now, 80)"), moment)
        migrate.upgrade()
        empty_app.config["WTF_CSRF_ENABLED"] = False
        data = {"login": "ada", "password": "a password from before"}
        assert empty_app.test_client().post("/logga-in", data=data).status_code == 302
        db.session.close()
        with migrate._configured() as config:
            command.downgrade(config, "0002")
        assert not migrate.is_current()
        migrate.upgrade()
        assert migrate.drift() == []
        db.session.close()
        db.engine.dispose()
