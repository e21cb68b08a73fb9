"""Reading published tables and their figures. What the public may see, and what only reviewers may, is decided here."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from io import BytesIO

import polars as pl
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from registry import storage
from registry.actors import Actor, Role
from registry.errors import NotFound
from registry.findings import Finding
from registry.period import Period
from submission_portal.followup.basis import METHOD
from submission_portal.followup.breaks import Break
from submission_portal.followup.figures import Figure, read_figures
from submission_portal.followup.protecting import Rules
from submission_portal.followup.published_cells import PublishedCells, settled_by
from submission_portal.followup.tables import TableRelease, TableState, TableVersion

PUBLIC_STATES = (TableState.PUBLISHED, TableState.SUPERSEDED)


def current_table(session: Session, measure_slug: str) -> TableVersion | None:
    """The published version of a measure's table."""
    return session.scalar(
        select(TableVersion).where(
            TableVersion.measure_slug == measure_slug, TableVersion.state == TableState.PUBLISHED
        )
    )


def current_tables(session: Session) -> dict[str, TableVersion]:
    """Every published table by measure slug; one statement."""
    rows = session.scalars(select(TableVersion).where(TableVersion.state == TableState.PUBLISHED))
    return {row.measure_slug: row for row in rows}


def published(measure_slug: str) -> Select[TableVersion]:
    """The statement for every version that was ever published, newest first: to be counted, limited or read in pages."""
    return (
        select(TableVersion)
        .where(TableVersion.measure_slug == measure_slug, TableVersion.published_at.is_not(None))
        .order_by(TableVersion.number.desc())
    )


def published_before(session: Session, table: TableVersion) -> TableVersion | None:
    """The version that was published before this one."""
    return session.scalar(published(table.measure_slug).where(TableVersion.number < table.number).limit(1))


def made_from(table: TableVersion) -> Select[str]:
    """The statement for the ids of the releases that a table version was made from, as a condition for others."""
    return select(TableRelease.release_id).where(TableRelease.table_version_id == table.id)


def releases_made_from(session: Session, table: TableVersion) -> list[str]:
    """The ids of all releases that a table version was made from, in order."""
    return list(session.scalars(made_from(table).order_by(TableRelease.release_id)))


def count_of_releases(session: Session, table: TableVersion) -> int:
    """How many releases, and so deliveries, a table version was made from."""
    return session.scalar(select(func.count()).select_from(made_from(table).subquery())) or 0


def published_numbered(session: Session, measure_slug: str, number: int) -> TableVersion:
    """A version that was published, by its number. Raises ``NotFound``."""
    found = session.scalar(
        select(TableVersion).where(
            TableVersion.measure_slug == measure_slug,
            TableVersion.number == number,
            TableVersion.published_at.is_not(None),
        )
    )
    if found is None:
        raise NotFound("table")
    return found


def latest_version(session: Session, measure_slug: str) -> TableVersion | None:
    """The newest version in whatever state."""
    return session.scalar(
        select(TableVersion)
        .where(TableVersion.measure_slug == measure_slug)
        .order_by(TableVersion.number.desc())
        .limit(1)
    )


def next_number(session: Session, measure_slug: str) -> int:
    largest = session.scalar(select(func.max(TableVersion.number)).where(TableVersion.measure_slug == measure_slug))
    return (largest or 0) + 1


def awaiting_review(session: Session, actor: Actor) -> list[TableVersion]:
    """Table versions that wait for a decision which ``actor`` may take or see prepared, oldest first."""
    organisations = actor.organisations(Role.LEGAL_REVIEWER, Role.QUALITY_REVIEWER)
    return list(
        session.scalars(
            select(TableVersion)
            .where(TableVersion.state == TableState.AWAITING_REVIEW, TableVersion.organisation_id.in_(organisations))
            .order_by(TableVersion.composed_at)
        )
    )


def table_for(session: Session, actor: Actor, table_id: str) -> TableVersion:
    """A table version that ``actor`` may know of: published to all, otherwise to its own recipient. Raises ``NotFound``."""
    visible = [TableVersion.published_at.is_not(None)]
    if own := actor.organisations():
        visible.append(TableVersion.organisation_id.in_(own))
    query = select(TableVersion).where(TableVersion.id == table_id)
    found = session.scalar(query if actor.is_system else query.where(or_(*visible)))
    if found is None:
        raise NotFound("table")
    return found


def tables_by_id(session: Session, ids: Sequence[str]) -> dict[str, TableVersion]:
    return {row.id: row for row in session.scalars(select(TableVersion).where(TableVersion.id.in_(ids)))}


def tables_on_release(release_id: str) -> Select[TableVersion]:
    """The statement for the published versions that were made from a release, newest first."""
    return (
        select(TableVersion)
        .join(TableRelease, TableRelease.table_version_id == TableVersion.id)
        .where(TableRelease.release_id == release_id, TableVersion.published_at.is_not(None))
        .order_by(TableVersion.measure_slug, TableVersion.number.desc())
    )


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


def published_cells_of(session: Session, measure_slug: str, rules: Rules) -> PublishedCells:
    """Everything that readers have of a measure's table. Frames of old versions are read and let go."""
    versions = session.scalars(published(measure_slug)).all()
    settled = None
    if versions:
        kept = versions[0].protection
        if kept.is_safe and (kept.rules, kept.method) == (rules, METHOD):
            settled = settled_by(frame_of(session, versions[0]), kept.primary, kept.secondary)
    return PublishedCells.of((stored_frame(session, table) for table in versions), settled)


def breaks_of(table: TableVersion) -> tuple[Break, ...]:
    return tuple(table.breaks)


def findings_of(table: TableVersion) -> tuple[Finding, ...]:
    return tuple(table.findings)


@lru_cache(maxsize=48)
def _kept(parquet_key: str | None) -> list[pl.DataFrame]:
    """A place for each table version's frame, filled when it is first read."""
    return []
