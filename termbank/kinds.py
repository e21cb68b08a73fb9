"""The kinds of administered item that the term bank owns: concepts, statements, their questions, schemes and editions."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from registry.actors import Role
from registry.content.schemas import KEY
from registry.finding_catalogue import Scope
from registry.findings import Finding, Severity, Text
from registry.items.kinds import ItemKind, Requirement
from registry.items.lifecycle import WITH_PROPOSALS
from registry.items.outlines import Content
from registry.items.tables import Item, Version
from termbank.applications import question_sets
from termbank.applications import statement as applications
from termbank.bank.queries import vouching
from termbank.bank.scheme_names import renaming
from termbank.boundary_cases.notices import tried
from termbank.boundary_cases.queries import WITH_ROUNDS
from termbank.boundary_cases.services import objection
from termbank.concepts import content as concept_content
from termbank.concepts import outline as concept_outline
from termbank.concepts import schema as concept_schema
from termbank.concepts import schemes
from termbank.concepts.settling import settle_concepts
from termbank.consultations.notices import consulted
from termbank.definitions import wording
from termbank.editions import content as edition_content
from termbank.finding_texts.all import FINDINGS
from termbank.notions import APPLICATION, CONCEPT, EDITION, QUESTION_SET, SCHEME


def tried_and_consulted(session: Session, version: Version) -> Sequence[Finding]:
    """What is known of a wording before it is decided: whether its sources vouch for it, how alike regions counted by it, and what
    consultations said."""
    return [*vouching.of_version(session, version), *tried(session, version), *consulted(session, version)]


def parse_concept(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content as it is kept, with what has to be mended and what the wording check says of this concept alone.

    What is written in an earlier schema is kept as it is written.
    """
    concept, findings = concept_content.parse(content)
    if concept is None:
        return content, findings
    if not any(finding.severity is Severity.ERROR for finding in findings):
        findings += tuple(
            finding for finding in wording.check(_ITSELF, concept, {}) if FINDINGS.of(finding).scope is not Scope.SCHEME
        )
    is_of_today = content[KEY] == concept_schema.SCHEMA.name
    return concept.as_content() if is_of_today else content, findings


def parse_scheme(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content as it is kept, with what has to be mended."""
    scheme, findings = schemes.parse(content)
    return (scheme.as_content() if scheme else content), findings


def parse_application(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content as it is kept, with what has to be mended. What is written in an earlier schema is kept as it is written."""
    application, findings = applications.parse(content)
    is_kept_as_read = application is not None and applications.is_of_today(content)
    return (application.as_content() if application and is_kept_as_read else content), findings


def parse_question_set(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content as it is kept, with what has to be mended."""
    one, findings = question_sets.parse(content)
    return (one.as_content() if one else content), findings


def parse_edition(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content as it is kept, with what has to be mended."""
    edition, findings = edition_content.parse(content)
    return (edition.as_content() if edition else content), findings


def _rests_on(content: Mapping[str, Any]) -> tuple[str, ...]:
    return (str(content["concept_version"]),)


def concept_url(item: Item) -> str:
    return url_for("termbank.concept", slug=item.slug)


def scheme_url(item: Item) -> str:
    return url_for("termbank.scheme", slug=item.slug)


def edition_url(item: Item) -> str:
    return url_for("termbank.edition", slug=item.slug)


def application_url(item: Item) -> str:
    return url_for("termbank.application", slug=item.slug)


def question_set_url(item: Item) -> str:
    return url_for("termbank.question_set", slug=item.slug)


_ITSELF = "this-concept"

concept_kind = ItemKind(
    name=CONCEPT,
    schema=concept_schema.SCHEMA,
    label=Text("Begrepp", "Concept"),
    author_roles=(Role.TERMINOLOGIST,),
    requirements=(Requirement(Role.TERMINOLOGIST, "owner", "wording", Text("Ordalydelsen", "The wording")),),
    parse=parse_concept,
    title=concept_outline.title,
    url=concept_url,
    outline=concept_outline.outline,
    knot="concept",
    public_states=WITH_PROPOSALS,
    edit_url=lambda item: url_for("termbank.edit", slug=item.slug),
    settle=settle_concepts,
    objection=objection,
    objects_to=WITH_ROUNDS,
    warns=tried_and_consulted,
    may_be_followed=True,
)

scheme_kind = ItemKind(
    name=SCHEME,
    schema=schemes.SCHEMA,
    label=Text("Begreppssystem", "Concept scheme"),
    author_roles=(Role.TERMINOLOGIST,),
    requirements=(Requirement(Role.TERMINOLOGIST, "owner", "scheme", Text("Begreppssystemet", "The concept scheme")),),
    parse=parse_scheme,
    title=schemes.title,
    url=scheme_url,
    outline=schemes.outline,
    knot="concept",
    edit_url=lambda item: url_for("termbank.edit_scheme", slug=item.slug),
    warns=renaming,
    may_be_followed=True,
)

edition_kind = ItemKind(
    name=EDITION,
    schema=edition_content.SCHEMA,
    label=Text("Utgåva av en annan vokabulär", "Edition of another vocabulary"),
    author_roles=(Role.TERMINOLOGIST,),
    requirements=(Requirement(Role.TERMINOLOGIST, "owner", "edition", Text("Utgåvan", "The edition")),),
    parse=parse_edition,
    title=edition_content.title,
    url=edition_url,
    outline=edition_content.outline,
    knot="concept",
    edit_url=lambda item: url_for("termbank.edit_edition", slug=item.slug),
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
    settle=lambda session, written: [(content, ()) for _, content in written],
)

question_set_kind = ItemKind(
    name=QUESTION_SET,
    schema=question_sets.SCHEMA,
    label=Text("Frågor om tillämpning", "Questions on application"),
    author_roles=(Role.TERMINOLOGIST,),
    requirements=(Requirement(Role.TERMINOLOGIST, "owner", "questions", Text("Frågorna", "The questions")),),
    parse=parse_question_set,
    title=question_sets.title,
    url=question_set_url,
    outline=question_sets.outline,
    knot="application",
    edit_url=lambda item: url_for("termbank.edit_question_set", slug=item.slug),
)
