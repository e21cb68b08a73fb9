"""The grown instance, upgraded on SQLite and, moved there at its own revision, on PostgreSQL: everything stays.

Then it is backed up and restored elsewhere, and is still the same.
"""

from contextlib import ExitStack

import pytest

from registry.auditing import chain as log_chain
from registry.auditing.verifying import audit
from registry.backup import restoring, taking
from registry.db import db
from registry.findings import Severity
from tests import lasting
from tests.factories.elsewhere import empty_database, empty_instance
from tests.grown import grown_instance
from tests.moved import moved_to_postgresql
from tests.upgrades import on_sqlite, require_lasting, upgrade_and_compare


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_a_grown_instance_is_upgraded_backed_up_and_restored_and_keeps_everything(tmp_path, kind, request):
    left = grown_instance(tmp_path)
    with ExitStack() as opened:
        if kind == "sqlite":
            app = on_sqlite(left)
        else:
            address = opened.enter_context(empty_database(request.getfixturevalue("postgresql_server")))
            app = moved_to_postgresql(left, tmp_path / "moved", address)
        upgrade_and_compare(app)
        require_lasting(app)
        with app.app_context():
            assert audit(db.session).evidence.named == [], "every row is sealed as it was found"
            assert taking.take(tmp_path / "copy").manifest.faults == ()
            db.session.close()
        restored = opened.enter_context(empty_instance(app, tmp_path / "restored"))
        with restored.app_context():
            outcome = restoring.restore(tmp_path / "copy")
            assert outcome.is_done and all(one.severity is Severity.INFO for one in outcome.findings)
            assert log_chain.verify(db.session, lasting.recorded()["chain"]["head"]).is_intact
            db.session.close()
        require_lasting(restored, but=("chain",))
        with app.app_context():
            db.engine.dispose()
