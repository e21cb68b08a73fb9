"""What is in a table version: its figures as one reader has them, its breaks, and the releases it was made from.

The version comes from `gateway`, which knows who may read it, or from whoever composes or decides about it; its figures come
through `compilations.gate`, which knows what is closed to whom.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

import polars as pl
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from registry.errors import NotFound
from registry.findings import Finding
from registry.period import Period
from submission_portal.followup.breaks import Break
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.figures import Figure, read_figures
from submission_portal.followup.tables import TableDecision, TableRelease, TableVersion
from submission_portal.forwarding.tables import Release


def made_from(table: TableVersion) -> Select[str]:
    """The statement for the ids of the releases that a table version was made from, as a condition for others."""
    return select(TableRelease.release_id).where(TableRelease.table_version_id == table.id)


def releases_made_from(session: Session, table: TableVersion) -> list[str]:
    """The ids of all releases that a table version was made from, in order."""
    return list(session.scalars(made_from(table).order_by(TableRelease.release_id)))


def count_of_releases(session: Session, table: TableVersion) -> int:
    """How many releases, and so deliveries, a table version was made from."""
    return session.scalar(select(func.count()).select_from(made_from(table).subquery())) or 0


def disclosers_of(session: Session, tables: Sequence[TableVersion]) -> dict[str, set[str]]:
    """The organisations whose releases each of these versions was made from, by table id; one statement."""
    rows = session.execute(
        select(TableRelease.table_version_id, Release.organisation_id)
        .join(Release, Release.id == TableRelease.release_id)
        .where(TableRelease.table_version_id.in_([one.id for one in tables]))
        .distinct()
    )
    found: dict[str, set[str]] = {one.id: set() for one in tables}
    for table_id, organisation_id in rows:
        found[table_id].add(organisation_id)
    return found


def rests_on_withdrawn(session: Session, table: TableVersion) -> bool:
    """Whether a delivery that a table version was made from has been taken back by its region."""
    taken_back = select(Release.id).where(Release.id.in_(made_from(table)), Release.withdrawn_at.is_not(None))
    return session.scalar(taken_back.limit(1)) is not None


def decided_at(session: Session, table: TableVersion) -> datetime | None:
    """When a person decided that a table version's audience may have it; ``None`` where nobody has. What was open without a
    decision was published before it was decided."""
    if table.decided_by is None or not table.is_carried_over:
        return table.published_at if table.decided_by else None
    return session.scalar(select(TableDecision.decided_at).where(TableDecision.table_version_id == table.id))


def figures_of(
    shown: ShownTable,
    *,
    region: str | None = None,
    but: str | None = None,
    periods: Collection[Period] | None = None,
    are_whole: bool = False,
    depth: int | None = None,
) -> list[Figure]:
    """The figures of a table as they are shown, by region, place and period.

    Of one ``region``, of all regions ``but`` one, of some ``periods``, of whole regions only, of places at one ``depth``
    below them: a page asks for what it shows, since a table may have a hundred thousand.
    """
    conditions = []
    if region is not None:
        conditions.append(pl.col("region") == region)
    if but is not None:
        conditions.append(pl.col("region") != but)
    if periods is not None:
        conditions.append(pl.col("period").is_in([str(one) for one in periods]))
    if are_whole or depth is not None:
        conditions.append(pl.col("place").list.len() == (0 if are_whole else depth))
    return read_figures(shown.frame.filter(*conditions) if conditions else shown.frame)


def periods_of(shown: ShownTable, *, region: str | None = None) -> tuple[Period, ...]:
    """The periods that a table has figures for, in order."""
    frame = shown.frame
    if region is not None:
        frame = frame.filter(pl.col("region") == region)
    return tuple(sorted(Period.parse(one) for one in frame["period"].unique().to_list()))


def figure_of(shown: ShownTable, key: str) -> Figure:
    """One figure by its key. Raises ``NotFound``."""
    rows = shown.frame.filter(pl.col("key") == key)
    if not rows.height:
        raise NotFound("figure")
    return Figure.from_row(rows.row(0, named=True))


def figures_on_release(shown: ShownTable, release_id: str) -> list[Figure]:
    """The figures of whole regions and of the country that stand on a release."""
    is_there = pl.col("releases").list.contains(release_id) & (pl.col("place").list.len() == 0)
    return read_figures(shown.frame.filter(is_there))


def regions_of(shown: ShownTable) -> list[str]:
    """The region codes that a table has figures for, in order."""
    return sorted(shown.frame["region"].unique().to_list())


def breaks_of(table: TableVersion) -> tuple[Break, ...]:
    return tuple(table.breaks)


def findings_of(table: TableVersion) -> tuple[Finding, ...]:
    """What was found when a version was composed. What a reader is told of it is in `ShownTable.findings`."""
    return tuple(table.findings)
