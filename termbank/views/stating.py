"""The form of a region's statement on how it applies a wording. Review and publication are the item pages'."""

from collections.abc import Sequence
from datetime import date
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
from termbank import services
from termbank.applications.statement import MEASURING_LENGTH, parse
from termbank.bank.queries import statements, term_banks
from termbank.concepts.concept import TEXT_LENGTH
from termbank.consultations.queries import answers_on_application, consultation_for
from termbank.forms.application import ApplicationForm, answered_data, application_data, application_form
from termbank.notions import APPLICATION
from termbank.presentation.texts import term
from termbank.views.addresses import concept_at
from termbank.views.blueprint import blueprint

Answer = Response | str | tuple[str, int]


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
    wording = items.version_by_hash(db.session, statements.application_of(base).concept_version)
    if wording is None:
        raise NotFound("concept")
    return _application_form(wording, item, base)


def _application_form(wording: Version, item: Item | None, base: Version | None) -> Answer:
    actor, language = current_actor(), current_language()
    concept = term_banks.concept_of(wording)
    slug = wording.item.slug
    regions = _regions(db.session, actor, item)
    if not regions:
        raise Forbidden("application")
    before = statements.application_of(base) if base else None
    asked_in, asked = statements.questions_on(db.session, wording)
    questions = asked.questions
    kind = application_form(questions, language)
    data: dict[str, Any] = application_data(before) if before else _answered_before(slug, regions)
    told = _brought_along(slug, regions) if before is None else {}
    form: ApplicationForm = kind(data={**data, **told, "organisation": regions[0].id})
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


def _brought_along(slug: str, regions: Sequence[Organisation]) -> dict[str, Any]:
    """What the way here said of a changed application: its first day (``fran``), the source system (``kalla``) and why (``skal``).
    The rest is what the region has stated of the days before, so that only what is another is changed."""
    try:
        first = date.fromisoformat(request.args.get("fran", ""))
    except ValueError:
        return {}
    stated = statements.application_at(db.session, slug, regions[0].id, first)
    data = application_data(statements.application_of(stated)) if stated is not None else {}
    decided = dict.fromkeys((name for name in data if name.startswith("decision_")), None)
    system, reason = request.args.get("kalla", "")[:MEASURING_LENGTH], request.args.get("skal", "")[:TEXT_LENGTH]
    return {**data, **decided, "valid_from": first, "valid_to": None, "source_system": system, "reason": reason}


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


def _regions(session: Session, actor: Actor, item: Item | None) -> list[Organisation]:
    own = actor.organisations(Role.DATA_OFFICER)
    return [
        one
        for one in identity.organisations(session, "region")
        if one.id in own and (item is None or one.id == item.organisation_id)
    ]
