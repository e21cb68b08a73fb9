"""Pages of the legal desk about compilations that rules close: which there are, and deciding about one."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from legal_checks.compilations.rules import CompilationRule, rule
from legal_checks.secrecy.named_provisions import PROVISIONS_BY_ID
from legal_checks.secrecy.questions import Side
from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Invalid, Refused
from registry.findings import Finding, Text
from registry.i18n import read
from registry.identity import queries as identity
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from submission_portal.followup.charts import short_period
from submission_portal.followup.compilations import deciding
from submission_portal.followup.compilations.deciding import Extent
from submission_portal.followup.compilations.queries import decided_before
from submission_portal.followup.compilations.tables import CompilationDecision, Outcome
from submission_portal.followup.compilations.views import ClosedView, View, closed_views, view_named
from submission_portal.followup.compilations.words import (
    READERS,
    extent_words,
    level_words,
    part_words,
    place_words,
    view_words,
)
from submission_portal.followup.figures import Figure
from submission_portal.followup.pages import shown
from submission_portal.followup.versions import REVIEWERS
from submission_portal.legal_desk.compilation_forms import OUTCOME_HINTS, CompilationForm, EndForm
from submission_portal.legal_desk.views import blueprint
from submission_portal.legal_questions.question_pages import question_rows

ASKED, ALL = "underlag", "alla"
ADDRESS = "/granskning/sammanstallningar/<slug>/<path:name>"


@blueprint.get("/granskning/sammanstallningar/")
@access.roles(*REVIEWERS)
def compilations() -> str:
    """The views that rules close in the tables of the reviewer's recipients, by measure, and what has been decided."""
    found: dict[str, list[ClosedView]] = {}
    for one in closed_views(db.session, current_actor()):
        found.setdefault(one.view.measure_slug, []).append(one)
    return render_template(
        "legal_desk/compilations.html",
        measures=[(views[0].measure, [_row(one) for one in views]) for views in found.values()],
        rules=_rules([one for views in found.values() for one in views]),
    )


@blueprint.get(f"{ADDRESS}/")
@access.roles(*REVIEWERS)
def compilation(slug: str, name: str) -> str | tuple[str, int]:
    """One view: which rule closes it, what it would open, what has been decided. The figures in it only to who may decide, when
    they are asked for; that somebody read them is logged first."""
    actor, figures = current_actor(), []
    closed = view_named(db.session, actor, slug, name)
    if request.args.get("visa") == ASKED:
        try:
            with transaction() as session:
                figures = deciding.preview(session, actor, clock.now(), view_named(session, actor, slug, name))
        except Refused as refusal:
            return _page(closed, refusal=refusal.finding), 409
    return _page(closed, figures=figures)


@blueprint.post(f"{ADDRESS}/besluta")
@access.roles(Role.LEGAL_REVIEWER)
def decide_compilation(slug: str, name: str) -> Response | tuple[str, int]:
    """Open a view as far as it is named, or keep it closed. What was written comes back with the page, whatever stops it."""
    actor, now = current_actor(), clock.now()
    closed = view_named(db.session, actor, slug, name)
    form = CompilationForm.with_regions(_regions(closed))
    if not form.validate_on_submit():
        left = () if form.lets_nothing_through() else _left_to_answer(form, closed)
        return _page(closed, form=form, asked=form.ask(left)), 422
    try:
        with transaction() as session:
            deciding.decide_view(
                session,
                actor,
                now,
                closed.measure,
                closed.view,
                outcome=Outcome(form.outcome.data),
                reason=form.reason.data or "",
                extent=Extent(frozenset(form.regions.data or ()), form.least_age.data or 0, form.valid_until.data),
                answers=form.answers(),
                replies=form.replies(),
            )
    except Invalid as invalid:
        return _page(view_named(db.session, actor, slug, name), form=form, asked=form.ask(invalid.findings)), 422
    except Refused as refusal:
        return _page(view_named(db.session, actor, slug, name), form=form, refusal=refusal.finding), 409
    flash(_("Your decision is recorded."), "ok")
    return redirect(url_for("legal_desk.compilation", slug=slug, name=name))


