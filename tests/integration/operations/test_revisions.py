"""Backups of other releases: an older one is upgraded when it is restored, a newer one is refused."""

import pytest
from sqlalchemy import text

from registry import migrate
from registry.auditing import chain as log_chain
from registry.backup import restoring, taking
from registry.backup.checking import check
from registry.backup.kept import Stopped
from registry.db import db


@pytest.fixture
def migrated(elsewhere):
    """An instance with tables of an earlier release and nothing in them."""
    app = elsewhere()
    with app.app_context():
        migrate.upgrade(migrate.revisions()[0])
        db.session.close()
        yield app


def test_a_backup_of_an_earlier_release_is_restored_and_upgraded(any_app, migrated, elsewhere, tmp_path):
    with db.engine.begin() as connection:
        connection.execute(text("INSERT INTO instance_mark (name, value) VALUES ('left_by', 'an earlier release')"))
    folder = tmp_path / "copy"
    taken = taking.take(folder)
    assert taken.manifest.revision == migrate.revisions()[0]
    with elsewhere().app_context():
        assert restoring.restore(folder).is_upgraded
        assert migrate.is_current() and migrate.drift() == []
        kept = db.session.scalar(text("SELECT value FROM instance_mark WHERE name = 'left_by'"))
        assert (kept, log_chain.verify(db.session).events) == ("an earlier release", 2), (
            "that rows were sealed, and that it was restored"
        )
        db.session.close()


def test_a_backup_of_a_later_release_is_refused(any_app, stamped, organisations, elsewhere, tmp_path):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    taking.take(tmp_path / "copy")
    for look in (check, restoring.restore):
        with elsewhere().app_context(), pytest.raises(Stopped, match="later release"):
            look(tmp_path / "copy")
