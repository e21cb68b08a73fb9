"""The rows that points are about: by their number in the sender's file, and by the key of the model. Pure."""

from collections.abc import Mapping, Sequence

import polars as pl

from information_models.frames import ROW


def key_of_row(rows: pl.DataFrame, key: Sequence[str], number: int) -> dict[str, str] | None:
    """The key of the row with a number in the sender's file, as texts; ``None`` where there is no such row.

    Of columns that stand across, one row of the file is several: it is about the first.

    >>> rows = pl.DataFrame({ROW: [2, 3], "dag": ["2026-03-01", "2026-03-02"], "antal": [4, 5]})
    >>> key_of_row(rows, ["dag"], 3), key_of_row(rows, ["dag"], 4)
    ({'dag': '2026-03-02'}, None)
    """
    found = rows.filter(pl.col(ROW) == number).head(1)
    if not found.height:
        return None
    return {name: _text(found[name][0]) for name in key}


def rows_with_key(rows: pl.DataFrame, key: Mapping[str, str]) -> pl.DataFrame:
    """The rows that have a key.

    >>> rows_with_key(pl.DataFrame({"dag": ["2026-03-01", None], "antal": [4, 5]}), {"dag": ""})["antal"].to_list()
    [5]
    """
    if any(name not in rows.columns for name in key):
        return rows.clear()
    return rows.filter(*(pl.col(name).cast(pl.String).fill_null("") == value for name, value in key.items()))


def _text(value: object) -> str:
    return "" if value is None else str(value)
