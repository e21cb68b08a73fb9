"""A correction: the rows of a small file put in the place of those with the same key in what was delivered before. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from information_models.definitions import LoadedModel
from registry.findings import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One value before and after the correction, as shown."""

    row: int
    element: str
    before: str
    now: str

    def as_dict(self) -> dict[str, object]:
        return {"row": self.row, "element": self.element, "before": self.before, "now": self.now}


def merge(
    loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[Finding, ...], tuple[ChangedValue, ...]]:
    """The earlier rows with ``rows`` (both typed, of the same model version) in place of those with the same key.

    Findings: COR-001 what changes (said), COR-002 rows that were not there before (explained), COR-003 nothing changes
    (an error: there is nothing to correct).
    """
    key = list(loaded.model.key)
    kept = earlier.join(rows.select(key), on=key, how="anti", nulls_equal=True)
    merged = pl.concat([kept, rows.select(earlier.columns)], how="vertical").sort("__row", maintain_order=True)
    changed = changed_values(loaded, earlier, rows)
    added = rows.join(earlier.select(key), on=key, how="anti", nulls_equal=True)
    findings: list[Finding] = []
    if added.height:
        places = tuple(Place(row["__sheet"], row["__row"]) for row in added.iter_rows(named=True))
        findings.append(Finding("COR-002", Severity.WARNING, {}, places))
    if changed:
        places = tuple(Place(row=one.row, field=one.element, value=f"{one.before} → {one.now}") for one in changed)
        findings.append(Finding("COR-001", Severity.INFO, {"kept": kept.height}, places))
    if not changed and not added.height:
        findings.append(Finding("COR-003", Severity.ERROR))
    return merged, tuple(findings), changed


def filled(loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame, given: Collection[str]) -> pl.DataFrame:
    """``rows`` with the earlier values of the same key in the columns that the correction's file did not have.

    A column that is left out of a correction is not corrected; in a whole delivery it would be not reported.
    """
    key = list(loaded.model.key)
    names = [
        name
        for element in loaded.model.elements
        if element.name not in given and element.name not in key
        for name in (element.name, f"{element.name}__status")
        if name in rows.columns and name in earlier.columns
    ]
    if not names:
        return rows
    before = earlier.select(*key, *names, pl.lit(value=True).alias("__known"))
    joined = rows.join(before, on=key, how="left", suffix="__before", nulls_equal=True, maintain_order="left")
    known = pl.col("__known").fill_null(value=False)
    return joined.with_columns(
        pl.when(known).then(pl.col(f"{name}__before")).otherwise(pl.col(name)).alias(name) for name in names
    ).select(rows.columns)


def changed_values(loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame) -> tuple[ChangedValue, ...]:
    """Values that differ between rows of the same key."""
    key = list(loaded.model.key)
    found = []
    both = rows.join(earlier, on=key, how="inner", suffix="__before", nulls_equal=True)
    names = [element.name for element in loaded.model.elements if element.name not in key]
    for row in both.sort("__row").iter_rows(named=True):
        for name in names:
            before, now = _shown(row, name, "__before"), _shown(row, name, "")
            if before != now:
                found.append(ChangedValue(row["__row"], name, before, now))
    return tuple(found)


def _shown(row: dict[str, object], name: str, suffix: str) -> str:
    value = row.get(f"{name}{suffix}")
    if value is not None:
        return str(value)
    status = row.get(f"{name}__status{suffix}")
    return {"closed": "stängd", "not_reported": "ej rapporterat"}.get(str(status), "–")
