"""A correction: the rows of a small file put in the place of those with the same key in what was delivered before.

A replacement puts a whole file there: what it takes away is never taken away in silence. Pure.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from information_models.definitions import LoadedModel
from registry.findings import Finding, Place, Text
from registry.period import Period
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.finding_texts import FINDINGS

NAMED = 8
"""So many units or periods that are wholly gone are named in the finding; the rows are listed below it."""
MISSING = ("stängd", "ej rapporterat", "–")


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One value before and after the correction, as shown."""

    row: int
    element: str
    before: str
    now: str

    def as_dict(self) -> dict[str, object]:
        return {"row": self.row, "element": self.element, "before": self.before, "now": self.now}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "ChangedValue":
        return cls(data["row"], data["element"], data["before"], data["now"])


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
        findings.append(FINDINGS.found("COR-002", {}, places))
    if changed:
        findings.append(FINDINGS.found("COR-001", {"kept": kept.height}, _value_places(changed)))
    if not changed and not added.height:
        findings.append(FINDINGS.found("COR-003"))
    return merged, tuple(findings), changed


def replaced(
    loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame
) -> tuple[tuple[Finding, ...], tuple[ChangedValue, ...]]:
    """What ``rows`` (typed) change where they take the place of all ``earlier`` rows.

    Findings: COR-005 rows and COR-007 values that disappear (explained), COR-006 rows that are added and COR-009 values that
    change (said), COR-008 where the rows of another model cannot be told apart by this model's key (explained).
    """
    key = list(loaded.model.key)
    if any(earlier.schema.get(name) != rows.schema[name] for name in key):
        return (FINDINGS.found("COR-008", {"before": earlier.height}),), ()
    findings: list[Finding] = []
    gone = earlier.join(rows.select(key), on=key, how="anti", nulls_equal=True)
    if gone.height:
        findings.append(_gone(loaded, earlier, rows, gone))
    changed = changed_values(loaded, earlier, rows)
    if lost := [one for one in changed if one.now in MISSING and one.before not in MISSING]:
        findings.append(FINDINGS.found("COR-007", {}, _value_places(lost)))
    added = rows.join(earlier.select(key), on=key, how="anti", nulls_equal=True)
    if added.height:
        findings.append(FINDINGS.found("COR-006", {}, _row_places(loaded, added)))
    if changed:
        kept = rows.height - added.height - len({one.row for one in changed})
        findings.append(FINDINGS.found("COR-009", {"kept": kept}, _value_places(changed)))
    return tuple(findings), changed


def _gone(loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame, gone: pl.DataFrame) -> Finding:
    params: dict[str, str | int] = {"before": earlier.height}
    for what, names in (("units", unit_elements(loaded)), ("periods", [loaded.model.period_element])):
        left = earlier.select(names).unique().join(rows.select(names), on=names, how="anti", nulls_equal=True)
        labels = [key_label(loaded, tuple(zip(names, row, strict=True))) for row in left.sort(names).rows()]
        params[f"{what}_sv"] = _listed([one.sv for one in labels], "inga", "och {} till")
        params[f"{what}_en"] = _listed([one.en for one in labels], "none", "and {} more")
    return FINDINGS.found("COR-005", params, _row_places(loaded, gone))


def _listed(labels: Sequence[str], none: str, more: str) -> str:
    shown = "; ".join(labels[:NAMED]) or none
    return f"{shown} {more.format(len(labels) - NAMED)}" if len(labels) > NAMED else shown


def _row_places(loaded: LoadedModel, rows: pl.DataFrame) -> tuple[Place, ...]:
    """One place per row, by its key: it has no cell in the sender's file."""
    units = unit_elements(loaded)
    names = [*units, loaded.model.period_element]
    keys = [tuple(zip(names, row, strict=True)) for row in rows.select(names).sort(names).rows()]
    return tuple(
        Place(
            value=key_label(loaded, key).sv,
            key=tuple((name, "" if value is None else str(value)) for name, value in key),
        )
        for key in keys
    )


def key_label(loaded: LoadedModel, key: Sequence[tuple[str, object]]) -> Text:
    """A row's key as people write it, the period last: labels instead of codes, what is not stated left out."""
    words = []
    values = dict(key)
    for name in [*unit_elements(loaded), loaded.model.period_element]:
        if (value := values.get(name)) is None or value == "":
            continue
        element = loaded.model.element(name)
        if name == loaded.model.period_element:
            period = Period.parse(str(value))
            words.append(Text(period.label("sv"), period.label("en")))
            continue
        code = loaded.code_list(element).by_code.get(str(value)) if element.code_list else None
        words.append(code.label if code else Text(str(value), str(value)))
    return Text(", ".join(one.sv for one in words), ", ".join(one.en for one in words))


def _value_places(changed: Sequence[ChangedValue]) -> tuple[Place, ...]:
    return tuple(Place(row=one.row, field=one.element, value=f"{one.before} → {one.now}") for one in changed)


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
    names = [
        element.name for element in loaded.model.elements if element.name not in key and element.name in earlier.columns
    ]
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
