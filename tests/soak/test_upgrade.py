"""An instance that an earlier release left, with what it has grown to, upgraded on either database."""

from datetime import UTC, datetime

from sqlalchemy import MetaData, create_engine, insert, select, text

import wsgi
from registry import events, migrate
from registry.db import db
from registry.stored import verifying
from tests.grown import grown_instance


def test_a_grown_instance_has_all_its_objects_after_the_upgrade(tmp_path):
    _upgrade(grown_instance(tmp_path), "")


def test_it_has_them_on_postgresql_too(tmp_path, postgresql_server):
    instance = grown_instance(tmp_path)
    admin = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS grown"))
        connection.execute(text("CREATE DATABASE grown"))
    address = postgresql_server.replace("/postgres?", "/grown?")
    app = wsgi.create_app({"INSTANCE": instance, "DATABASE_URL": address, "TESTING": True})
    with app.app_context():
        migrate.upgrade("0002")
        _copy(create_engine(f"sqlite:///{instance / 'registry.db'}"), db.engine)
        db.engine.dispose()
    _upgrade(instance, address)
    admin.dispose()


def _upgrade(instance, address: str) -> None:
    app = wsgi.create_app({"INSTANCE": instance, "DATABASE_URL": address, "TESTING": True})
    with app.app_context():
        migrate.upgrade()
        assert migrate.drift() == []
        assert verifying.verify(db.session).differences == ()
        assert events.verify(db.session).is_intact
        db.session.close()
        db.engine.dispose()


def _copy(source, target) -> None:
    """Every row, as an operator who moves to PostgreSQL would copy it."""
    tables = MetaData()
    tables.reflect(target)
    with source.connect() as reading, target.begin() as writing:
        writing.execute(text("SET session_replication_role = replica"))  # rows refer to rows of their own table
        for table in tables.sorted_tables:
            if table.name == "alembic_version":
                continue
            rows = [
                {name: _moment(value) for name, value in row._mapping.items()} for row in reading.execute(select(table))
            ]
            if rows:
                writing.execute(insert(table), rows)


def _moment(value: object) -> object:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
