"""What migrations change on purpose in an instance that an earlier release left; everything else stays as it was."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

import wsgi
from registry import migrate
from registry.db import db
from tests import lasting
from tests.moved import Change, Rows, differences, rows_of


def _let_go_of_what_is_gone(before: Mapping[str, Rows], was: Any, now: Any) -> bool:
    """0003: a key of rows that were erased when the file was sent names nothing any more."""
    return now is None and (was,) not in before["stored_object"]


def _say_what_ended_a_review(before: Mapping[str, Rows], was: Any, now: Any) -> bool:
    """0007: a version that was returned was called a draft, and one that was rejected withdrawn."""
    return (was, now) in (("draft", "returned"), ("withdrawn", "rejected"))


CHANGED: dict[str, Change] = {
    "delivery.rows_key": _let_go_of_what_is_gone,
    "item_version.state": _say_what_ended_a_review,
}
"""``table.column`` → the change that a migration means. Add to it what yours changes, with the reason."""


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
