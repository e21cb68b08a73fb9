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
from submission_portal.followup.figure_page import figure_page
from submission_portal.followup.gateway import current_table, current_tables, version_numbered
from submission_portal.followup.plans import MEASURE
from submission_portal.followup.queries import count_of_releases, findings_of
from submission_portal.followup.reach import Reach
from submission_portal.followup.table_files import table_offers
from submission_portal.followup.trace import trace_figure
from submission_portal.followup.views.blueprint import blueprint, measure_or_404, reader, table_or_404


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
    number = page_asked_for() if PARAMETER in request.args else None
    known = comparability(db.session, reader(), planned.measure.concepts)
    incomparables, asked = known.incomparables(), request.args.get("period")
    page = pages.national_page(db.session, planned, table, asked, incomparables, number) if table else None
    return render_template(
        "followup/measure.html",
        measure=planned.measure,
        planned=planned,
        page=page,
        table=table,
        releases=count_of_releases(db.session, table) if table else 0,
        findings=findings_of(table) if table else (),
        withdrawal=notice_of(db.session, reader(), version) if version else None,
        others=_titles([one.measure for one in planned.measure.not_joined]),
        downloads=table_offers(db.session, planned, table) if table else [],
        comparable=known.rows(page.period.last if page and page.period else None),
    )


@blueprint.get("/uppfoljning/<slug>/region/<code>")
@access.public
def region(slug: str, code: str) -> str:
    """One measure in one region."""
    planned, table = measure_or_404(slug), table_or_404(slug)
    page = pages.region_page(db.session, planned, table, code, page_asked_for())
    if page is None:
        raise NotFound("region")
    known = comparability(db.session, reader(), planned.measure.concepts)
    return render_template(
        "followup/region.html",
        measure=planned.measure,
        planned=planned,
        page=page,
        table=table,
        releases=count_of_releases(db.session, table),
        latest=min(len(page.columns), pages.LATEST),
        downloads=table_offers(db.session, planned, table),
        comparable=known.rows(page.columns[-1].last if page.columns else None, code),
    )


@blueprint.get("/uppfoljning/<slug>/siffra/<path:key>")
@access.public
def figure(slug: str, key: str) -> str:
    """One figure: what it says, what it covers, what it may be compared with, and its trace."""
    planned = measure_or_404(slug)
    number = request.args.get("version", type=whole_number)
    table = version_numbered(db.session, slug, number, reader()) if number else table_or_404(slug)
    known = comparability(db.session, reader(), planned.measure.concepts)
    page = figure_page(db.session, reader(), planned, table, key, known)
    return render_template(
        "followup/figure.html",
        measure=planned.measure,
        page=page,
        table=table,
        trace=trace_figure(db.session, table, key, Reach()),
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
