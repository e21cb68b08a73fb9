"""What migrations change on purpose in an instance that an earlier release left; everything else stays as it was."""

from pathlib import Path

from flask import Flask

import wsgi
from registry import migrate
from registry.db import db
from tests import lasting
from tests.moved import differences, rows_of

CHANGED: dict[str, str] = {}
"""``table`` or ``table.column`` → why a migration changes it. Add to it what yours changes, with the reason."""


def on_sqlite(instance: Path) -> Flask:
    return wsgi.create_app({"INSTANCE": instance, "DATABASE_URL": "", "TESTING": True})


def upgrade_and_compare(app: Flask) -> None:
    """Upgrade an instance: every row is there as it was, and the tables are those of the code."""
    with app.app_context():
        before = rows_of(db.engine)
        migrate.upgrade()
        assert differences(before, rows_of(db.engine), CHANGED) == []
        assert migrate.is_current() and migrate.drift() == []


def require_lasting(app: Flask, *, but: tuple[str, ...] = ()) -> None:
    """What readers and receipts rest on is as it was when the instance was left: published bytes, traces, hashes, the log."""
    found, recorded = lasting.facts(app), lasting.recorded()
    for name in recorded.keys() - set(but):
        assert found[name] == recorded[name], name
