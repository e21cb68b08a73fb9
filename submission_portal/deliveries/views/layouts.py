"""The pages of layouts: what a region has answered about its exports, as versions, and what was read by each."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from information_models.queries import load_model
from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.findings import Finding
from registry.i18n import read
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.tables import Item
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from submission_portal.deliveries import services
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.layouts import queries
from submission_portal.deliveries.layouts.changed import changed_answers
from submission_portal.deliveries.layouts.services import Change, forgotten
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.pages.layout_changes import change_shown
from submission_portal.deliveries.pages.layout_rows import BREAKS, ELEMENT, HEADING, ROWS, answer_rows
from submission_portal.deliveries.queries import PREPARES, delivery_for
from submission_portal.deliveries.reading.layouts.content import LayoutBreak
from submission_portal.deliveries.reading.layouts.files import layout_file
from submission_portal.deliveries.tables import Delivery, ExportLayout
from submission_portal.deliveries.views.asked import asked_about
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.flows import content as flow_content

MOST_AT_ONCE = 10
"""So many files are read while somebody waits; the next ones by the same button."""
OFFICERS = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)


@blueprint.get("/leveranser/layouter/")
@access.roles(*OFFICERS)
def layouts() -> str:
    """The layouts of the reader's regions."""
    session, actor = db.session, current_actor()
    page = queries.page_of_layouts(session, actor, page_asked_for())
    lines = {one.flow_item_id: _title_of(session, one.flow_item_id) for one in page.rows}
    return render_template("deliveries/layouts.html", page=page, lines=lines)


def _title_of(session: Session, flow_item_id: str) -> str:
    """What a line is called; its name in addresses where no version of it stands."""
    line = session.get_one(Item, flow_item_id)
    version = items.standing_version(session, line)
    return read(flow_content.read(version.content).title) if version is not None else line.slug


@blueprint.route("/leveranser/layouter/<identifier>/", methods=["GET", "POST"])
@access.roles(*OFFICERS)
def layout(identifier: str) -> Answer | str | tuple[str, int]:
    """One layout: its answers, each of which can be asked again, its versions and what was read by them."""
    session, actor = db.session, current_actor()
    found = queries.layout_for(session, actor, identifier)
    if request.method == "GET":
        return _page(session, actor, found)
    kind = next((one for one in LayoutBreak if one.value == request.form.get("slag")), None)
    headings, elements = request.form.getlist(HEADING), request.form.getlist(ELEMENT)
    if kind is None or not (headings or elements):
        return _page(session, actor, found, FINDINGS.found("LAY-013")), 422
    seen = request.form.get("version", "")
    try:
        with transaction() as writing:
            kept = queries.layout_for(writing, actor, identifier)
            content = forgotten(
                kept.current.content,
                frozenset(headings),
                frozenset("" if name == ROWS else name for name in elements),
            )
            services.keep_layout(
                writing,
                actor,
                clock.now(),
                writing.get_one(Item, kept.flow_item_id),
                content,
                model_version=kept.current.model_version_hash,
                source=kept.source,
                before=seen,
                change=Change(kind, request.form.get("skal", "")),
            )
    except Refused as refused:
        found = queries.layout_for(db.session, actor, identifier)
        return _page(db.session, actor, found, refused.finding), 409
    flash(_("Kept. The next file asks about it again. Below is what was read with the old answers."), "ok")
    return redirect(url_for("deliveries.layout", identifier=identifier))


@blueprint.post("/leveranser/layouter/<identifier>/ersattningar")
@access.roles(Role.DATA_OFFICER)
def prepare_replacements(identifier: str) -> Answer | tuple[str, int]:
    """Prepare replacements of what was read with an answer that was wrong: the same files, read by the answers of now."""
    session, actor = db.session, current_actor()
    found = queries.layout_for(session, actor, identifier)
    actor.require(*PREPARES, organisation_id=found.organisation_id, is_known=True)
    made = 0
    try:
        for reference in [one.id for one in queries.to_replace(session, found, MOST_AT_ONCE)]:
            made += _prepare(delivery_for(db.session, actor, reference))
    except Refused as refused:
        return _page(db.session, actor, queries.layout_for(db.session, actor, identifier), refused.finding), 409
    told = ngettext("One replacement is prepared.", "%(num)d replacements are prepared.", made)
    flash(
        told + " " + _("Answer what is asked in one of them; the others are then read by it. Nothing has been sent."),
        "ok",
    )
    return redirect(url_for("deliveries.layout", identifier=identifier, _anchor="lasta"))


def _prepare(delivery: Delivery) -> bool:
    """Whether a replacement of a delivery was made of its own file, as the line's answers read it now."""
    session, actor, now = db.session, current_actor(), clock.now()
    name, sheet, identifier = delivery.file_name, delivery.sheet or None, delivery.id
    flow_id = delivery.flow_item_id
    reading, data = services.read_own_file(session, actor, now, delivery)
    with transaction() as writing:
        made = services.start(
            writing,
            actor,
            now,
            flow_item=writing.get_one(Item, flow_id),
            file_name=name,
            data=data,
            sheet=sheet,
            corrects=delivery_for(writing, actor, identifier),
            correction_kind=CorrectionKind.REPLACEMENT,
            reading=reading,
        )
        return made.id != identifier


@blueprint.get("/leveranser/layouter/<identifier>/layout.json")
@access.roles(*OFFICERS)
def export_layout(identifier: str) -> Response:
    """The layout as a file, to be kept or read in for another line."""
    session, actor = db.session, current_actor()
    found = queries.layout_for(session, actor, identifier)
    model = load_model(session, found.current.model_version_hash).model.slug
    text = layout_file(found.current.content, model=model, source=found.source)
    name = f"layout-{found.id[:8]}-{found.current.number}.json"
    return Response(
        text, mimetype="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _page(session: Session, actor: Actor, found: ExportLayout, refusal: Finding | None = None) -> str:
    current = found.current
    loaded = load_model(session, current.model_version_hash)
    line = session.get_one(Item, found.flow_item_id)
    replaced = queries.read_by(session, [one.id for one in found.versions[:-1]], page_asked_for())
    return render_template(
        "deliveries/layout_of_export.html",
        found=found,
        current=current,
        line=line,
        line_title=_title_of(session, line.id),
        rows=answer_rows(current.content, loaded),
        versions=[
            (
                one.number,
                one.created_at,
                read(BREAKS[LayoutBreak(one.break_kind)]) if one.break_kind else "",
                one.reason,
            )
            for one in reversed(found.versions)
        ],
        replaced=replaced,
        left=len(queries.to_replace(session, found, MOST_AT_ONCE)),
        breaks=[(kind.value, read(told)) for kind, told in BREAKS.items()],
        change=change_shown(changed_answers(session, found), asked_about(session, actor, found.id)),
        organisation=identity.organisation(session, found.organisation_id),
        may_change=queries.may_change(actor, found),
        refusal=readable(refusal) if refusal else None,
        written=request.form.get("skal", ""),
    )
