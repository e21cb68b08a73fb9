"""How one measure is made, and its smallest figures: the rows of one region, place and period, taken together.

A row of the model counts once: of two current releases that hold it, the newer one's does. Rows that then still share
region, place and period differ in something that the measure does not ask about (somatic and psychiatric care): counts
are summed. What may not be added makes no figure: rates, and a row that may be a total beside its parts. Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from registry.period import Period, PeriodKind
from submission_portal.followup.figures import SCHEMA, VALUE, Status
from submission_portal.forwarding.sinks import DISCLOSER, RELEASE

CELL = ("region", "place", "period")
Expected = Callable[[str, str, Period], frozenset[str] | None]
"""(dimension, region, period) → the unit codes expected there; ``None``: nobody can say. The country's units are the
regions, and their dimension is ``REGIONS``."""
REGIONS = "region"


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
    where: Mapping[str, str | None] = field(default_factory=dict)
    """Rows by code; ``None`` picks those that state nothing there."""
    period_kinds: tuple[PeriodKind, ...] = ()
    """Rows of these kinds of period only; empty: of all."""
    key: tuple[str, ...] = ()
    """What tells one row of the model from another; empty: the places."""
    unit: str | None = None
    """The units of a region that all must be there though they are no places here: the hospitals of a sum of regions."""
    regions: Mapping[str, str] = field(default_factory=dict)
    """Region code by code of the region element, where that is a hospital; what is not here is its own region."""
    country: Country = Country.SUM
    is_summed: bool = True
    """Whether values may be summed over places (counts may, rates may not)."""
    denominator: str | None = None
    """Of a ratio: what the sums of ``value`` are divided by, summed in the same way."""
    per: int = 1
    decimals: int = 0
    """Of a ratio: how it is rounded, half away from zero."""

    @property
    def is_ratio(self) -> bool:
        return self.denominator is not None

    def parts_at(self, depth: int) -> str:
        """The element whose codes a figure so many places below its region is made of; empty where nobody names them."""
        return self.dimensions[depth] if depth < len(self.dimensions) else self.unit or ""


def inner_cells(plan: Plan, rows: pl.DataFrame, newest_first: Sequence[str], expected: Expected) -> pl.DataFrame:
    """The figures of the finest places (`SCHEMA` without keys), each of all its rows and of all their releases, in no order.

    A figure with rows that are not reported is incomplete; so is one of a region in which a unit (``plan.unit``) has no
    row at all for the period. ``delivered`` counts units, where there are such, and rows otherwise.
    """
    counted = _counted(plan, rows, newest_first)
    counted = counted.join(_unclear_cells(plan, counted), on=CELL, how="anti", nulls_equal=True)
    is_seen = pl.col("status") == Status.OBSERVED.value
    is_lacking = pl.col("status") == Status.NOT_REPORTED.value
    has_value = (is_seen & pl.col("value").is_not_null()).any()
    found = counted.group_by(CELL).agg(
        pl.when(has_value).then(pl.col("value").filter(is_seen).sum()).alias("value"),
        pl.when(is_lacking.all())
        .then(pl.lit(Status.NOT_REPORTED.value))
        .when(is_lacking.any())
        .then(pl.lit(Status.INCOMPLETE.value))
        .when((pl.col("status") == Status.CLOSED.value).all())
        .then(pl.lit(Status.CLOSED.value))
        .otherwise(pl.lit(Status.OBSERVED.value))
        .alias("status"),
        (~is_lacking).sum().cast(pl.Int64).clip(1).alias("delivered"),
        pl.lit(None, dtype=pl.Int64).alias("expected"),
        pl.lit([], dtype=pl.List(pl.String)).alias("missing"),
        pl.col("release").unique().sort().alias("releases"),
        pl.col("unit").filter(~is_lacking).drop_nulls().unique().alias("there"),
        pl.col("unit").filter(is_lacking).drop_nulls().unique().alias("lacking"),
    )
    if plan.unit in rows.columns:
        found = _with_units(plan.unit, found, expected)
    is_shown = pl.col("status") == Status.OBSERVED.value
    found = found.with_columns(pl.when(is_shown).then(pl.col("value")).alias("value"))
    return found.select([name for name in SCHEMA if name != "key"])


def rows_that_count(plan: Plan, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the national store that a measure picks, as they are there."""
    for name, code in plan.where.items():
        rows = rows.filter(_said(name).eq_missing(pl.lit(code, dtype=pl.String)))
    if plan.period_kinds:
        periods = rows[plan.period].cast(pl.String).unique().to_list()
        wanted = [one for one in periods if one and Period.parse(one).kind in plan.period_kinds]
        rows = rows.filter(pl.col(plan.period).cast(pl.String).is_in(wanted))
    return rows


def unclear(plan: Plan, rows: pl.DataFrame, newest_first: Sequence[str]) -> pl.DataFrame:
    """The cells (`CELL`) of which no figure is made, since their rows may not be added."""
    return _unclear_cells(plan, _counted(plan, rows, newest_first))


