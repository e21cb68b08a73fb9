"""The term bank's forms: a concept's draft, and a region's statement. Review and publication are the item pages'."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound, Refused
from registry.finding_catalogue import ReadableFinding
from registry.i18n import current_language
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.pages import drafts
from registry.provenance import Provenance
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from termbank import queries, services
from termbank.applications import parse
from termbank.concept_content import parse as parse_concept
from termbank.concepts import Concept
from termbank.forms.application import ApplicationForm, application_data, application_form
from termbank.forms.concept import ConceptForm, concept_data
from termbank.forms.naming import ConceptNames
from termbank.notions import APPLICATION, Origin
from termbank.presentation.texts import term
from termbank.views.addresses import concept_at
from termbank.views.blueprint import blueprint
from termbank.wordings import text_of

NOT_KEPT_YET = "-"
"""Stands for the key of a concept that has none yet, and can be nobody's."""
Answer = Response | str | tuple[str, int]


@blueprint.route("/nytt", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def create() -> Answer:
    """A new concept."""
    return _concept_form(None, None)


@blueprint.route("/begrepp/<slug>/andra", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def edit(slug: str) -> Answer:
    """The open draft of a concept, or a new version of the one in force."""
    item = concept_at(db.session, slug).item
    current_actor().require(Role.TERMINOLOGIST, organisation_id=item.organisation_id, is_known=True)
    return _concept_form(item, drafts.base_of(item))


@blueprint.route("/begrepp/<slug>/tillampningar/ny", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def state_application(slug: str) -> Answer:
    """A region's statement on how it applies the wording in force."""
    wording = items.current(db.session, concept_at(db.session, slug).item)
    if wording is None:
        raise NotFound("concept")
    return _application_form(wording, None, None)


@blueprint.route("/tillampningar/<slug>/andra", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def edit_application(slug: str) -> Answer:
    """A correction of a statement, or its open draft."""
    item = items.item_by_slug(db.session, APPLICATION, slug)
    if item is None:
        raise NotFound("application")
    current_actor().require(Role.DATA_OFFICER, organisation_id=item.organisation_id, is_known=True)
    base = drafts.base_of(item)
    wording = items.version_by_hash(db.session, queries.application_of(base).concept_version)
    if wording is None:
        raise NotFound("concept")
    return _application_form(wording, item, base)


def _concept_form(item: Item | None, base: Version | None) -> Answer:
    actor = current_actor()
    bank = queries.term_bank(db.session)
    before = queries.located(db.session, queries.concept_of(base), bank) if base else None
    names = _names(db.session, actor, bank)
    form = ConceptForm(data=_begin_concept(base, before, names, bank))
    form.names = names
    form.scheme.choices = [(one.slug, one.title.in_language(current_language())) for one in bank.schemes]
    in_force = bank.concepts.get(item.slug) if item else None
    form.rendered_before = text_of(in_force.definitions) if in_force and in_force.origin is Origin.OFFICIAL else None
    findings: list[ReadableFinding] = []
    action = request.form.get("action", "")
    status, start = 200, drafts.start_of(base)
    is_valid = action != "rows" and form.validate_on_submit()
    form.offer_picks(bank.linker, item.slug if item else None)
    if request.method == "POST" and action == "rows":
        form.add_rows()
        form.add_rows()
    elif is_valid:
        concept = form.concept(_provenance(base), before)
        if action == "save":
            try:
                with transaction() as session:
                    kept = session.get(Item, item.id) if item else None
                    version = services.draft_concept(
                        session, actor, clock.now(), item=kept, concept=concept,
                        organisation_id=kept.organisation_id if kept else stewardship(actor), reason=form.reason.data or "",
                        start=drafts.start(),
                    )  # fmt: skip
                    identifier = version.id
                flash(_("The draft is kept. Read it through, then send it to review."), "ok")
                return redirect(url_for("items.review", version_id=identifier))
            except Refused as refusal:
                form.form_errors.append(readable(refusal.finding).in_full)
                status, start = 409, drafts.after(refusal, start, item, concept.as_content())
        slug = item.slug if item else NOT_KEPT_YET
        found = [*parse_concept(concept.as_content())[1], *services.concept_findings(db.session, slug, concept)]
        findings = [readable(finding) for finding in found]
    elif request.method == "POST":
        status = 422
    if request.method == "GET":
        form.add_rows()
    page = render_template(
        "termbank/concept_form.html", form=form, item=item, base=base, start=start, before=before, findings=findings, terms=form.names.labels(),
        was_checked=request.method == "POST" and action == "check" and status == 200, url=url_for("termbank.concept", slug=item.slug) if item else None,
    )  # fmt: skip
    return (page, status) if status != 200 else page


def _names(session: Session, actor: Actor, bank: queries.TermBank) -> ConceptNames:
    """What may be named: published concepts, and those that the actor sees being written."""
    concepts = {
        **{slug: queries.concept_of(version) for slug, version in queries.open_versions(session, actor).items()},
        **bank.known,
    }
    return ConceptNames(concepts, queries.numbers(session, concepts))


def _application_form(wording: Version, item: Item | None, base: Version | None) -> Answer:
    actor, language = current_actor(), current_language()
    concept = queries.concept_of(wording)
    slug = wording.item.slug
    regions = _regions(db.session, actor, item)
    if not regions:
        raise Forbidden("application")
    before = queries.application_of(base) if base else None
    asked_in, asked = queries.questions_on(db.session, wording)
    questions = asked.questions
    kind = application_form(questions, language)
    data: dict[str, Any] = application_data(before) if before else {}
    form: ApplicationForm = kind(data={**data, "organisation": regions[0].id})
    form.organisation.choices = [(one.id, one.name.in_language(language)) for one in regions]
    findings: list[ReadableFinding] = []
    status, start = 200, drafts.start_of(base)
    if form.validate_on_submit():
        region = next(one for one in regions if one.id == form.organisation.data)
        provenance = Provenance.MADE_UP if identity.is_demonstration(db.session) else Provenance.OWN
        application = form.application(
            slug, wording.content_hash, concept.title, region.code, provenance, before,
            question_set=asked_in.content_hash if asked_in else "",
        )  # fmt: skip
        _read, wrong = parse(application.as_content())
        wrong = (*wrong, *services.application_findings(db.session, item.id if item else "", application, region.id))
        findings = [readable(finding) for finding in wrong]
        if not findings:
            try:
                with transaction() as session:
                    version = services.draft_application(
                        session, actor, clock.now(), item=session.get(Item, item.id) if item else None,
                        application=application, organisation_id=region.id, reason=form.reason.data or "",
                        start=drafts.start(),
                    )  # fmt: skip
                    identifier = version.id
                flash(_("The draft is kept. Read it through, then send it to your disclosing officer."), "ok")
                return redirect(url_for("items.review", version_id=identifier))
            except Refused as refusal:
                form.form_errors.append(readable(refusal.finding).in_full)
                start = drafts.after(refusal, start, item, application.as_content())
        status = 409
    elif request.method == "POST":
        status = 422
    page = render_template(
        "termbank/application_form.html", form=form, item=item, base=base, start=start, wording=wording, concept=concept, slug=slug,
        questions=questions, findings=findings, term=term(concept, language), language=language,
    )  # fmt: skip
    return (page, status) if status != 200 else page


def _begin_concept(
    base: Version | None, before: Concept | None, names: ConceptNames, bank: queries.TermBank
) -> dict[str, Any]:
    """A form begins with the draft as it is, or with the version in force."""
    if base is None or before is None:
        return {"origin": Origin.PROPOSAL.value, "scheme": bank.schemes[0].slug if bank.schemes else ""}
    data = concept_data(before, names.label)
    if base.is_being_written:
        data["reason"] = base.reason
    return data


def _provenance(base: Version | None) -> Provenance:
    """What a person writes is the registry's own work; only an example in a draft stays an example."""
    if base is not None and base.is_being_written:
        return queries.concept_of(base).provenance
    return Provenance.OWN


def stewardship(actor: Actor) -> str:
    """The organisation for which a terminologist writes a new concept."""
    return sorted(actor.organisations(Role.TERMINOLOGIST))[0]


def _regions(session: Session, actor: Actor, item: Item | None) -> list[Organisation]:
    own = actor.organisations(Role.DATA_OFFICER)
    return [
        one
        for one in identity.organisations(session, "region")
        if one.id in own and (item is None or one.id == item.organisation_id)
    ]
