"""The page on which the region decides whether a delivery may be handed out."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from information_models.queries import load_model
from legal_checks.secrecy.questions import Side
from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.finding_catalogue import ReadableFinding
from registry.findings import Finding, Text
from registry.i18n import read
from registry.identity import queries as identity
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.forms import DisclosureForm, seen_revision
from submission_portal.deliveries.pages.small_numbers import small_numbers_of
from submission_portal.deliveries.pages.standing_disclosures import under_standing
from submission_portal.deliveries.pages.view import view_of
from submission_portal.deliveries.part_names import part_name, period_label
from submission_portal.deliveries.standing_disclosures.queries import decision_of_line
from submission_portal.deliveries.tables import Delivery, Disclosure, StandingDisclosure
from submission_portal.deliveries.uses import naming
from submission_portal.deliveries.uses.later import Past, past_of
from submission_portal.deliveries.uses.named import uses_of
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.deliveries.views.parts import flow_of
from submission_portal.flows.agreeing.pages import named_needs
from submission_portal.flows.uses.content import Use
from submission_portal.flows.uses.content import read as read_use
from submission_portal.legal_questions.question_pages import question_rows


@blueprint.route("/leveranser/<reference>/utlamnande/", methods=["GET", "POST"])
@access.roles(Role.DISCLOSING_OFFICER)
def disclose(reference: str) -> Answer | str | tuple[str, int]:
    """The region decides whether the rows may be handed out, with the evidence beside the questions."""
    session, actor = db.session, current_actor()
    delivery = queries.delivery_for(session, actor, reference)
    form = DisclosureForm()
    candidates = naming.nameable(session, delivery, clock.today())
    form.uses.choices = [(one.ref, read(one.use.title)) for one in candidates]
    if not actor.has_role(Role.DISCLOSING_OFFICER, organisation_id=delivery.organisation_id):
        raise NotFound("delivery")
    if request.method == "GET":
        form.revision.data = str(delivery.revision)
        form.uses.data = sorted(naming.proposed(session, delivery, candidates))
        if (filled := answered_before(session, delivery)) is not None:
            form.fill_answers(filled.assessment)
            form.registry_number.data = filled.registry_number
        return _disclosure_page(session, actor, delivery, form)
    is_filled, grant = form.validate_on_submit(), not form.lets_nothing_through()
    if grant and not (form.registry_number.data or "").strip():
        form.registry_number.errors = [*form.registry_number.errors, _("Write the decision's registry number.")]
        is_filled = False
    if grant and not form.uses.data and not form.uses.errors:
        form.uses.errors = [readable(FINDINGS.found("DEL-021")).mend]
        is_filled = False
    if not is_filled:
        left = services.assess_disclosure(session, delivery, clock.now(), form.answers(), form.replies(), grant=grant)
        return _disclosure_page(session, actor, delivery, form, asked=form.ask(left.findings)), 422
    try:
        with transaction() as writing:
            services.disclose(
                writing,
                actor,
                clock.now(),
                queries.delivery_for(writing, actor, reference),
                answers=form.answers(),
                replies=form.replies(),
                registry_number=form.registry_number.data or "",
                reason=form.reason.data or "",
                grant=grant,
                revision=seen_revision(form.revision.data),
                uses=form.uses.data or (),
            )
    except Invalid as invalid:
        delivery = queries.delivery_for(db.session, actor, reference)
        asked = form.ask(invalid.findings)
        return _disclosure_page(db.session, actor, delivery, form, asked=asked), 422
    except Refused as refused:
        delivery = queries.delivery_for(db.session, actor, reference)
        refusal = readable(refused.finding)
        return _disclosure_page(db.session, actor, delivery, form, refusal=refusal), 409
    if grant:
        flash(_("Decided. The data officer can now send the delivery."), "ok")
    else:
        flash(_("Decided. The delivery stays with the region."), "info")
    return redirect(url_for("deliveries.show", reference=reference))


def _disclosure_page(
    session: Session,
    actor: Actor,
    delivery: Delivery,
    form: DisclosureForm,
    *,
    asked: list[Finding] | None = None,
    refusal: ReadableFinding | None = None,
) -> str:
    loaded = load_model(session, delivery.model_version_hash)
    on = clock.today()
    may = naming.awaits_decision(session, delivery, on) and queries.may_disclose(actor, delivery)
    candidates = naming.nameable(session, delivery, on) if may else []
    uses = [] if may else uses_of(session, delivery)
    rules = naming.rules_of(candidates or [one.standing for one in uses])
    return render_template(
        "deliveries/disclose.html",
        delivery=delivery,
        view=view_of(delivery, loaded),
        loaded=loaded,
        form=form,
        rows=question_rows(session, [], form if may else None, Side.DISCLOSER if may else None),
        asked=asked or [],
        refusal=refusal,
        may=may,
        candidates=candidates,
        no_use=readable(naming.why_none(session, delivery, on)) if may and not candidates else None,
        uses=uses,
        small=small_numbers_of(session, delivery, loaded, rules),
        under=under_standing(session, delivery, loaded),
        filled=answered_before(session, delivery) if may else None,
        prepared_it=actor.person_id in delivery.contributors,
        corrected=session.get(Delivery, delivery.corrects_delivery_id) if delivery.corrects_delivery_id else None,
        period=period_label(delivery, part_name(session, delivery)),
        people=identity.person_labels(session, [delivery.prepared_by]),
        organisations={one.id: one for one in identity.organisations(session)},
        **flow_of(session, delivery),
    )


def answered_before(session: Session, delivery: Delivery) -> StandingDisclosure | Disclosure | None:
    """Where the page's answers are filled in from: the line's standing decision, or the decision on what is corrected."""
    decision = decision_of_line(session, delivery.flow_item_id, clock.today())
    if decision is not None and decision.covers_day(clock.today()):
        return decision
    if not delivery.corrects_delivery_id:
        return None
    return session.get_one(Delivery, delivery.corrects_delivery_id).disclosure


@blueprint.app_template_global("needs_in_words")
def needs_in_words(use: Use) -> Text:
    """The needs that a use serves, as the assignments state them."""
    known, unknown = named_needs(use.needs)
    said = [*(one.need.what for one in known), *(Text(key, key) for key in unknown)]
    return Text("; ".join(one.sv for one in said), "; ".join(one.en for one in said))


@blueprint.app_template_global("covered_past")
def covered_past(content: Mapping[str, Any]) -> Past | None:
    """How much of what is delivered a use would cover, for the page on which it is decided; ``None`` where it says nothing of it."""
    use = read_use(content)
    return past_of(db.session, use) if use.covers_from is not None else None
