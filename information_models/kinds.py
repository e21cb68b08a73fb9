"""The three kinds of administered item that this package owns: code lists, models and measures."""

from typing import Any

from flask import url_for

from information_models import code_lists, definitions, measures, outlines, persons, soundness
from information_models.finding_texts.all import FINDINGS
from registry.actors import Role
from registry.db import db
from registry.findings import Finding, Place, Text
from registry.identity import queries as identity
from registry.items.kinds import ItemKind, Requirement
from registry.items.lifecycle import WITH_PROPOSALS
from registry.items.outlines import Content
from registry.items.tables import Item
from registry.starter import RECIPIENT

CODE_LIST, MODEL, MEASURE = "code_list", "model", "measure"


def parse_code_list(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content as it is kept, with what has to be mended."""
    if faults := code_lists.SCHEMA.faults(content):
        return content, faults
    return code_lists.read(content).content(), code_lists.problems(content)


def parse_model(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content as it is kept, with what has to be mended; a model that is not bound to published versions has to be."""
    if faults := definitions.SCHEMA.faults(content):
        return content, faults
    model = definitions.read(content)
    found = definitions.problems(content)
    return model.content(), (*found, *(() if found else soundness.problems(model)), *_unbound(model))


def parse_measure(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content as it is kept, with what has to be mended."""
    if faults := measures.SCHEMA.faults(content):
        return content, faults
    measure, findings = measures.read(content), measures.problems(content)
    if measure.model_version is None:
        findings += (FINDINGS.found("MEA-004", {"name": measure.model}, (Place(field="model"),)),)
    if measure.concerns_persons and measure.already_published and not (measure.source or {}).get("url"):
        findings += (FINDINGS.found("MEA-012", {"name": measure.slug}, (Place(field="source_url"),)),)
    return measure.content(), findings


def _unbound(model: definitions.Model) -> tuple[Finding, ...]:
    found = []
    for element in model.elements:
        place = (Place(field=element.name),)
        if element.concept and not element.concept_version:
            params: dict[str, Any] = {"element": element.name, "concept": element.concept}
            found.append(FINDINGS.found("MOD-014", params, place))
        if element.code_list and not element.code_list_version:
            params = {"element": element.name, "code_list": element.code_list}
            found.append(FINDINGS.found("MOD-015", params, place))
    return tuple(found)


def _model_rests_on(content: Content) -> tuple[str, ...]:
    hashes = [*content["lockfile"]]
    for element in content["elements"]:
        hashes.extend(hash_ for name in ("concept_version", "code_list_version") if (hash_ := element.get(name)))
    return tuple(dict.fromkeys(hashes))


def _measure_rests_on(content: Content) -> tuple[str, ...]:
    model = [content["model_version"]] if content.get("model_version") else []
    return tuple(dict.fromkeys([*model, *content["concept_versions"]]))


def code_list_url(item: Item) -> str:
    return url_for("information_models.code_list", slug=item.slug)


def model_url(item: Item) -> str:
    return url_for("information_models.model", slug=item.slug)


def measure_url(item: Item) -> str:
    return url_for("information_models.measure", slug=item.slug)


def _who_protects(_content: Content) -> str | None:
    """The organisation whose legal reviewers answer for the protection of small numbers: the national follow-up's."""
    found = identity.organisation_by_code(db.session, RECIPIENT, "recipient")
    return found.id if found is not None else None


_DECIDED_BY = (
    Requirement(Role.MODELLER, "owner", "model", Text("Modellen", "The model")),
    Requirement(
        Role.LEGAL_REVIEWER,
        "recipient",
        "persons",
        Text("Om personer", "About persons"),
        _who_protects,
        persons.needs_reviewer,
    ),
)

code_list_kind = ItemKind(
    name=CODE_LIST,
    schema=code_lists.SCHEMA,
    label=Text("Kodlista", "Code list"),
    author_roles=(Role.MODELLER,),
    requirements=(Requirement(Role.MODELLER, "owner", "codes", Text("Koderna", "The codes")),),
    parse=parse_code_list,
    title=outlines.title,
    url=code_list_url,
    outline=outlines.of_code_list,
    knot="model",
    public_states=WITH_PROPOSALS,
    edit_url=lambda item: url_for("information_models.edit_code_list", slug=item.slug),
)

model_kind = ItemKind(
    name=MODEL,
    schema=definitions.SCHEMA,
    label=Text("Informationsmodell", "Information model"),
    author_roles=(Role.MODELLER,),
    requirements=_DECIDED_BY,
    parse=parse_model,
    title=outlines.title,
    url=model_url,
    outline=outlines.of_model,
    depends_on=_model_rests_on,
    knot="model",
    public_states=WITH_PROPOSALS,
    edit_url=lambda item: url_for("information_models.edit_model", slug=item.slug),
    may_be_followed=True,
)

measure_kind = ItemKind(
    name=MEASURE,
    schema=measures.SCHEMA,
    label=Text("Mått", "Measure"),
    author_roles=(Role.MODELLER,),
    requirements=(Requirement(Role.MODELLER, "owner", "measure", Text("Måttet", "The measure")),),
    parse=parse_measure,
    title=outlines.title,
    url=measure_url,
    outline=outlines.of_measure,
    depends_on=_measure_rests_on,
    knot="model",
    public_states=WITH_PROPOSALS,
    edit_url=lambda item: url_for("information_models.edit_measure", slug=item.slug),
)
