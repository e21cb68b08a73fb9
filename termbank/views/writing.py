"""The term bank's forms: a concept's draft, and a region's statement. Review and publication are the item pages'."""

from collections.abc import Sequence
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
from registry.findings import Language, Severity
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
from termbank.consultations.queries import answers_on_application, consultation_for
from termbank.forms.application import ApplicationForm, answered_data, application_data, application_form
from termbank.forms.concept import ConceptForm, concept_data, defined_in, named_in
from termbank.forms.naming import ConceptNames
from termbank.named import named
from termbank.notions import APPLICATION, Origin
from termbank.presentation.advice import Advice, advice_by_field, beside, changed_definitions, linked_definitions
from termbank.presentation.texts import term
from termbank.schemes import Scheme
from termbank.search.searching import search
from termbank.settling import keys_by_id
from termbank.views.addresses import concept_at
from termbank.views.blueprint import blueprint
from termbank.wordings import text_of

NOT_KEPT_YET = "-"
"""Stands for the key of a concept that has none yet, and can be nobody's."""
LOOK, FIND, PICK = "look", "find", "pick"
"""What the form is sent for besides being checked and saved: to see what is said of it so far, to find concepts, to add them."""
MOST_FOUND = 20
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
    actor, session, language = current_actor(), db.session, current_language()
    schemes = queries.schemes(session)
    before = queries.located_by_id(session, queries.concept_of(base), schemes) if base else None
    found = _found(session, request.form.get("find", ""), language) if request.method == "POST" else []
    here = named(session, actor, before, [*named_in(request.form), *found], defined_in(request.form, before))
    form = ConceptForm(data=_begin_concept(base, before, here.names, schemes))
    form.names = here.names
    form.scheme.choices = [(one.slug, one.title.in_language(language)) for one in schemes]
    current = items.current(session, item) if item else None
    in_force = queries.concept_of(current) if current else None
    form.rendered_before = text_of(in_force.definitions) if in_force and in_force.origin is Origin.OFFICIAL else None
    slug = item.slug if item else NOT_KEPT_YET
    action, added = request.form.get("action", ""), request.form.get("add", "")
    is_changed = bool(added) or action in (FIND, PICK)
    status, start, advice = 200, drafts.start_of(base), Advice()
    concept = before
    is_valid = not is_changed and form.validate_on_submit()
    form.offer_picks(here.linker, item.slug if item else None)
    if is_changed:
        form.add_row(added)
        if action == PICK:
            form.add_found()
    elif is_valid or action == LOOK:
        concept = form.concept(_provenance(base), before)
        if action == "save":
            try:
                with transaction() as writing:
                    kept = writing.get(Item, item.id) if item else None
                    version = services.draft_concept(
                        writing, actor, clock.now(), item=kept, concept=concept,
                        organisation_id=kept.organisation_id if kept else stewardship(actor), reason=form.reason.data or "",
                        start=drafts.start(),
                    )  # fmt: skip
                    identifier = version.id
                flash(_("The draft is kept. Read it through, then send it to review."), "ok")
                return redirect(url_for("items.review", version_id=identifier))
            except Refused as refusal:
                form.form_errors.append(readable(refusal.finding).in_full)
                status, start = 409, drafts.after(refusal, start, item, concept.as_content())
        wrong = list(parse_concept(concept.as_content())[1])
        if is_valid or all(finding.severity is not Severity.ERROR for finding in wrong):
            wrong += services.concept_findings(session, slug, concept)
        advice = advice_by_field(map(readable, wrong), (one.name for one in form))
    elif request.method == "POST":
        status = 422
    keys = [*found, *here.names.containing(form.find.data or "", MOST_FOUND)] if action == FIND else []
    form.offer_found(
        (key, here.names.label(key)) for key in dict.fromkeys(keys) if key != slug and here.names.knows(key)
    )
    page = render_template(
        "termbank/concept_form.html", form=form, item=item, base=base, start=start, before=before, advice=advice,
        is_searched=action == FIND, was_checked=action == "check" and status == 200,
        url=url_for("termbank.concept", slug=item.slug) if item else None,
        in_force=beside(in_force, slug, current.number, here.linker, language) if in_force and current else None,
        linked=linked_definitions(concept, here.linker, slug) if concept else {},
        changed=changed_definitions(in_force, concept) if concept else {},
    )  # fmt: skip
    return (page, status) if status != 200 else page


def _found(session: Session, sought: str, language: Language) -> list[str]:
    """The keys of published concepts that a search finds by their terms."""
    results = search(session, sought, language, most=MOST_FOUND, with_texts=False)
    hits = [*results.hits, *results.meant][:MOST_FOUND]
    keys = keys_by_id(session, [hit.found.item for hit in hits]) if hits else {}
    return [keys[hit.found.item] for hit in hits]


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
    data: dict[str, Any] = application_data(before) if before else _answered_before(slug, regions)
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


def _answered_before(slug: str, regions: Sequence[Organisation]) -> dict[str, Any]:
    """What the region has answered in the consultation that the way here began from (``remiss``), for the form to begin with."""
    asked = request.args.get("remiss")
    if not asked:
        return {}
    one = consultation_for(db.session, current_actor(), asked)
    return answered_data(
        {
            question: (str(part.position), part.reason)
            for question, part in answers_on_application(one, regions[0].id, slug).items()
        }
    )


def _begin_concept(
    base: Version | None, before: Concept | None, names: ConceptNames, schemes: Sequence[Scheme]
) -> dict[str, Any]:
    """A form begins with the draft as it is, or with the version in force."""
    if base is None or before is None:
        return {"origin": Origin.PROPOSAL.value, "scheme": schemes[0].slug if schemes else ""}
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
