"""The figures of a table version as they are kept: whole, whoever may read them.

For what composes, protects and decides. What is shown to anybody is read through `compilations.gate`, which takes out what is
closed to the reader; `tests/guards/test_audiences.py` sees that nobody else reads here.
"""

from functools import lru_cache
from io import BytesIO

import polars as pl
from sqlalchemy.orm import Session

from registry import storage
from submission_portal.followup.tables import TableVersion


def frame_of(session: Session, table: TableVersion) -> pl.DataFrame:
    """The figures of a table version. Content-addressed, so that what was read once is kept."""
    kept = _kept(table.parquet_key)
    if not kept:
        kept.append(stored_frame(session, table))
    return kept[0]


def stored_frame(session: Session, table: TableVersion) -> pl.DataFrame:
    """As `frame_of`, but read anew and kept nowhere: for old versions, which no page asks for."""
    return pl.read_parquet(BytesIO(storage.read(session, table.parquet_key)))


@lru_cache(maxsize=48)
def _kept(parquet_key: str | None) -> list[pl.DataFrame]:
    """A place for each table version's frame, filled when it is first read."""
    return []
