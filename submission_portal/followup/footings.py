"""What the versions of a model that releases were made under let its elements stand on, read from the register.

Everything here is immutable and pinned by hash; a version that nobody released under is read only as far as it tells
which of the changes on the way people classed as editorial.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models import binding
from information_models.definitions import Model
from information_models.footing import Footing, Footings, ListVersion, ModelVersion
from information_models.kinds import CODE_LIST, MODEL
from registry.items.lifecycle import Change
from registry.items.queries import versions_by_hash
from registry.items.tables import Item, Version
from submission_portal.followup.plans import read_code_list, read_model
from submission_portal.followup.wordings import Wordings, wordings_of
from termbank.bank.queries.term_banks import concept_of
from termbank.definitions.linking import Linker
from termbank.notions import CONCEPT

Locked = Mapping[str, Mapping[str, Version]]
"""The concept versions in the lockfile of each model version (by hash), by key."""


def footings_of(
    session: Session, model: str, used: Iterable[str], concepts: Sequence[str]
) -> tuple[Footings, Wordings]:
    """The footings of a model for releases under the versions ``used`` (hashes), and the wordings of every concept that they
    may stand on, ``concepts`` among them. Four statements where all of them rest on the same; six otherwise."""
    versions = _published(session, MODEL, [model])
    known = {one.content_hash for one in versions}
    models = {one.content_hash: read_model(one.content_hash, one.content_text) for one in versions}
    wanted = sorted(known.intersection(used))
    locked = _locked(session, {one: models[one] for one in wanted}) if len(wanted) > 1 else {}
    slugs = {element.concept for one in models.values() for element in one.elements if element.concept}
    wordings = wordings_of(session, {*concepts, *slugs, *(slug for one in locked.values() for slug in one)})
    return (
        Footings(
            tuple(
                ModelVersion(
                    one.content_hash,
                    one.number,
                    one.change == Change.EDITORIAL,
                    _elements(models[one.content_hash], locked.get(one.content_hash, {})),
                )
                for one in versions
            ),
            _lists(session, [models[one] for one in wanted]) if len(wanted) > 1 else {},
            wordings.changed_meaning,
        ),
        wordings,
    )


def _elements(model: Model, locked: Mapping[str, Version]) -> dict[str, Footing]:
    if not locked:
        return {element.name: Footing.of(element) for element in model.elements}
    concepts = {slug: concept_of(version) for slug, version in locked.items()}
    linker = Linker(concepts)
    return {
        element.name: Footing.of(
            element,
            {
                slug: locked[slug].content_hash
                for slug in binding.closure(concepts, linker, [element.concept] if element.concept else [])
                if slug != element.concept
            },
        )
        for element in model.elements
    }


def _locked(session: Session, models: Mapping[str, Model]) -> Locked:
    """What differs between lockfiles is of interest alone: where they are alike, nobody reads it."""
    if len({one.lockfile for one in models.values()}) < 2:
        return {}
    found = versions_by_hash(session, sorted({hash_ for one in models.values() for hash_ in one.lockfile}))
    return {
        model_hash: {
            version.item.slug: version
            for hash_ in one.lockfile
            if (version := found.get(hash_)) is not None and version.item.kind == CONCEPT
        }
        for model_hash, one in models.items()
    }


def _lists(session: Session, models: Sequence[Model]) -> dict[str, ListVersion]:
    """The versions of the code lists that differ between some models; none of those that do not."""
    pinned: dict[str, set[str]] = {}
    for one in models:
        for element in one.elements:
            if element.code_list and element.code_list_version:
                pinned.setdefault(element.code_list, set()).add(element.code_list_version)
    by_element: dict[str, set[str]] = {}
    for one in models:
        for element in one.elements:
            if element.code_list:
                by_element.setdefault(element.name, set()).add(element.code_list)
    moved = {slug for slugs in by_element.values() if len(slugs) > 1 for slug in slugs}
    moved |= {slug for slug, hashes in pinned.items() if len(hashes) > 1}
    return {
        one.content_hash: ListVersion(
            one.number, one.change == Change.EDITORIAL, read_code_list(one.content_hash, one.content_text)
        )
        for one in (_published(session, CODE_LIST, sorted(moved)) if moved else ())
    }


def _published(session: Session, kind: str, slugs: Sequence[str]) -> Sequence[Version]:
    return session.scalars(
        select(Version)
        .join(Item)
        .where(Item.kind == kind, Item.slug.in_(slugs), Version.published_at.is_not(None))
        .order_by(Version.number)
    ).all()
