"""What is due in a month, the calendar of a region or a recipient, and the feeds that calendars subscribe to."""

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from flask import current_app, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.db import db
from registry.errors import NotFound
from registry.i18n import read, show_period
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.paging import page_of_sequence
from registry.period import Period, PeriodKind
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from submission_portal.calendar import pages
from submission_portal.calendar.feed import MEDIA_TYPE, Day, Feed, ics
from submission_portal.calendar.punctuality import DueState
from submission_portal.calendar.queries import Entry, LineOfCalendar, entries, lines_of
from submission_portal.calendar.views.blueprint import blueprint
from submission_portal.flows.pages import organisation_names
from submission_portal.flows.timetables.joining import MAY_STEP
from submission_portal.flows.timetables.queries import all_steps, steps_by_line

BEHIND, AHEAD = timedelta(days=400), timedelta(days=130)
"""How far the calendar of an organisation, and a feed, looks to either side of today."""


@blueprint.get("/kalender/")
@access.public
def index() -> str:
    """What is due in a month, of all lines, and whether it has been delivered."""
    session, now = db.session, clock.now()
    month = _month_asked_for()
    lines, names = lines_of(session), organisation_names(session)
    found = entries(session, lines, month.first, month.last, now)
    sides = {one.line.discloser for one in lines} | {one.line.recipient for one in lines}
    page = page_of_sequence(found, page_asked_for())
    return render_template(
        "calendar/index.html",
        month=month,
        before=Period(PeriodKind.MONTH, _first_of_month(month.first - timedelta(days=1))),
        following=month.next(),
        page=page.of(lambda entry: pages.entry_row(entry, names)),
        missing=sum(one.state is DueState.MISSING for one in found),
        delivered=sum(one.state.is_delivered for one in found),
        ways=[(one.name, pages.organisation_url(one)) for one in names.values() if one.id in sides],
        without=sum(not one.timetable.is_agreed for one in lines),
    )


@blueprint.get("/kalender/<kind>/<code>/")
@access.public
def of_organisation(kind: str, code: str) -> str:
    """The calendar of a region, or of what a recipient takes in: what is missing, what comes, and what has been delivered."""
    session, now, actor = db.session, clock.now(), current_actor()
    organisation, today = _organisation(kind, code), clock.today()
    lines, names = lines_of(session, organisation.id), organisation_names(session)
    found = pages.sorted_by_state(entries(session, lines, today - BEHIND, today + AHEAD, now))
    is_recipient = organisation.kind != "region" and any(one.line.recipient == organisation.id for one in lines)
    steps = steps_by_line(session, {one.line.discloser for one in lines} | {organisation.id})
    settled = page_of_sequence(found.settled, page_asked_for())
    return render_template(
        "calendar/organisation.html",
        organisation=organisation,
        kind=kind,
        is_recipient=is_recipient,
        missing=[pages.entry_row(one, names) for one in found.missing],
        coming=[pages.entry_row(one, names) for one in found.coming],
        settled=settled.of(lambda entry: pages.entry_row(entry, names)),
        lines=[
            pages.line_row(one, names, steps.get(one.line.discloser, {}), today, is_recipient=is_recipient)
            for one in lines
        ],
        steps=[pages.step_row(one, _titles(lines)) for one in all_steps(session, organisation.id, None, 1).rows],
        may_step=actor.may_decide(*MAY_STEP, organisation_id=organisation.id) and organisation.kind != "recipient",
        feed=url_for("calendar.feed", kind=kind, code=code, _external=False),
    )


@blueprint.get("/kalender/<kind>/<code>/kalender.ics")
@access.public
def feed(kind: str, code: str) -> Response:
    """The last days of a region or a recipient for other calendars. ``?lang=en`` gives English texts."""
    organisation = _organisation(kind, code)
    return _feed_of(organisation)


@blueprint.get("/kalender/kalender.ics")
@access.public
def feed_of_all() -> Response:
    """The last days of all lines."""
    return _feed_of(None)


def _feed_of(organisation: Organisation | None) -> Response:
    session, now = db.session, clock.now()
    today = clock.today(now)
    base = str(current_app.config["BASE_ADDRESS"]).rstrip("/")
    lines = lines_of(session, organisation.id if organisation else None)
    found = entries(session, lines, today - BEHIND, today + AHEAD, now)
    with force_locale("en" if request.args.get("lang") == "en" else "sv"):
        names = organisation_names(session)
        about = read(organisation.name) if organisation else _("All lines")
        feed = Feed(
            _("Last days: %(name)s", name=about),
            urlsplit(base).hostname or "localhost",
            now.replace(microsecond=0),
            [
                _day(base, one, read(names[one.of.line.discloser].name))
                for one in found
                if one.state is not DueState.AWAY
            ],
        )
    return Response(ics(feed), mimetype=MEDIA_TYPE)


def _day(base: str, entry: Entry, region: str) -> Day:
    first, last = entry.expected.span
    title, period = read(entry.of.line.title), show_period(entry.expected.period)
    return Day(
        f"{entry.of.version.item_id}-{first.isoformat()}-{last.isoformat()}",
        entry.due,
        _("Last day: %(line)s, %(period)s", line=title, period=period),
        f"{region}. {read(entry.state.label)}.",
        f"{base}{url_for('calendar.line', slug=entry.of.version.item.slug)}",
    )


def _organisation(kind: str, code: str) -> Organisation:
    found = identity.organisation_by_code(db.session, code, pages.KINDS.get(kind, ""))
    if found is None:
        raise NotFound("organisation")
    return found


def _month_asked_for() -> Period:
    """The month that the address names (``?manad=2027-01``); the present one where it names none."""
    today = clock.today()
    try:
        asked = Period.parse(request.args.get("manad", ""))
    except ValueError:
        asked = Period(PeriodKind.MONTH, _first_of_month(today))
    is_near = abs(asked.first.year - today.year) <= MOST_YEARS
    return asked if asked.kind is PeriodKind.MONTH and is_near else Period(PeriodKind.MONTH, _first_of_month(today))


MOST_YEARS = 20
"""How far the calendar can be turned."""


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _titles(lines: Sequence[LineOfCalendar]) -> dict[str, str]:
    return {one.version.item_id: read(one.line.title) for one in lines}
