"""Replays begin with what Norrbotten delivered under a model that is bound to its code list."""

import pytest

from registry.db import db
from registry.items import queries as items
from tests.by_hand import by_hand
from tests.factories.released_figures import World

SLUG = "faststallda-vardplatser-per-sjukhus"


@pytest.fixture
def world(organisations) -> World:
    world = World.load(organisations)

    def bind() -> None:
        hospitals = items.current_by_slug(db.session, "code_list", "sjukhus").content_hash
        with by_hand() as session:
            world.publish_model(session, SLUG, but={"sjukhus": {"code_list_version": hospitals}})

    world.grown("a bound model", bind)
    return world
