"""What a region has stated of an element is of one wording: a model that counts by one with another meaning says so."""

from dataclasses import replace
from datetime import date

import pytest

from information_models.kinds import MODEL
from information_models.queries import load_model
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.items import queries as items
from registry.items import services
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from submission_portal.deliveries.pages.meanings import meanings_of
from tests.conftest import NOW
from tests.factories import starter
from tests.factories.statements import stated

SLUG, ELEMENT = "faststalld-vardplats", "faststallda"


@pytest.mark.parametrize(("change", "told"), [(Change.MEANING, "1"), (Change.EDITORIAL, "")])
def test_a_statement_of_another_wording_than_the_models_says_which(app, organisations, change, told):
    starter.models()
    stated(SLUG, "24", {})
    loaded = load_model(
        db.session, items.current_by_slug(db.session, MODEL, "faststallda-vardplatser-per-sjukhus").content_hash
    )
    with transaction() as session:
        concept = items.item_by_slug(session, "concept", SLUG)
        content = {**items.current(session, concept).content, "definition": {"sv": "en annan", "en": "another"}}
        newer = services.draft_successor(session, SYSTEM, NOW, item=concept, content=content)
        publish_loaded(session, NOW, newer, change=change, valid_from=NOW.date())
        newer = newer.content_hash
    moved = replace(loaded, wordings={**loaded.wordings, SLUG: replace(loaded.wordings[SLUG], version=newer)})
    for model, expected in ((loaded, ""), (moved, told)):
        with app.test_request_context():
            meaning = meanings_of(db.session, model, [ELEMENT], organisations["24"].id, date(2026, 12, 1))[ELEMENT]
        assert meaning.application and meaning.of_wording == expected
