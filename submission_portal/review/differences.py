"""Two deliveries row by row: rows that were added, rows that are gone, and the elements that changed in the others. Pure.

Rows are matched by the key of the model. Where the two have no period in common, as this month and the one before, the periods of
each are laid side by side in order: the first day with the first day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from information_models.definitions import LoadedModel
from information_models.frames import ROW
from submission_portal.deliveries.assessment.answers import ANSWERS
from submission_portal.deliveries.assessment.corrections import has_same_key
from submission_portal.deliveries.assessment.history import unit_elements

AT, KIND, ORDER, BEFORE = "__at", "__kind", "__order", "__before"
NOTHING = "–"
"""What is shown where a row says nothing of an element."""


class Difference(StrEnum):
    """What became of a row."""

    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Cell:
    """An element of a row, before and now, as texts."""

    element: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class DifferentRow:
    """A row that differs. ``key`` is its key in the delivery that has it, the newer one first; ``row`` its number there, of what is
    gone in the older one."""

    kind: Difference
    key: tuple[tuple[str, str], ...]
    row: int
    period_before: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Differences:
    """All rows that differ. ``is_shifted``: the periods were laid side by side in order. ``unchanged``: how many rows do not differ."""

    loaded: LoadedModel
    frame: pl.DataFrame
    names: tuple[str, ...]
    is_shifted: bool
    unchanged: int

    @property
    def total(self) -> int:
        return self.frame.height

    def count(self, kind: Difference) -> int:
        """How many rows there are of a kind."""
        return self.frame.filter(pl.col(KIND) == kind.value).height

    def rows(self, first: int, most: int) -> list[DifferentRow]:
        """At most ``most`` rows from the place ``first``, counted from 0."""
        return [self._row(one) for one in self.frame.slice(first, most).iter_rows(named=True)]

    def _row(self, row: dict[str, object]) -> DifferentRow:
        kind, period = Difference(str(row[KIND])), self.loaded.model.period_element
        suffix = BEFORE if kind is Difference.GONE else ""
        key = [(name, _text(row[name])) for name in unit_elements(self.loaded)]
        return DifferentRow(
            kind,
            (*key, (period, _text(row[period + suffix]))),
            int(str(row[ROW + suffix] or 0)),
            _text(row[period + BEFORE]),
            tuple(self._cells(row, kind)),
        )

    def _cells(self, row: dict[str, object], kind: Difference) -> Iterator[Cell]:
        for name in self.names:
            before, now = _text(row[name + BEFORE]), _text(row[name])
            if before != now if kind is Difference.CHANGED else before or now:
                yield Cell(name, before or NOTHING, now or NOTHING)


def differences(loaded: LoadedModel, before: pl.DataFrame, now: pl.DataFrame) -> Differences | None:
    """The rows of ``now`` beside those of ``before``, both typed; those that were there first, then those that are gone.

    ``None`` where the two cannot be told apart by one key, since they were made under models with different ones.
    """
    if not has_same_key(loaded, before, now):
        return None
    names = tuple(one.name for one in loaded.model.elements if one.name not in loaded.model.key)
    is_shifted = _have_no_period_in_common(loaded, before, now)
    units = unit_elements(loaded)
    older, newer = (_prepared(loaded, each, names, is_shifted=is_shifted) for each in (before, now))
    kept = [name for name in older.columns if name not in (*units, AT)]
    older = older.rename({name: name + BEFORE for name in kept}).with_columns(pl.lit(value=True).alias("__older"))
    newer = newer.with_columns(pl.lit(value=True).alias("__newer"))
    both = newer.join(older, on=[*units, AT], how="full", coalesce=True, nulls_equal=True)
    differs = pl.any_horizontal(
        pl.lit(value=False), *(pl.col(name).ne_missing(pl.col(name + BEFORE)) for name in names)
    )
    kind = (
        pl.when(pl.col("__newer").is_null()).then(pl.lit(Difference.GONE.value))
        .when(pl.col("__older").is_null()).then(pl.lit(Difference.ADDED.value))
        .when(differs).then(pl.lit(Difference.CHANGED.value))
    )  # fmt: skip
    kinds = both.with_columns(kind.alias(KIND))
    found = kinds.filter(pl.col(KIND).is_not_null()).sort(
        pl.col("__newer").is_null(), pl.coalesce(ROW, ROW + BEFORE), maintain_order=True
    )
    return Differences(loaded, found, names, is_shifted, kinds.height - found.height)


def _have_no_period_in_common(loaded: LoadedModel, before: pl.DataFrame, now: pl.DataFrame) -> bool:
    period = loaded.model.period_element
    return not now.select(period).unique().join(before.select(period).unique(), on=period, how="semi").height


def _prepared(loaded: LoadedModel, rows: pl.DataFrame, names: Sequence[str], *, is_shifted: bool) -> pl.DataFrame:
    """The rows with texts for values, what is said where there is none, and what their period is matched by."""
    period = loaded.model.period_element
    first = f"{period}__first"
    by = pl.col(first if first in rows.columns else period)
    at = by.rank("dense").cast(pl.String) if is_shifted else pl.col(period).cast(pl.String)
    return rows.select(
        *unit_elements(loaded),
        period,
        pl.col(ROW) if ROW in rows.columns else pl.lit(0).alias(ROW),
        at.alias(AT),
        *(_as_text(loaded, rows, name).alias(name) for name in names),
    )


def _as_text(loaded: LoadedModel, rows: pl.DataFrame, name: str) -> pl.Expr:
    if name not in rows.columns:
        return pl.lit(None, dtype=pl.String)
    value, status = pl.col(name).cast(pl.String), f"{name}__status"
    if loaded.model.element(name).is_number:
        value = value.str.replace(r"(\.\d*?)0+$", "$1").str.replace(r"\.$", "")
    if status not in rows.columns:
        return value
    words = {code: word for code, word in ANSWERS.items() if code != "zero"}
    said = pl.col(status).cast(pl.String).replace_strict(words, default=None, return_dtype=pl.String)
    return pl.coalesce(value, said)


def _text(value: object) -> str:
    return "" if value is None else str(value)
