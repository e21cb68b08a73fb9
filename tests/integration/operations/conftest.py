"""Operations' tests begin with a flow in force, a region's people, and an instance elsewhere to restore into."""

from contextlib import ExitStack

import pytest

from registry.db import db
from registry.migrate import revisions
from tests.factories.deliveries import DeliveryWorld
from tests.factories.elsewhere import Elsewhere, empty_instance


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor)


@pytest.fixture
def instance(request):
    """The instance under test: on both databases where the test asks for `any_app`, else on SQLite."""
    return request.getfixturevalue("any_app" if "any_app" in request.fixturenames else "app")


@pytest.fixture
def stamped(instance):
    """The tests' tables are made from the code; say which revision they are at, as a migrated database does."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revisions()[-1]}')")
    yield instance
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")


@pytest.fixture
def elsewhere(instance, tmp_path) -> Elsewhere:
    """Make an empty instance of the same kind; each call makes another."""
    with ExitStack() as made:
        count = 0

        def make():
            nonlocal count
            count += 1
            return made.enter_context(empty_instance(instance, tmp_path / f"elsewhere-{count}"))

        yield make
