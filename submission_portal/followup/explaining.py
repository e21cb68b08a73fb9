"""The worker's look into a table version: why each of its cells is hidden, and what other ways to publish would lose.

Made from what the version was made from and by what was known then, so that it can be made again at any time; kept beside the
version by period, so that a page reads what it shows. A version that an earlier release composed is looked into when a reviewer
opens it.
"""

from datetime import datetime

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry import jobs
from registry.content.canonical import canonical, content_hash
from registry.db import db, end_reading, reading, transaction
from registry.events import Happening
from registry.items.queries import versions_by_hash
from registry.jobs import JobRun
from submission_portal.flows.audiences import Audience
from submission_portal.followup.composing import groups_for, released_rows
from submission_portal.followup.hidden_cells import HiddenCell, LookedInto, look_into
from submission_portal.followup.kept_protection import KeptProtection
from submission_portal.followup.plans import planned
from submission_portal.followup.published_cells import PublishedCells
from submission_portal.followup.queries import made_from
from submission_portal.followup.related_measures import related_measures_of
from submission_portal.followup.small_number_rules import PROTECTED
from submission_portal.followup.table_series import basis_of_table
from submission_portal.followup.tables import HiddenEvidence, HiddenPeriod, TableVersion
from submission_portal.followup.versions import composed_with, published_cells_of
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.queries import releases_where
from submission_portal.forwarding.sinks import RELEASE
from submission_portal.forwarding.tables import Release

EXPLAIN = "explain-hidden-cells"
log = structlog.get_logger("registry.followup")


def on_table_composed(session: Session, event: Happening) -> None:
    """A version in which something is hidden is looked into once it is kept, or its protection was made again."""
    table = session.get(TableVersion, event.subject.removeprefix("table:"))
    if table is not None and table.hidden and table.audience in PROTECTED:
        ask_for_reasons(session, event.recorded_at, table)


def ask_for_reasons(session: Session, now: datetime, table: TableVersion) -> None:
    """Have a version looked into, unless it waits to be already."""
    jobs.enqueue_unless_waiting(session, EXPLAIN, now=now, payload={"table": table.id})


def explain_hidden(job: JobRun) -> None:
    """Look into a version and keep what is found. Where the national store lacks rows of it, nothing is: the page says so."""
    table_id = str(job.payload["table"])
    end_reading(db.session)
    with reading() as session:
        table = session.get(TableVersion, table_id)
        if table is None or not table.hidden:
            return
        kept = table.protection
        found = _look_into(session, table, kept)
    if found is None:
        log.warning("hidden_cells_not_explained", table=table_id)
        return
    with transaction(bookkeeping=True) as session:
        session.execute(delete(HiddenPeriod).where(HiddenPeriod.table_version_id == table_id))
        session.execute(delete(HiddenEvidence).where(HiddenEvidence.table_version_id == table_id))
        session.add(
            HiddenEvidence(
                table_version_id=table_id,
                pattern_hash=pattern_hash(kept),
                closest=found.closest,
                ways=list(found.ways),
                made_at=job.now,
            )
        )
        session.flush()
        session.add_all(
            HiddenPeriod(table_version_id=table_id, period=period, cells=list(cells))
            for period, cells in found.by_period.items()
        )


def reasons_of(session: Session, table: TableVersion) -> HiddenEvidence | None:
    """What was found of a version's hidden cells as they are hidden now; ``None`` until a worker has looked."""
    found = session.get(HiddenEvidence, table.id)
    return found if found is not None and found.pattern_hash == pattern_hash(table.protection) else None


def hidden_cells_in(session: Session, table: TableVersion, periods: list[str]) -> dict[str, list[HiddenCell]]:
    """The hidden cells of some periods, by period."""
    rows = select(HiddenPeriod).where(HiddenPeriod.table_version_id == table.id, HiddenPeriod.period.in_(periods))
    return {one.period: one.cells for one in session.scalars(rows)}


def pattern_hash(kept: KeptProtection) -> str:
    """What tells whether the cells that were looked into are those that are hidden."""
    return content_hash(canonical({"primary": sorted(kept.primary), "secondary": sorted(kept.secondary)}))


def _look_into(session: Session, table: TableVersion, kept: KeptProtection) -> LookedInto | None:
    version = versions_by_hash(session, [table.measure_version_hash])[table.measure_version_hash]
    measure, audience = planned(session, version), Audience(table.audience)
    releases = releases_where(session, Release.id.in_(made_from(table)))
    basis = basis_of_table(session, measure, table, releases)
    rows = released_rows(basis, national_store())
    if not rows.height or rows[RELEASE].n_unique() < len(releases):
        return None
    rules = kept.rules or basis.rules[audience]
    groups = groups_for(
        basis, audience, rules, rows, _known_before(session, table, audience), related_measures_of(session, measure)
    )
    return look_into(groups, kept.primary, {*kept.primary, *kept.secondary})


def _known_before(session: Session, table: TableVersion, audience: Audience) -> PublishedCells:
    """What the version's readers had of its measure before it, and what was small to those who see more in its composition."""
    siblings = composed_with(session, table)
    first = min([table.sequence, *(one.sequence for one in siblings)])
    known = published_cells_of(session, table.measure_slug, None, before=first)[audience]
    narrower = [one for one in siblings if Audience(one.audience).breadth < audience.breadth]
    withheld = [key for one in narrower for key in one.protection.primary]
    return PublishedCells(known.hidden, known.shown, withheld=frozenset(withheld))
