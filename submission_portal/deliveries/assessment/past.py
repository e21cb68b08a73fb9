"""A delivery's values beside those of many periods before it: how far each lies from what its unit usually has. Pure.

The score is that of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993): 0.6745 · (x − median) / MAD, where MAD is the
median of the distances from the median. Neither is moved by a single wrong value. Where more than half of the values are the
same the MAD is 0 and says nothing: then a value counts as unusual only if it is further from the median than three times the
root of it (of at least 1), which is what a count scatters by when nothing else is known.

Days are held against the same weekday, since a Sunday is not a Tuesday; longer periods against all before them. Shifts are not
compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from information_models.cells import FEW
from information_models.definitions import Element, LoadedModel
from registry.findings import Place, Text
from registry.period import Period, PeriodKind
from submission_portal.deliveries.assessment.history import unit_elements, unit_label

CONSISTENCY = 0.6745
"""Makes the MAD of normally distributed values their standard deviation."""
ROOTS = 3.0
MOST_VALUES = 26
"""Of what a unit had before, the latest so many values count: what was usual long ago is not."""
PERIOD, WEEKDAY = "__period", "__weekday"


@dataclass(frozen=True, slots=True)
class Outlier:
    """A value that lies far from what its unit usually has. Figures as decimal texts; ``score`` is empty where the MAD is 0;
    ``weekday`` counts from 1 on Monday, 0 where weekdays do not matter."""

    unit: Text
    element: str
    period: str
    value: str
    median: str
    mad: str
    score: str
    count: int
    weekday: int
    place: Place

    def as_dict(self) -> dict[str, object]:
        return {
            "unit": self.unit.as_dict(),
            "element": self.element,
            "period": self.period,
            "value": self.value,
            "median": self.median,
            "mad": self.mad,
            "score": self.score,
            "count": self.count,
            "weekday": self.weekday,
            "row": self.place.row or 0,
            "sheet": self.place.sheet or "",
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Outlier":
        unit = Text.from_dict(data["unit"])
        place = Place(data["sheet"] or None, data["row"] or None, field=data["element"], label=unit)
        return cls(
            unit, data["element"], data["period"], data["value"], data["median"], data["mad"], data["score"], data["count"],
            data["weekday"], place,
        )  # fmt: skip


def of_weekdays(loaded: LoadedModel, frame: pl.DataFrame) -> bool | None:
    """Whether rows are about days, each held against its weekday; ``None`` where they are about shifts, or of several kinds."""
    element = loaded.model.period_element
    if element not in frame.columns:
        return None
    names = frame[element]
    different = set(names.to_list()) if names.len() <= FEW else names.unique()
    kinds = {Period.parse(name).kind for name in different if name is not None}
    if len(kinds) != 1 or PeriodKind.SHIFT in kinds:
        return None
    return kinds == {PeriodKind.DAY}


def periods_known(loaded: LoadedModel, frame: pl.DataFrame, past: pl.DataFrame) -> int:
    """With how many earlier periods (of days: of the same weekday) the best known unit of ``frame`` can be compared."""
    is_daily = of_weekdays(loaded, frame)
    units = unit_elements(loaded)
    if is_daily is None or not past.height:
        return 0
    now, before = (_keyed(loaded, one, is_daily=is_daily) for one in (frame, past))
    by = [*units, WEEKDAY]
    counted = before.join(now.select(by).unique(), on=by, how="semi", nulls_equal=True)
    found = counted.group_by(by).agg(pl.col(PERIOD).n_unique().alias("n"))["n"].max()
    return int(found) if isinstance(found, int) else 0


def outliers(loaded: LoadedModel, frame: pl.DataFrame, past: pl.DataFrame) -> tuple[Outlier, ...]:
    """The values of ``frame`` that lie far from those of ``past``, whose periods all lie before; in the order of the rows."""
    is_daily = of_weekdays(loaded, frame)
    if is_daily is None or not past.height:
        return ()
    now, before = (_keyed(loaded, one, is_daily=is_daily) for one in (frame, past))
    found = [one for element in loaded.model.values for one in _of_element(loaded, now, before, element)]
    return tuple(sorted(found, key=lambda one: one.place.row or 0))


def _keyed(loaded: LoadedModel, frame: pl.DataFrame, *, is_daily: bool) -> pl.DataFrame:
    period = pl.col(loaded.model.period_element).cast(pl.String)
    weekday = period.str.to_date("%Y-%m-%d", strict=False).dt.weekday() if is_daily else pl.lit(0)
    return frame.with_columns(period.alias(PERIOD), weekday.cast(pl.Int8).alias(WEEKDAY)).filter(
        pl.col(PERIOD).is_not_null()
    )


def _of_element(loaded: LoadedModel, now: pl.DataFrame, before: pl.DataFrame, element: Element) -> list[Outlier]:
    name, thresholds, units = element.name, loaded.model.thresholds, unit_elements(loaded)
    by = [*units, WEEKDAY]
    if name not in now.columns or name not in before.columns:
        return []
    usual = _usual(before, name, by, thresholds.periods)
    median, mad = pl.col("median"), pl.col("mad")
    rows = (
        now.filter(pl.col(name).is_not_null())
        .with_columns(pl.col(name).cast(pl.Float64).alias("value"))
        .join(usual, on=by, how="inner", nulls_equal=True)
        .with_columns(
            pl.when(mad > 0).then(CONSISTENCY * (pl.col("value") - median) / mad).alias("score"),
            (pl.max_horizontal(median.abs(), pl.lit(1.0)).sqrt() * ROOTS).alias("far"),
        )
        .filter(
            (pl.col("score").abs() > float(thresholds.score))
            | (pl.col("score").is_null() & ((pl.col("value") - median).abs() > pl.col("far")))
        )
    )
    return [_outlier(loaded, element, units, row) for row in rows.iter_rows(named=True)]


def _usual(before: pl.DataFrame, name: str, by: Sequence[str], least: int) -> pl.DataFrame:
    """By unit and weekday the median, the MAD and the count of the latest values, where there are at least so many."""
    distance = (pl.element() - pl.element().median()).abs().median()
    return (
        before.filter(pl.col(name).is_not_null())
        .unique([*by, PERIOD], keep="last", maintain_order=True)
        .sort(PERIOD)
        .group_by(by)
        .agg(pl.col(name).cast(pl.Float64).tail(MOST_VALUES).alias("values"))
        .filter(pl.col("values").list.len() >= least)
        .select(
            *by,
            pl.col("values").list.median().alias("median"),
            pl.col("values").list.eval(distance).list.first().alias("mad"),
            pl.col("values").list.len().alias("count"),
        )
    )


def _outlier(loaded: LoadedModel, element: Element, units: Sequence[str], row: Mapping[str, Any]) -> Outlier:
    label = unit_label(loaded, units, tuple(row[unit] for unit in units))
    value = _figure(row["value"], element.decimals)
    return Outlier(
        label,
        element.name,
        row[PERIOD],
        value,
        _figure(row["median"], element.decimals + 1),
        _figure(row["mad"], element.decimals + 1),
        "" if row["score"] is None else f"{row['score']:.1f}",
        row["count"],
        row[WEEKDAY],
        Place(row["__sheet"], row["__row"], field=element.name, label=label, value=value),
    )


def _figure(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
