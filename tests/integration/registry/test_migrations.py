"""Migrations make the tables that the code describes, from empty, on both databases."""

import pytest
from alembic import command
from sqlalchemy import create_engine, insert, inspect, select, text

import wsgi
from registry import migrate, references
from registry.db import Base, db, transaction
from registry.references import BY_WAY_OF, Edge
from tests.conftest import NOW


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


def test_an_older_instance_learns_which_versions_its_tables_rest_on(empty_app):
    """Migration 0006: counted then without a walk through each release; the same edges as a new table gets."""
    edges = [
        ("table:1", "release:1", "made-from"),
        ("table:1", "release:2", "made-from"),
        ("release:1", "delivery:1", "released"),
        ("release:2", "delivery:2", "released"),
        ("release:2", "decision:2", "decided"),
        ("delivery:1", "version:flow", "under"),
        ("delivery:2", "version:flow", "under"),
        ("delivery:2", "version:statement", "applied"),
    ]
    with empty_app.app_context():
        with migrate._configured() as config:
            command.upgrade(config, "0002")
        with db.engine.begin() as connection:
            for from_ref, to_ref, role in edges:
                connection.execute(
                    insert(Edge.__table__).values(from_ref=from_ref, to_ref=to_ref, role=role, recorded_at=NOW)
                )
        migrate.upgrade()
        summed = select(Edge.from_ref, Edge.to_ref).where(Edge.role == BY_WAY_OF).order_by(Edge.to_ref)
        assert [tuple(row) for row in db.session.execute(summed)] == [
            ("table:1", "version:flow"),
            ("table:1", "version:statement"),
        ]
        with transaction(bookkeeping=True) as session:
            references.sum_up(session, "table:1", ("made-from", "released"), NOW)
        assert len(db.session.execute(summed).all()) == 2
        db.session.rollback()
        db.engine.dispose()
