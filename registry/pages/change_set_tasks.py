"""Change sets on the start page: what waits for me, what I have made, and what came of it."""

from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.i18n import read
from registry.items.change_sets import queries
from registry.items.lifecycle import State
from registry.items.tables import ChangeSet
from registry.pages import change_set_rows
from registry.plugin import Task

RECENT = timedelta(days=31)
SHOWN = 10
"""Of the sets that wait, so many are looked at for what the reader may decide."""


def waiting(session: Session, actor: Actor) -> list[Task]:
    """Sets in review that wait for this reader's decision."""
    if not actor.is_signed_in:
        return []
    tasks = []
    for change_set in queries.in_review(session, actor)[:SHOWN]:
        if not queries.may_decide(session, actor, change_set):
            continue
        rows = change_set_rows.aspect_rows(session, change_set)
        if mine := change_set_rows.deciding(session, actor, change_set, rows):
            text = _("%(what)s waits for your decision.", what=", ".join(read(one.requirement.label) for one in mine))
            tasks.append(_task("mine", change_set, text, ("wait", _("Waits for you")), change_set.submitted_at))
    return tasks


def own(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """The sets that the reader made, as far as there is something to do or something new."""
    if not actor.is_signed_in:
        return []
    rows = session.scalars(
        select(ChangeSet)
        .where(ChangeSet.author_id == actor.person_id, ChangeSet.changed_at > now - 6 * RECENT)
        .order_by(ChangeSet.changed_at.desc())
        .limit(50)
    )
    tasks = []
    for one in rows:
        match one.state:
            case State.DRAFT:
                text = _("Your change set. Go on with it, or send it to review.")
                tasks.append(_task("mine", one, text, ("idle", _("Draft")), one.changed_at))
            case State.RETURNED:
                text = _("Returned to you for completion. Mend it, and send it again.")
                tasks.append(_task("mine", one, text, ("warn", _("Returned")), one.changed_at))
            case State.IN_REVIEW:
                text = _("Waits for its reviewers.")
                tasks.append(_task("others", one, text, ("wait", _("In review")), one.submitted_at))
            case State.DECIDED:
                text = _("Approved. It can be published.")
                tasks.append(_task("mine", one, text, ("ok", _("Decided")), one.decided_at))
            case State.PUBLISHED if one.published_at and one.published_at > now - RECENT:
                tasks.append(_task("done", one, _("Published."), ("ok", _("Published")), one.published_at))
    return tasks


def _task(group: str, change_set: ChangeSet, text: str, status: tuple[str, str], when: datetime | None) -> Task:
    url = url_for("items.change_set", set_id=change_set.id)
    said = _("Change set. %(what)s", what=text)
    return Task(group, "concept", change_set.title, url, said, status, when)
