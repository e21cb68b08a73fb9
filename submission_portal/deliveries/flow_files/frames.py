"""Typed rows as JSON that a person can read, and back: each column as its different values in order, and which of them each row has. Pure.

Nothing is lost on the way but the sheet and the row of a file that is not at hand: those of what was delivered before say nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from information_models.frames import ROW, SHEET

_TYPES: Mapping[str, Any] = {"text": pl.String, "integer": pl.Int64, "date": pl.Date, "boolean": pl.Boolean}
_NONE = -1
"""The position of a cell without a value."""


def as_json(frame: pl.DataFrame) -> dict[str, Any]:
    """Rows without sheet and row number. Raises ``TypeError`` for a column of a type that typed rows do not have."""
    columns = [_column(frame[name]) for name in frame.columns if name not in (ROW, SHEET)]
    return {"rows": frame.height, "columns": columns}


def frame_of(told: Mapping[str, Any]) -> pl.DataFrame:
    """The rows again, each with the row number 0 and no sheet. Raises ``ValueError``, ``KeyError`` or ``TypeError`` for what is none."""
    height = int(told["rows"])
    columns = [_series(one, height) for one in told["columns"]]
    return pl.DataFrame(columns, height=height).with_columns(
        pl.lit(0, pl.Int64).alias(ROW), pl.lit(None, pl.String).alias(SHEET)
    )


def _column(series: pl.Series) -> dict[str, Any]:
    kind = _kind_of(series.dtype)
    if series.dtype == pl.Float64 or isinstance(series.dtype, pl.Enum | pl.Categorical):
        series = series.cast(pl.String)
    values = series.drop_nulls().unique().sort().to_list()
    place = {value: at for at, value in enumerate(values)}
    cells = [_NONE if value is None else place[value] for value in series.to_list()]
    return {"name": series.name, "type": kind, "values": [_written(value) for value in values], "cells": cells}


def _kind_of(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Decimal):
        return f"decimal {dtype.precision} {dtype.scale}"
    if isinstance(dtype, pl.Enum | pl.Categorical) or dtype == pl.Null:
        return "text"
    for name, known in _TYPES.items():
        if dtype == known:
            return name
    if dtype.is_integer():
        return "integer"
    raise TypeError(f"no typed rows have {dtype}")


def _written(value: object) -> str | int | bool:
    match value:
        case bool() | int() | str():
            return value
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
    raise TypeError(type(value).__name__)


def _series(told: Mapping[str, Any], height: int) -> pl.Series:
    kind, values, cells = str(told["type"]), told["values"], told["cells"]
    if len(cells) != height or not all(_NONE <= cell < len(values) for cell in cells):
        raise ValueError("cells")
    read = _reader(kind)
    known: Sequence[Any] = [read(value) for value in values]
    precision = kind.split()[1:]
    dtype = pl.Decimal(int(precision[0]), int(precision[1])) if precision else _TYPES[kind]
    return pl.Series(str(told["name"]), [None if cell == _NONE else known[cell] for cell in cells], dtype=dtype)


def _reader(kind: str) -> Any:
    if kind == "date":
        return date.fromisoformat
    return Decimal if kind.startswith("decimal") else lambda value: value