def units_there(
    plan: Plan, rows: pl.DataFrame, newest_first: Sequence[str]
) -> dict[tuple[str, Period], frozenset[str]]:
    """Of a measure with units that are no places in it: those that were counted, by region and period."""
    if plan.unit not in rows.columns or not rows.height:
        return {}
    counted = _counted(plan, rows, newest_first).filter(pl.col("status") != Status.NOT_REPORTED.value)
    grouped = counted.group_by("region", "period").agg(pl.col("unit").drop_nulls().unique())
    return {(region, Period.parse(period)): frozenset(units) for region, period, units in grouped.iter_rows()}


def _counted(plan: Plan, rows: pl.DataFrame, newest_first: Sequence[str]) -> pl.DataFrame:
    """Each row of the model that counts, from the newest release that holds it: `CELL`, value, status, release, unit,
    and what it says in each element of the key (``key.…``)."""
    rank = {release: number for number, release in enumerate(newest_first)}
    rows = rows_that_count(plan, rows)
    status = pl.col(f"{plan.value}__status") if f"{plan.value}__status" in rows.columns else pl.lit(None, pl.String)
    value = pl.col(plan.value).cast(VALUE)
    key = {f"key.{name}": _said(name) for name in plan.key if name in rows.columns}
    return (
        rows.select(
            region_of(plan).alias("region"),
            _place(plan.dimensions).alias("place"),
            pl.col(plan.period).cast(pl.String).alias("period"),
            value.alias("value"),
            status.fill_null(
                pl.when(value.is_null())
                .then(pl.lit(Status.NOT_REPORTED.value))
                .otherwise(pl.lit(Status.OBSERVED.value))
            ).alias("status"),
            pl.col(RELEASE).alias("release"),
            (_said(plan.unit) if plan.unit in rows.columns else pl.lit(None, pl.String)).alias("unit"),
            pl.col(RELEASE).replace_strict(rank, default=len(rank), return_dtype=pl.Int64).alias("rank"),
            **key,
        )
        .sort("rank", maintain_order=True)
        .unique(["region", "period", *(key or ["place"])], keep="first")
        .drop("rank")
    )


def _unclear_cells(plan: Plan, counted: pl.DataFrame) -> pl.DataFrame:
    """Rates: several rows. Counts: a place that is not stated to the end, or a row that says nothing where others of its
    cell say something, for it may be their total."""
    if not plan.is_summed:
        return counted.group_by(CELL).len().filter(pl.col("len") > 1).select(CELL)
    named = [pl.col(name) for name in counted.columns if name.startswith("key.")]
    is_mixed = [one.is_null().any() & one.is_not_null().any() for one in named]
    is_short = pl.col("place").list.len() < len(plan.dimensions)
    return (
        counted.group_by(CELL)
        .agg(pl.any_horizontal(pl.lit(False), *is_mixed).alias("is_mixed"))
        .filter(pl.col("is_mixed") | is_short)
        .select(CELL)
    )


def _with_units(unit: str, found: pl.DataFrame, expected: Expected) -> pl.DataFrame:
    """Figures with their units: those that are there, and those that have no row in the whole region."""
    has_row = pl.concat_list("there", "lacking").explode().drop_nulls().unique()
    seen = found.group_by("region", "period").agg(has_row.alias("seen"))
    wanted = [expected(unit, region, Period.parse(period)) for region, period, _ in seen.iter_rows()]
    said = seen.select("region", "period").with_columns(
        pl.Series("wanted", [None if one is None else sorted(one) for one in wanted], dtype=pl.List(pl.String)),
        pl.Series(
            "absent",
            [sorted((one or frozenset()) - set(units)) for one, units in zip(wanted, seen["seen"], strict=True)],
            dtype=pl.List(pl.String),
        ),
    )
    is_region = pl.col("place").list.len() == 0
    missing = pl.concat_list("lacking", "absent").list.unique().list.sort()
    is_incomplete = (missing.list.len() > 0) & (pl.col("status") != Status.NOT_REPORTED.value)
    return found.join(said, on=["region", "period"], how="left").with_columns(
        pl.col("there").list.len().cast(pl.Int64).alias("delivered"),
        pl.when(is_region)
        .then(pl.col("wanted").list.set_union(pl.col("there")).list.len().cast(pl.Int64))
        .alias("expected"),
        missing.alias("missing"),
        pl.when(is_incomplete).then(pl.lit(Status.INCOMPLETE.value)).otherwise(pl.col("status")).alias("status"),
    )


def _said(name: str) -> pl.Expr:
    """What a row says in a column; nothing where that is blank."""
    text = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def region_of(plan: Plan) -> pl.Expr:
    """The code of the region that a row is of."""
    if plan.region is None:
        return pl.col(DISCLOSER)
    code = pl.col(plan.region).cast(pl.String)
    if not plan.regions:
        return code
    return code.replace_strict(dict(plan.regions), default=pl.col(DISCLOSER), return_dtype=pl.String)


def _place(dimensions: Sequence[str]) -> pl.Expr:
    """The codes from the larger to the smaller, ending where a row says nothing more."""
    if not dimensions:
        return pl.lit([], dtype=pl.List(pl.String))
    steps: list[pl.Expr] = []
    for name in dimensions:
        code = pl.col(name).cast(pl.String)
        code = pl.when(code.str.strip_chars() != "").then(code)
        steps.append(pl.when(steps[-1].is_not_null()).then(code) if steps else code)
    return pl.concat_list(steps).list.drop_nulls()
