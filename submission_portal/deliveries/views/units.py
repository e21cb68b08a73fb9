"""The pages of a line's register of units: what is expected in each delivery, kept and confirmed by the region."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from registry import clock
from registry.actors import Actor
from registry.db import db, transaction
from registry.errors import Forbidden, Refused
from registry.findings import Finding
from registry.i18n import read
from registry.identity import queries as identity
from registry.items.tables import Item, Version
from registry.web.forms import Form
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from submission_portal.deliveries.forms import RevisionForm, seen_revision
from submission_portal.deliveries.queries import REVIEWERS
from submission_portal.deliveries.unit_forms import UnitForm, new_unit_form
from submission_portal.deliveries.unit_proposals import proposals_for
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.flows import content as flow_content
from submission_portal.flows.readers import sees_deliveries
from submission_portal.units import queries, services
from submission_portal.units.lines import Line, kept_line, line_of
from submission_portal.units.powers import KEEPERS
from submission_portal.units.tables import LineUnit, UnitRegister
from submission_portal.units.unit import naming_element, unit_elements_of

ON_A_PAGE = 50


@blueprint.get("/floden/<slug>/enheter/")
@access.roles(*KEEPERS, *REVIEWERS)
def units(slug: str) -> str:
    """The units of a line, which of them the deliveries propose, and whether the region has confirmed them."""
    item, version = line_of(db.session, slug)
    if not sees_deliveries(current_actor(), version):
        raise Forbidden("flow")
    return _units_page(item, version)


@blueprint.post("/floden/<slug>/enheter/foreslagna")
@access.roles(*KEEPERS)
def add_proposed(slug: str) -> Answer | tuple[str, int]:
    """Add units that the latest deliveries have: those that were chosen."""
    item, version = line_of(db.session, slug)
    _require_keeper(item)
    chosen = set(request.form.getlist("enhet"))
    found = [
        one.unit for one in proposals_for(db.session, kept_line(db.session, item, version)).missing if one.key in chosen
    ]
    if not found:
        flash(_("Choose at least one unit."), "stop")
        return redirect(url_for("deliveries.units", slug=slug))
    told = ngettext("One unit was added.", "%(num)d units were added.", len(found))
    return _done(
        slug, told, lambda session, actor, kept, seen: services.add(session, actor, clock.now(), kept, found, seen)
    )


@blueprint.post("/floden/<slug>/enheter/bekrafta")
@access.roles(*KEEPERS)
def confirm_units(slug: str) -> Answer | tuple[str, int]:
    """Say for the region that these are the line's units."""
    told = _("Confirmed. From now on these units are expected in each delivery.")
    return _done(
        slug, told, lambda session, actor, kept, seen: services.confirm(session, actor, clock.now(), kept, seen)
    )


@blueprint.post("/floden/<slug>/enheter/ta-tillbaka")
@access.roles(*KEEPERS)
def take_back_units(slug: str) -> Answer | tuple[str, int]:
    """Let the latest deliveries say again what is expected."""
    told = _("Taken back. The latest deliveries say which units are expected.")
    return _done(
        slug, told, lambda session, actor, kept, seen: services.take_back(session, actor, clock.now(), kept, seen)
    )


@blueprint.route("/floden/<slug>/enheter/ny/", methods=["GET", "POST"])
@access.roles(*KEEPERS)
def new_unit(slug: str) -> Answer | str | tuple[str, int]:
    """Add a unit by hand."""
    item, version = line_of(db.session, slug)
    _require_keeper(item)
    form = new_unit_form(kept_line(db.session, item, version))
    if not form.validate_on_submit():
        return _unit_page(item, version, form), 422 if request.method == "POST" else 200
    unit = form.unit(form.values())
    try:
        with transaction() as session:
            services.add(session, current_actor(), clock.now(), kept_line(session, *line_of(session, slug)), [unit])
    except Refused as refused:
        return _unit_page(*line_of(db.session, slug), form, refusal=refused.finding), 409
    flash(_("The unit was added."), "ok")
    return redirect(url_for("deliveries.units", slug=slug))


