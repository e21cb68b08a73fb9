"""Table versions: the list of them, what each changed, and their downloads."""

from flask import Response, current_app, make_response, render_template, request, url_for

from registry.db import db
from registry.i18n import current_language
from registry.paging import page_of
from registry.web.forms import whole_number
from registry.web.guards import access
from registry.web.page_addresses import page_asked_for
from submission_portal.followup.changes import changes_between, first_changes, summary_of
from submission_portal.followup.downloads import Origin, as_csv, as_json
from submission_portal.followup.pages import newest_breaks
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.queries import (
    breaks_of,
    figures_of,
    findings_of,
    made_from,
    published,
    published_before,
    published_numbered,
)
from submission_portal.followup.reach import Reach
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace import trace_table
from submission_portal.followup.views.blueprint import blueprint, measure_or_404, table_or_404
from submission_portal.forwarding.queries import delivered_by
from submission_portal.forwarding.tables import Release

PAGE = 10


@blueprint.get("/uppfoljning/<slug>/versioner")
@access.public
def versions(slug: str) -> str:
    """Every published version of a measure's table, newest first."""
    measure = measure_or_404(slug)
    page = page_of(db.session, published(slug), page_asked_for(), PAGE)
    # One more than is shown, so that the last one shown can be told from the one before it.
    before = published_before(db.session, page.rows[-1]) if page.rows else None
    return render_template(
        "followup/versions.html",
        measure=measure.measure,
        versions=[
            (table, summary_of(db.session, older, table))
            for table, older in zip(page.rows, [*page.rows[1:], before], strict=bool(page.rows))
        ],
        page=page,
    )


@blueprint.get("/uppfoljning/<slug>/versioner/<int:number>")
@access.public
def version(slug: str, number: int) -> str:
    """One published version: what it rests on and what it changed."""
    measure = measure_or_404(slug)
    table = published_numbered(db.session, slug, number)
    earlier = published_before(db.session, table)
    changes = changes_between(db.session, earlier, table) if earlier else first_changes(db.session, table)
    return render_template(
        "followup/version.html",
        measure=measure.measure,
        planned=measure,
        table=table,
        earlier=earlier,
        changes=changes,
        breaks=newest_breaks(measure, breaks_of(table) if table.ended_at is None else ()),
        findings=findings_of(table),
        trace=trace_table(db.session, table, Reach()),
    )


@blueprint.get("/uppfoljning/<slug>/tabell.csv")
@access.public
def csv_file(slug: str) -> Response:
    """The table as a spreadsheet reads it, in the reader's language."""
    measure, table = measure_or_404(slug), _asked_for(slug)
    language = current_language()
    body = as_csv(slug, figures_of(db.session, table), measure.names(language), _origin(measure, table), language)
    return _file(body, "text/csv; charset=utf-8", f"{slug}-version-{table.number}.csv")


@blueprint.get("/uppfoljning/<slug>/tabell.json")
@access.public
def json_file(slug: str) -> Response:
    """The table for machines."""
    measure, table = measure_or_404(slug), _asked_for(slug)
    about = {
        "measure": slug,
        "title": {"sv": measure.measure.title.sv, "en": measure.measure.title.en},
        "unit": {"sv": measure.measure.unit.sv, "en": measure.measure.unit.en},
        "version": table.number,
        "published": table.published_at.isoformat() if table.published_at else None,
        "content_hash": table.content_hash,
        "measure_version": table.measure_version_hash,
        "provenance": table.provenance,
        "source": measure.measure.source if table.provenance == "reproduced" else None,
        "address": _address(slug, table),
        "findings": [one.as_dict() for one in findings_of(table)],
    }
    body = as_json(about, figures_of(db.session, table), breaks_of(table), measure.names("sv"))
    return _file(body, "application/json", f"{slug}-version-{table.number}.json")


def _origin(measure: PlannedMeasure, table: TableVersion) -> Origin:
    """Where a table's figures come from: the deliveries, or the publication that they were reproduced from.

    What a measure names otherwise is the source of the measure, not of what was counted.
    """
    source = measure.measure.source if table.provenance == "reproduced" else None
    publication = " ".join(str(source[part]) for part in ("title", "url") if source.get(part)) if source else ""
    delivered = {} if publication else delivered_by(db.session, Release.id.in_(made_from(table)))
    words = {
        release: f"{name.in_language(current_language())}, {number}" for release, (name, number) in delivered.items()
    }
    return Origin(table.provenance, _address(measure.slug, table), publication, words)


def _address(slug: str, table: TableVersion) -> str:
    path = url_for("followup.version", slug=slug, number=table.number)
    return str(current_app.config["BASE_ADDRESS"]).rstrip("/") + path


def _asked_for(slug: str) -> TableVersion:
    number = request.args.get("version", type=whole_number)
    return published_numbered(db.session, slug, number) if number else table_or_404(slug)


def _file(body: bytes, media_type: str, name: str) -> Response:
    answer = make_response(body)
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
