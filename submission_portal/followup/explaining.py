"""The worker's look into a table version: why each of its cells is hidden, and what other ways to publish would lose.

Made from what the version was made from and by what was known then, so that it can be made again at any time; kept beside the
version by period, so that a page reads what it shows. The latest periods are looked into when a version is composed; earlier
ones, and a version that an earlier release composed, when a reviewer opens the page that shows them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import polars as pl
import structlog
from sqlalchemy import delete, select, true
from sqlalchemy.orm import Session

from registry import jobs
from registry.content.canonical import canonical, content_hash
from registry.db import db, end_reading, reading, transaction
from registry.events import Happening
from registry.items.queries import versions_by_hash
from registry.jobs import JobRun
from registry.period import Period
from submission_portal.flows.audiences import Audience
from submission_portal.followup.basis import Basis
from submission_portal.followup.composing import groups_for, released_rows
from submission_portal.followup.frames import frame_of
from submission_portal.followup.hidden_cells import PERIODS, HiddenCell, LookedInto, look_into
from submission_portal.followup.kept_protection import KeptProtection
from submission_portal.followup.plans import planned
from submission_portal.followup.published_cells import PublishedCells
from submission_portal.followup.queries import made_from
from submission_portal.followup.related_measures import RelatedMeasure, related_measures_of
from submission_portal.followup.small_number_rules import PROTECTED
from submission_portal.followup.table_series import basis_of_table
from submission_portal.followup.tables import HiddenEvidence, HiddenPeriod, TableVersion
from submission_portal.followup.versions import composed_with, published_cells_of, version_composed
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.queries import releases_where
from submission_portal.forwarding.sinks import RELEASE
from submission_portal.forwarding.tables import Release

EXPLAIN = "explain-hidden-cells"
log = structlog.get_logger("registry.followup")


def on_table_composed(session: Session, event: Happening) -> None:
    """A version in which something is hidden is looked into once it is kept, or its protection was made again."""
    table = version_composed(session, event.subject.removeprefix("table:"))
    if table is not None and table.hidden and table.audience in PROTECTED:
        ask_for_reasons(session, event.recorded_at, table)


def ask_for_reasons(session: Session, now: datetime, table: TableVersion, periods: Collection[str] = ()) -> None:
    """Have a version looked into, or these periods of it, unless that waits to be done already."""
    of = {"periods": sorted(periods)} if periods else {}
    jobs.enqueue_unless_waiting(session, EXPLAIN, now=now, payload={"table": table.id, **of})


def ask_for_missing(session: Session, now: datetime, table: TableVersion, periods: Collection[str]) -> None:
    """Have looked into what a page is about to show and nobody has looked into yet."""
    if reasons_of(session, table) is None:
        ask_for_reasons(session, now, table)
    elif missing := set(periods) - set(hidden_cells_in(session, table, periods)):
        ask_for_reasons(session, now, table, missing)


def explain_hidden(job: JobRun) -> None:
    """Look into a version's latest periods, or into those asked for, and keep what is found. Where the national store lacks rows
    of it, nothing is: the page says so."""
    table_id = str(job.payload["table"])
    asked = tuple(job.payload.get("periods", ()))
    end_reading(db.session)
    with reading() as session:
        table = version_composed(session, table_id)
        if table is None or not table.hidden or (asked and reasons_of(session, table) is None):
            return
        known = _gathered(session, table)
        periods = asked or periods_with_something_hidden(session, table)[:PERIODS]
    found = _look_into(known, periods, compares_ways=not asked)
    if found is None:
        log.warning("hidden_cells_not_explained", table=table_id)
        return
    with transaction(bookkeeping=True) as session:
        wanted = HiddenPeriod.table_version_id == table_id
        session.execute(delete(HiddenPeriod).where(wanted, HiddenPeriod.period.in_(asked) if asked else true()))
        if not asked:
            session.execute(delete(HiddenEvidence).where(HiddenEvidence.table_version_id == table_id))
            session.add(
                HiddenEvidence(
                    table_version_id=table_id,
                    pattern_hash=pattern_hash(known.kept),
                    closest=found.closest,
                    ways=list(found.ways),
                    made_at=job.now,
                )
            )
            session.flush()
        session.add_all(
            HiddenPeriod(table_version_id=table_id, period=period, cells=list(found.by_period.get(period, ())))
            for period in periods
        )


def periods_with_something_hidden(session: Session, table: TableVersion) -> list[str]:
    """The periods in which a version hides something, the latest first."""
    kept = table.protection
    hidden = pl.col("key").is_in([*kept.primary, *kept.secondary])
    texts = frame_of(session, table).filter(hidden)["period"].unique().to_list()
    return sorted(texts, key=Period.parse, reverse=True)


def reasons_of(session: Session, table: TableVersion) -> HiddenEvidence | None:
    """What was found of a version's hidden cells as they are hidden now; ``None`` until a worker has looked."""
    found = session.get(HiddenEvidence, table.id)
    return found if found is not None and found.pattern_hash == pattern_hash(table.protection) else None


def hidden_cells_in(session: Session, table: TableVersion, periods: Collection[str]) -> dict[str, list[HiddenCell]]:
    """The hidden cells of some periods, by period."""
    rows = select(HiddenPeriod).where(HiddenPeriod.table_version_id == table.id, HiddenPeriod.period.in_(periods))
    return {one.period: one.cells for one in session.scalars(rows)}


def pattern_hash(kept: KeptProtection) -> str:
    """What tells whether the cells that were looked into are those that are hidden."""
    return content_hash(canonical({"primary": sorted(kept.primary), "secondary": sorted(kept.secondary)}))


@dataclass(frozen=True)
class _Gathered:
    """What the register knows that a version is looked into with."""

    kept: KeptProtection
    basis: Basis
    audience: Audience
    published: PublishedCells
    related: tuple[RelatedMeasure, ...]


def _gathered(session: Session, table: TableVersion) -> _Gathered:
    version = versions_by_hash(session, [table.measure_version_hash])[table.measure_version_hash]
    measure, audience = planned(session, version), Audience(table.audience)
    releases = releases_where(session, Release.id.in_(made_from(table)))
    basis = basis_of_table(session, measure, table, releases)
    published = _known_before(session, table, audience)
    return _Gathered(table.protection, basis, audience, published, related_measures_of(session, measure))


def _look_into(known: _Gathered, periods: Collection[str], *, compares_ways: bool) -> LookedInto | None:
    basis, kept = known.basis, known.kept
    rows = released_rows(basis, national_store())
    if not rows.height or rows[RELEASE].n_unique() < len(basis.releases):
        return None
    rows = rows.filter(pl.col(basis.measure.plan.period).cast(pl.String).is_in(list(periods)))
    rules = kept.rules or basis.rules[known.audience]
    groups = groups_for(basis, known.audience, rules, rows, known.published, known.related)
    return look_into(groups, kept.primary, {*kept.primary, *kept.secondary}, compares_ways=compares_ways)


def _known_before(session: Session, table: TableVersion, audience: Audience) -> PublishedCells:
    """What the version's readers had of its measure before it, and what was small to those who see more in its composition."""
    siblings = composed_with(session, table)
    first = min([table.sequence, *(one.sequence for one in siblings)])
    known = published_cells_of(session, table.measure_slug, None, before=first)[audience]
    narrower = [one for one in siblings if Audience(one.audience).breadth < audience.breadth]
    withheld = [key for one in narrower for key in one.protection.primary]
    return PublishedCells(known.hidden, known.shown, withheld=frozenset(withheld))
