"""The pages of the list of deliveries, and of one delivery with its answers.

Reading in a file (`uploading`) and deciding (`disclosing`) have pages of their own; sending, taking back and the receipt
belong to `receiving`.
"""

import io
from datetime import date

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from information_models.queries import load_model
from registry import clock, storage
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.findings import Finding, Text
from registry.i18n import current_language
from registry.identity import queries as identity
from registry.items import queries as items
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from submission_portal.deliveries import fingerprints, queries, services
from submission_portal.deliveries.forms import RevisionForm
from submission_portal.deliveries.layouts.changed import changed_answers
from submission_portal.deliveries.lifecycle import STATE_LABELS, STATE_SIGNS, DeliveryState, state_told
from submission_portal.deliveries.pages.answer_fields import (
    CHOSEN_ANEW,
    answers_of,
    cited_of,
    correction_of,
    explanations_of,
    gap_answers_of,
    kept_of,
)
from submission_portal.deliveries.pages.kept_explanations import kept_explanations
from submission_portal.deliveries.pages.layout_changes import ChangeShown, change_shown
from submission_portal.deliveries.pages.stages import stage_names
from submission_portal.deliveries.pages.standing_disclosures import under_standing, values_of
from submission_portal.deliveries.pages.steps import steps_of
from submission_portal.deliveries.pages.trail import trail
from submission_portal.deliveries.pages.under_way import under_way
from submission_portal.deliveries.pages.view import view_of
from submission_portal.deliveries.part_names import part_name, part_names, period_label
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.standing_disclosures import queries as standing_disclosures
from submission_portal.deliveries.standing_disclosures.judging import going
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.naming import is_decided_in_vain
from submission_portal.deliveries.views.asked import asked_about
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.deliveries.views.parts import flow_of
from submission_portal.flows import content as flow_content
from submission_portal.flows import queries as flows
from submission_portal.flows.uses import queries as uses
from submission_portal.flows.uses.standing import purposes

OFFICERS = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)
INSIDE = (*OFFICERS, *queries.REVIEWERS)


@blueprint.app_template_filter("span")
def show_span(name: str) -> str:
    """A delivery's period in words, also where it is from one day to another."""
    return span_label(name or "", current_language())


@blueprint.get("/leveranser/")
@access.public
def index() -> str:
    """The reader's own deliveries; for everybody else those that have been released."""
    session, actor = db.session, current_actor()
    is_inside = actor.has_role(*INSIDE)
    flow = items.item_by_slug(session, "flow", request.args.get("flode", ""))
    state = request.args.get("visa", "")
    page = queries.list_deliveries(
        session,
        actor,
        page=page_asked_for(),
        state=state if is_inside else "released",
        flow_item_id=flow.id if flow else None,
        is_public=not is_inside,
    )
    versions = items.versions_by_hash(session, [one.flow_version_hash for one in page.rows])
    goes = going(session, page.rows, clock.today())
    own_drafts = {one.id for one in page.rows if one.is_working and queries.may_prepare(actor, one)}
    return render_template(
        "deliveries/index.html",
        page=page,
        flow=flow,
        flows={key: flow_content.read(version.content) for key, version in versions.items()},
        organisations={one.id: one for one in identity.organisations(session)},
        open_flows=own_open_flows(session, actor),
        is_inside=is_inside,
        prepares=actor.has_role(*OFFICERS),
        reads_standing=actor.has_role(*standing_disclosures.READERS),
        parts=part_names(session, page.rows),
        names_senders=not is_inside or len({one.organisation_id for one in page.rows}) > 1,
        chosen_among=own_drafts if len(own_drafts) > 1 else set(),
        state=state,
        states={one.id: state_told(DeliveryState(one.state), goes=one.id in goes) for one in page.rows},
    )


@blueprint.get("/leveranser/<reference>/")
@access.public
def show(reference: str) -> str:
    """A delivery: what remains, what was found, what happens next, its receipt. For the public what is released of it."""
    session, actor = db.session, current_actor()
    try:
        delivery = queries.delivery_for(session, actor, reference)
    except NotFound:
        return _public_page(session, actor, queries.public_delivery(session, reference))
    return _delivery_page(session, actor, delivery)


@blueprint.post("/leveranser/<reference>/svar")
@access.roles(Role.DATA_OFFICER)
def answer(reference: str) -> Answer | tuple[str, int]:
    """Keep answers and explanations, and check again. Where a rule forbids it, what was written comes back with the page."""
    actor, form = current_actor(), RevisionForm()
    try:
        with transaction() as session:
            delivery = queries.delivery_for(session, actor, reference)
            kind = correction_of(request.form)
            standing = _conflicting(session, delivery) if kind is not None else None
            services.save(
                session,
                actor,
                clock.now(),
                delivery,
                answers=answers_of(request.form),
                gap_answers=gap_answers_of(request.form),
                explanations=explanations_of(request.form),
                cites=cited_of(request.form),
                keeps=kept_of(request.form),
                correction=(standing, kind) if standing is not None and kind is not None else None,
                is_chosen_anew=CHOSEN_ANEW in request.form,
                revision=form.seen,
                later=True,
            )
            state, identifier = delivery.state, delivery.id
    except Refused as refused:
        delivery = queries.delivery_for(db.session, actor, reference)
        written = explanations_of(request.form)
        return _delivery_page(db.session, actor, delivery, refused.finding, written), 409
    if state == DeliveryState.CHECKING:
        flash(_("Kept. The file is long, so the check goes on by itself."), "info")
    elif state != DeliveryState.DRAFT:
        flash(_("Kept and checked again. Nothing remains for you before the region decides."), "ok")
    else:
        flash(_("Kept and checked again. Something still remains."), "info")
    return redirect(url_for("deliveries.show", reference=identifier))


