"""The trace of anything on the way from a wording to a figure, and a place to look one up."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from registry.db import db
from registry.errors import NotFound
from registry.web.guards import access
from registry.web.page_addresses import page_asked_for
from submission_portal.followup.compilations.refusals import Road
from submission_portal.followup.lookup import find_trace
from submission_portal.followup.reach import Reach
from submission_portal.followup.search import MOST, search_published
from submission_portal.followup.views.blueprint import blueprint, note_refused, reader


@blueprint.get("/spar/")
@access.public
def trace_search() -> str | Response:
    """A figure, a delivery number or a hash, typed or pasted, leads to its trace; a value, a place or a measure to figures."""
    asked = request.args.get("q", "").strip()
    if not asked:
        return render_template("followup/trace_search.html", asked="", hits=[], most=MOST)
    try:
        found = find_trace(db.session, reader(), asked, Reach())
    except NotFound:
        hits = search_published(db.session, reader(), asked)
        return render_template("followup/trace_search.html", asked=asked, hits=hits, most=MOST)
    return redirect(url_for("followup.trace", ref=found.ref))


@blueprint.get("/spar/<path:ref>")
@access.public
def trace(ref: str) -> str:
    """Back to what it rests on, and forward to what rests on it."""
    wanted = request.args.get("visa", "")
    found = find_trace(db.session, reader(), ref, Reach(wanted, page_asked_for() if wanted else 1))
    if found.closed is not None:
        shown, key = found.closed
        note_refused(Road.TRACE, shown, shown.closed_of(key=key))
    return render_template("followup/trace.html", trace=found, only=found.list_named(wanted))
