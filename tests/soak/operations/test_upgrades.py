"""The grown instance, moved to PostgreSQL at its own revision and upgraded there."""

import pytest

from registry.db import db
from tests.factories.elsewhere import empty_database
from tests.grown import grown_instance
from tests.moved import moved_to_postgresql
from tests.upgrades import upgrade_and_compare


@pytest.mark.postgresql
def test_a_grown_instance_on_postgresql_is_upgraded_and_keeps_everything(tmp_path, postgresql_server):
    instance = grown_instance(tmp_path)
    with empty_database(postgresql_server) as address:
        app = moved_to_postgresql(instance, tmp_path / "moved", address)
        upgrade_and_compare(app)
        with app.app_context():
            db.engine.dispose()
