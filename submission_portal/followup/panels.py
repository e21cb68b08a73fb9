"""The follow-up on the start page: what recipients have got lately and what waits; what regions have open undecided."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from information_models import measures
from registry.actors import Actor, Role
from registry.i18n import read, show_datetime
from registry.items.queries import versions_by_hash
from registry.plugin import Task
from submission_portal.deliveries.layouts.changed import changed_in
from submission_portal.deliveries.reading.layouts.content import LayoutBreak
from submission_portal.flows.audiences import Audience
from submission_portal.followup.source_changes import declared_of, measures_touched
from submission_portal.followup.standpoints import Asked, asked_of
from submission_portal.followup.tables import Stance, TableState, TableVersion
from submission_portal.followup.versions import waiting_and_recent
from submission_portal.followup.views.blueprint import AS_EVERYBODY

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
    """For regions: their figures that everybody has without that anybody decided so. The disclosing officer says what the region
    thinks; then, and for others, it waits for the recipient."""
    asked = asked_of(session, actor)
    titles = _titles(session, [one.table for one in asked])
    speaks_for = actor.organisations(Role.DISCLOSING_OFFICER)
    # One line for each table: the first of its regions that still has to say something.
    by_table: dict[str, Asked] = {}
    for one in sorted(asked, key=lambda one: not _is_to_say(one, speaks_for)):
        by_table.setdefault(one.table.id, one)
    return [_undecided(by_table[key], titles[key], is_mine=_is_to_say(by_table[key], speaks_for)) for key in titles]


def undeclared_change(session: Session, actor: Actor, reference: str) -> list[Task]:
    """The change of source that changed answers about an export (``layout:…``) are, until the region's data officer has declared it."""
    kind, _colon, identifier = reference.partition(":")
    if kind != "layout" or not actor.has_role(Role.DATA_OFFICER):
        return []
    change = changed_in(session, actor, identifier)
    if change is None or change.kind is not LayoutBreak.SOURCE or not change.told:
        return []
    slugs = [one.slug for one in measures_touched(session, change.model, change.elements)]
    declared = declared_of(session, change.layout.organisation_id, slugs)
    if any(one.declared_at >= change.since for one in declared):
        return []
    url = url_for("followup.declare_answer", svar=identifier)
    words = _("Declare the change of source")
    return [Task("mine", "figure", change.layout.source, url, words, ("warn", _("To be declared")), change.since)]


def _is_to_say(one: Asked, speaks_for: Collection[str]) -> bool:
    return one.said is None and one.organisation_id in speaks_for


def _undecided(one: Asked, heading: str, *, is_mine: bool) -> Task:
    # As everybody sees it: a region may have another version of the same number for itself.
    url = url_for("followup.version", slug=one.table.measure_slug, number=one.table.number, **AS_EVERYBODY)
    if is_mine:
        text = _("Open to everybody since before publishing was a decision. Say whether the region accepts it.")
        return Task("mine", "decision", heading, url, text, ("wait", _("Waits for you")), one.table.release_at)
    text = _("Open to everybody since before publishing was a decision. The recipient's legal reviewer is to decide.")
    status = ("wait", _("Carried over, to be decided"))
    if one.said is not None and one.said.stance == Stance.OBJECT:
        status = ("warn", _("The region has objected"))
    return Task("others", "decision", heading, url, text, status, one.table.release_at)


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
