"""A correction: the rows of a small file put in the place of those with the same key in what was delivered before.

A replacement puts a whole file there: what it takes away is never taken away in silence. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from information_models.definitions import LoadedModel, Role
from registry.findings import Place, Text
from registry.period import Period
from submission_portal.deliveries.assessment.filled_rows import FILLED
from submission_portal.deliveries.assessment.history import unit_elements

NAMED = 8
"""So many units or periods that are wholly gone are named in the finding; the rows are listed below it."""
LABELLED = 200
"""So many changed values are called by their whole key; no more are kept."""
MISSING = ("stängd", "ej rapporterat", "–")


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One value before and after the correction, as shown."""

    row: int
    element: str
    before: str
    now: str
    label: Text | None = field(default=None, compare=False)
    """What the row is called: its whole key. ``None`` in what an earlier version kept, and beyond the first `LABELLED`."""
    key: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """The row's key; not kept."""

    def as_dict(self) -> dict[str, object]:
        told: dict[str, object] = {"row": self.row, "element": self.element, "before": self.before, "now": self.now}
        return told | ({"label": self.label.as_dict()} if self.label is not None else {})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "ChangedValue":
        label = Text.from_dict(data["label"]) if "label" in data else None
        return cls(data["row"], data["element"], data["before"], data["now"], label)


def has_same_key(loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame) -> bool:
    """Whether the rows of the two can be told apart by the key of the model, whatever model ``earlier`` was made under."""
    return all(earlier.schema.get(name) == rows.schema[name] for name in loaded.model.key)


def merged(loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The earlier rows with ``rows`` (both typed, of the same model version) in place of those with the same key."""
    kept = kept_rows(loaded, earlier, rows)
    return pl.concat([kept, rows.select(earlier.columns)], how="vertical").sort("__row", maintain_order=True)


def kept_rows(loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``earlier`` whose key ``rows`` do not have."""
    return earlier.join(rows.select(loaded.model.key), on=list(loaded.model.key), how="anti", nulls_equal=True)


def added_rows(loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows whose key ``earlier`` does not have."""
    return kept_rows(loaded, rows, earlier)


def gone_labels(loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame, names: Sequence[str]) -> Text:
    """What of ``names`` (units, or periods) is in ``earlier`` and nowhere in ``rows``, in words; the first `NAMED`."""
    left = earlier.select(names).unique().join(rows.select(names), on=list(names), how="anti", nulls_equal=True)
    labels = [key_label(loaded, tuple(zip(names, row, strict=True))) for row in left.sort(names).rows()]
    return Text(
        _listed([one.sv for one in labels], "inga", "och {} till"),
        _listed([one.en for one in labels], "none", "and {} more"),
    )


def _listed(labels: Sequence[str], none: str, more: str) -> str:
    shown = "; ".join(labels[:NAMED]) or none
    return f"{shown} {more.format(len(labels) - NAMED)}" if len(labels) > NAMED else shown


def row_places(loaded: LoadedModel, rows: pl.DataFrame) -> tuple[Place, ...]:
    """One place per row, by its key: it has no cell in the sender's file."""
    units = unit_elements(loaded)
    names = [*units, loaded.model.period_element]
    keys = [tuple(zip(names, row, strict=True)) for row in rows.select(names).sort(names).rows()]
    return tuple(
        Place(
            label=key_label(loaded, key),
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


def value_places(loaded: LoadedModel, changed: Sequence[ChangedValue]) -> tuple[Place, ...]:
    """A place for each value; in a row that an answer made, which is in no file, by the row's key."""
    return tuple(_value_place(loaded, one) for one in changed)


def _value_place(loaded: LoadedModel, changed: ChangedValue) -> Place:
    value = f"{changed.before} → {changed.now}"
    if changed.row != FILLED:
        return Place(row=changed.row, field=changed.element, value=value)
    row, element = key_label(loaded, changed.key), loaded.model.element(changed.element).label
    label = Text(f"{row.sv}, {element.sv}: {value}", f"{row.en}, {element.en}: {value}")
    return Place(field=changed.element, label=label, key=changed.key)


_WORDS = {"closed": MISSING[0], "not_reported": MISSING[1]}


def completed(loaded: LoadedModel, earlier: pl.DataFrame, typed: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The texts of a correction's file with what was delivered in the columns that it leaves out, so that the whole rows are
    checked. ``typed`` are the same rows as far as they could be checked without them.

    A row that is new has nothing there; a figure that may be left out is then not reported.
    """
    key = list(loaded.model.key)
    left_out = [element for element in loaded.model.elements if element.name not in rows.columns]
    names = {element.name: element for element in left_out if element.name in earlier.columns}
    before = earlier.select(
        *key, *(_as_text(earlier, name).alias(name) for name in names), pl.lit(value=True).alias("__known")
    )
    stood = typed.select("__row", *key).join(before, on=key, how="left", nulls_equal=True)
    unsaid = pl.col("__known").is_null()
    optional = [name for name, element in names.items() if element.role is Role.VALUE and not element.required]
    stood = stood.with_columns(
        pl.when(unsaid).then(pl.lit(MISSING[1])).otherwise(pl.col(name)).alias(name) for name in optional
    )
    return rows.join(stood.select("__row", *names), on="__row", how="left", maintain_order="left")


def _as_text(frame: pl.DataFrame, name: str) -> pl.Expr:
    value, status = pl.col(name).cast(pl.String), f"{name}__status"
    if status not in frame.columns:
        return value
    said = pl.col(status).cast(pl.String).replace_strict(_WORDS, default=None, return_dtype=pl.String)
    return pl.coalesce(value, said)


def changed_values(loaded: LoadedModel, earlier: pl.DataFrame, rows: pl.DataFrame) -> tuple[ChangedValue, ...]:
    """Values that differ between rows of the same key."""
    key = list(loaded.model.key)
    found: list[ChangedValue] = []
    both = rows.join(earlier, on=key, how="inner", suffix="__before", nulls_equal=True)
    names = [
        element.name for element in loaded.model.elements if element.name not in key and element.name in earlier.columns
    ]
    for row in both.sort("__row").iter_rows(named=True):
        for name in names:
            before, now = _shown(row, name, "__before"), _shown(row, name, "")
            if before != now:
                label = key_label(loaded, [(each, row[each]) for each in key]) if len(found) < LABELLED else None
                whole = tuple((each, "" if row[each] is None else str(row[each])) for each in key)
                found.append(ChangedValue(row["__row"], name, before, now, label, whole))
    return tuple(found)


def _shown(row: dict[str, object], name: str, suffix: str) -> str:
    value = row.get(f"{name}{suffix}")
    if value is not None:
        return str(value)
    status = row.get(f"{name}__status{suffix}")
    return _WORDS.get(str(status), MISSING[2])
