"""This delivery beside the one before it in the same flow: large changes and units that came or went. Pure.

Compared per unit (the key without the period) and value. Where a delivery has several rows per unit, a month of days for
instance, their means are compared, since one day may well differ from another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from information_models.definitions import Element, LoadedModel
from registry.findings import Finding, Place
from registry.period import Period
from registry.swedish import sort_key
from submission_portal.deliveries.finding_texts import FINDINGS
from submission_portal.deliveries.spans import named_span

LARGE_SHARE = 0.20
LARGE_COUNT = 5.0
"""A change is large from a fifth and, for counts, five: two beds instead of one is no news."""
LARGE_RATE = 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """A value that changed much: which unit, which element, before and now (as shown), by how many per cent."""

    unit: tuple[str, ...]
    element: str
    before: str
    now: str
    percent: str
    place: Place

    def as_dict(self) -> dict[str, object]:
        return {
            "unit": list(self.unit),
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
        return cls(tuple(data["unit"]), data["element"], data["before"], data["now"], data["percent"], place)


def compare(
    loaded: LoadedModel, frame: pl.DataFrame, earlier: pl.DataFrame, earlier_name: str
) -> tuple[tuple[Finding, ...], tuple[Change, ...]]:
    """Findings HIS-001 (units that are gone), HIS-002 (large changes), HIS-003 (new units), and the changes.

    Months are compared with months and half-years with half-years: rows for other kinds of periods are left out, and
    where none remain nothing is found.
    """
    earlier = _of_the_same_kinds(loaded, frame, earlier)
    if not earlier.height:
        return (), ()
    units = unit_elements(loaded)
    labels = {element.name: element for element in loaded.model.elements}
    findings: list[Finding] = []
    if units:
        gone = earlier.select(units).unique().join(frame.select(units).unique(), on=units, how="anti", nulls_equal=True)
        new = frame.select(units).unique().join(earlier.select(units).unique(), on=units, how="anti", nulls_equal=True)
        for code, found in (("HIS-001", gone), ("HIS-003", new)):
            if found.height:
                labelled = [_unit_label(loaded, units, row) for row in found.rows()]
                places = tuple(Place(value=label) for label in sorted(labelled, key=sort_key))
                findings.append(FINDINGS.found(code, named_span(earlier_name), places))
    changes = [
        change
        for element in loaded.model.values
        for change in _changes(loaded, frame, earlier, units, labels[element.name])
    ]
    if changes:
        places = tuple(change.place for change in changes)
        findings.append(
            FINDINGS.found("HIS-002", {**named_span(earlier_name), "share": int(LARGE_SHARE * 100)}, places)
        )
    return tuple(findings), tuple(changes)


def unit_elements(loaded: LoadedModel) -> list[str]:
    """The elements that say which unit a row is about."""
    return [name for name in loaded.model.key if name != loaded.model.period_element]


def _of_the_same_kinds(loaded: LoadedModel, frame: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
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
    least = LARGE_COUNT if element.additive else LARGE_RATE
    difference = (pl.col("now") - pl.col("before")).abs()
    large = both.filter((difference > pl.col("before").abs() * LARGE_SHARE) & (difference >= least))
    decimals = element.decimals if element.decimals else (0 if _is_whole(large) else 1)
    found = []
    for row in large.sort("__row").iter_rows(named=True):
        percent = f"{100 * (row['now'] - row['before']) / row['before']:.1f}" if row["before"] else ""
        label = _unit_label(loaded, units, tuple(row[unit] for unit in units))
        found.append(
            Change(
                (label,),
                name,
                f"{row['before']:.{decimals}f}",
                f"{row['now']:.{decimals}f}",
                percent,
                Place(row["__sheet"], row["__row"], field=name, value=label),
            )
        )
    return found


def _is_whole(rows: pl.DataFrame) -> bool:
    return all(value == int(value) for column in ("now", "before") for value in rows[column].to_list())


def _unit_label(loaded: LoadedModel, units: Sequence[str], values: Sequence[object]) -> str:
    """The unit as people write it: labels instead of codes."""
    words = []
    for unit, value in zip(units, values, strict=True):
        element = loaded.model.element(unit)
        code = loaded.code_list(element).by_code.get(str(value)) if element.code_list else None
        words.append(code.label.sv if code else str(value if value is not None else "–"))
    return ", ".join(words)
