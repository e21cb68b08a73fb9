"""Composing tables anew because the way of composing was mended, though nothing that they rest on has changed.

`basis.METHOD` is part of what a table rests on. Where it has been raised, an upgrade (`flask --app wsgi prepare` or
`starter`) has the tables of older methods composed again; `followup compose-again` does so for whatever reason. A table
that comes out as it was keeps its version, and its basis is brought up to date: no reader or reviewer is troubled.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from registry import events, jobs, references
from registry.actors import SYSTEM, Actor
from submission_portal.flows.audiences import Audience
from submission_portal.followup.basis import METHOD, Basis
from submission_portal.followup.composing import Composed, View
from submission_portal.followup.figures import days_of
from submission_portal.followup.frames import frame_of
from submission_portal.followup.keeping import applied_statements, have_room, is_decided_about, is_stale, widest_of
from submission_portal.followup.kept_protection import KeptProtection
from submission_portal.followup.plans import planned_by_slug
from submission_portal.followup.queries import findings_of, releases_made_from
from submission_portal.followup.suspended import suspended_meanwhile
from submission_portal.followup.table_series import TableSeries, series_of
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import measures_with_tables, newest_of
from submission_portal.forwarding.services import PUBLISH

AGAIN = "again"
"""In a job's payload: compose although nothing that the tables rest on has changed."""


def ask_for_outdated(session: Session, actor: Actor, now: datetime) -> None:
    """Have the tables composed again that were not composed from what they rest on now, and in the way it is done now."""
    ask(session, actor, now, [slug for slug in measures_with_tables(session) if is_outdated(session, slug)])


def ask(session: Session, actor: Actor, now: datetime, slugs: Iterable[str]) -> list[str]:
    """Have the tables of the models of these measures composed again; gives back the slugs of the models.

    Measures that are not published any more keep what was published of them.
    """
    found = (planned_by_slug(session, slug) for slug in slugs)
    models = sorted({measure.model_slug for measure in found if measure is not None})
    for model in models:
        jobs.enqueue_unless_waiting(session, PUBLISH, now=now, payload={"model": model, AGAIN: True})
    if models:
        events.record(session, "TablesAskedForAgain", actor=actor, now=now, subject="tables", data={"models": models})
    return models


def comes_out_as(
    session: Session, latest: Mapping[Audience, TableVersion], series: TableSeries, composed: Composed
) -> bool:
    """Whether a composition says in everything what a series' widest newest versions say already. A region's own view that came
    out otherwise needs a number of its own, and so a version of all."""
    for basis in filter(is_decided_about, series.bases):
        told = widest_of(latest, basis)
        if told is None or not _says(session, told, basis, composed.views[Audience(told.audience)]):
            return False
    return bool(latest) and have_room(session, series, composed, max(one.number for one in latest.values()))


def _says(session: Session, table: TableVersion, basis: Basis, view: View) -> bool:
    applied = {edge.to_ref for edge in references.edges_from(session, table.ref) if edge.role == "applied"}
    return (
        table.measure_version_hash == basis.measure.version_hash
        and table.provenance == basis.provenance
        and releases_made_from(session, table) == view.releases()
        and applied_statements(basis, view) <= applied
        and applied <= {f"version:{one.version_hash}" for one in basis.statements}
        and table.breaks == list(view.breaks)
        and list(findings_of(table)) == [*view.findings, *suspended_meanwhile(session, view.releases())]
        and frame_of(session, table).equals(view.shown)
    )


def bring_up_to_date(
    session: Session,
    now: datetime,
    latest: Mapping[Audience, TableVersion],
    series: TableSeries,
    composed: Composed,
) -> None:
    """Record that the table versions of a composition are what its basis gives now. Nothing that they say changes.

    What reviewers are told of the protection is brought up to date until somebody has decided by it.
    """
    for audience, one in latest.items():
        view, basis = composed.views.get(audience), series.basis_for(audience)
        if view is None or basis is None or view.rules is None or not frame_of(session, one).equals(view.shown):
            continue
        one.basis_hash = basis.hash_within(days_of(view.shown))
        made = KeptProtection.of(view.protection, view.rules, METHOD)
        if one.decided_by is None or one.protection.says_the_same_as(made):
            one.protection = made
    for one in latest.values():
        events.record(
            session, "TableFoundUnchanged", actor=SYSTEM, now=now, subject=one.ref, organisation_id=one.concerned_id
        )


def is_outdated(session: Session, slug: str, owner: str | None = None) -> bool:
    """Whether some newest version of a measure's tables, of all recipients' or of one's, was composed of something else than
    there is now, or in another way."""
    measure = planned_by_slug(session, slug)
    if measure is None:
        return False
    wanted = [one for one in series_of(session, measure) if owner in (None, one.owner)]
    return any(is_stale(session, one, newest_of(session, slug, one.owner)) for one in wanted)
