"""Models, code lists and measures as people read them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from information_models import changes, definitions, gravity, needs, queries
from information_models.definitions import LoadedModel, Model, ValueStatus
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.measures import Country
from information_models.offers import model_offers, region_offers
from information_models.presentation import (
    AGGREGATION_LABELS,
    COUNTRY_LABELS,
    PERIOD_LABELS,
    ROLE_LABELS,
    STATUS_TEXTS,
    TYPE_LABELS,
    kinds_in_words,
    limits_in_words,
    row_in_words,
    same_count_in_words,
)
from information_models.rules import RuleError
from information_models.starter.loading import assignments
from information_models.views import downloads, lists, new_code_list, writing
from information_models.views.blueprint import blueprint
from registry import clock, dependants
from registry.actors import Actor, Role
from registry.db import db
from registry.errors import NotFound
from registry.i18n import current_language
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items.lifecycle import CHANGE_LABELS, State
from registry.items.tables import Item, Version
from registry.items.withdrawal_notices import notice_of
from registry.items.withdrawing import may_propose
from registry.paging import page_of_sequence
from registry.swedish import sort_key
from registry.web.forms import whole_number
from registry.web.guards import access, current_actor
from registry.web.page_addresses import address_of_all, page_asked_for
from termbank.bank.addresses import know
from termbank.bank.queries.term_banks import bank_of
from termbank.news.following import follows

__all__ = ["blueprint", "downloads", "lists", "new_code_list", "writing"]


@blueprint.get("/behov/")
@access.public
def stated_needs() -> str:
    """What government assignments have asked for, and which models answer it."""
    models = {model.slug: model for _version, model in queries.current_models(db.session)}
    named = {need.concept for one in assignments() for need in one.needs if need.concept}
    bank = bank_of(db.session, named)
    return render_template(
        "information_models/needs.html",
        assignments=[
            (one, [(need, needs.answers(need, list(models.values()))) for need in one.needs]) for one in assignments()
        ],
        models=models,
        terms={slug: concept.title for slug, concept in bank.concepts.items()},
        period_labels=PERIOD_LABELS,
    )


@blueprint.get("/<slug>/")
@access.public
def model(slug: str) -> str:
    """A model: what a row says, its elements with what they mean, its rules, what it rests on and what rests on it."""
    item, versions = _visible(db.session, current_actor(), MODEL, slug)
    return _model_page(item, versions, items.foremost(versions))


@blueprint.get("/<slug>/version/<int:number>/")
@access.public
def model_version(slug: str, number: int) -> str:
    """One version of a model, as it was or as it is proposed."""
    item, versions = _visible(db.session, current_actor(), MODEL, slug)
    return _model_page(item, versions, _numbered(versions, number))


@blueprint.get("/kodlistor/<slug>/")
@access.public
def code_list(slug: str) -> str:
    """A code list: its codes, when they are valid, and how else they are written."""
    session, actor = db.session, current_actor()
    item, versions = _visible(session, actor, CODE_LIST, slug)
    number = request.args.get("version", type=whole_number)
    shown = _numbered(versions, number) if number else items.foremost(versions)
    codes = queries.code_list_of(shown)
    parents = queries.current_code_list(session, codes.parent_list) if codes.parent_list else None
    chosen = request.args.get("under", "")
    listed = [code for code in codes.codes if not chosen or code.parent == chosen]
    know(session, {code.concept for code in listed if code.concept})
    return render_template(
        "information_models/code_list.html",
        **_about(session, actor, item, versions, shown),
        codes=codes,
        listed=listed,
        listed_in_use=sum(not code.test for code in listed),
        has_local=any(code.local and not code.test for code in listed),
        parents=parents,
        chosen=chosen if parents and chosen in parents.by_code else "",
        has_validity=any(code.valid_from or code.valid_to for code in codes.codes),
        has_aliases=any(code.aliases for code in codes.codes),
        edit_url=url_for("information_models.edit_code_list", slug=slug),
    )


@blueprint.get("/matt/<slug>/")
@access.public
def measure(slug: str) -> str:
    """A measure: what is shown, where it comes from, and what must be known to read it."""
    session, actor = db.session, current_actor()
    item, versions = _visible(session, actor, MEASURE, slug)
    number = request.args.get("version", type=whole_number)
    shown = _numbered(versions, number) if number else items.foremost(versions)
    read = queries.measure_of(shown)
    rests_on = items.versions_by_hash(
        session, [*read.concept_versions, *([read.model_version] if read.model_version else [])]
    )
    model_version = rests_on.get(read.model_version or "")
    concepts = [queries.wording_of(rests_on[hash_]) for hash_ in read.concept_versions if hash_ in rests_on]
    others = {other.slug: other for _, other in queries.current_measures(session)}
    return render_template(
        "information_models/measure.html",
        **_about(session, actor, item, versions, shown),
        measure=read,
        model_version=model_version,
        model=queries.model_of(model_version) if model_version else None,
        concepts=concepts,
        numbers={wording.slug: rests_on[wording.version or ""].number for wording in concepts},
        others=others,
        aggregation=AGGREGATION_LABELS[read.aggregation],
        country=COUNTRY_LABELS[read.country],
        is_summed=read.is_summed,
        has_country=read.country is not Country.NONE,
        period_labels=PERIOD_LABELS,
        same_counts=[same_count_in_words(one) for one in read.same_count_as],
        edit_url=url_for("information_models.edit_measure", slug=slug),
    )


def _visible(session: Session, actor: Actor, kind: str, slug: str) -> tuple[Item, list[Version]]:
    item = items.item_by_slug(session, kind, slug)
    versions = items.versions_of(session, item, actor) if item else []
    if item is None or not versions:
        raise NotFound(kind)
    return item, versions


def _numbered(versions: Sequence[Version], number: int) -> Version:
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise NotFound("version")
    return version


def _model_page(item: Item, versions: Sequence[Version], shown: Version) -> str:
    session, actor = db.session, current_actor()
    [loaded] = queries.load_versions(session, [shown])
    # A draft may be kept with faults. Its page shows what it says, and nothing that is made from it.
    is_sound = not definitions.problems(shown.content)
    bound = items.versions_by_hash(session, sorted(queries.bindings(loaded.model)))
    locked = {hash_: bound[hash_] for hash_ in loaded.model.lockfile if hash_ in bound}
    return render_template(
        "information_models/model.html",
        **_about(session, actor, item, versions, shown),
        model=loaded.model,
        loaded=loaded,
        is_sound=is_sound,
        row=row_in_words(loaded.model) if is_sound else None,
        elements=[_element(loaded, element.name, bound) for element in loaded.model.elements],
        locked=sorted(
            (_bound(version) for version in locked.values()),
            key=lambda bound: sort_key(bound["term"].in_language(current_language())),
        ),
        lists=sorted(
            (
                (loaded.code_lists[version.item.slug], version)
                for version in bound.values()
                if version.item.kind == CODE_LIST and version.item.slug in loaded.code_lists
            ),
            key=lambda pair: sort_key(pair[0].title.in_language(current_language())),
        ),
        rule_words=_rule_words(loaded.model),
        measures=queries.current_measures(session, item.slug),
        downloads=model_offers(loaded, shown.number) if is_sound else [],
        own_downloads=region_offers(loaded, shown.number, _own_regions(session, actor, loaded)) if is_sound else [],
        serves=_served(loaded.model) if is_sound else [],
        states=[(status, STATUS_TEXTS[status]) for status in ValueStatus],
        changes=page_of_sequence(_changes(session, versions), page_asked_for()),
        edit_url=url_for("information_models.edit_model", slug=item.slug),
        is_followed=follows(session, actor, item),
    )


def _served(model: Model) -> list[tuple[needs.Assignment, list[tuple[needs.Need, needs.Answer]]]]:
    """The assignments that the model gives something of, with what it gives."""
    served = []
    for one in assignments():
        given = [(need, found) for need in one.needs if (found := needs.answer(need, model))]
        if given:
            served.append((one, given))
    return served


def _own_regions(session: Session, actor: Actor, loaded: LoadedModel) -> list[Organisation]:
    """The regions that the reader delivers for, where the model has places to choose among."""
    own = actor.organisations(Role.DATA_OFFICER)
    known = set(loaded.regions.values())
    return (
        [one for one in identity.organisations(session, "region") if one.id in own and one.code in known] if own else []
    )


def _rule_words(model: Model) -> dict[str, str]:
    """What each rule's expression says, read back; nothing where it cannot be read (in a draft)."""
    try:
        return {rule.id: compiled.in_words(current_language()) for rule, compiled in model.compiled_rules}
    except RuleError:
        return {}


