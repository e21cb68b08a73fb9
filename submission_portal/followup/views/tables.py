"""Table versions: the list of them, what each changed, and their downloads."""

import json
from itertools import pairwise

from flask import Response, render_template, request, url_for

from registry.db import db
from registry.errors import NotFound
from registry.findings import Finding
from registry.identity.queries import person_labels
from registry.paging import page_of
from registry.web.downloads import file_answer, options_asked_for
from registry.web.forms import whole_number
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from submission_portal.followup.changes import changes_between, first_changes, summary_of
from submission_portal.followup.compilations.gate import shown_to, shown_to_each
from submission_portal.followup.compilations.refusals import Road
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.formats import FORMATS
from submission_portal.followup.forms import StandpointForm
from submission_portal.followup.gateway import version_before, version_numbered, versions_of
from submission_portal.followup.incomparable_pairs import incomparables
from submission_portal.followup.pages import newest_breaks
from submission_portal.followup.queries import breaks_of
from submission_portal.followup.reach import Reach
from submission_portal.followup.standpoint_page import regions_standpoints
from submission_portal.followup.table_files import file_stem, has_period, has_region, table_offers, table_source
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace import trace_table
from submission_portal.followup.views.blueprint import blueprint, measure_or_404, note_refused, reader, table_or_404

PAGE = 10


@blueprint.get("/uppfoljning/<slug>/versioner")
@access.public
def versions(slug: str) -> str:
    """Every published version of a measure's table, newest first."""
    measure = measure_or_404(slug)
    page = page_of(db.session, versions_of(slug, reader()), page_asked_for(), PAGE)
    # One more than is shown, so that the last one shown can be told from the one before it.
    before = version_before(db.session, page.rows[-1], reader()) if page.rows else None
    listed = [*page.rows, *([before] if before else [])]
    shown: list[ShownTable | None] = [*shown_to_each(db.session, measure, listed, reader()), None]
    return render_template(
        "followup/versions.html",
        measure=measure.measure,
        versions=[
            (table.table, summary_of(older, table))
            for table, older in pairwise(shown[: len(page.rows) + 1])
            if table is not None
        ],
        page=page,
    )


@blueprint.get("/uppfoljning/<slug>/versioner/<int:number>")
@access.public
def version(slug: str, number: int) -> str:
    """One published version: what it rests on and what it changed."""
    return version_page(slug, number)


def version_page(
    slug: str, number: int, *, stating: tuple[str, StandpointForm] | None = None, refusal: Finding | None = None
) -> str:
    """The page, with what somebody has written for a region and what stops it."""
    measure = measure_or_404(slug)
    table = version_numbered(db.session, slug, number, reader())
    earlier = version_before(db.session, table, reader())
    shown, *older = shown_to_each(db.session, measure, [table, *([earlier] if earlier else [])], reader())
    changes = changes_between(db.session, older[0], shown) if older else first_changes(db.session, shown)
    standpoints = regions_standpoints(db.session, current_actor(), slug, number, stating)
    return render_template(
        "followup/version.html",
        measure=measure.measure,
        planned=measure,
        table=table,
        shown_table=shown,
        earlier=earlier,
        changes=changes,
        breaks=newest_breaks(measure, breaks_of(table) if table.is_current() else ()),
        findings=shown.findings,
        trace=trace_table(db.session, table, Reach()),
        downloads=table_offers(db.session, measure, shown),
        standpoints=standpoints,
        people=person_labels(db.session, [said.person_id for one in standpoints for said in one.said]),
        refusal=refusal,
    )


@blueprint.get("/uppfoljning/<slug>/tabell.<extension>")
@access.public
def table_file(slug: str, extension: str) -> Response:
    """The table in one of the formats, in the reader's language; of one ``region`` or ``period`` where it is asked for."""
    options = options_asked_for()
    measure, table = measure_or_404(slug), _asked_for(slug, options.region)
    chosen = next((one for one in FORMATS if one.extension == extension), None)
    if chosen is None:
        raise NotFound("format")
    shown = shown_to(db.session, measure, table, reader())
    if options.region is not None and not has_region(shown, options.region):
        raise NotFound("region")
    if options.period is not None and not has_period(shown, options.period):
        raise NotFound("period")
    note_refused(Road.FILE, shown, shown.closed_of(region=options.region or "", period=options.period or ""))
    data = chosen.content(table_source(db.session, measure, shown), options)
    answer = file_answer(data, chosen.media_type, chosen.file_name(file_stem(table)))
    answer.headers["Link"] = f'<{url_for("followup.comparability_file", slug=slug)}>; rel="describedby"'
    return answer


@blueprint.get("/uppfoljning/<slug>/jamforbarhet.json")
@access.public
def comparability_file(slug: str) -> Response:
    """Which regions are not comparable in the measure, as everybody may know of it today: no file of a version says it, since
    those never change."""
    measure = measure_or_404(slug).measure
    found = {"measure": slug, **incomparables(db.session, measure.concepts, measure.concept_versions).as_dict()}
    data = json.dumps(found, ensure_ascii=False, indent=1).encode()
    return file_answer(data, "application/json", f"{slug}-jamforbarhet.json")


def _asked_for(slug: str, about: str | None) -> TableVersion:
    number = request.args.get("version", type=whole_number)
    if number:
        return version_numbered(db.session, slug, number, reader(), about=about)
    return table_or_404(slug, about)
