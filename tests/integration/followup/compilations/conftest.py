"""Intensive care in all regions: a compilation that a rule closes, and the reviewer who decides about it."""

import pytest

from registry.actors import Role
from tests.factories.compilations import intensive_care


@pytest.fixture
def reviewer(actor):
    return actor("rattsgranskare", (Role.LEGAL_REVIEWER, "nationell-uppfoljning"))


@pytest.fixture
def iva(app, world):
    world.grown("intensive care", lambda: intensive_care(world))
    return world


@pytest.fixture
def iva_anywhere(any_app, world):
    world.grown("intensive care", lambda: intensive_care(world))
    return any_app, world
