"""Reminders as messages: what is due soon, and what is missing; by the worker once a day, and of each period once.

Events: ``DeliveryDueSoon``, ``DeliveryMissing``. They are told as other messages are, by letter at once or never.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from registry import clock, events
from registry.actors import SYSTEM, Role
from registry.columns import new_id
from registry.db import db, insert_or_ignore, transaction
from registry.events import Happening
from registry.items.tables import Item
from registry.jobs import JobRun
from registry.messages.telling import holders
from submission_portal.calendar.punctuality import DueState
from submission_portal.calendar.queries import Entry, entries, lines_of
from submission_portal.calendar.tables import DueReminder
from submission_portal.flows.parties import parties_of
from submission_portal.flows.queries import approved_version

REMIND = "remind_of_last_days"
SOON, BEHIND = timedelta(days=5), timedelta(days=14)
"""How long before its last day a period is reminded of; how long after it one that is missing still is, where nobody was yet."""
KINDS = {DueState.DUE: ("due_soon", "DeliveryDueSoon"), DueState.MISSING: ("missing", "DeliveryMissing")}


def run(job: JobRun) -> None:
    """The handler of `REMIND`."""
    now = clock.now()
    found = to_remind_of(db.session, now)
    db.session.rollback()
    if found:
        with transaction(bookkeeping=True) as session:
            remind(session, now, found)


def to_remind_of(session: Session, now: datetime) -> list[Entry]:
    """What is due within `SOON`, and what went missing within `BEHIND`, of every line."""
    today = clock.today(now)
    found = entries(session, lines_of(session), today - BEHIND, today + SOON, now)
    return [one for one in found if one.state in KINDS]


def remind(session: Session, now: datetime, found: Iterable[Entry]) -> int:
    """Record what nobody was reminded of before; returns how many periods that were."""
    count = 0
    for one in found:
        kind, type_ = KINDS[one.state]
        first, last = one.expected.span
        item_id, region = one.of.version.item_id, one.of.line.discloser
        is_first = insert_or_ignore(
            session, DueReminder, id=new_id(), organisation_id=region, line_item_id=item_id,
            period_first=first, period_last=last, kind=kind, reminded_at=now,
        )  # fmt: skip
        if is_first:
            count += 1
            events.record(
                session, type_, actor=SYSTEM, now=now, subject=f"flow:{item_id}", organisation_id=region,
                data={"first": first.isoformat(), "last": last.isoformat(), "due": one.due.isoformat()},
            )  # fmt: skip
    return count


def the_senders(session: Session, happening: Happening) -> list[str]:
    """Whom to remind of what is due: the region's data officers."""
    return holders(session, str(happening.organisation_id), Role.DATA_OFFICER)


def senders_and_reviewers(session: Session, happening: Happening) -> list[str]:
    """Whom to tell of what is missing: the region's data officers, and the recipient's quality reviewers."""
    version = approved_version(session, session.get_one(Item, happening.subject.removeprefix("flow:")))
    reviewers = holders(session, parties_of(version).recipient, Role.QUALITY_REVIEWER) if version else []
    return [*the_senders(session, happening), *reviewers]
