"""The follow-up's blueprint. Addresses: /uppfoljning/ for figures, /spar/ for the way back from them."""

from typing import Any

from flask import Blueprint

from registry.db import db
from registry.errors import NotFound
from registry.web.guards import current_actor
from registry.web.revalidation import revalidate
from submission_portal.followup import charts, pages
from submission_portal.followup.addresses import url_of
from submission_portal.followup.gateway import current_table
from submission_portal.followup.plans import PlannedMeasure, last_planned
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace_nodes import figure_title

blueprint = Blueprint("followup", __name__, template_folder="../templates")
revalidate(blueprint)


@blueprint.context_processor
def names_for_templates() -> dict[str, Any]:
    return {
        "short_period": charts.short_period,
        "cell_of": pages.cell_of,
        "shown": pages.shown,
        "figure_words": figure_title,
        "url_of": url_of,
    }


def measure_or_404(slug: str) -> PlannedMeasure:
    measure = last_planned(db.session, slug)
    if measure is None:
        raise NotFound("measure")
    return measure


def table_or_404(slug: str) -> TableVersion:
    table = current_table(db.session, slug, current_actor())
    if table is None:
        raise NotFound("table")
    return table
