"""The pages in which figures are entered, with and without a script, and the template that is filled in beside them."""

import io
from typing import Any, TypeGuard

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer
from wtforms import StringField
from wtforms.validators import Length

from registry import clock
from registry.content.strict_json import has_unfit_text
from registry.db import db, transaction
from registry.errors import Invalid, Refused
from registry.finding_catalogue import ReadableFinding
from registry.findings import Finding
from registry.formats import Options
from registry.i18n import current_language, read
from registry.items.tables import Version
from registry.period import Period
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from registry.web.revalidation import revalidate
from submission_portal.deliveries.queries import PREPARES
from submission_portal.deliveries.services import open_version, read_for
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.suspended import suspension_of_next
from submission_portal.deliveries.views.delivery import own_open_flows
from submission_portal.entry import queries, services
from submission_portal.entry.finding_texts import FINDINGS
from submission_portal.entry.pages import entry_page
from submission_portal.entry.powers import ENTERS
from submission_portal.entry.services import RowChange, RowSaved
from submission_portal.entry.sheet import (
    CLOSED,
    NOT_REPORTED,
    WORDS,
    CellKind,
    as_shown,
    cell_kind,
    entered_elements,
    steps_of,
)
from submission_portal.flows import content as flow_content
from submission_portal.flows.channels import Channel
from submission_portal.flows.division import period_kinds
from submission_portal.units.lines import Line, kept_line, line_of
from submission_portal.units.unit import key_text

blueprint = Blueprint("entry", __name__, template_folder="templates")
revalidate(blueprint)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BeginForm(Form):
    """Which period is entered."""

    period = StringField("", [required(), Length(max=20)])


@blueprint.get("/inmatning/")
@access.roles(*ENTERS)
def choose_line() -> Answer | str:
    """Which line figures are entered for; with only one, straight on."""
    found = [one for one in own_open_flows(db.session, current_actor()) if Channel.FORM in one[1].channels]
    if len(found) == 1:
        return redirect(url_for("entry.index", slug=found[0][0]))
    return render_template("entry/choose_line.html", lines=found)


@blueprint.route("/inmatning/<slug>/", methods=["GET", "POST"])
@access.roles(*ENTERS)
def index(slug: str) -> Answer | str | tuple[str, int]:
    """What has been entered in a line, and the beginning of another period."""
    kept, _version = _line(db.session, slug)
    form = BeginForm()
    form.period.label.text = _("Period")
    form.period.description = _("A month as 2026-03, or a day as 2026-03-01 where the figures are about days.")
    if request.method == "GET" or not form.validate_on_submit():
        return _index_page(slug, form), 422 if request.method == "POST" else 200
    try:
        with transaction() as session:
            kept, _version = _line(session, slug)
            found = services.begin(session, current_actor(), clock.now(), kept, form.period.data or "").id
    except Refused as refused:
        return _index_page(slug, form, readable(refused.finding)), 409
    return redirect(url_for("entry.show", slug=slug, entry_id=found))


@blueprint.get("/inmatning/<slug>/mall.xlsx")
@access.roles(*ENTERS)
def template(slug: str) -> Response:
    """The Excel template with a row for each expected unit and period."""
    kept, _version = _line(db.session, slug)
    try:
        period = Period.parse(request.args.get("period", ""))
        steps = steps_of(period, period_kinds(kept.loaded))
    except ValueError:
        raise Refused(FINDINGS.found("ENT-001", {"period": request.args.get("period", "")[:40]})) from None
    units = queries.units_for(db.session, kept, period.first, period.last)
    element = kept.loaded.model.period_element
    rows = [{**unit.values, element: str(step)} for step in steps for unit in units]
    from information_models.formats import workbook  # writes with a library that pages start without

    data = workbook.write(kept.loaded, Options(language=current_language(), region=kept.region), rows)
    name = f"{kept.loaded.model.slug}-{str(period).replace('/', '-')}.xlsx"
    return send_file(io.BytesIO(data), mimetype=XLSX, as_attachment=True, download_name=name)


