"""The pages of sending a delivery, of taking it back, and of its receipt."""

from pathlib import Path

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from information_models.queries import load_model
from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.finding_catalogue import ReadableFinding
from registry.identity import queries as identity
from registry.signing.signed_heads import first_with
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from registry.web.revalidation import revalidate
from submission_portal.deliveries import queries
from submission_portal.deliveries.drafts.comparing import compare_again
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.fingerprints import receipt_for
from submission_portal.deliveries.forms import RevisionForm, seen_revision
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.pages.file_reading import lines_and_records
from submission_portal.deliveries.pages.standing_disclosures import under_standing, values_of
from submission_portal.deliveries.pages.view import view_of
from submission_portal.deliveries.part_names import part_name, period_label
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.named import uses_of
from submission_portal.deliveries.views.delivery import INSIDE
from submission_portal.deliveries.views.parts import flow_of
from submission_portal.receiving import client, services
from submission_portal.receiving.foreseen import SEEN, foreseen_of, mark_of, refuse_unseen
from submission_portal.receiving.forms import WithdrawForm

blueprint = Blueprint("receiving", __name__, template_folder="templates")
revalidate(blueprint)
CLIENT = Path(client.__file__)
MOST_DRAFTS = 100
"""So many drafts are taken back at once: more than a page of the list shows."""


@blueprint.get("/api/client.py")
@access.public
def client_file() -> Response:
    """The client in one file, as it is in the registry that it delivers to."""
    return send_file(CLIENT, mimetype="text/x-python", as_attachment=True, download_name="client.py")


