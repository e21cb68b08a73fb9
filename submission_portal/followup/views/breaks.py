"""A break, with both its sides; and a region's own declaration of a change of source."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound
from registry.i18n import current_language, read
from registry.identity.tables import Organisation
from registry.paging import SIZE
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from submission_portal.deliveries.layouts.changed import changed_in
from submission_portal.deliveries.reading.layouts.content import LayoutBreak
from submission_portal.followup import charts
from submission_portal.followup.breaks import of_region
from submission_portal.followup.comparisons import break_page
from submission_portal.followup.compilations.gate import shown_to
from submission_portal.followup.compilations.refusals import Road
from submission_portal.followup.forms import ChangedAnswerForm, SourceChangeForm, WithdrawForm
from submission_portal.followup.pages import newest_breaks
from submission_portal.followup.queries import breaks_of
from submission_portal.followup.services import LONGEST_NOTE, declare_source_change, withdraw_source_change
from submission_portal.followup.source_changes import declared_of, measures_touched
from submission_portal.followup.tables import SourceChange
from submission_portal.followup.views.blueprint import blueprint, measure_or_404, note_refused, reader, table_or_404


@blueprint.get("/uppfoljning/<slug>/brott/")
@access.public
def breaks(slug: str) -> str:
    """Every break of a measure's series, or of one region's (``?region=``), the newest first."""
    region = request.args.get("region", "")
    measure, table = measure_or_404(slug), table_or_404(slug, region or None)
    found = breaks_of(table) if not region else of_region(breaks_of(table), region, is_summed=False)
    return render_template(
        "followup/breaks.html",
        measure=measure.measure,
        table=table,
        region=region,
        name=charts.short_name(measure, region) if region else "",
        page=newest_breaks(measure, found, page_asked_for(), SIZE),
    )


@blueprint.get("/uppfoljning/<slug>/brott/<region>/<on>/<cause>")
@access.public
def compare(slug: str, region: str, on: str, cause: str) -> str:
    """What changed, side by side."""
    measure, table = measure_or_404(slug), table_or_404(slug, region)
    try:
        day = date.fromisoformat(on)
    except ValueError:
        abort(404)
    shown = shown_to(db.session, measure, table, reader())
    concept, element = request.args.get("concept", ""), request.args.get("element", "")
    page = break_page(db.session, measure, shown, region, day, cause, concept, element)
    sides = [one.period for one in (page.before, page.after) if one is not None]
    closed = [part for one in sides for part in shown.closed_of(region=region, period=str(one))]
    note_refused(Road.BREAK, shown, closed)
    return render_template(
        "followup/break.html",
        measure=measure.measure,
        page=page,
        table=table,
        closed=closed,
        changed_questions=[pair.text.in_language(current_language()) for pair in page.changed],
    )


@blueprint.get("/uppfoljning/<slug>/kallbyten")
@access.roles(Role.DATA_OFFICER)
def source_changes(slug: str) -> str:
    """What the actor's regions have declared, and a form for one more."""
    return _source_page(slug, SourceChangeForm(regions=_regions()))


@blueprint.post("/uppfoljning/<slug>/kallbyten")
@access.roles(Role.DATA_OFFICER)
def declare(slug: str) -> Response | str:
    measure, form = measure_or_404(slug), SourceChangeForm(regions=_regions())
    if not form.validate_on_submit():
        return _source_page(slug, form)
    with transaction() as session:
        declare_source_change(
            session,
            current_actor(),
            clock.now(),
            organisation=session.get_one(Organisation, form.region.data),
            measure_slug=slug,
            model_slug=measure.model_slug,
            changed_on=form.changed_on.data,
            note={"sv": form.note_sv.data or "", "en": form.note_en.data or ""},
        )
    flash(_("The change is declared. The series is broken there as soon as the table has been composed anew."), "ok")
    return redirect(url_for("followup.source_changes", slug=slug))


@blueprint.route("/uppfoljning/kallbyte", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def declare_answer() -> Response | str | tuple[str, int]:
    """The change of source that a changed answer about an export is, filled in: one look, and declared for each measure ticked."""
    session, actor = db.session, current_actor()
    change = changed_in(session, actor, request.values.get("svar", ""))
    if change is None or change.kind is not LayoutBreak.SOURCE or not change.told:
        raise NotFound("changed answer")
    actor.require(Role.DATA_OFFICER, organisation_id=change.layout.organisation_id, is_known=True)
    region = session.get_one(Organisation, change.layout.organisation_id)
    touched = measures_touched(session, change.model, change.elements)
    words = change.in_words
    form = ChangedAnswerForm(
        measures=touched,
        data={
            "measures": [one.slug for one in touched],
            "changed_on": change.first,
            "note_sv": words.sv[:LONGEST_NOTE],
            "note_en": words.en[:LONGEST_NOTE],
        },
    )
    if request.method == "POST" and form.validate_on_submit():
        with transaction() as writing:
            for one in touched:
                if one.slug in (form.measures.data or ()):
                    declare_source_change(
                        writing,
                        actor,
                        clock.now(),
                        organisation=writing.get_one(Organisation, region.id),
                        measure_slug=one.slug,
                        model_slug=change.model,
                        changed_on=form.changed_on.data,
                        note={"sv": form.note_sv.data or "", "en": form.note_en.data or ""},
                    )
        count = len(form.measures.data or ())
        flash(
            ngettext("The change is declared for one measure.", "The change is declared for %(num)d measures.", count),
            "ok",
        )
        return redirect(url_for("deliveries.layout", identifier=change.layout.id))
    page = render_template(
        "followup/changed_answer.html",
        form=form,
        change=change,
        told=[read(each) for each in change.told],
        region=region.name,
        declared=declared_of(session, region.id, [one.slug for one in touched]),
        titles={one.slug: read(one.title) for one in touched},
    )
    return (page, 422) if request.method == "POST" else page


@blueprint.post("/uppfoljning/<slug>/kallbyten/<change_id>/aterta")
@access.roles(Role.DATA_OFFICER)
def withdraw_declaration(slug: str, change_id: str) -> Response:
    measure, form = measure_or_404(slug), WithdrawForm()
    if not form.validate_on_submit():
        abort(400)
    actor = current_actor()
    with transaction() as session:
        change = session.scalar(
            select(SourceChange).where(
                SourceChange.id == change_id, SourceChange.organisation_id.in_(actor.organisations(Role.DATA_OFFICER))
            )
        )
        if change is None:
            raise NotFound("source change")
        withdraw_source_change(session, actor, clock.now(), change=change, model_slug=measure.model_slug)
    flash(_("The declaration is withdrawn."), "ok")
    return redirect(url_for("followup.source_changes", slug=slug))


def _regions() -> list[Organisation]:
    own = current_actor().organisations(Role.DATA_OFFICER)
    query = select(Organisation).where(Organisation.id.in_(own), Organisation.kind == "region")
    found = list(db.session.scalars(query.order_by(Organisation.code)))
    if not found:
        raise Forbidden("source_changes")
    return found


def _source_page(slug: str, form: SourceChangeForm) -> str:
    measure, regions = measure_or_404(slug), _regions()
    declared = db.session.scalars(
        select(SourceChange)
        .where(SourceChange.measure_slug == slug, SourceChange.organisation_id.in_([one.id for one in regions]))
        .order_by(SourceChange.changed_on.desc())
    ).all()
    return render_template(
        "followup/source_changes.html",
        measure=measure.measure,
        form=form,
        declared=declared,
        names={one.id: one.name for one in regions},
    )
