"""Measures, regions and figures."""

from flask import render_template, request

from information_models import measures
from registry.db import db
from registry.errors import NotFound
from registry.items.queries import current_versions, latest_published
from registry.items.withdrawal_notices import notice_of
from registry.web.forms import whole_number
from registry.web.guards import access
from registry.web.page_addresses import PARAMETER, page_asked_for
from submission_portal.followup import pages
from submission_portal.followup.comparable import comparability
from submission_portal.followup.compilations.gate import shown_to
from submission_portal.followup.compilations.refusals import Road
from submission_portal.followup.explained import explained_of
from submission_portal.followup.figure_page import figure_page
from submission_portal.followup.figures import region_of_key
from submission_portal.followup.gateway import current_table, current_tables, version_numbered
from submission_portal.followup.plans import MEASURE
from submission_portal.followup.queries import count_of_releases
from submission_portal.followup.reach import Reach
from submission_portal.followup.suspended import said_of
from submission_portal.followup.table_files import table_offers
from submission_portal.followup.trace import trace_figure
from submission_portal.followup.views.blueprint import blueprint, measure_or_404, note_refused, reader, table_or_404


@blueprint.get("/uppfoljning/")
@access.public
def index() -> str:
    """Every measure, with what is published of it."""
    tables = current_tables(db.session, reader())
    listed = [
        (measures.read(version.content), tables.get(version.item.slug))
        for version in current_versions(db.session, MEASURE)
    ]
    return render_template(
        "followup/index.html",
        published=[(measure, table) for measure, table in listed if table is not None],
        unpublished=[measure for measure, table in listed if table is None],
    )


@blueprint.get("/uppfoljning/<slug>")
@access.public
def measure(slug: str) -> str:
    """One measure over the whole country."""
    planned = measure_or_404(slug)
    version = latest_published(db.session, MEASURE, slug)
    table = current_table(db.session, slug, reader())
    shown = shown_to(db.session, planned, table, reader()) if table else None
    number = page_asked_for() if PARAMETER in request.args else None
    asked = request.args.get("period")
    if shown and asked:
        note_refused(Road.PERIOD, shown, shown.closed_of(period=asked))
    known = comparability(db.session, reader(), planned.measure.concepts, planned.measure.concept_versions)
    incomparables = known.incomparables()
    page = pages.national_page(planned, shown, asked, incomparables, number) if shown else None
    return render_template(
        "followup/measure.html",
        measure=planned.measure,
        planned=planned,
        page=page,
        table=table,
        shown_table=shown,
        releases=count_of_releases(db.session, table) if table else 0,
        findings=shown.findings if shown else (),
        withdrawal=notice_of(db.session, reader(), version) if version else None,
        others=_titles([one.measure for one in planned.measure.not_joined]),
        downloads=table_offers(db.session, planned, shown) if shown else [],
        comparable=known.rows(page.period.last if page and page.period else None),
    )


@blueprint.get("/uppfoljning/<slug>/region/<code>")
@access.public
def region(slug: str, code: str) -> str:
    """One measure in one region."""
    planned, table = measure_or_404(slug), table_or_404(slug, code)
    shown = shown_to(db.session, planned, table, reader())
    page = pages.region_page(planned, shown, code, page_asked_for())
    if page is None:
        raise NotFound("region")
    note_refused(Road.REGION, shown, shown.closed_of(region=code))
    known = comparability(db.session, reader(), planned.measure.concepts, planned.measure.concept_versions)
    return render_template(
        "followup/region.html",
        measure=planned.measure,
        planned=planned,
        page=page,
        table=table,
        shown_table=shown,
        releases=count_of_releases(db.session, table),
        latest=min(len(page.columns), pages.LATEST),
        suspended=said_of(db.session, table, code),
        downloads=table_offers(db.session, planned, shown),
        comparable=known.rows(page.columns[-1].last if page.columns else None, code),
    )


@blueprint.get("/uppfoljning/<slug>/siffra/<path:key>")
@access.public
def figure(slug: str, key: str) -> str:
    """One figure: what it says, what it covers, what it may be compared with, and its trace."""
    planned = measure_or_404(slug)
    number = request.args.get("version", type=whole_number)
    about = region_of_key(key)
    table = version_numbered(db.session, slug, number, reader(), about=about) if number else table_or_404(slug, about)
    known = comparability(db.session, reader(), planned.measure.concepts, planned.measure.concept_versions)
    shown = shown_to(db.session, planned, table, reader())
    note_refused(Road.FIGURE, shown, shown.closed_of(key=key))
    page = figure_page(db.session, reader(), planned, shown, key, known)
    return render_template(
        "followup/figure.html",
        measure=planned.measure,
        page=page,
        explained=explained_of(db.session, reader(), planned, page.figure),
        table=table,
        shown_table=shown,
        suspended=said_of(db.session, table, page.figure.region),
        trace=trace_figure(db.session, shown, key, Reach()),
    )


def _titles(slugs: list[str]) -> dict[str, measures.Measure]:
    wanted = set(slugs)
    if not wanted:
        return {}
    return {
        version.item.slug: measures.read(version.content)
        for version in current_versions(db.session, MEASURE)
        if version.item.slug in wanted
    }
