"""The starter content in a database: bound to exact versions, and loaded once."""

import pytest

from information_models import queries
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.starter.load import load_code_lists, load_measures, load_models
from registry import references
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.errors import NotFound
from registry.items import queries as items
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from registry.items.tables import Version
from registry.swedish import sort_key
from termbank.notions import CONCEPT
from termbank.starter.load import load_concepts
from tests.conftest import NOW

DAILY = "dagliga-vardplatser-per-avdelning"


def test_every_element_is_bound_to_the_published_concept_and_code_list(models):
    for version, model in queries.current_models(db.session):
        for element in model.elements:
            if element.concept:
                assert (
                    element.concept_version == items.current_by_slug(db.session, CONCEPT, element.concept).content_hash
                )
            if element.code_list:
                assert (
                    element.code_list_version
                    == items.current_by_slug(db.session, CODE_LIST, element.code_list).content_hash
                )
        assert {edge.to_ref for edge in references.edges_from(db.session, version.ref)} == {
            f"version:{hash_}" for hash_ in queries.bindings(model)
        }


def test_the_lockfile_holds_the_wordings_that_definitions_use(models):
    [model] = [model for _version, model in queries.current_models(db.session) if model.slug == DAILY]
    locked = {version.item.slug for version in items.versions_by_hash(db.session, model.lockfile).values()}
    # överbeläggning is defined by disponibel vårdplats, that by vårdplats and sluten vård; no element names those two.
    assert {"overbelaggning", "disponibel-vardplats", "vardplats", "sluten-vard"} <= locked


def test_a_measure_is_bound_to_its_model(models):
    for _version, measure in queries.current_measures(db.session):
        assert measure.model_version == items.current_by_slug(db.session, MODEL, measure.model).content_hash
        assert len(measure.concept_versions) == len(measure.concepts)


def test_loading_twice_changes_nothing(models):
    before = db.session.query(Version).count()
    for load in (load_code_lists, load_models, load_measures):
        with transaction() as session:
            load(session, SYSTEM, NOW)
    assert db.session.query(Version).count() == before


def test_a_loaded_model_stays_as_it_was_when_a_wording_changes(models):
    version = items.current_by_slug(db.session, MODEL, DAILY)
    before = queries.load_model(db.session, version.content_hash)
    with transaction() as session:
        concept = items.item_by_slug(session, CONCEPT, "belagd-vardplats")
        content = items.current(session, concept).content
        content["definition"] = {"sv": "plats som någon ligger på", "en": "place that somebody lies on"}
        from registry.items import services

        draft = services.draft_successor(session, SYSTEM, NOW, item=concept, content=content)
        publish_loaded(session, NOW, draft, change=Change.MEANING, valid_from=NOW.date())
    after = queries.load_model(db.session, version.content_hash)
    assert after == before
    assert after.wordings["belagd-vardplats"].definition is None


def test_an_unknown_hash_is_not_found(models):
    with pytest.raises(NotFound):
        queries.load_model(db.session, "0" * 64)
    with pytest.raises(NotFound):
        queries.load_model(
            db.session, items.current_by_slug(db.session, MEASURE, "disponibla-vardplatser").content_hash
        )


def test_models_load_alike_on_both_databases(any_app, organisations):
    for load in (load_concepts, load_code_lists, load_models, load_measures):
        with transaction() as session:
            load(session, SYSTEM, NOW)
    # The content is the same, byte for byte, whatever the database: its hash is its identity.
    assert {model.slug: version.content_hash[:12] for version, model in queries.current_models(db.session)}.keys() == {
        DAILY,
        "disponibla-vardplatser-per-region-ar",
        "faststallda-vardplatser-per-sjukhus",
        "manadsuppgifter-per-sjukhus",
        "publicerade-kvoter",
    }
    for language in ("sv", "en"):
        page = queries.page_of_standing(db.session, MODEL, language, 1)
        titles = [queries.model_of(version).title.in_language(language) for version in page.rows]
        assert titles == sorted(titles, key=sort_key) and page.total == len(titles) == 5


def test_models_that_make_room_for_others_are_still_given(models, monkeypatch):
    monkeypatch.setattr(queries, "MOST_KEPT", 1)
    monkeypatch.setattr(queries, "_LOADED", {})
    versions = [version for version, _ in queries.current_models(db.session)]
    queries.load_versions(db.session, versions[-1:])
    loaded = queries.load_versions(db.session, versions)
    assert [one.model for one in loaded] == [queries.model_of(version) for version in versions]