@blueprint.route("/leveranser/<reference>/skicka/", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def send(reference: str) -> Answer | str | tuple[str, int]:
    """Check the answers, then send. From that moment the delivery is received."""
    session, actor = db.session, current_actor()
    delivery = queries.delivery_for(session, actor, reference)
    if delivery.number:
        return redirect(url_for("deliveries.show", reference=delivery.number))
    form = RevisionForm()
    if request.method == "GET" or not form.validate_on_submit():
        form.revision.data = str(delivery.revision)
        return _sending_page(session, delivery, form)
    try:
        with transaction() as writing:
            held = queries.delivery_for(writing, actor, reference)
            refuse_unseen(writing, actor, held, request.form.get(SEEN))
            changed = compare_again(writing, actor, clock.now(), held)
            if not changed:
                found = services.send(writing, actor, clock.now(), held, revision=form.seen)
                number, is_first = found.number, found.delivery_id == delivery.id
    except Refused as refused:
        delivery = queries.delivery_for(db.session, actor, reference)
        return _sending_page(db.session, delivery, form, refusal=readable(refused.finding)), 409
    if changed:
        delivery = queries.delivery_for(db.session, actor, reference)
        return _sending_page(db.session, delivery, form, refusal=readable(FINDINGS.found("DEL-012"))), 409
    if is_first:
        flash(_("Received. The receipt's number is %(number)s.", number=number), "ok")
    else:
        flash(_("This very file was received before. Here is its receipt."), "info")
    return redirect(url_for("deliveries.show", reference=number))


@blueprint.route("/leveranser/<reference>/aterta/", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def withdraw(reference: str) -> Answer | str | tuple[str, int]:
    """Take a delivery back, before or after it was sent."""
    session, actor = db.session, current_actor()
    delivery = queries.delivery_for(session, actor, reference)
    if not queries.may_prepare(actor, delivery) or not (delivery.is_working or delivery.stands):
        raise NotFound("delivery")
    form = WithdrawForm()
    if request.method == "GET":
        form.revision.data = str(delivery.revision)
        return _withdrawal_page(session, delivery, form)
    if not form.validate_on_submit():
        return _withdrawal_page(session, delivery, form), 422
    if delivery.number and not (form.reason.data or "").strip():
        form.reason.errors = [
            *form.reason.errors,
            _("Write why. The delivery was received, so the reason is kept with it."),
        ]
        return _withdrawal_page(session, delivery, form), 422
    try:
        with transaction() as writing:
            services.withdraw(
                writing,
                actor,
                clock.now(),
                queries.delivery_for(writing, actor, reference),
                reason=form.reason.data or "",
                revision=seen_revision(form.revision.data),
            )
    except Refused as refused:
        delivery = queries.delivery_for(db.session, actor, reference)
        return _withdrawal_page(db.session, delivery, form, refusal=readable(refused.finding)), 409
    flash(_("The delivery has been taken back."), "ok")
    return redirect(url_for("deliveries.show", reference=reference))


@blueprint.post("/leveranser/utkast/aterta")
@access.roles(Role.DATA_OFFICER)
def withdraw_drafts() -> Answer:
    """Take back several drafts at once. What was sent meanwhile stays, since a reason is needed for that."""
    actor, chosen = current_actor(), list(dict.fromkeys(request.form.getlist("utkast")))
    taken = 0
    with transaction() as writing:
        for reference in chosen[:MOST_DRAFTS]:
            delivery = queries.delivery_for(writing, actor, reference)
            if delivery.is_working and queries.may_prepare(actor, delivery):
                services.withdraw(writing, actor, clock.now(), delivery)
                taken += 1
    if taken:
        flash(ngettext("One draft has been taken back.", "%(num)d drafts have been taken back.", taken), "ok")
    else:
        flash(_("Choose drafts."), "stop")
    return redirect(url_for("deliveries.index", visa="working"))


@blueprint.get("/leveranser/<reference>/kvittens/")
@access.roles(*INSIDE)
def receipt_page(reference: str) -> str:
    """The receipt on a page of its own, to print and file."""
    delivery = queries.delivery_for(db.session, current_actor(), reference)
    if delivery.receipt is None:
        raise NotFound("receipt")
    return render_template(
        "receiving/receipt.html",
        counts=lines_and_records(delivery.receipt.body.get("lines"), delivery.receipt.body.get("records")),
        delivery=delivery,
        receipt=delivery.receipt,
        head=first_with(db.session, delivery.receipt.event_number) if delivery.receipt.event_number else None,
        decision=delivery.disclosure,
        judged=values_of(delivery, load_model(db.session, delivery.model_version_hash)),
        uses=uses_of(db.session, delivery),
        corrected=db.session.get(Delivery, delivery.corrects_delivery_id) if delivery.corrects_delivery_id else None,
        successors=queries.successors_of(db.session, delivery),
        period=period_label(delivery, part_name(db.session, delivery)),
        organisations={one.id: one for one in identity.organisations(db.session)},
        **flow_of(db.session, delivery),
    )


@blueprint.get("/leveranser/<reference>/kvittens.json")
@access.public
def receipt(reference: str) -> Response:
    """The receipt for machines; of a released delivery for everybody, since it is what figures lead back to."""
    try:
        delivery = queries.delivery_for(db.session, current_actor(), reference)
    except NotFound:
        delivery = queries.public_delivery(db.session, reference)
    if delivery.receipt is None:
        raise NotFound("receipt")
    answer = jsonify(receipt_for(db.session, current_actor(), delivery))
    answer.headers["Content-Disposition"] = f'attachment; filename="kvittens-{delivery.number}.json"'
    return answer


def _sending_page(
    session: Session, delivery: Delivery, form: RevisionForm, *, refusal: ReadableFinding | None = None
) -> str:
    loaded = load_model(session, delivery.model_version_hash)
    view = view_of(delivery, loaded)
    under = under_standing(session, delivery, loaded)
    return render_template(
        "receiving/send.html",
        foreseen=foreseen_of(session, current_actor(), delivery),
        seen=mark_of(session, current_actor(), delivery),
        under=under,
        may_be_sent=delivery.state == DeliveryState.DISCLOSED or (under is not None and under.covers),
        delivery=delivery,
        view=view,
        is_explained=any(one.explanation for one in view.answered),
        unreleased=services.unreleased(session, delivery),
        form=form,
        refusal=refusal,
        period=period_label(delivery, part_name(db.session, delivery)),
        decision=delivery.disclosure,
        uses=uses_of(session, delivery),
        people=identity.person_labels(
            session, [delivery.prepared_by, *(one.person_id for one in delivery.disclosures)]
        ),
        organisations={one.id: one for one in identity.organisations(session)},
        corrected=session.get(Delivery, delivery.corrects_delivery_id) if delivery.corrects_delivery_id else None,
        **flow_of(session, delivery),
    )


def _withdrawal_page(
    session: Session, delivery: Delivery, form: WithdrawForm, *, refusal: ReadableFinding | None = None
) -> str:
    corrections = queries.corrections_of(session, delivery) if delivery.stands else []
    return render_template(
        "receiving/withdraw.html",
        delivery=delivery,
        form=form,
        refusal=refusal,
        period=period_label(delivery, part_name(db.session, delivery)),
        corrections=corrections,
        correction_numbers=", ".join(str(one.number) for one in corrections),
        **flow_of(session, delivery),
    )