@blueprint.route("/floden/<slug>/enheter/<unit_id>/", methods=["GET", "POST"])
@access.roles(*KEEPERS)
def unit(slug: str, unit_id: str) -> Answer | str | tuple[str, int]:
    """A unit's names and dates."""
    item, version = line_of(db.session, slug)
    _require_keeper(item)
    found = queries.line_unit(db.session, item.id, unit_id)
    form = UnitForm()
    if request.method == "GET":
        form.name.data, form.aliases.data = found.name, "\n".join(found.aliases)
        form.opened.data, form.closed.data = found.opened, found.closed
        form.revision.data = str(_revision(item))
    if request.method == "GET" or not form.validate_on_submit():
        return _unit_page(item, version, form, found), 422 if request.method == "POST" else 200
    stated, seen = form.unit(found.values), seen_revision(form.revision.data)
    try:
        with transaction() as session:
            services.change(
                session,
                current_actor(),
                clock.now(),
                kept_line(session, *line_of(session, slug)),
                unit_id,
                name=stated.name,
                aliases=stated.aliases,
                opened=stated.opened,
                closed=stated.closed,
                revision=seen,
            )
    except Refused as refused:
        item, version = line_of(db.session, slug)
        found = queries.line_unit(db.session, item.id, unit_id)
        return _unit_page(item, version, form, found, refusal=refused.finding), 409
    flash(_("The unit was changed."), "ok")
    return redirect(url_for("deliveries.units", slug=slug))


@blueprint.post("/floden/<slug>/enheter/<unit_id>/bort")
@access.roles(*KEEPERS)
def remove_unit(slug: str, unit_id: str) -> Answer | tuple[str, int]:
    """Take out a unit that was entered by mistake."""
    told = _("The unit was removed.")
    return _done(
        slug, told, lambda session, actor, kept, seen: services.remove(session, actor, clock.now(), kept, unit_id, seen)
    )


def _done(
    slug: str, told: str, act: Callable[[Session, Actor, Line, int | None], UnitRegister]
) -> Answer | tuple[str, int]:
    """Do something with the register, and come back to its page."""
    form = RevisionForm()
    try:
        with transaction() as session:
            act(session, current_actor(), kept_line(session, *line_of(session, slug)), form.seen)
    except Refused as refused:
        return _units_page(*line_of(db.session, slug), refusal=refused.finding), 409
    flash(told, "ok")
    return redirect(url_for("deliveries.units", slug=slug))


def _require_keeper(item: Item) -> None:
    current_actor().require(*KEEPERS, organisation_id=item.organisation_id, is_known=True)


def _revision(item: Item) -> int:
    register = queries.register_of(db.session, item.id)
    return register.revision if register is not None else 0


def _units_page(item: Item, version: Version, *, refusal: Finding | None = None) -> str:
    session, actor = db.session, current_actor()
    kept = kept_line(session, item, version)
    register = queries.register_of(session, item.id)
    named = naming_element(kept.loaded)
    proposals = proposals_for(session, kept)
    page = queries.page_of_units(session, item.id, page_asked_for(), ON_A_PAGE)
    return render_template(
        "deliveries/units.html",
        item=item,
        line=flow_content.read(version.content),
        register=register,
        revision=register.revision if register is not None else 0,
        confirmed_by=identity.person_labels(session, [register.confirmed_by]).get(register.confirmed_by)
        if register is not None and register.confirmed_by
        else None,
        page=page,
        labels={one.id: services.label_of(kept.loaded, one.unit) for one in page.rows},
        level=named.label if named is not None else None,
        code_of=lambda one: one.values.get(named.name, "") if named is not None else "",
        has_units=bool(unit_elements_of(kept.loaded)),
        proposals=proposals,
        said_ended=[one.id for one in page.rows if one.key in proposals.ended and one.closed is None],
        may_keep=actor.has_role(*KEEPERS, organisation_id=item.organisation_id),
        refusal=readable(refusal) if refusal else None,
        today=clock.today(),
    )


def _unit_page(
    item: Item, version: Version, form: Form, found: LineUnit | None = None, *, refusal: Finding | None = None
) -> str:
    kept = kept_line(db.session, item, version)
    values = found.values if found is not None else {}
    told = []
    for element in unit_elements_of(kept.loaded) if found is not None else ():
        value = values.get(element.name, "")
        code = kept.loaded.code_list(element).by_code.get(value) if element.code_list else None
        told.append((read(element.label), f"{read(code.label)} ({value})" if code else value))
    return render_template(
        "deliveries/unit.html",
        item=item,
        line=flow_content.read(version.content),
        form=form,
        unit=found,
        name=read(services.label_of(kept.loaded, found.unit)) if found is not None else "",
        values=told,
        revision=_revision(item),
        refusal=readable(refusal) if refusal else None,
    )
