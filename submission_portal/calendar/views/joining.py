"""A region joins, pauses, resumes or leaves, and everybody reads when and why."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.findings import Finding
from registry.i18n import read
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.items.tables import Item
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from submission_portal.calendar import pages
from submission_portal.calendar.forms import PILOT, StepForm
from submission_portal.calendar.queries import lines_of
from submission_portal.calendar.views.blueprint import blueprint
from submission_portal.flows.timetables.joining import MAY_STEP, take_step
from submission_portal.flows.timetables.participation import Step
from submission_portal.flows.timetables.queries import all_steps


@blueprint.get("/kalender/<kind>/<code>/deltagande")
@access.public
def participation(kind: str, code: str) -> str:
    """Every step of an organisation, and a form for whoever decides for it."""
    return _page(kind, _deliverer(kind, code))


@blueprint.post("/kalender/<kind>/<code>/deltagande")
@access.roles(*MAY_STEP)
def step(kind: str, code: str) -> Response | tuple[str, int]:
    """Take a step."""
    organisation = _deliverer(kind, code)
    current_actor().require_decider(*MAY_STEP, organisation_id=organisation.id, is_known=True)
    form = _form(organisation)
    if not form.validate_on_submit():
        return _page(kind, organisation, form=form), 422
    try:
        with transaction() as session:
            take_step(
                session, current_actor(), clock.now(), session.get_one(Organisation, organisation.id),
                Step(form.step.data), first=form.since.data, reason=form.reason.data or "",
                item=session.get_one(Item, form.line.data) if form.line.data != PILOT else None,
            )  # fmt: skip
    except Refused as refused:
        return _page(kind, _deliverer(kind, code), form=form, stopped=refused.finding), 409
    flash(_("The step is on record, and the calendar follows it."), "ok")
    return redirect(url_for("calendar.participation", kind=kind, code=code))


def _deliverer(kind: str, code: str) -> Organisation:
    found = identity.organisation_by_code(db.session, code, pages.KINDS.get(kind, ""))
    if found is None or found.kind == "recipient":
        raise NotFound("organisation")
    return found


def _form(organisation: Organisation) -> StepForm:
    form = StepForm()
    form.offer(
        [
            (one.version.item_id, read(one.line.title))
            for one in lines_of(db.session, organisation.id)
            if one.line.discloser == organisation.id
        ],
        _("The whole pilot"),
    )
    return form


def _page(
    kind: str, organisation: Organisation, *, form: StepForm | None = None, stopped: Finding | None = None
) -> str:
    may_step = current_actor().may_decide(*MAY_STEP, organisation_id=organisation.id)
    titles = {one.version.item_id: read(one.line.title) for one in lines_of(db.session, organisation.id)}
    page = all_steps(db.session, organisation.id, None, page_asked_for())
    return render_template(
        "calendar/participation.html",
        organisation=organisation,
        kind=kind,
        page=page.of(lambda one: pages.step_row(one, titles)),
        form=(form or _form(organisation)) if may_step else None,
        is_answered=form is not None,
        stopped=readable(stopped) if stopped else None,
    )
