"""Two tries that are counted at the same moment are two, whichever step of the first the second comes at."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete

from registry.db import db
from registry.identity import attempts
from registry.identity.tables import Attempt
from tests.by_hand import by_hand
from tests.conftest import NOW, _fresh
from tests.races.scheduler import alone, interleave, watched

pytestmark = pytest.mark.postgresql


@pytest.fixture
def any_app(postgresql_app) -> Iterator[Flask]:
    yield from _fresh(postgresql_app)


def test_no_try_is_lost_from_the_counts(any_app):
    lane = attempts.Lane.of("secret", login="officer", address="192.0.2.1")

    def count() -> str:
        with by_hand() as session:
            attempts.count(session, NOW, lane)
        return "counted"

    with watched(any_app):
        points = alone(any_app, count).points
        for at in range(points + 1):
            with by_hand() as session:
                session.execute(delete(Attempt))
                attempts.count(session, NOW, lane)
            assert interleave(any_app, count, count, at) == ("counted", "counted")
            assert [_failures(key) for key in (lane.own, lane.account)] == [3, 3]


def _failures(key: str) -> int:
    db.session.rollback()
    return db.session.get_one(Attempt, key).failures
