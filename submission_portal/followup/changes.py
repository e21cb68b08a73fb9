"""What one version of a table changed against the one before it."""

from dataclasses import dataclass

import polars as pl
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.figures import Figure
from submission_portal.followup.queries import count_of_releases, made_from
from submission_portal.followup.tables import TableRelease, TableVersion

TOLD = 100
"""Changed figures named on a page; the count says how many there are, and the downloads have them all."""


@dataclass(frozen=True)
class Summary:
    """How many figures are new, gone, or other than they were."""

    added: int
    removed: int
    changed: int
    is_first: bool = False


@dataclass(frozen=True)
class Changes(Summary):
    """The same with the first of those that are other than they were, old and new, and the releases that came and went."""

    named: tuple[tuple[Figure, Figure], ...] = ()
    releases_added: int = 0
    releases_removed: int = 0


def summary_of(earlier: ShownTable | None, shown: ShownTable) -> Summary:
    """The change from ``earlier`` to ``shown`` in numbers, as a reader has them."""
    new = shown.frame
    if earlier is None:
        return Summary(new.height, 0, 0, is_first=True)
    both, changed = _compared(earlier.frame, new)
    return Summary(new.height - both.height, earlier.frame.height - both.height, changed.height)


def first_changes(session: Session, shown: ShownTable) -> Changes:
    """The first version of a table: everything in it is new."""
    figures, releases = shown.frame.height, count_of_releases(session, shown.table)
    return Changes(figures, 0, 0, is_first=True, releases_added=releases)


def changes_between(session: Session, earlier: ShownTable, shown: ShownTable) -> Changes:
    """The changes from ``earlier`` to ``shown``, by figure key."""
    old, new = earlier.frame, shown.frame
    both, changed = _compared(old, new)
    keys = changed.head(TOLD)["key"].to_list()
    before = {row["key"]: Figure.from_row(row) for row in old.filter(pl.col("key").is_in(keys)).iter_rows(named=True)}
    after = {row["key"]: Figure.from_row(row) for row in new.filter(pl.col("key").is_in(keys)).iter_rows(named=True)}
    return Changes(
        added=new.height - both.height,
        removed=old.height - both.height,
        changed=changed.height,
        named=tuple((before[key], after[key]) for key in keys),
        releases_added=_only_in(session, shown.table, earlier.table),
        releases_removed=_only_in(session, earlier.table, shown.table),
    )


def _compared(old: pl.DataFrame, new: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The figures that are in both, and those of them that are other than they were, by key."""
    both = new.join(old, on="key", how="inner", suffix="_old")
    is_other = (pl.col("status") != pl.col("status_old")) | pl.col("value").ne_missing(pl.col("value_old"))
    return both, both.filter(is_other).sort("key")


def _only_in(session: Session, table: TableVersion, other: TableVersion) -> int:
    """How many releases one version was made from and the other was not."""
    theirs = made_from(table).where(TableRelease.release_id.not_in(made_from(other)))
    return session.scalar(select(func.count()).select_from(theirs.subquery())) or 0
