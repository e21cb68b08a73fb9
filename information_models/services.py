"""Writing models, code lists and measures: content is bound to published versions, then handed to `registry.items`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from information_models import binding, code_lists, counted_rows, definitions, measures, persons, queries, soundness
from information_models.binding import Bound
from information_models.finding_texts.all import FINDINGS
from information_models.headings import heading_key
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from registry.actors import Actor
from registry.errors import Invalid
from registry.events import Happening
from registry.findings import Finding, Place
from registry.items import queries as items
from registry.items import services as item_services
from registry.items.services import Start
from registry.items.tables import Item, Version
from termbank.bank.queries.term_banks import bank_rested_on, concept_of
from termbank.definitions.linking import Linker
from termbank.notions import CONCEPT


@dataclass(frozen=True)
class Shelf:
    """What is published now, to bind new content to: concepts, code lists (hash, content) and models (hash) by slug."""

    concepts: Mapping[str, Bound]
    linker: Linker
    code_lists: Mapping[str, tuple[str, Mapping[str, Any]]]
    models: Mapping[str, str]

    def bind(self, kind: str, content: Mapping[str, Any], *, anew: bool = False) -> Mapping[str, Any]:
        """Content of any of the three kinds, bound; content that cannot be read is left as it is."""
        if kind == MODEL and not definitions.SCHEMA.faults(content):
            return self.bind_model(content, anew=anew)
        if kind == MEASURE and not measures.SCHEMA.faults(content):
            return self.bind_measure(content, anew=anew)
        return content

    def bind_model(self, content: Mapping[str, Any], *, anew: bool = False) -> dict[str, Any]:
        return binding.bind_model(content, self.concepts, self.linker, self.code_lists, anew=anew)

    def bind_measure(self, content: Mapping[str, Any], *, anew: bool = False) -> dict[str, Any]:
        return binding.bind_measure(content, self.concepts, self.models, anew=anew)

    @cached_property
    def current(self) -> frozenset[str]:
        """Every hash that is current."""
        return frozenset(
            (
                *(bound.version for bound in self.concepts.values()),
                *(hash_ for hash_, _ in self.code_lists.values()),
                *self.models.values(),
            )
        )


def shelf(session: Session, kind: str, *contents: Mapping[str, Any]) -> Shelf:
    """What is published now of what contents of a kind can be bound to: of the concepts, those that they name and what these
    rest on."""
    lists = {
        version.item.slug: (version.content_hash, code_lists.SCHEMA.lift(version.content))
        for version in items.current_versions(session, CODE_LIST)
    }
    named = {
        slug for content in contents for slug in _named(kind, content, {slug: one for slug, (_, one) in lists.items()})
    }
    bank = bank_rested_on(session, named)
    return Shelf(
        {slug: Bound(concept, bank.versions[slug].content_hash) for slug, concept in bank.concepts.items()},
        bank.linker,
        lists,
        {version.item.slug: version.content_hash for version in items.current_versions(session, MODEL)},
    )


def _named(kind: str, content: Mapping[str, Any], lists: Mapping[str, Mapping[str, Any]]) -> Sequence[str]:
    """The keys of the concepts that a content names; none where it cannot be read."""
    if kind == MODEL and not definitions.SCHEMA.faults(content):
        return binding.concepts_of_model(content, lists)
    if kind == MEASURE and not measures.SCHEMA.faults(content):
        return tuple(content["concepts"])
    return ()


def create(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    kind: str,
    content: Mapping[str, Any],
    organisation_id: str,
    reason: str = "",
) -> Version:
    """A new code list, model or measure as a draft, bound to what is published now."""
    return item_services.create_item(
        session,
        actor,
        now,
        kind=kind,
        slug=str(content["slug"]),
        content=shelf(session, kind, content).bind(kind, content),
        organisation_id=organisation_id,
        reason=reason,
    )


def save(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    item: Item,
    content: Mapping[str, Any],
    reason: str = "",
    anew: bool = False,
    start: Start | None = None,
) -> Version:
    """The item's draft with this content: the open draft revised, or a successor of the published version begun.

    ``anew`` binds every element to the versions that are current now instead of keeping its bindings.
    """
    named = {**content, "slug": item.slug}
    bound = shelf(session, item.kind, named).bind(item.kind, named, anew=anew)
    return item_services.keep_draft(session, actor, now, item, content=bound, reason=reason, start=start)


def check_version(session: Session, happening: Happening) -> None:
    """Handler of ``VersionSubmitted``. Raises `Invalid` where content names versions that are not there, or a measure
    does not agree with its model."""
    kind = str(happening.data.get("kind"))
    if kind not in (MODEL, MEASURE):
        return
    version = session.get(Version, str(happening.data["version"]))
    if version is not None and (errors := disagreements(session, kind, version.content)):
        raise Invalid(errors)


def disagreements(session: Session, kind: str, content: Mapping[str, Any]) -> tuple[Finding, ...]:
    """What readable content says that does not agree with what is in the registry."""
    if kind == MODEL and not definitions.problems(content):
        model = definitions.read(content)
        return (
            *_unknown_bindings(session, model),
            *_unsound(session, model),
            *persons.problems(model, _known_of_persons(session, model)),
        )
    if kind == MEASURE and not measures.problems(content) and content.get("model_version"):
        found = items.versions_by_hash(session, [content["model_version"]]).get(content["model_version"])
        if found is None or found.item.kind != MODEL or found.item.slug != content["model"]:
            return (FINDINGS.found("MEA-004", {"name": content["model"]}, (Place(field="model_version"),)),)
        loaded = queries.load_model(session, content["model_version"])
        measure = measures.read(content)
        return measures.problems(content, loaded.model) or (
            *counted_rows.problems(measure, loaded.model, loaded.code_lists),
            *_unknown_same_counts(session, measure),
        )
    return ()


def _known_of_persons(session: Session, model: definitions.Model) -> persons.Known:
    """What the wordings that a model is bound to say of persons, the version in force, and every other published model."""
    bound = [one.concept_version for one in model.elements if one.concept_version]
    wordings = {
        version.item.slug: concept_of(version).concerns_persons
        for version in items.versions_by_hash(session, bound).values()
        if version.item.kind == CONCEPT
    }
    published = [one for _version, one in queries.current_models(session)]
    before = next((one for one in published if one.slug == model.slug), None)
    flagged = {one.concept for each in published for one in each.elements if one.concerns_persons and one.concept}
    of_persons = [one for one in before.elements if one.concerns_persons] if before else []
    headings = {heading_key(heading) for one in of_persons for heading in one.headings()}
    return persons.Known(wordings, frozenset(headings), frozenset(flagged))


def _unsound(session: Session, model: definitions.Model) -> tuple[Finding, ...]:
    """What shows with the code lists that the model is bound to."""
    pinned = [one.code_list_version for one in model.elements if one.code_list_version]
    lists = {
        version.item.slug: queries.code_list_of(version)
        for version in items.versions_by_hash(session, pinned).values()
        if version.item.kind == CODE_LIST
    }
    regions = queries.current_code_list(session, code_lists.REGIONS)
    return tuple(soundness.problems_with_lists(model, lists, regions.by_code if regions else ()))


def _unknown_same_counts(session: Session, measure: measures.Measure) -> Iterator[Finding]:
    """What a measure says that it counts the same as, and that no published model has."""
    for one in measure.same_count_as:
        version = items.current_by_slug(session, MODEL, one.model)
        element = queries.model_of(version).by_name.get(one.element) if version is not None else None
        if element is None or element.role is not definitions.Role.VALUE:
            yield FINDINGS.found("MEA-011", {"name": one.element, "model": one.model}, (Place(field="same_count_as"),))


def _unknown_bindings(session: Session, model: definitions.Model) -> tuple[Finding, ...]:
    found = items.versions_by_hash(session, sorted(queries.bindings(model)))
    known = {(version.item.kind, version.item.slug, hash_) for hash_, version in found.items()}
    wrong = []
    for element in model.elements:
        place = (Place(field=element.name),)
        if element.concept_version and (CONCEPT, element.concept, element.concept_version) not in known:
            params: dict[str, str | int] = {"element": element.name, "concept": str(element.concept)}
            wrong.append(FINDINGS.found("MOD-014", params, place))
        if element.code_list_version and (CODE_LIST, element.code_list, element.code_list_version) not in known:
            params = {"element": element.name, "code_list": str(element.code_list)}
            wrong.append(FINDINGS.found("MOD-015", params, place))
    return tuple(wrong)
