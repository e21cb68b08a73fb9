"""What runs in the cage of Parquet files: as `child`, with Polars loaded. It has threads, which the cage holds as well."""

import os

os.environ["POLARS_MAX_THREADS"] = "1"  # read when Polars is loaded

from submission_portal.deliveries.reading import child
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.parquet_files import MAGIC, sample
from submission_portal.deliveries.reading.reader import read

work = child.work


def warm_up() -> None:
    """Read a file of every type, and one that is none."""
    expected = Expected((ExpectedColumn("day", ("Day",), written=Written.DAY), ExpectedColumn("value", ("Value",))))
    for data in (sample(), MAGIC + b"\x00" * 8 + MAGIC):
        read(data, "a.parquet", expected)