def _element(loaded: LoadedModel, name: str, locked: Mapping[str, Version]) -> dict[str, Any]:
    element = loaded.model.element(name)
    wording = loaded.wordings.get(element.concept or "")
    bound = locked.get(element.concept_version or "")
    return {
        "element": element,
        "wording": wording,
        "number": bound.number if bound else None,
        "is_current": bound is None or not _is_replaced(bound),
        "is_withdrawn": bound is not None and bound.state == State.WITHDRAWN,
        "type": TYPE_LABELS[element.type],
        "role": ROLE_LABELS[element.role],
        "kinds": kinds_in_words(element),
        "limits": limits_in_words(element),
        "codes": loaded.code_lists.get(element.code_list or ""),
        "codes_version": locked.get(element.code_list_version or ""),
    }


def _bound(version: Version) -> dict[str, Any]:
    wording = queries.wording_of(version)
    return {
        "term": wording.term,
        "slug": wording.slug,
        "version": version,
        "is_current": not _is_replaced(version),
    }


def _is_replaced(version: Version) -> bool:
    today = clock.today()
    return not version.is_in_force(today) and not version.is_coming(today)


def _changes(session: Session, versions: Sequence[Version]) -> list[tuple[Version, changes.Compatibility | None]]:
    """The versions, newest first, each with what it changes against the one before it."""
    days = [one.valid_from or clock.today() for one in versions[1:]]
    found = gravity.history(session, versions, days)
    return list(zip(versions, [None, *found], strict=True))[::-1]


def _about(session: Session, actor: Actor, item: Item, versions: Sequence[Version], shown: Version) -> dict[str, Any]:
    """What every page of an item needs: its versions, who made them, what rests on it, and what one may do."""
    current = items.in_force_of(versions)
    return {
        "item": item,
        "version": shown,
        "versions": versions,
        "current": current,
        "coming": items.coming_of(versions),
        "open_version": items.open_of(versions),
        "people": identity.person_labels(session, _people(versions)),
        "uses": dependants.resting_on(session, actor, [shown.ref]),
        "url_of_uses": address_of_all(item.id, version=shown.number),
        "may_write": actor.has_role(Role.MODELLER, organisation_id=item.organisation_id),
        "may_withdraw": shown.state == State.PUBLISHED and may_propose(actor, shown, items.kind_named(item.kind)),
        "withdrawal": notice_of(session, actor, shown),
        "change_labels": CHANGE_LABELS,
        "technical_labels": changes.TECHNICAL_LABELS,
        "semantic_labels": changes.SEMANTIC_LABELS,
        "compare_url": url_for("items.compare", item_id=item.id),
    }


def _people(versions: Sequence[Version]) -> list[str | None]:
    return [
        person
        for version in versions
        for person in (version.author_id, *(decision.person_id for decision in version.decisions))
    ]
