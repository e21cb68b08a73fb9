"""Composing tables anew because the way of composing was mended, though nothing that they rest on has changed.

`basis.METHOD` is part of what a table rests on. Where it has been raised, an upgrade (`flask --app wsgi prepare` or
`starter`) has the tables of older methods composed again; `followup compose-again` does so for whatever reason. A table
that comes out as it was keeps its version, and its basis is brought up to date: no reader or reviewer is troubled.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from registry import events, jobs, references
from registry.actors import Actor
from submission_portal.followup.basis import METHOD, Basis, basis_of
from submission_portal.followup.composing import Composed
from submission_portal.followup.kept_protection import KeptProtection
from submission_portal.followup.plans import planned_by_slug
from submission_portal.followup.queries import findings_of, frame_of, releases_made_from
from submission_portal.followup.services import applied_statements
from submission_portal.followup.suspended import suspended_meanwhile
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import composed_with, latest_version, measures_with_tables
from submission_portal.forwarding.services import PUBLISH

AGAIN = "again"
"""In a job's payload: compose although nothing that the tables rest on has changed."""


def ask_for_outdated(session: Session, actor: Actor, now: datetime) -> None:
    """Have the tables composed again that were not composed from what they rest on now, and in the way it is done now."""
    ask(session, actor, now, [slug for slug in measures_with_tables(session) if _is_outdated(session, slug)])


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


def comes_out_as(session: Session, table: TableVersion, basis: Basis, composed: Composed) -> bool:
    """Whether a composition says in everything what a table version says already, to readers and to reviewers."""
    made = KeptProtection.of(composed.protection, basis.rules, METHOD)
    applied = {edge.to_ref for edge in references.edges_from(session, table.ref) if edge.role == "applied"}
    return (
        table.measure_version_hash == basis.measure.version_hash
        and table.provenance == basis.provenance
        and releases_made_from(session, table) == composed.releases()
        and applied == applied_statements(basis, composed)
        and table.breaks == list(composed.breaks)
        and list(findings_of(table)) == [*composed.findings, *suspended_meanwhile(session, composed.releases())]
        and table.protection.says_the_same_as(made)
        and frame_of(session, table).equals(composed.shown)
    )


def bring_up_to_date(session: Session, table: TableVersion, basis: Basis, composed: Composed) -> None:
    """Record that a table version, whoever it is for, is what its basis gives now. Nothing that it says changes."""
    for one in composed_with(session, table):
        if one.content_hash == table.content_hash:
            one.basis_hash = basis.basis_hash
            one.protection = KeptProtection.of(composed.protection, basis.rules, METHOD)


def _is_outdated(session: Session, slug: str) -> bool:
    measure, latest = planned_by_slug(session, slug), latest_version(session, slug)
    return measure is not None and latest is not None and latest.basis_hash != basis_of(session, measure).basis_hash
