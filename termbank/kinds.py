"""The two kinds of administered item that the term bank owns: concepts and application statements."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from registry.actors import Role
from registry.finding_catalogue import Scope
from registry.findings import Finding, Severity, Text
from registry.items.kinds import ItemKind, Requirement
from registry.items.lifecycle import WITH_PROPOSALS
from registry.items.outlines import Content
from registry.items.tables import Item
from termbank import applications, concept_schema, concepts, wording
from termbank.boundary_cases.services import objection
from termbank.finding_texts.all import FINDINGS

CONCEPT, APPLICATION = "concept", "application"


def parse_concept(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content as it is kept, with what has to be mended and what the wording check says of this concept alone."""
    concept, findings = concepts.parse(content)
    if concept is None:
        return content, findings
    if not any(finding.severity is Severity.ERROR for finding in findings):
        findings += tuple(
            finding for finding in wording.check(_ITSELF, concept, {}) if FINDINGS.of(finding).scope is not Scope.SCHEME
        )
    return concept.as_content(), findings


def parse_application(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content as it is kept, with what has to be mended."""
    application, findings = applications.parse(content)
    return (application.as_content() if application else content), findings


def _rests_on(content: Mapping[str, Any]) -> tuple[str, ...]:
    return (str(content["concept_version"]),)


def concept_url(item: Item) -> str:
    return url_for("termbank.concept", slug=item.slug)


def application_url(item: Item) -> str:
    return url_for("termbank.application", slug=item.slug)


_ITSELF = "this-concept"

concept_kind = ItemKind(
    name=CONCEPT,
    schema=concept_schema.SCHEMA,
    label=Text("Begrepp", "Concept"),
    author_roles=(Role.TERMINOLOGIST,),
    requirements=(Requirement(Role.TERMINOLOGIST, "owner", "wording", Text("Ordalydelsen", "The wording")),),
    parse=parse_concept,
    title=concepts.title,
    url=concept_url,
    outline=concepts.outline,
    knot="concept",
    public_states=WITH_PROPOSALS,
    edit_url=lambda item: url_for("termbank.edit", slug=item.slug),
    objection=objection,
)

application_kind = ItemKind(
    name=APPLICATION,
    schema=applications.SCHEMA,
    label=Text("Tillämpning", "Application statement"),
    author_roles=(Role.DATA_OFFICER,),
    requirements=(
        Requirement(Role.DISCLOSING_OFFICER, "owner", "application", Text("Tillämpningen", "The application")),
    ),
    parse=parse_application,
    title=applications.title,
    is_replaced_at_once=True,
    url=application_url,
    outline=applications.outline,
    depends_on=_rests_on,
    knot="application",
    edit_url=lambda item: url_for("termbank.edit_application", slug=item.slug),
)
