"""The pages that read in a file: which flow it is for, the file, another file, another sheet; and who waits to be read in.

Nothing of a file is kept until everything in it has been looked through; reading happens before a transaction is opened.
"""

from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from information_models.definitions import Element, LoadedModel
from information_models.offers import template_offers
from information_models.queries import load_model
from registry import clock, storage
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.findings import Finding
from registry.i18n import read
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.web.downloads import Offer
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.assessment.remaining import (
    is_asked_what_it_corrects,
    is_header_asked,
    questions_of_export,
)
from submission_portal.deliveries.drafts.uploads import LARGE, PLACE, places, reading_told
from submission_portal.deliveries.forms import RevisionForm, SheetForm, UploadForm, seen_revision
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.suspended import suspension_of_next
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.deliveries.views.delivery import own_open_flows
from submission_portal.deliveries.views.not_kept import NotKept, identity_answer_in, not_kept
from submission_portal.flows import content as flow_content
from submission_portal.flows import queries as flows
from submission_portal.flows.pages import part_names

MOST_WAITING = 2
"""Where so many wait already, a browser with scripts waits before it sends: its file is then in nobody's memory."""


@blueprint.get("/leveranser/ny/")
@access.roles(Role.DATA_OFFICER)
def choose_flow() -> str | Answer:
    """Which flow the file is for; with only one, straight on."""
    found = own_open_flows(db.session, current_actor())
    if len(found) == 1:
        return redirect(url_for("deliveries.new", slug=found[0][0]))
    return render_template("deliveries/choose_flow.html", open_flows=found)


@blueprint.get("/leveranser/plats")
@access.roles(Role.DATA_OFFICER)
def place() -> Answer:
    """For the script beside an upload that waits: how many large files are before it, of anybody's, whether it had better not
    be sent yet, and how many of its rows have been read."""
    name = request.args.get(PLACE, "")
    queue, rows = places(current_app).queue(name), reading_told(current_app).rows_read(name)
    told = {"before": queue.before, "waiting": queue.waiting, "is_full": queue.waiting >= MOST_WAITING, "rows": rows}
    return jsonify(told)


