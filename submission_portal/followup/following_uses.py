"""What follows for tables when uses are approved, taken back, suspended or resumed, and as the days of uses pass."""

from sqlalchemy.orm import Session

from registry.db import transaction
from registry.events import Happening
from registry.items.queries import version_by_hash
from registry.items.tables import Item, Version
from registry.jobs import JobRun
from submission_portal.deliveries.uses.later import follow_approval, follow_withdrawal, take_over_today
from submission_portal.flows.content import read as read_line
from submission_portal.flows.uses.content import read as read_use
from submission_portal.flows.uses.queries import KIND, approved_versions_of
from submission_portal.followup.keeping import is_stale
from submission_portal.followup.plans import measures_of_model, planned_by_slug
from submission_portal.followup.releasing import stop_uncovered
from submission_portal.followup.table_series import series_of
from submission_portal.followup.versions import measures_with_tables, newest_of
from submission_portal.forwarding.services import ask_for_tables

FOLLOW = "follow_uses"
"""The daily job: a use begins, and one whose retention has ended leaves the figures."""


def on_use_published(session: Session, event: Happening) -> None:
    """What an approved use covers of the past is put on record, and the tables are composed with it."""
    if event.data.get("kind") != KIND:
        return
    follow_approval(session, event.recorded_at, _version(session, event))
    _ask(session, event, str(event.data["item"]))


def on_use_withdrawn(session: Session, event: Happening) -> None:
    """What rested on a use ends: what is decided and not released is stopped, and tables are composed without."""
    if event.data.get("kind") != KIND:
        return
    follow_withdrawal(session, event.recorded_at, _version(session, event))
    model = _ask(session, event, str(event.data["item"]))
    for version in measures_of_model(session, model):
        stop_uncovered(session, event.recorded_at, version.item.slug, event.subject)


def on_use_suspended(session: Session, event: Happening) -> None:
    """A use is suspended, or resumed: what is released for it meanwhile waits."""
    item = session.get(Item, str(event.data["item"]))
    if item is not None and item.kind == KIND:
        _ask(session, event, item.id)


def follow_uses(job: JobRun) -> None:
    """What begins today takes over what it succeeds; tables are composed anew where what they may rest on has changed."""
    with transaction(bookkeeping=True) as session:
        take_over_today(session, job.now)
        for slug in measures_with_tables(session):
            measure = planned_by_slug(session, slug)
            if measure is None:
                continue
            if any(is_stale(session, one, newest_of(session, slug, one.owner)) for one in series_of(session, measure)):
                ask_for_tables(session, job.now, measure.model_slug)


def _version(session: Session, event: Happening) -> Version:
    return session.get_one(Version, str(event.data["version"]))


def _ask(session: Session, event: Happening, item_id: str) -> str:
    """Have the tables of the model that a use's line delivers composed anew; gives back the model's slug, empty of what was
    never approved."""
    approved = approved_versions_of(session, item_id)
    line = version_by_hash(session, read_use(approved[-1].content).line_version) if approved else None
    if line is None:
        return ""
    model = read_line(line.content).model
    ask_for_tables(session, event.recorded_at, model)
    return model
