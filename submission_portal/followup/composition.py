"""From released rows to figures: what is summed, what is not, and when a sum may be shown.

A measure's rows have a region, a period and further dimensions from the larger to the smaller (hospital, ward). Counts
are summed upwards through the places, never over time and never as a mean. A sum is shown only when every expected
part is there: a missing hospital must not look like closed beds. Rates are never summed; a country figure exists for
them only where one was published. Pure: frames in, frame out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from registry.period import Period
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.figures import SCHEMA, VALUE, Status, figure_key
from submission_portal.forwarding.sinks import DISCLOSER, RELEASE

Expected = Callable[[str, Period], frozenset[str] | None]
"""The unit codes expected for a region (or the region codes for the country) and period; ``None``: nobody can say."""


class Country(StrEnum):
    """Where the country's figure comes from."""

    SUM = "sum"
    """The sum of all regions, shown when all are there."""
    PUBLISHED = "published"
    """As it was published, row by row; never computed."""
    NONE = "none"
    """There is no figure for the country."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one measure is made from the rows of its model."""

    value: str
    period: str
    region: str | None
    dimensions: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    country: Country = Country.SUM
    is_summed: bool = True
    """Whether values may be summed over places (counts may, rates may not)."""


def compose(plan: Plan, rows: pl.DataFrame, newest_first: Sequence[str], expected: Expected) -> pl.DataFrame:
    """The measure's figures (`SCHEMA`) from the rows of its current releases.

    ``rows`` are as the national store has them. Where two current releases hold the same cell, the one that stands
    first in ``newest_first`` counts.
    """
    leaves = _leaves(plan, rows, newest_first)
    levels = [leaves]
    if plan.is_summed:
        while levels[-1]["place"].list.len().max() or 0:
            levels.append(_summed(levels[-1], expected))
        if plan.country is Country.SUM:
            levels.append(_country(levels[-1], expected))
    elif plan.country is Country.NONE:
        levels = [leaves.filter(pl.col("region") != COUNTRY)]
    figures = pl.concat(levels)
    keys = [
        figure_key(region, period, plan.dimensions, place)
        for region, period, place in figures.select("region", "period", "place").iter_rows()
    ]
    return figures.with_columns(pl.Series("key", keys, dtype=pl.String)).select(SCHEMA.names()).sort("key")


def _leaves(plan: Plan, rows: pl.DataFrame, newest_first: Sequence[str]) -> pl.DataFrame:
    """One row per region, period and finest place, each from one release."""
    rank = {release: number for number, release in enumerate(newest_first)}
    for name, code in plan.where.items():
        rows = rows.filter(pl.col(name) == code)
    has_status = f"{plan.value}__status" in rows.columns
    status = pl.col(f"{plan.value}__status") if has_status else pl.lit(None, dtype=pl.String)
    value = pl.col(plan.value).cast(VALUE)
    return (
        rows.select(
            pl.col(plan.region or DISCLOSER).alias("region"),
            pl.concat_list([pl.col(name).cast(pl.String).fill_null("") for name in plan.dimensions]).alias("place")
            if plan.dimensions
            else pl.lit([], dtype=pl.List(pl.String)).alias("place"),
            pl.col(plan.period).cast(pl.String).alias("period"),
            value.alias("value"),
            status.fill_null(
                pl.when(value.is_null())
                .then(pl.lit(Status.NOT_REPORTED.value))
                .otherwise(pl.lit(Status.OBSERVED.value))
            ).alias("status"),
            pl.concat_list(pl.col(RELEASE)).alias("releases"),
            pl.col(RELEASE).replace_strict(rank, default=len(rank), return_dtype=pl.Int64).alias("rank"),
        )
        .sort("rank", maintain_order=True)
        .unique(["region", "place", "period"], keep="first", maintain_order=True)
        .select(
            "region",
            "place",
            "period",
            "value",
            "status",
            pl.lit(1, dtype=pl.Int64).alias("delivered"),
            pl.lit(None, dtype=pl.Int64).alias("expected"),
            pl.lit([], dtype=pl.List(pl.String)).alias("missing"),
            "releases",
        )
    )


def _summed(parts: pl.DataFrame, expected: Expected) -> pl.DataFrame:
    """One level up: the places without their last step."""
    keyed = parts.with_columns(
        pl.col("place").list.last().alias("unit"),
        pl.col("place").list.head(pl.col("place").list.len() - 1).alias("place"),
    )
    return _sums(
        keyed,
        ["region", "place", "period"],
        lambda row: expected(row["region"], Period.parse(row["period"])) if not row["place"] else None,
    )


def _country(regions: pl.DataFrame, expected: Expected) -> pl.DataFrame:
    keyed = regions.filter(pl.col("region") != COUNTRY).with_columns(
        pl.col("region").alias("unit"), pl.lit(COUNTRY).alias("region")
    )
    return _sums(keyed, ["region", "place", "period"], lambda row: expected(COUNTRY, Period.parse(row["period"])))


def _sums(
    keyed: pl.DataFrame, by: list[str], expected: Callable[[Mapping[str, object]], frozenset[str] | None]
) -> pl.DataFrame:
    is_there = pl.col("status").is_in([Status.OBSERVED.value, Status.CLOSED.value])
    grouped = keyed.group_by(by, maintain_order=True).agg(
        pl.col("value").filter(pl.col("status") == Status.OBSERVED.value).sum().alias("total"),
        (pl.col("status") == Status.CLOSED.value).all().alias("all_closed"),
        (pl.col("status") == Status.NOT_REPORTED.value).all().alias("none_reported"),
        pl.col("unit").filter(is_there).unique().sort().alias("there"),
        pl.col("unit").filter(~is_there).unique().sort().alias("lacking"),
        pl.col("releases").explode().unique().sort().alias("releases"),
    )
    counted = []
    for row in grouped.iter_rows(named=True):
        wanted = expected(row)
        there = set(row["there"])
        missing = set(row["lacking"]) | ((wanted or frozenset()) - there)
        if row["none_reported"]:
            status = Status.NOT_REPORTED
        elif missing:
            status = Status.INCOMPLETE
        else:
            status = Status.CLOSED if row["all_closed"] else Status.OBSERVED
        counted.append(
            {
                "region": row["region"],
                "place": row["place"],
                "period": row["period"],
                "value": row["total"] if status is Status.OBSERVED else None,
                "status": status.value,
                "delivered": len(there),
                "expected": None if wanted is None else len(wanted | there),
                "missing": sorted(missing),
                "releases": row["releases"],
            }
        )
    schema = {name: kind for name, kind in SCHEMA.items() if name != "key"}
    return pl.DataFrame(counted, schema=schema)
