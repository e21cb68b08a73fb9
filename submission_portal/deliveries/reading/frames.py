"""The table that was read from a file, as a frame."""

import numpy as np
import polars as pl

from submission_portal.deliveries.reading.table import ROW, SHEET, Coded, Table


def frame_of(table: Table) -> pl.DataFrame:
    """The table as `Reading.frame` describes it."""
    return pl.DataFrame(
        {
            ROW: pl.Series(ROW, np.asarray(table.rows, dtype=np.int64), dtype=pl.Int64),
            SHEET: pl.Series(SHEET, [table.sheet], dtype=pl.Enum([table.sheet or ""])).new_from_index(
                0, len(table.rows)
            ),
            **{name: _series(name, column) for name, column in table.columns.items()},
        }
    )


def _series(name: str, column: Coded) -> pl.Series:
    """An enumeration where few different things are said many times, else texts."""
    said = [value for value in column.values if value is not None]
    codes = np.asarray(column.codes)
    if not said or 2 * len(said) > len(codes):
        return pl.Series(name, column.values, dtype=pl.String)[codes]
    words = pl.Enum(said)
    return pl.Series(name, column.values, dtype=words)[codes]