@blueprint.get("/inmatning/<slug>/<entry_id>/")
@access.roles(*ENTERS)
def show(slug: str, entry_id: str) -> str:
    """One step of what is entered."""
    return _page(slug, entry_id)


@blueprint.post("/inmatning/<slug>/<entry_id>/")
@access.roles(*ENTERS)
def save(slug: str, entry_id: str) -> Answer | tuple[str, int]:
    """Keep every row of the step, as a page without a script sends them: those that nobody else has changed."""
    kept, _version = _line(db.session, slug)
    entry = queries.entry_for(db.session, current_actor(), kept.item.id, entry_id)
    page = entry_page(db.session, kept, entry, request.form.get("steg", ""), language=current_language())
    changes = []
    for row in page.rows:
        given = {one.element: request.form.get(f"cell-{row.at}-{one.element}", one.text) for one in row.cells}
        seen = request.form.get(f"rev-{row.at}", "0")
        if request.form.get(f"unit-{row.at}") == row.unit.key and given != {one.element: one.text for one in row.cells}:
            changes.append(RowChange(row.unit.values, str(page.step), int(seen) if seen.isdecimal() else -1, given))
    written = {key_text(one.unit): one.cells for one in changes}
    try:
        saved = _save(slug, entry_id, changes) if changes else []
    except Refused as refused:
        return _page(slug, entry_id, step=str(page.step), written=written, refusal=refused.finding), 409
    conflicts = {key_text(one.unit): now for one, now in zip(changes, saved, strict=True) if now.is_conflict}
    if conflicts:
        told = {key: cells for key, cells in written.items() if key in conflicts}
        return _page(slug, entry_id, step=str(page.step), written=told, conflicts=conflicts), 409
    flash(_("Saved."), "ok")
    step = request.form.get("till") or str(page.step)
    return redirect(url_for("entry.show", slug=slug, entry_id=entry_id, steg=step))


@blueprint.patch("/inmatning/<slug>/<entry_id>/rad")
@access.roles(*ENTERS)
def patch_row(slug: str, entry_id: str) -> Answer | tuple[Answer, int]:
    """Keep cells of one row as they are written. 409 with the row as it is where somebody else has changed it, 422 with a finding
    where a cell cannot be kept."""
    change = _change_in(request.get_json(silent=True))
    if change is None:
        return _told(FINDINGS.found("ENT-004")), 422
    try:
        (saved,) = _save(slug, entry_id, [change])
    except Refused as refused:
        return _told(refused.finding), 422
    kept, _version = _line(db.session, slug)
    told = {one.name: (one, saved.cells.get(one.name, "")) for one in entered_elements(kept.loaded)}
    body = {
        "revision": saved.revision,
        "at": clock.local(clock.now()).strftime("%H:%M"),
        "cells": {
            name: {"text": as_shown(one, text, current_language()), **_said(cell_kind(one, text, saved.cells))}
            for name, (one, text) in told.items()
        },
    }
    return jsonify(body), 409 if saved.is_conflict else 200


@blueprint.post("/inmatning/<slug>/<entry_id>/leverans")
@access.roles(*ENTERS)
def deliver(slug: str, entry_id: str) -> Answer | tuple[str, int]:
    """Check what is entered: it becomes a file, and that a delivery, by the same road as any file."""
    session, actor = db.session, current_actor()
    kept, _version = _line(session, slug)
    entry = queries.entry_for(session, actor, kept.item.id, entry_id)
    try:
        version = open_version(session, actor, clock.now(), kept.item, Channel.FORM)
        name, data = services.file_of(session, kept, entry)
        reading = read_for(session, version, name, data, later=True)
        with transaction() as writing:
            kept, _version = _line(writing, slug)
            entry = queries.entry_for(writing, actor, kept.item.id, entry_id)
            made = services.deliver(writing, actor, clock.now(), kept, entry, name, data, reading)
            target = made.number or made.id
    except Refused as refused:
        return _page(slug, entry_id, refusal=refused.finding), 409
    except Invalid as invalid:
        return _page(slug, entry_id, refusal=invalid.findings[0]), 422
    return redirect(url_for("deliveries.show", reference=target))


