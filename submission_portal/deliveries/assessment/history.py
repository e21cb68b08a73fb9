"""This delivery beside the one before it in the same flow: large changes and units that came or went. Pure.

Compared per unit (the key without the period) and value. Where a delivery has several rows per unit, a month of days for
instance, their means are compared, since one day may well differ from another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from information_models.definitions import Element, LoadedModel
from registry.findings import Place, Text
from registry.period import Period
from registry.swedish import sort_key


@dataclass(frozen=True, slots=True)
class Change:
    """A value that changed much: which unit, which element, before and now (as shown), by how many per cent."""

    unit: Text
    element: str
    before: str
    now: str
    percent: str
    place: Place

    def as_dict(self) -> dict[str, object]:
        return {
            "unit": self.unit.as_dict(),
            "element": self.element,
            "before": self.before,
            "now": self.now,
            "percent": self.percent,
            "row": self.place.row or 0,
            "sheet": self.place.sheet or "",
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Change":
        place = Place(data.get("sheet") or None, data.get("row") or None)
        unit = data["unit"]  # earlier versions stored words, in Swedish alone
        label = Text.from_dict(unit) if isinstance(unit, Mapping) else Text(", ".join(unit), ", ".join(unit))
        return cls(label, data["element"], data["before"], data["now"], data["percent"], place)


def units_only_in(
    loaded: LoadedModel, frame: pl.DataFrame, other: pl.DataFrame
) -> tuple[tuple[tuple[tuple[str, str], ...], Text], ...]:
    """Units that have rows in ``frame`` and none in ``other``: key and label, in the order of the Swedish labels."""
    units = unit_elements(loaded)
    if not units:
        return ()
    found = frame.select(units).unique().join(other.select(units).unique(), on=units, how="anti", nulls_equal=True)
    keyed = [
        (
            tuple(zip(units, ("" if value is None else str(value) for value in row), strict=True)),
            unit_label(loaded, units, row),
        )
        for row in found.rows()
    ]
    return tuple(sorted(keyed, key=lambda pair: sort_key(pair[1].sv)))


def changes(loaded: LoadedModel, frame: pl.DataFrame, before: pl.DataFrame) -> tuple[Change, ...]:
    """The values that changed much, per unit and element."""
    units = unit_elements(loaded)
    return tuple(
        change for element in loaded.model.values for change in _changes(loaded, frame, before, units, element)
    )


def repeated(loaded: LoadedModel, frame: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``frame`` where every value of every unit is what it was in ``before``; none where a single one differs.

    The periods of each unit are laid side by side in order, since a month is compared with the month before.
    """
    units = unit_elements(loaded)
    names = [each.name for each in loaded.model.values if each.name in frame.columns and each.name in before.columns]
    cells = [name for value in names for name in (value, f"{value}__status") if name in frame.columns]
    if not names or not any(frame[name].is_not_null().any() for name in names):
        return frame.clear()
    order = [*units, f"{loaded.model.period_element}__first"]
    if any(name not in each.columns for each in (frame, before) for name in [*order, *cells]):
        return frame.clear()
    now, then = (each.sort(order).select(*units, *cells) for each in (frame, before))
    return frame if now.equals(then) else frame.clear()


def unit_elements(loaded: LoadedModel) -> list[str]:
    """The elements that say which unit a row is about."""
    return [name for name in loaded.model.key if name != loaded.model.period_element]


def of_the_same_kinds(loaded: LoadedModel, frame: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """The earlier rows about the kinds of periods that ``frame`` is about: months are compared with months."""
    element = loaded.model.period_element
    if element not in frame.columns or element not in earlier.columns:
        return earlier
    kinds = {Period.parse(name).kind for name in frame[element].drop_nulls().unique()}
    same = [name for name in earlier[element].drop_nulls().unique() if Period.parse(name).kind in kinds]
    return earlier.filter(pl.col(element).is_in(same))


def _changes(
    loaded: LoadedModel, frame: pl.DataFrame, earlier: pl.DataFrame, units: Sequence[str], element: Element
) -> list[Change]:
    name = element.name
    if name not in frame.columns or name not in earlier.columns:
        return []

    def means(rows: pl.DataFrame, column: str) -> pl.DataFrame:
        observed = rows.filter(pl.col(name).is_not_null())
        value = pl.col(name).cast(pl.Float64).mean().alias(column)
        if not units:
            return observed.select(value, pl.col("__row").first(), pl.col("__sheet").first())
        return observed.group_by(list(units)).agg(value, pl.col("__row").min(), pl.col("__sheet").first())

    now, before = means(frame, "now"), means(earlier, "before").drop("__row", "__sheet")
    both = now.join(before, on=list(units), how="inner", nulls_equal=True) if units else now.join(before, how="cross")
    limits = loaded.model.thresholds
    least, share = float(limits.count if element.additive else limits.rate), limits.share / 100
    difference = (pl.col("now") - pl.col("before")).abs()
    large = both.filter((difference > pl.col("before").abs() * share) & (difference >= least))
    decimals = element.decimals if element.decimals else (0 if _is_whole(large) else 1)
    found = []
    for row in large.sort("__row").iter_rows(named=True):
        percent = f"{100 * (row['now'] - row['before']) / row['before']:.1f}" if row["before"] else ""
        label = unit_label(loaded, units, tuple(row[unit] for unit in units))
        found.append(
            Change(
                label,
                name,
                f"{row['before']:.{decimals}f}",
                f"{row['now']:.{decimals}f}",
                percent,
                Place(row["__sheet"], row["__row"], field=name, label=label),
            )
        )
    return found


def _is_whole(rows: pl.DataFrame) -> bool:
    return all(value == int(value) for column in ("now", "before") for value in rows[column].to_list())


def unit_label(loaded: LoadedModel, units: Sequence[str], values: Sequence[object]) -> Text:
    """The unit as people write it: labels instead of codes."""
    words = []
    for unit, value in zip(units, values, strict=True):
        element = loaded.model.element(unit)
        code = loaded.code_list(element).by_code.get(str(value)) if element.code_list else None
        text = "–" if value is None else str(value)
        words.append(code.label if code else Text(text, text))
    return Text(", ".join(one.sv for one in words), ", ".join(one.en for one in words))
