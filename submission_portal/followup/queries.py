"""What is in a table version: its figures, breaks, findings and the releases it was made from.

The version comes from `gateway`, which knows who may read it, or from whoever composes or decides about it.
"""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from io import BytesIO

import polars as pl
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from registry import storage
from registry.errors import NotFound
from registry.findings import Finding
from registry.period import Period
from submission_portal.followup.breaks import Break
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


def frame_of(session: Session, table: TableVersion) -> pl.DataFrame:
    """The figures of a table version as readers may have them. Content-addressed, so that what was read once is kept."""
    kept = _kept(table.parquet_key)
    if not kept:
        kept.append(pl.read_parquet(BytesIO(storage.read(session, table.parquet_key))))
    return kept[0]


def stored_frame(session: Session, table: TableVersion) -> pl.DataFrame:
    """As `frame_of`, but read anew and kept nowhere: for old versions, which no page asks for."""
    return pl.read_parquet(BytesIO(storage.read(session, table.parquet_key)))


def figures_of(
    session: Session,
    table: TableVersion,
    *,
    region: str | None = None,
    but: str | None = None,
    periods: Collection[Period] | None = None,
    are_whole: bool = False,
    depth: int | None = None,
) -> list[Figure]:
    """The figures of a table version, by region, place and period.

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
    frame = frame_of(session, table)
    return read_figures(frame.filter(*conditions) if conditions else frame)


def periods_of(session: Session, table: TableVersion, *, region: str | None = None) -> tuple[Period, ...]:
    """The periods that a table version has figures for, in order."""
    frame = frame_of(session, table)
    if region is not None:
        frame = frame.filter(pl.col("region") == region)
    return tuple(sorted(Period.parse(one) for one in frame["period"].unique().to_list()))


def figure_of(session: Session, table: TableVersion, key: str) -> Figure:
    """One figure by its key. Raises ``NotFound``."""
    rows = frame_of(session, table).filter(pl.col("key") == key)
    if not rows.height:
        raise NotFound("figure")
    return Figure.from_row(rows.row(0, named=True))


def figures_on_release(session: Session, table: TableVersion, release_id: str) -> list[Figure]:
    """The figures of whole regions and of the country that stand on a release."""
    is_there = pl.col("releases").list.contains(release_id) & (pl.col("place").list.len() == 0)
    return read_figures(frame_of(session, table).filter(is_there))


def regions_of(session: Session, table: TableVersion) -> list[str]:
    """The region codes that a table version has figures for, in order."""
    return sorted(frame_of(session, table)["region"].unique().to_list())


def breaks_of(table: TableVersion) -> tuple[Break, ...]:
    return tuple(table.breaks)


def findings_of(table: TableVersion) -> tuple[Finding, ...]:
    return tuple(table.findings)


@lru_cache(maxsize=48)
def _kept(parquet_key: str | None) -> list[pl.DataFrame]:
    """A place for each table version's frame, filled when it is first read."""
    return []
