"""Last days among the tasks: what is due soon or missing, and proposals that wait for an answer."""

from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.hands import Side
from registry.i18n import read, show_date, show_period
from registry.items.tables import Item
from registry.plugin import Task
from submission_portal.calendar.pages import organisation_url
from submission_portal.calendar.punctuality import DueState
from submission_portal.calendar.queries import Entry, LineOfCalendar, entries, lines_of
from submission_portal.flows.pages import organisation_names
from submission_portal.flows.timetables.agreeing import AGREE
from submission_portal.flows.timetables.tables import DueDateProposal

SOON, BEHIND = timedelta(days=14), timedelta(days=400)
"""How long before its last day a period is reminded of, and how long what is missing stays a task."""
MOST = 10


def tasks(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """For a region what is due within two weeks or missing, a line each; for a recipient how much is missing; for both what
    is proposed. Six statements at most."""
    delivers = actor.organisations(Role.DATA_OFFICER)
    reviews = actor.organisations(Role.QUALITY_REVIEWER)
    officers = actor.organisations(*AGREE[Side.DISCLOSER])
    if not (delivers or reviews or officers):
        return []
    lines = [
        one for one in lines_of(session)
        if one.line.discloser in delivers | officers or one.line.recipient in reviews
    ]  # fmt: skip
    today = clock.today(now)
    found = entries(session, lines, today - BEHIND, today + SOON, now)
    own = [_own(one) for one in found if one.of.line.discloser in delivers and _asks(one)]
    missing = [one for one in found if one.of.line.recipient in reviews and one.state is DueState.MISSING]
    return [*own[:MOST], *_missing(session, missing), *_proposals(session, actor, lines)]


def _asks(entry: Entry) -> bool:
    return entry.state in (DueState.DUE, DueState.MISSING)


def _own(entry: Entry) -> Task:
    is_missing = entry.state is DueState.MISSING
    text = _("%(period)s. Last day: %(day)s.", period=show_period(entry.expected.period), day=show_date(entry.due))
    return Task(
        "mine",
        "delivery",
        read(entry.of.line.title),
        url_for("deliveries.new", slug=entry.of.version.item.slug),
        text,
        ("stop", _("Missing")) if is_missing else ("info", _("To be delivered")),
        entry.due,
    )


def _missing(session: Session, missing: list[Entry]) -> list[Task]:
    """One line for each recipient whose regions have not delivered."""
    names = organisation_names(session) if missing else {}
    found = []
    for recipient in sorted({one.of.line.recipient for one in missing}):
        mine = [one for one in missing if one.of.line.recipient == recipient]
        regions = len({one.of.line.discloser for one in mine})
        found.append(
            Task(
                "others",
                "delivery",
                _("Deliveries past their last day"),
                organisation_url(names[recipient]),
                ngettext("%(num)d is missing", "%(num)d are missing", len(mine))
                + ", "
                + ngettext("from one region.", "from %(num)d regions.", regions),
                ("warn", _("Missing")),
                min(one.due for one in mine),
            )
        )
    return found


def _proposals(session: Session, actor: Actor, lines: list[LineOfCalendar]) -> list[Task]:
    """Proposals that the actor may answer for the side that did not make them."""
    by_item = {one.version.item_id: one for one in lines}
    rows = session.execute(
        select(DueDateProposal, Item)
        .join(Item, Item.id == DueDateProposal.line_item_id)
        .where(DueDateProposal.outcome.is_(None), DueDateProposal.line_item_id.in_(by_item))
        .order_by(DueDateProposal.proposed_at, DueDateProposal.id)
    )
    found = []
    for proposal, item in rows:
        side, line = Side(proposal.side).other, by_item[item.id].line
        organisation_id = line.discloser if side is Side.DISCLOSER else line.recipient
        if actor.may_decide(*AGREE[side], organisation_id=organisation_id):
            found.append(
                Task(
                    "mine",
                    "flow",
                    read(line.title),
                    url_for("calendar.line", slug=item.slug),
                    _("Last days are proposed. They count when your side agrees."),
                    ("wait", _("Waits for your answer")),
                    proposal.proposed_at,
                )
            )
    return found
