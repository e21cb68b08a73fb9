"""What migrations change on purpose in an instance that an earlier release left; everything else stays as it was."""

from pathlib import Path

from flask import Flask

import wsgi
from registry import migrate
from registry.db import db
from tests import lasting
from tests.moved import differences, revision_of, rows_of

CHANGED: dict[str, str] = {}
"""``table`` or ``table.column`` → why a migration changes it. Add to it what yours changes, with the reason."""


def on_sqlite(instance: Path) -> Flask:
    return wsgi.create_app({"INSTANCE": instance, "DATABASE_URL": "", "TESTING": True})


def upgrade_and_compare(app: Flask) -> None:
    """Upgrade an instance: every row is there as it was, and so is everything that readers and receipts rest on."""
    with app.app_context():
        before = rows_of(db.engine)
        migrate.upgrade()
        assert migrate.is_current() and revision_of(db.engine)
        assert differences(before, rows_of(db.engine), CHANGED) == []
        assert migrate.drift() == []
    found, recorded = lasting.facts(app), lasting.recorded()
    for name, facts in recorded.items():
        assert found[name] == facts, name
