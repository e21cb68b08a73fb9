"""Rows as they are stored: Parquet, in which a column that says few different things is an enumeration. Pure."""

import io
from collections.abc import Collection

import polars as pl

PARQUET = "application/vnd.apache.parquet"


LEVEL = 1
"""Of compression: what the columns are written as is dense already, and higher levels win a hundredth for twice the time."""


def as_parquet(frame: pl.DataFrame) -> bytes:
    """Rows as a Parquet file."""
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd", compression_level=LEVEL, statistics=False)
    return out.getvalue()


def rows_from(data: bytes, only: Collection[str] | None = None) -> pl.DataFrame:
    """The rows of a Parquet file, their enumerations as texts again; of its columns ``only`` these, where it has them."""
    names = None if only is None else [name for name in pl.read_parquet_schema(io.BytesIO(data)) if name in only]
    return as_texts(pl.read_parquet(io.BytesIO(data), columns=names))


def as_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with texts in the place of enumerations."""
    names = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Enum | pl.Categorical)]
    return frame.with_columns(pl.col(names).cast(pl.String)) if names else frame
