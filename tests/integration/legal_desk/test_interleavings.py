"""What would go wrong without the lock of a table, and what once did. On PostgreSQL; all interleavings, and SQLite, are in
``tests/soak/test_table_races.py``."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import _fresh as fresh
from tests.races.scheduler import unlocked, watched
from tests.races.serial import run, serial
from tests.races.tables import TableScene, scene_of

pytestmark = [pytest.mark.postgresql, pytest.mark.soak]
DECISIVE = (("publish", "withdraw"), ("withdraw", "publish"))


@pytest.fixture
def any_app(postgresql_app) -> Iterator[Flask]:
    yield from fresh(postgresql_app)


@pytest.fixture
def scene(any_app, organisations, actor, monkeypatch) -> Iterator[TableScene]:
    with watched(any_app):
        yield scene_of("waiting", any_app, organisations, actor, monkeypatch)


def _all_of(scene: TableScene, pairs: tuple[tuple[str, str], ...]) -> list[str]:
    return [
        one
        for first, second in pairs
        for at in range(serial(scene, first, second).points[0] + 1)
        for one in run(scene, first, second, at)
    ]


def test_a_delivery_that_is_withdrawn_while_its_table_is_decided_is_in_no_later_decision(scene):
    assert _all_of(scene, DECISIVE) == []


def test_without_the_lock_of_the_table_it_would_be(scene):
    for first, second in DECISIVE:
        serial(scene, first, second)
    with unlocked("submission_portal/followup/releasing.py hold_table"):
        assert any(_all_of(scene, (pair,)) for pair in DECISIVE)