@blueprint.post("/leveranser/<reference>/kontroll")
@access.roles(Role.DATA_OFFICER)
def check(reference: str) -> Answer:
    """Ask once more for a check that the worker had to give up."""
    with transaction() as session:
        delivery = queries.delivery_for(session, current_actor(), reference)
        services.ask_again(session, current_actor(), clock.now(), delivery)
        identifier = delivery.id
    return redirect(url_for("deliveries.show", reference=identifier))


@blueprint.get("/leveranser/<reference>/original")
@access.roles(*INSIDE)
def original(reference: str) -> Response:
    """The file as it was delivered, for the region and the recipient's reviewers."""
    delivery = queries.delivery_for(db.session, current_actor(), reference)
    data = storage.read(db.session, delivery.file_key)
    return send_file(
        io.BytesIO(data), mimetype="application/octet-stream", as_attachment=True, download_name=delivery.file_name
    )


def _delivery_page(
    session: Session,
    actor: Actor,
    delivery: Delivery,
    refusal: Finding | None = None,
    written: dict[str, str] | None = None,
) -> str:
    loaded = load_model(session, delivery.model_version_hash)
    under = under_standing(session, delivery, loaded)
    goes = under is not None and under.covers
    view = view_of(delivery, loaded, written, kept_explanations(session, delivery), goes=goes)
    checking = None
    if delivery.state == DeliveryState.CHECKING:
        checking = under_way(delivery, queries.check_job(session, delivery), stage_names())
    may_prepare = queries.may_prepare(actor, delivery)
    flow = flow_of(session, delivery)
    corrected = session.get(Delivery, delivery.corrects_delivery_id) if delivery.corrects_delivery_id else None
    last = queries.last_sent(session, delivery.flow_item_id, but=delivery.id) if delivery.is_working else None
    people = [delivery.prepared_by, delivery.sent_by, *(one.person_id for one in delivery.disclosures)]
    return render_template(
        "deliveries/show.html",
        delivery=delivery,
        refusal=readable(refusal) if refusal else None,
        written=written or {},
        view=view,
        checking=checking,
        steps=steps_of(delivery, may_prepare=may_prepare, goes=goes),
        **flow,
        loaded=loaded,
        period=period_label(delivery, part_name(session, delivery)),
        corrected=corrected,
        corrections=queries.corrections_of(session, delivery) if delivery.stands else [],
        last=last,
        organisations={one.id: one for one in identity.organisations(session)},
        people=identity.person_labels(session, people),
        may_prepare=may_prepare,
        change=_change_shown(session, actor, delivery) if may_prepare else None,
        may_disclose=queries.may_disclose(actor, delivery),
        is_in_vain=is_decided_in_vain(session, delivery, clock.today()),
        under=under,
        judged=values_of(delivery, loaded),
        is_reviewer=not actor.belongs_to(delivery.organisation_id),
        trail=trail(session, actor, delivery),
        asked=[
            one
            for aside in (current_app.extensions["registry"].asides if delivery.number else ())
            for one in aside(session, actor, f"delivery:{delivery.id}")
        ],
    )


def _change_shown(session: Session, actor: Actor, delivery: Delivery) -> ChangeShown | None:
    """What was answered in another way than before, on the first draft that is read so."""
    version = delivery.layout_version
    if version is None or not delivery.is_working or version is not version.layout.current:
        return None
    change = changed_answers(session, version.layout)
    if change is None or not change.is_answered or change.first is None or change.first != delivery.period_first:
        return None
    return change_shown(change, asked_about(session, actor, version.layout_id))


def _public_page(session: Session, actor: Actor, delivery: Delivery) -> str:
    flow = flow_of(session, delivery)
    return render_template(
        "deliveries/public.html",
        delivery=delivery,
        **flow,
        period=period_label(delivery, part_name(session, delivery)),
        organisations={one.id: one for one in identity.organisations(session)},
        state=DeliveryState(delivery.state),
        labels=STATE_LABELS,
        signs=STATE_SIGNS,
        shows_hashes=fingerprints.are_public(session, delivery),
        trail=trail(session, actor, delivery),
    )


def own_open_flows(session: Session, actor: Actor) -> list[tuple[str, flow_content.Line, Text, date]]:
    """(slug, line, what it is used for, last day) of the lines that the actor may deliver in today."""
    if not actor.has_role(Role.DATA_OFFICER):
        return []
    own = actor.organisations(Role.DATA_OFFICER)
    found = flows.open_flows(session, actor, clock.today())
    mine = [one for one in found if one.organisation_id in own]
    used = uses.uses_of_lines(session, [one.item_id for one in mine])
    return [
        (
            one.item.slug,
            flow_content.read(one.content),
            purposes(uses.that_may_be_named(used[one.item_id], clock.today())),
            uses.last_day(one, used[one.item_id]),
        )
        for one in mine
    ]


def _conflicting(session: Session, delivery: Delivery) -> Delivery | None:
    """What stands for the days of the delivery; ``None`` where it has been taken back meanwhile."""
    if delivery.corrects_delivery_id:
        return session.get_one(Delivery, delivery.corrects_delivery_id)
    if delivery.period_first is None or delivery.period_last is None:
        return None
    part = delivery.part or None  # where rows name several parts, only a whole period can be what they correct
    found = queries.standing_in_period(
        session, delivery.flow_item_id, delivery.period_first, delivery.period_last, part, but=delivery.id
    )
    return found[0] if found else None
