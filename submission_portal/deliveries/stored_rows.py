"""Rows as they are stored: Parquet, in which a column that says few different things is an enumeration. Pure."""

import io
from collections.abc import Collection, Mapping

import polars as pl

from information_models.cells import Cells

PARQUET = "application/vnd.apache.parquet"


def as_parquet(frame: pl.DataFrame, cells: Mapping[str, Cells] | None = None) -> bytes:
    """Rows as a Parquet file. ``cells``: columns of the frame of which it is known what different values they have."""
    known = {name: words for name, column in (cells or {}).items() if (words := column.enumeration()) is not None}
    out = io.BytesIO()
    frame.with_columns(column.alias(name) for name, column in known.items() if name in frame.columns).write_parquet(
        out, compression="zstd", statistics=False
    )
    return out.getvalue()


def rows_from(data: bytes, only: Collection[str] | None = None) -> pl.DataFrame:
    """The rows of a Parquet file, their enumerations as texts again; of its columns ``only`` these, where it has them."""
    names = None if only is None else [name for name in pl.read_parquet_schema(io.BytesIO(data)) if name in only]
    return as_texts(pl.read_parquet(io.BytesIO(data), columns=names))


def as_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with texts in the place of enumerations."""
    names = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Enum | pl.Categorical)]
    return frame.with_columns(pl.col(names).cast(pl.String)) if names else frame
