"""Loading the starter content into a database: code lists, models bound to the published concepts, measures."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from information_models import services
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.starter import loading, shipped_code_lists
from registry.actors import Actor
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items.starter import load_published


def load_code_lists(session: Session, actor: Actor, now: datetime) -> None:
    """Publish the code lists. What is there already is left alone."""
    for slug, content in shipped_code_lists.code_list_contents().items():
        _load(session, now, CODE_LIST, slug, content)


def load_models(session: Session, actor: Actor, now: datetime) -> None:
    """Publish the models, pinned to the concepts and code lists that are published now."""
    missing = [slug for slug in loading.model_contents() if items.item_by_slug(session, MODEL, slug) is None]
    if missing:
        contents = loading.model_contents()
        shelf = services.shelf(session, MODEL, *(contents[slug] for slug in missing))
        for slug in missing:
            _load(session, now, MODEL, slug, shelf.bind_model(contents[slug]))


def load_measures(session: Session, actor: Actor, now: datetime) -> None:
    """Publish the measures, pinned to the models and concepts that are published now."""
    missing = [slug for slug in loading.measure_contents() if items.item_by_slug(session, MEASURE, slug) is None]
    if missing:
        contents = loading.measure_contents()
        shelf = services.shelf(session, MEASURE, *(contents[slug] for slug in missing))
        for slug in missing:
            _load(session, now, MEASURE, slug, shelf.bind_measure(contents[slug]))


def _load(session: Session, now: datetime, kind: str, slug: str, content: dict[str, Any]) -> None:
    load_published(
        session,
        now,
        kind=kind,
        slug=slug,
        content=content,
        organisation_id=steward(session).id,
        valid_from=None,
    )


def steward(session: Session) -> Organisation:
    """The organisation that keeps terms and models."""
    stewards = identity.organisations(session, "steward")
    if not stewards:
        raise LookupError("there is no steward organisation; load the organisations first")
    return stewards[0]
