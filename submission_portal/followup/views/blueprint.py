"""The follow-up's blueprint. Addresses: /uppfoljning/ for figures, /spar/ for the way back from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, has_request_context, request, url_for

from registry import clock
from registry.actors import PUBLIC, Actor
from registry.db import db, transaction
from registry.errors import NotFound
from registry.web.guards import current_actor
from registry.web.revalidation import revalidate
from submission_portal.flows.audiences import Audience
from submission_portal.followup import charts, pages
from submission_portal.followup.addresses import url_of
from submission_portal.followup.compilations.closing import WHAT_OPENS, ClosedPart
from submission_portal.followup.compilations.gate import shown_to
from submission_portal.followup.compilations.refusals import Road, has_news, note_refusals
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.compilations.words import by_rule, part_words
from submission_portal.followup.gateway import current_table, version_numbered
from submission_portal.followup.plans import PlannedMeasure, last_planned
from submission_portal.followup.queries import figure_of, regions_of
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace_nodes import figure_title

blueprint = Blueprint("followup", __name__, template_folder="../templates")
revalidate(blueprint)
SEEN_BY, EVERYBODY = "krets", "alla"
AS_EVERYBODY: dict[str, Any] = {SEEN_BY: EVERYBODY}
"""In an address of the follow-up: what everybody sees, whoever asks."""


@blueprint.context_processor
def names_for_templates() -> dict[str, Any]:
    return {
        "short_period": charts.short_period,
        "cell_of": pages.cell_of,
        "shown": pages.shown,
        "figure_words": figure_title,
        "url_of": url_of,
        "audience_note": audience_note,
        "part_words": part_words,
        "by_rule": by_rule,
        "what_opens": WHAT_OPENS,
        "as_everybody": as_everybody,
    }


def audience_note(table: TableVersion | None) -> str:
    """What a page says of who sees it: ``public`` where somebody looks at what everybody sees, the audience of a table that
    is for some alone, and nothing where everybody sees the same."""
    if is_shown_as_public():
        return "as_public" if current_actor().organisations() else ""
    return table.audience if table is not None and table.audience != Audience.PUBLIC else ""


def as_everybody(table: TableVersion) -> str:
    """Where what everybody sees of a page about ``table`` is: at its own address, or, where everybody has nothing there, on the
    measure's page."""
    values = request.view_args or {}
    if request.endpoint and _everybody_has(table.measure_slug, values):
        return url_for(request.endpoint, **values, **AS_EVERYBODY)
    return url_for("followup.measure", slug=table.measure_slug, **AS_EVERYBODY)


def _everybody_has(slug: str, values: Mapping[str, Any]) -> bool:
    """Whether everybody reads the version, the region or the figure that an address of a measure names."""
    planned, table = last_planned(db.session, slug), current_table(db.session, slug, PUBLIC)
    if planned is None or table is None:
        return False
    try:
        if "number" in values:
            version_numbered(db.session, slug, values["number"], PUBLIC)
        if "key" in values:
            figure_of(shown_to(db.session, planned, table, PUBLIC), values["key"])
    except NotFound:
        return False
    return "code" not in values or values["code"] in regions_of(shown_to(db.session, planned, table, PUBLIC))


def reader() -> Actor:
    """Who the page is made for: the one who asks, or everybody, where somebody asks to see what everybody sees."""
    return PUBLIC if is_shown_as_public() else current_actor()


def is_shown_as_public() -> bool:
    return request.args.get(SEEN_BY) == EVERYBODY


@blueprint.url_defaults
def keep_the_audience(_endpoint: str, values: dict[str, Any]) -> None:
    """The links of a page that shows what everybody sees lead on to such pages."""
    if has_request_context() and request.method == "GET" and is_shown_as_public():
        values.setdefault(SEEN_BY, EVERYBODY)


def note_refused(road: Road, shown: ShownTable, parts: Sequence[ClosedPart]) -> None:
    """Leave an event where somebody asks for a compilation that is closed to them. Called before anything is shown, outside a
    transaction; whoever looks at what everybody sees is still known."""
    actor, now = current_actor(), clock.now()
    if has_news(db.session, actor, now, shown, parts):
        with transaction() as session:
            note_refusals(session, actor, now, shown, parts, road)


def measure_or_404(slug: str) -> PlannedMeasure:
    measure = last_planned(db.session, slug)
    if measure is None:
        raise NotFound("measure")
    return measure


def table_or_404(slug: str, about: str | None = None) -> TableVersion:
    """The reader's table of a measure, of all regions or ``about`` one."""
    table = current_table(db.session, slug, reader(), about=about)
    if table is None:
        raise NotFound("table")
    return table
