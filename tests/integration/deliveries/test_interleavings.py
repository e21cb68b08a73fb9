"""The interleavings that once lost something, or would without a lock. On PostgreSQL; all others, and SQLite, are in
``tests/soak/test_races.py``."""

from collections.abc import Iterator

import pytest
from flask import Flask

from registry.stored import verifying
from tests.conftest import _fresh as fresh
from tests.races.scene import DECISIVE, Scene, scene_of
from tests.races.scheduler import unlocked, watched
from tests.races.serial import run

pytestmark = [pytest.mark.postgresql, pytest.mark.soak]


@pytest.fixture
def any_app(postgresql_app) -> Iterator[Flask]:
    yield from fresh(postgresql_app)


@pytest.fixture
def scene(any_app, organisations, actor, monkeypatch) -> Iterator[Scene]:
    monkeypatch.setattr(verifying, "LOOKED_AGAIN", 0)
    with watched(any_app):
        yield scene_of(any_app, organisations, actor)


def test_two_acts_at_once_come_to_what_they_come_to_one_after_the_other(scene):
    assert [(one, found) for one in DECISIVE if (found := run(scene, *one))] == []


def test_without_the_lock_on_an_objects_row_the_interleaving_loses_it(scene):
    with unlocked("registry/storage.py hold_alone"):
        assert any(run(scene, "tidy", "read again", step) for step in range(2, 7))