@blueprint.post(f"{ADDRESS}/avsluta")
@access.roles(Role.LEGAL_REVIEWER)
def end_compilation(slug: str, name: str) -> Response | tuple[str, int]:
    """End the decision that stands on a view: what it opened is closed."""
    actor, form = current_actor(), EndForm(ids="slut-")
    closed = view_named(db.session, actor, slug, name)
    if not form.validate_on_submit():
        return _page(closed, end_form=form), 422
    try:
        with transaction() as session:
            deciding.end_decision(
                session, actor, clock.now(), closed.measure, closed.view, reason=form.reason.data or ""
            )
    except Refused as refusal:
        return _page(view_named(db.session, actor, slug, name), end_form=form, refusal=refusal.finding), 409
    flash(_("The decision is ended, and what it opened is closed."), "ok")
    return redirect(url_for("legal_desk.compilation", slug=slug, name=name))


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A view in a list: its words, its page, its status."""

    name: Text
    readers: Text
    rule: CompilationRule
    url: str
    what: Text
    status: tuple[str, str]
    extent: Text


def _row(one: ClosedView) -> ViewRow:
    view, part = one.view, one.part
    return ViewRow(
        view_words(one.measure, view.level, view.period_kind),
        READERS[view.audience],
        rule(view.rule),
        url_for("legal_desk.compilation", slug=view.measure_slug, name=view.name),
        part_words(one.measure, part) if part else Text("", ""),
        _status(one),
        extent_words(one.measure, one.standing) if one.standing else Text("", ""),
    )


def _status(one: ClosedView) -> tuple[str, str]:
    if one.is_open:
        return "ok", _("Opened")
    if one.awaits:
        return "wait", _("Closed, to be decided")
    return "idle", _("Kept closed") if one.standing and one.standing.outcome != Outcome.OPEN else _(
        "The decision has run out"
    )


def _rules(views: list[ClosedView]) -> list[CompilationRule]:
    return [rule(one) for one in dict.fromkeys(each.view.rule for each in views)]


def _regions(closed: ClosedView) -> list[tuple[str, str]]:
    """The regions that may be named: those with figures in the view, and those named already."""
    named = closed.standing.regions if closed.standing else []
    codes = sorted({*(closed.part.regions if closed.part else ()), *named})
    return [(code, read(closed.measure.label("region", code))) for code in codes]


def _empty_form(closed: ClosedView) -> CompilationForm:
    """A form without a decision, with the regions of the one that stands, or all where that is asked for."""
    regions, standing = _regions(closed), closed.standing
    ticked = (
        [code for code, _name in regions]
        if request.args.get("regioner") == ALL
        else standing.regions
        if standing
        else []
    )
    data = {"least_age": standing.least_age if standing else 0, "regions": ticked}
    return CompilationForm.with_regions(regions, formdata=None, data=data)


def _left_to_answer(form: CompilationForm, closed: ClosedView) -> tuple[Finding, ...]:
    return deciding.assess_view(clock.now(), closed.measure, form.answers(), form.replies()).findings


def _page(
    closed: ClosedView,
    *,
    form: CompilationForm | None = None,
    end_form: EndForm | None = None,
    asked: Any = (),
    refusal: Finding | None = None,
    figures: Any = (),
) -> str:
    session, actor, view = db.session, current_actor(), closed.view
    is_legal = actor.has_role(Role.LEGAL_REVIEWER, organisation_id=view.organisation_id)
    objection = deciding.objection(session, actor, closed.measure) if is_legal else None
    may_decide = is_legal and objection is None
    if may_decide and form is None:
        form = _empty_form(closed)
    standing = closed.standing
    before = [one for one in decided_before(session, view.organisation_id, view.measure_slug) if View.of(one) == view]
    decisions: list[CompilationDecision] = [*([standing] if standing else []), *before]
    given = [(Side.RECIPIENT, standing.assessment)] if standing and standing.assessment.answers else []
    one = rule(view.rule)
    return render_template(
        "legal_desk/compilation.html",
        closed=closed,
        row=_row(closed),
        rule=one,
        provisions=[PROVISIONS_BY_ID[each] for each in one.provisions],
        level=level_words(closed.measure, view.level),
        decisions=[(each, extent_words(closed.measure, each), Outcome(each.outcome).label) for each in decisions],
        people=identity.person_labels(session, [who for each in decisions for who in (each.decided_by, each.ended_by)]),
        form=form if may_decide else None,
        end_form=(end_form or EndForm(formdata=None, ids="slut-")) if may_decide and standing else None,
        hints=OUTCOME_HINTS,
        asked=asked,
        ask_rows=question_rows(session, given, form, Side.RECIPIENT) if may_decide and form else [],
        rows=question_rows(session, given) if given else [],
        refusal=readable(refusal) if refusal else None,
        objection=readable(objection) if objection else None,
        all_url=url_for(
            "legal_desk.compilation", slug=view.measure_slug, name=view.name, regioner=ALL, _anchor="regioner"
        ),
        may_preview=may_decide and not closed.cells.is_empty(),
        preview=_preview(closed, list(figures)),
        preview_url=url_for(
            "legal_desk.compilation", slug=view.measure_slug, name=view.name, visa=ASKED, _anchor="underlag"
        ),
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures of a view: a row for each place, a column for each period."""

    columns: list[str]
    rows: list[tuple[str, list[str]]]


def _preview(closed: ClosedView, figures: list[Figure]) -> Preview | None:
    if not figures:
        return None
    periods = sorted({one.period for one in figures})
    places: dict[tuple[str, ...], dict[Any, Figure]] = {}
    for figure in figures:
        places.setdefault((figure.region, *figure.place), {})[figure.period] = figure
    decimals = closed.measure.measure.decimals
    rows = [
        (
            read(place_words(closed.measure, place[0], place[1:])),
            [shown(found[one], decimals) if one in found else "" for one in periods],
        )
        for place, found in places.items()
    ]
    return Preview([short_period(one) for one in periods], rows)