@blueprint.route("/leveranser/ny/<slug>/", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def new(slug: str) -> Answer | str | tuple[str, int]:
    """Read in a file. Nothing of it is kept until everything in it has been looked through."""
    session, actor = db.session, current_actor()
    flow = flows.flow_item(session, slug)
    actor.require(Role.DATA_OFFICER, organisation_id=flow.organisation_id)
    form = UploadForm()
    form.offer_parts(_parts(session, flow))
    if request.method == "GET":
        form.part.data = request.args.get("del", "")
    corrects = _corrected(session, actor, flow, request.values.get("rattar"))
    if form.kind.data is None:
        form.kind.data = CorrectionKind.named(request.args.get("hur"))
    try:
        version = services.open_version(session, actor, clock.now(), flow)
    except Refused as refused:
        return _upload_page(flow, None, form, corrects, refusal=refused.finding), 409
    if request.method == "GET" or not form.validate_on_submit():
        return _upload_page(flow, version, form, corrects)
    name, data = _file(form)
    kind = CorrectionKind.named(form.kind.data) if corrects else None
    if corrects and kind is None:
        form.kind.errors = [*form.kind.errors, _("Choose what the file is.")]
    if data is None:
        form.file.errors = [*form.file.errors, _("Choose a file.")]
    if data is None or form.errors:
        return _upload_page(flow, version, form, corrects), 422
    answer = identity_answer_in(form, data)
    with reading_told(current_app).telling(request.args.get(PLACE, "")) as progress:
        reading = services.read_for(session, version, name, data, later=True, progress=progress, identity_answer=answer)
    if not reading.may_be_kept:
        stopped = not_kept(actor, form, version, reading, name, data)
        flow = flows.flow_item(db.session, slug)
        corrects = _corrected(db.session, actor, flow, request.values.get("rattar"))
        return _upload_page(flow, version, form, corrects, stopped=stopped), 422
    corrects_id = corrects.id if corrects else None
    with transaction() as writing:
        delivery = services.start(
            writing,
            actor,
            clock.now(),
            flow_item=writing.get_one(Item, flow.id),
            file_name=name,
            data=data,
            reading=reading,
            stated_part=form.stated_part,
            corrects=writing.get_one(Delivery, corrects_id) if corrects_id else None,
            correction_kind=(CorrectionKind.named(form.kind.data) or CorrectionKind.CORRECTION)
            if corrects_id
            else None,
        )
        identifier, number, asks = delivery.id, delivery.number, _is_asking(delivery)
    if number:
        flash(_("This very file was received before. Here is its receipt."), "info")
    return _to_delivery(number or identifier, asks=asks)


@blueprint.route("/leveranser/<reference>/fil/", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def other_file(reference: str) -> Answer | str | tuple[str, int]:
    """Put another file in the place of a draft's. Answers and explanations are kept where they still apply."""
    session, actor = db.session, current_actor()
    delivery = _working(session, actor, reference)
    form = UploadForm()
    flow = session.get_one(Item, delivery.flow_item_id)
    form.offer_parts(_parts(session, flow))
    if request.method == "GET" or not form.validate_on_submit():
        form.revision.data, form.part.data = str(delivery.revision), delivery.stated_part
        return _upload_page(flow, None, form, None, delivery=delivery)
    name, data = _file(form)
    if data is None:
        form.file.errors = [*form.file.errors, _("Choose a file.")]
        return _upload_page(flow, None, form, None, delivery=delivery), 422
    version = services.open_version(session, actor, clock.now(), flow)
    answer = identity_answer_in(form, data)
    with reading_told(current_app).telling(request.args.get(PLACE, "")) as progress:
        reading = services.read_for(session, version, name, data, later=True, progress=progress, identity_answer=answer)
    if not reading.may_be_kept:
        stopped = not_kept(actor, form, version, reading, name, data)
        delivery = queries.delivery_for(db.session, actor, reference)
        flow = db.session.get_one(Item, delivery.flow_item_id)
        return _upload_page(flow, None, form, None, delivery=delivery, stopped=stopped), 422
    with transaction() as writing:
        seen = seen_revision(form.revision.data)
        found = services.read_again(
            writing,
            actor,
            clock.now(),
            queries.delivery_for(writing, actor, reference),
            file_name=name,
            data=data,
            reading=reading,
            revision=seen,
            stated_part=form.stated_part,
        )
        target, asks = found.number or found.id, _is_asking(found)
    return _to_delivery(target, asks=asks)


@blueprint.post("/leveranser/<reference>/blad")
@access.roles(Role.DATA_OFFICER)
def choose_sheet(reference: str) -> Answer:
    """Read another sheet of the same workbook."""
    session, actor = db.session, current_actor()
    form = SheetForm()
    delivery = _working(session, actor, reference)
    sheets = delivery.reading.preview.sheets
    chosen = request.form.get("sheet", "")
    if chosen not in sheets:
        flash(_("Choose a sheet."), "stop")
        return redirect(url_for("deliveries.show", reference=delivery.id))
    flow = session.get_one(Item, delivery.flow_item_id)
    version = services.open_version(session, actor, clock.now(), flow)
    return _read_otherwise(session, actor, delivery, version, form, sheet=chosen, encoding=None)


@blueprint.post("/leveranser/<reference>/teckenkodning")
@access.roles(Role.DATA_OFFICER)
def choose_encoding(reference: str) -> Answer:
    """Read the same text in another encoding."""
    session, actor = db.session, current_actor()
    form = RevisionForm()
    delivery = _working(session, actor, reference)
    chosen = request.form.get("encoding", "")
    if chosen not in {one.encoding for one in delivery.reading.preview.readings}:
        flash(_("Choose an encoding."), "stop")
        return redirect(url_for("deliveries.show", reference=delivery.id))
    flow = session.get_one(Item, delivery.flow_item_id)
    version = services.open_version(session, actor, clock.now(), flow)
    return _read_otherwise(session, actor, delivery, version, form, sheet=None, encoding=chosen)


def _read_otherwise(
    session: Session,
    actor: Actor,
    delivery: Delivery,
    version: Version,
    form: SheetForm | RevisionForm,
    *,
    sheet: str | None,
    encoding: str | None,
) -> Answer:
    """Read a draft's file once more, as its sender has chosen."""
    data, name, reference = storage.read(session, delivery.file_key), delivery.file_name, delivery.id
    answer = delivery.reading.identity_answer
    reading = services.read_for(
        session, version, name, data, sheet=sheet, later=True, identity_answer=answer, encoding=encoding
    )
    with transaction() as writing:
        delivery = queries.delivery_for(writing, actor, reference)
        seen = seen_revision(form.revision.data)
        found = services.read_again(
            writing,
            actor,
            clock.now(),
            delivery,
            file_name=name,
            data=data,
            sheet=sheet or "",
            reading=reading,
            revision=seen,
        )
        target, asks = found.number or found.id, _is_asking(found)
    return _to_delivery(target, asks=asks)


def _is_asking(delivery: Delivery) -> bool:
    """Whether what its columns are is the first thing to say of it."""
    if not delivery.is_working or is_asked_what_it_corrects(delivery.assessment):
        return False
    mapped = delivery.reading.mapped
    return questions_of_export(delivery.assessment, mapped) > 0 or is_header_asked(delivery.reading.preview, mapped)


def _to_delivery(reference: str, *, asks: bool) -> Answer:
    """To the delivery; where it waits for what its columns are, to the page that asks."""
    return redirect(url_for("deliveries.match_columns" if asks else "deliveries.show", reference=reference))


def _upload_page(
    flow: Item,
    version: object | None,
    form: UploadForm,
    corrects: Delivery | None,
    *,
    delivery: Delivery | None = None,
    stopped: NotKept | None = None,
    refusal: Finding | None = None,
) -> str:
    approved = flows.approved_version(db.session, flow, clock.today()) or flows.approved_version(db.session, flow)
    stated = flow_content.read(approved.content) if approved else None
    loaded = load_model(db.session, stated.model_version) if stated else None
    suspended = suspension_of_next(db.session, flow.id, clock.today())
    return render_template(
        "deliveries/new.html",
        flow_item=flow,
        flow=stated,
        flow_name=read(stated.title) if stated else flow.slug,
        loaded=loaded,
        columns=[(one.label, _headings(one), one.required) for one in loaded.model.elements] if loaded else [],
        form=form,
        corrects=corrects,
        delivery=delivery,
        stopped=stopped,
        refusal=readable(refusal) if refusal else None,
        suspended=readable(suspended) if suspended else None,
        templates=_templates(flow, loaded) if loaded else [],
        large=LARGE,
        place=PLACE,
    )


def _headings(element: Element) -> list[str]:
    """The headings that mean an element, each once, whatever its case."""
    told: dict[str, str] = {}
    for heading in element.headings():
        told.setdefault(heading.lower(), heading)
    return list(told.values())


def _templates(flow: Item, loaded: LoadedModel) -> list[Offer]:
    """What can be filled in for the approved model version, with the region's own places where it has any."""
    pinned = items.version_by_hash(db.session, loaded.content_hash) if loaded.content_hash else None
    if pinned is None:
        return []
    return template_offers(loaded, pinned.number, identity.organisation(db.session, flow.organisation_id))


def _parts(session: Session, flow: Item) -> list[tuple[str, str]]:
    """Code and name of the parts that the line is delivered in today; none where a period is delivered whole."""
    version = flows.approved_version(session, flow, clock.today()) or flows.approved_version(session, flow)
    return list(part_names(session, flow_content.read(version.content)).items()) if version else []


def _corrected(session: Session, actor: Actor, flow: Item, number: str | None) -> Delivery | None:
    if not number:
        return None
    delivery = queries.delivery_for(session, actor, number)
    if delivery.flow_item_id != flow.id:
        raise NotFound("delivery")
    return delivery


def _working(session: Session, actor: Actor, reference: str) -> Delivery:
    delivery = queries.delivery_for(session, actor, reference)
    actor.require(*queries.PREPARES, organisation_id=delivery.organisation_id, is_known=True)
    if not delivery.is_working:
        raise NotFound("draft")
    return delivery


def _file(form: UploadForm) -> tuple[str, bytes | None]:
    uploaded = form.file.data
    if uploaded is None or not uploaded.filename:
        return "", None
    return uploaded.filename, uploaded.stream.read()
