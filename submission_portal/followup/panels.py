"""The follow-up on the start page: what recipients have got lately and what waits; what regions have open undecided."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from information_models import measures
from registry.actors import Actor, Role
from registry.i18n import read, show_datetime
from registry.items.queries import versions_by_hash
from registry.plugin import Task
from submission_portal.followup.audiences import Audience
from submission_portal.followup.tables import TableState, TableVersion
from submission_portal.followup.versions import undecided_with, waiting_and_recent

RECENT = timedelta(days=31)
MOST = 10


def recipients_tasks(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """Table versions of the actor's recipients; two statements, whatever there is."""
    organisations = actor.organisations(Role.RECIPIENT)
    if not organisations:
        return []
    tables = waiting_and_recent(session, organisations, now - RECENT, MOST)
    titles = _titles(session, tables)
    open_to_all = {
        (one.measure_slug, one.number) for one in tables if one.audience == Audience.PUBLIC and _is_open(one, now)
    }
    return [
        _task(table, titles[table.id], now)
        for table in tables
        if table.audience == Audience.PUBLIC or (table.measure_slug, table.number) not in open_to_all
    ]


def undecided_openings(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """For regions: their figures that everybody has without that anybody decided so."""
    own = actor.organisations(Role.DISCLOSING_OFFICER, Role.DATA_OFFICER)
    tables = undecided_with(session, own) if own else ()
    titles = _titles(session, tables)
    text = _("Open to everybody since before publishing was a decision. The recipient's legal reviewer is to decide.")
    status = ("wait", _("Carried over, to be decided"))
    return [
        Task("others", "decision", titles[table.id], _url(table), text, status, table.release_at) for table in tables
    ]


def _task(table: TableVersion, heading: str, now: datetime) -> Task:
    if table.state == TableState.AWAITING_REVIEW:
        text = _("Not for everybody yet: the legal reviewer decides.")
        return Task("others", "decision", heading, _url(table), text, ("wait", _("In review")), table.composed_at)
    if table.audience == Audience.RECIPIENT:
        text = _("For you, ready to be fetched.")
        return Task("done", "figure", heading, _url(table), text, ("ok", _("Released")), table.release_at)
    if table.release_at is not None and table.release_at > now:
        text = _("For everybody from %(when)s.", when=show_datetime(table.release_at))
        return Task("others", "figure", heading, _url(table), text, ("wait", _("Decided")), table.published_at)
    text = _("Published, and ready to be fetched.")
    return Task("done", "figure", heading, _url(table), text, ("ok", _("Published")), table.release_at)


def _is_open(table: TableVersion, now: datetime) -> bool:
    return table.state == TableState.PUBLISHED and table.release_at is not None and table.release_at <= now


def _titles(session: Session, tables: Sequence[TableVersion]) -> dict[str, str]:
    versions = versions_by_hash(session, sorted({table.measure_version_hash for table in tables}))
    found = {}
    for table in tables:
        version = versions.get(table.measure_version_hash)
        title = read(measures.read(version.content).title) if version else table.measure_slug
        found[table.id] = _("%(measure)s, table version %(number)s", measure=title, number=table.number)
    return found


def _url(table: TableVersion) -> str:
    return url_for("followup.measure", slug=table.measure_slug)
