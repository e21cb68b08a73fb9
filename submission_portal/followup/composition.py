"""From released rows to figures: what is summed, what is not, and when a sum may be shown.

A measure's rows have a region, a period and further dimensions from the larger to the smaller (hospital, ward). Counts
are summed: first the rows of one place and period that differ in something else (`inner_cells`), then upwards through the
places; never over time and never as a mean. A sum is shown only when every expected part is there: a missing hospital
must not look like closed beds. Rates are never summed: one that was published stands as it was, with a country figure only
where one was published; one that is made here (a ratio) is made of two sums, on every level anew. Pure: frames in, frame out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl

from registry.period import Period
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.figures import SCHEMA, Status, figure_key
from submission_portal.followup.inner_cells import REGIONS, Country, Expected, Plan, inner_cells


def compose(plan: Plan, rows: pl.DataFrame, newest_first: Sequence[str], expected: Expected) -> pl.DataFrame:
    """The measure's figures (`SCHEMA`) from the rows of its current releases.

    ``rows`` are as the national store has them. Where two current releases hold the same row, the one that stands
    first in ``newest_first`` counts.
    """
    counts = compose_counts(plan, rows, newest_first, expected)
    if plan.denominator is None:
        return counts
    below = replace(plan, value=plan.denominator, denominator=None)
    return _ratios(plan, counts, compose_counts(below, rows, newest_first, expected))


def compose_counts(plan: Plan, rows: pl.DataFrame, newest_first: Sequence[str], expected: Expected) -> pl.DataFrame:
    """As `compose`, but of a ratio the numerators alone: what somebody who knows the denominators can work out of it."""
    finest = inner_cells(plan, rows, newest_first, expected)
    if plan.country is not Country.PUBLISHED:
        finest = finest.filter(pl.col("region") != COUNTRY)  # a row for the country is a total beside its parts
    levels = [finest]
    if plan.is_summed:
        while levels[-1]["place"].list.len().max() or 0:
            levels.append(_summed(plan, levels[-1], expected))
        if plan.country is Country.SUM:
            levels.append(_country(levels[-1], expected))
    figures = pl.concat(levels)
    keys = [
        figure_key(region, period, plan.dimensions, place)
        for region, period, place in figures.select("region", "period", "place").iter_rows()
    ]
    return figures.with_columns(pl.Series("key", keys, dtype=pl.String)).select(SCHEMA.names()).sort("key")


def unmixed(figures: pl.DataFrame, groups: Mapping[str, int]) -> pl.DataFrame:
    """Without the values of figures that were made of releases of several groups (`groups`, by release): beds and patients are
    not added."""
    if not groups:
        return figures
    numbers = pl.col("releases").list.eval(pl.element().replace_strict(dict(groups), default=-1, return_dtype=pl.Int64))
    is_mixed = numbers.list.n_unique() > 1
    is_shown = pl.col("status") == Status.OBSERVED.value
    return figures.with_columns(
        pl.when(is_mixed).then(None).otherwise(pl.col("value")).alias("value"),
        pl.when(is_mixed & is_shown).then(pl.lit(Status.INCOMPLETE.value)).otherwise(pl.col("status")).alias("status"),
    )


def _ratios(plan: Plan, above: pl.DataFrame, below: pl.DataFrame) -> pl.DataFrame:
    """Figure by figure the one divided by the other; where either says nothing, neither does the ratio."""
    divided = []
    over = {row["key"]: row for row in below.iter_rows(named=True)}
    step = Decimal(1).scaleb(-plan.decimals)
    for row in above.iter_rows(named=True):
        other = over[row["key"]]
        status = _of_both(Status(row["status"]), Status(other["status"]))
        value = None
        if status is Status.OBSERVED and not other["value"]:
            status = Status.UNDEFINED
        elif status is Status.OBSERVED:
            value = (row["value"] * plan.per / other["value"]).quantize(step, ROUND_HALF_UP)
        divided.append(
            {
                **row,
                "value": value,
                "status": status.value,
                "delivered": min(row["delivered"], other["delivered"]),
                "missing": sorted({*row["missing"], *other["missing"]}),
                "releases": sorted({*row["releases"], *other["releases"]}),
            }
        )
    return pl.DataFrame(divided, schema=SCHEMA)


def _of_both(one: Status, other: Status) -> Status:
    """The status of a ratio of two counts: what is not there in either is not there."""
    for status in (Status.NOT_REPORTED, Status.INCOMPLETE, Status.CLOSED):
        if status in (one, other):
            return status
    return Status.OBSERVED


def _summed(plan: Plan, parts: pl.DataFrame, expected: Expected) -> pl.DataFrame:
    """One level up: the places without their last step."""
    keyed = parts.with_columns(
        pl.col("place").list.last().alias("unit"),
        pl.col("place").list.head(pl.col("place").list.len() - 1).alias("place"),
    )
    return _sums(
        keyed,
        lambda row: expected(plan.dimensions[len(row["place"])], row["region"], Period.parse(row["period"])),
    )


def _country(regions: pl.DataFrame, expected: Expected) -> pl.DataFrame:
    """The country from the regions that belong to it: one that no list expects, such as a made-up one, is not counted."""
    belongs = {
        period: expected(REGIONS, COUNTRY, Period.parse(period)) for period in regions["period"].unique().to_list()
    }
    is_counted = [
        region != COUNTRY and ((wanted := belongs[period]) is None or region in wanted)
        for region, period in regions.select("region", "period").iter_rows()
    ]
    keyed = regions.filter(pl.Series(is_counted, dtype=pl.Boolean)).with_columns(
        pl.col("region").alias("unit"), pl.lit(COUNTRY).alias("region")
    )
    return _sums(keyed, lambda row: belongs[row["period"]])


def _sums(keyed: pl.DataFrame, expected: Callable[[Mapping[str, Any]], frozenset[str] | None]) -> pl.DataFrame:
    is_there = pl.col("status").is_in([Status.OBSERVED.value, Status.CLOSED.value])
    grouped = keyed.group_by("region", "place", "period").agg(
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
