"""Reading models, code lists and measures. Content never changes under its hash, so what was read once is kept."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models import code_lists, definitions, measures
from information_models.code_lists import CodeList
from information_models.definitions import LoadedModel, Model, Wording
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.measures import Measure
from registry import clock
from registry.actors import Actor
from registry.columns import told_in
from registry.content import canonical as canonical_content
from registry.errors import NotFound
from registry.findings import Text
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.paging import Page, page_of_sequence
from registry.swedish import sort_key
from termbank.bank.queries.term_banks import concept_of

_LOADED: dict[str, LoadedModel] = {}
MOST_KEPT = 256


def load_model(session: Session, version_hash: str) -> LoadedModel:
    """The model version with its code lists and wordings, whatever has been published since.

    Raises ``NotFound`` where no version has that content.
    """
    if (kept := _LOADED.get(version_hash)) is not None:
        return kept
    version = items.version_by_hash(session, version_hash)
    if version is None or version.item.kind != MODEL:
        raise NotFound("model")
    return load_versions(session, [version])[0]


def load_versions(session: Session, versions: Sequence[Version]) -> list[LoadedModel]:
    """Model versions, of any state, with what they are bound to; at most one statement."""
    # Taken out first: what is kept now may have made room, here or in another thread, when the last one is loaded.
    kept = {hash_: one for version in versions if (one := _LOADED.get(hash_ := version.content_hash)) is not None}
    models = {version.content_hash: model_of(version) for version in versions if version.content_hash not in kept}
    hashes = {
        hash_
        for model in models.values()
        for element in model.elements
        for hash_ in (element.code_list_version, element.concept_version)
        if hash_
    }
    found = items.versions_by_hash(session, sorted(hashes)) if hashes else {}
    loaded = {content_hash: _with_bindings(model, found, content_hash) for content_hash, model in models.items()}
    for content_hash, one in loaded.items():
        if hashes <= found.keys():
            if len(_LOADED) >= MOST_KEPT:
                _LOADED.pop(next(iter(tuple(_LOADED)), ""), None)
            _LOADED[content_hash] = one
    known = kept | loaded
    return [known[version.content_hash] for version in versions]


def _with_bindings(model: Model, found: Mapping[str, Version], content_hash: str) -> LoadedModel:
    lists, wordings = {}, {}
    for element in model.elements:
        if element.code_list and (version := found.get(element.code_list_version or "")):
            lists[element.code_list] = code_list_of(version)
        if element.concept and (version := found.get(element.concept_version or "")):
            wordings[element.concept] = wording_of(version)
    return LoadedModel(model, lists, wordings, content_hash)


def wording_of(version: Version) -> Wording:
    """A concept version's term and definition."""
    concept = concept_of(version)
    return Wording(version.item.slug, concept.title, concept.definition, version.content_hash)


def model_of(version: Version) -> Model:
    return _read_model(version.content_text)


def code_list_of(version: Version) -> CodeList:
    return _read_code_list(version.content_text)


def measure_of(version: Version) -> Measure:
    return _read_measure(version.content_text)


def current_models(session: Session) -> list[tuple[Version, Model]]:
    """Published models, by title; one statement."""
    found = [(version, model_of(version)) for version in items.current_versions(session, MODEL)]
    return sorted(found, key=lambda pair: sort_key(pair[1].title.sv))


def current_code_lists(session: Session) -> list[tuple[Version, CodeList]]:
    found = [(version, code_list_of(version)) for version in items.current_versions(session, CODE_LIST)]
    return sorted(found, key=lambda pair: sort_key(pair[1].title.sv))


def current_measures(session: Session, model: str | None = None) -> list[tuple[Version, Measure]]:
    """Published measures (of one model), by title; one statement."""
    found = [(version, measure_of(version)) for version in items.current_versions(session, MEASURE)]
    return sorted(
        ((version, measure) for version, measure in found if model in (None, measure.model)),
        key=lambda pair: sort_key(pair[1].title.sv),
    )


def page_of_standing(session: Session, kind: str, language: str, number: int) -> Page[Version]:
    """Page ``number`` of what is in force, or coming for the first time, by its title in a language; two statements.

    Titles are ordered here, since neither database knows Swedish order; what else they say is read of the page alone.
    """
    query = items.standing_of_kind(kind).with_only_columns(
        Version.id, Item.slug, told_in(Version.content_text, "title")
    )
    titles = [(id_, slug, Text.from_dict(json.loads(title))) for id_, slug, title in session.execute(query)]
    ordered = sorted(titles, key=lambda row: (sort_key(row[2].in_language(language)), row[1]))
    page = page_of_sequence([id_ for id_, _slug, _title in ordered], number)
    found = {one.id: one for one in session.scalars(select(Version).where(Version.id.in_(page.rows)))}
    return page.of(found.__getitem__)


def coming_versions(session: Session) -> dict[str, Version]:
    """The next version that is published and not yet in force, by item id; one statement."""
    day = clock.today()
    rows = session.scalars(
        select(Version)
        .join(Item)
        .where(Item.kind.in_((MODEL, CODE_LIST, MEASURE)), items.not_ended(day), Version.valid_from > day)
        .order_by(Version.number.desc())
    )
    return {version.item_id: version for version in rows}


def open_versions(session: Session, actor: Actor) -> list[Version]:
    """Models, code lists and measures being worked on that ``actor`` may see; newest first, one statement."""
    query = (
        select(Version)
        .join(Item)
        .where(
            Item.kind.in_((MODEL, CODE_LIST, MEASURE)),
            items.is_open(),
            items.visible(actor),
        )
        .order_by(Version.changed_at.desc())
    )
    return list(session.scalars(query))


def current_code_list(session: Session, slug: str) -> CodeList | None:
    """The published code list."""
    version = items.current_by_slug(session, CODE_LIST, slug)
    return code_list_of(version) if version else None


@lru_cache(maxsize=512)
def _read_model(content_text: str) -> Model:
    return definitions.read(canonical_content.parse(content_text))


@lru_cache(maxsize=512)
def _read_code_list(content_text: str) -> CodeList:
    return code_lists.read(canonical_content.parse(content_text))


@lru_cache(maxsize=512)
def _read_measure(content_text: str) -> Measure:
    return measures.read(canonical_content.parse(content_text))


def bindings(model: Model) -> frozenset[str]:
    """Every version that a model is bound to."""
    pinned = [
        hash_ for element in model.elements for hash_ in (element.concept_version, element.code_list_version) if hash_
    ]
    return frozenset((*model.lockfile, *pinned))


def measure_bindings(measure: Measure) -> frozenset[str]:
    """Every version that a measure is bound to."""
    model = [measure.model_version] if measure.model_version else []
    return frozenset((*model, *measure.concept_versions))
