"""The page on which the region decides whether a delivery may be handed out."""

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
from registry.findings import Finding
from registry.identity import queries as identity
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.forms import DisclosureForm, seen_revision
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.pages.view import period_label, view_of
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.deliveries.views.parts import flow_of
from submission_portal.legal_questions.question_pages import question_rows


@blueprint.route("/leveranser/<reference>/utlamnande/", methods=["GET", "POST"])
@access.roles(Role.DISCLOSING_OFFICER)
def disclose(reference: str) -> Answer | str | tuple[str, int]:
    """The region decides whether the rows may be handed out, with the evidence beside the questions."""
    session, actor = db.session, current_actor()
    delivery = queries.delivery_for(session, actor, reference)
    form = DisclosureForm()
    if not actor.has_role(Role.DISCLOSING_OFFICER, organisation_id=delivery.organisation_id):
        raise NotFound("delivery")
    if request.method == "GET":
        form.revision.data = str(delivery.revision)
        return _disclosure_page(session, actor, delivery, form)
    is_filled, grant = form.validate_on_submit(), not form.lets_nothing_through()
    if grant and not (form.registry_number.data or "").strip():
        form.registry_number.errors = [*form.registry_number.errors, _("Write the decision's registry number.")]
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
    may = delivery.state == DeliveryState.CHECKED and queries.may_disclose(actor, delivery)
    return render_template(
        "deliveries/disclose.html",
        delivery=delivery,
        view=view_of(delivery, loaded),
        loaded=loaded,
        form=form,
        rows=question_rows([], form if may else None, Side.DISCLOSER if may else None),
        asked=asked or [],
        refusal=refusal,
        may=may,
        prepared_it=actor.person_id in delivery.contributors,
        corrected=session.get(Delivery, delivery.corrects_delivery_id) if delivery.corrects_delivery_id else None,
        period=period_label(delivery),
        people=identity.person_labels(session, [delivery.prepared_by]),
        organisations={one.id: one for one in identity.organisations(session)},
        **flow_of(session, delivery),
    )