def _line(session: Session, slug: str) -> tuple[Line, Version]:
    """The line, where the reader enters its figures."""
    item, version = line_of(session, slug)
    current_actor().require(*PREPARES, organisation_id=item.organisation_id, is_known=True)
    return kept_line(session, item, version), version


def _save(slug: str, entry_id: str, changes: list[RowChange]) -> list[RowSaved]:
    with transaction() as session:
        kept, _version = _line(session, slug)
        entry = queries.entry_for(session, current_actor(), kept.item.id, entry_id)
        period = Period.parse(entry.period)
        units = {one.key for one in queries.units_for(session, kept, period.first, period.last)}
        return services.save(session, current_actor(), clock.now(), kept, entry, changes, units)


def _change_in(body: Any) -> RowChange | None:
    """The change that a body states; ``None`` where it states none."""
    if not isinstance(body, dict):
        return None
    unit, cells, revision, period = (body.get(name) for name in ("unit", "cells", "revision", "period"))
    if not _are_texts(unit) or not _are_texts(cells) or not _is_text(period) or type(revision) is not int:
        return None
    return RowChange(unit, period, revision, cells)


def _are_texts(given: object) -> TypeGuard[dict[str, str]]:
    return (
        isinstance(given, dict) and all(isinstance(text, str) for text in given.values()) and not has_unfit_text(given)
    )


def _is_text(given: object) -> TypeGuard[str]:
    return isinstance(given, str) and not has_unfit_text(given)


def _told(finding: Finding) -> Answer:
    text = readable(finding)
    return jsonify({"title": text.title, "body": text.body, "mend": text.mend})


def _said(kind: CellKind) -> dict[str, str]:
    return {"kind": kind.value, "sign": kind.sign, "words": read(kind.label)}


def _index_page(slug: str, form: BeginForm, refusal: ReadableFinding | None = None) -> str:
    kept, version = _line(db.session, slug)
    line = flow_content.read(version.content)
    page = queries.entries_of_line(db.session, kept.item.id, page_asked_for())
    suspended = suspension_of_next(db.session, kept.item.id, clock.today())
    return render_template(
        "entry/index.html",
        item=kept.item,
        line=line,
        form=form,
        page=page,
        is_admitted=Channel.FORM in line.channels,
        suspended=readable(suspended) if suspended else None,
        refusal=refusal,
    )


def _page(
    slug: str,
    entry_id: str,
    *,
    step: str = "",
    written: dict[str, Any] | None = None,
    conflicts: dict[str, RowSaved] | None = None,
    refusal: Finding | None = None,
) -> str:
    session = db.session
    kept, version = _line(session, slug)
    entry = queries.entry_for(session, current_actor(), kept.item.id, entry_id)
    sent = services.sent_already(session, entry)
    wanted = step or request.values.get("steg", "")
    return render_template(
        "entry/show.html",
        item=kept.item,
        line=flow_content.read(version.content),
        entry=entry,
        delivery=session.get(Delivery, entry.delivery_id) if entry.delivery_id else None,
        page=entry_page(
            session, kept, entry, wanted, language=current_language(), written=written, conflicts=conflicts
        ),
        conflicts=conflicts or {},
        refusal=readable(refusal) if refusal else None,
        sent=readable(sent) if sent else None,
        kinds={kind.value: kind for kind in CellKind},
        closed=read(WORDS[CLOSED]),
        not_reported=read(WORDS[NOT_REPORTED]),
        owner=current_actor().person_id,
    )
