"""The follow-up on the start page: for recipients, what has been published lately and what waits for a decision."""

from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from information_models import measures
from registry.actors import Actor, Role
from registry.i18n import read
from registry.items.queries import versions_by_hash
from registry.plugin import Task
from submission_portal.followup.tables import TableState
from submission_portal.followup.versions import waiting_and_recent

RECENT = timedelta(days=31)
MOST = 10


def recipients_tasks(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """Table versions of the actor's recipients; two statements, whatever there is."""
    organisations = actor.organisations(Role.RECIPIENT)
    if not organisations:
        return []
    tables = waiting_and_recent(session, organisations, now - RECENT, MOST)
    versions = versions_by_hash(session, sorted({table.measure_version_hash for table in tables}))
    tasks = []
    for table in tables:
        version = versions.get(table.measure_version_hash)
        title = read(measures.read(version.content).title) if version else table.measure_slug
        heading = _("%(measure)s, table version %(number)s", measure=title, number=table.number)
        url = url_for("followup.measure", slug=table.measure_slug)
        if table.state == TableState.AWAITING_REVIEW:
            text = _("Something in it is hidden. The legal reviewer decides before it is published.")
            tasks.append(Task("others", "decision", heading, url, text, ("wait", _("In review")), table.composed_at))
        else:
            text = _("Published, and ready to be fetched.")
            tasks.append(Task("done", "figure", heading, url, text, ("ok", _("Published")), table.published_at))
    return tasks
