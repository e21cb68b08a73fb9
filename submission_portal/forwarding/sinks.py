"""Where released figures go: the national store, written exactly once per release.

The store is one Delta Lake table per model, append-only. A transaction id alone does not make a write happen once: a
worker that dies after its commit, or two workers with one job, would double the rows. What does (measured over a
thousand releases and a hundred and fifty kills) is to read the table's record of transactions and to write **on the
same open handle**: if anybody commits in between, the write conflicts, and the record is read again. Transaction ids
are never expired. Which releases are *current* is not known here: that is decided in the register, so that a
correction is a new release and nothing in the store is ever changed.

Polars and Delta start threads of their own and must not be used before a process forks; only the worker writes.
"""

import errno
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Protocol
from uuid import uuid4

import polars as pl
from deltalake import CommitProperties, DeltaTable, Field, Schema, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError, TableNotFoundError
from deltalake.schema import PrimitiveType

RELEASE = "__release"
DISCLOSER = "__discloser"
ATTEMPTS = 20
"""Lost races after which something else must be wrong."""
KEPT_HOURS = 7 * 24
"""Orphans of killed writers are kept this long before they are cleared away."""

CONFIGURATION = {
    "delta.appendOnly": "true",
    "delta.dataSkippingNumIndexedCols": "0",
    "delta.checkpointInterval": "10",
}
"""No statistics in the log: they would keep the smallest and largest value of every column after a deletion. The log is summed up at
every tenth commit: to read fifty commits one by one, at the usual hundred, took most of the time of a release."""

Checkpoint = Callable[[str], None]
"""Told the name of each step as it has been taken. A test's checkpoint kills the process there."""


def on_we_go(name: str) -> None:
    """The checkpoint of every process that is not being tested: do nothing."""


@dataclass(frozen=True, slots=True)
class Consignment:
    """One release on its way: typed rows as the conformance check left them."""

    release_id: str
    model_slug: str
    discloser: str
    """County code of the region whose figures they are."""
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Written:
    """Where a release is in the store, and whether it was there already when this attempt came."""

    table: str
    version: int
    was_there: bool


class Sink(Protocol):
    """A store that takes a release exactly once, however often it is offered."""

    def write(self, consignment: Consignment, checkpoint: Checkpoint = on_we_go) -> Written: ...

    def read(self, table: str, release_ids: list[str]) -> pl.DataFrame: ...


class DeltaSink:
    """Delta Lake tables in one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, consignment: Consignment, checkpoint: Checkpoint = on_we_go) -> Written:
        """Write the release unless it is there; raise ``CommitFailedError`` only when losing every race."""
        rows = stored_form(consignment)
        table, handle = self._table_for(consignment.model_slug, rows.schema)
        checkpoint("prepared")
        app_id = f"release:{consignment.release_id}"
        for attempt in range(1, ATTEMPTS + 1):
            if attempt > 1:
                handle = DeltaTable(self.root / table)
            checkpoint("opened")
            if handle.transaction_version(app_id) is not None:
                return Written(table, handle.version(), was_there=True)
            checkpoint("checked")
            try:
                write_deltalake(
                    handle,
                    rows,
                    mode="append",
                    schema_mode="merge",
                    commit_properties=CommitProperties(app_transactions=[Transaction(app_id, 1)]),
                )
            except CommitFailedError:
                if attempt == ATTEMPTS:
                    raise
                continue
            checkpoint("committed")
            return Written(table, handle.version(), was_there=False)
        raise AssertionError("unreachable")  # pragma: no cover

    def read(self, table: str, release_ids: list[str]) -> pl.DataFrame:
        """The rows of the named releases, in no particular order; empty where the table holds none of them."""
        return pl.scan_delta(str(self.root / table)).filter(pl.col(RELEASE).is_in(release_ids)).collect()

    def releases(self, table: str) -> set[str]:
        """The ids of the releases that the table has rows of."""
        return set(pl.scan_delta(str(self.root / table)).select(RELEASE).unique().collect()[RELEASE].to_list())

    def damaged(self, table: str) -> list[str]:
        """The files of the table that are lost or not as long as they were written; the table cannot be read then.

        Raises ``TableNotFoundError`` where there is no such table.
        """
        actions = pl.DataFrame(DeltaTable(self.root / table).get_add_actions(flatten=True))
        return [
            path
            for path, size in actions.select("path", "size_bytes").iter_rows()
            if not (file := self.root / table / path).is_file() or file.stat().st_size != size
        ]

    def tidy(self, table: str, kept_hours: int = KEPT_HOURS) -> list[str]:
        """Remove the files of writers that died before they committed, and say which."""
        unfinished = [made for made in self.root.glob(f".{table}-*") if _hours_old(made) >= kept_hours]
        for made in unfinished:
            shutil.rmtree(made)
        return [made.name for made in unfinished] + list(
            DeltaTable(self.root / table).vacuum(
                retention_hours=kept_hours, dry_run=False, enforce_retention_duration=False, full=True
            )
        )

    def _table_for(self, model_slug: str, schema: pl.Schema) -> tuple[str, DeltaTable]:
        """The model's table, which exists afterwards, by name and opened.

        A version of the model that adds elements widens the table. One that gives an element another type gets the next
        table of the same model, since what is written is never converted. Types only accumulate, so that a repeated
        attempt always finds the same table.
        """
        number = 1
        while True:
            table = model_slug if number == 1 else f"{model_slug}-{number}"
            handle = self._opened(table) or self._create(table, schema)
            existing = {field.name: field.type.type for field in handle.schema().fields}
            if all(existing.get(name, kind) == kind for name, kind in delta_types(schema).items()):
                return table, handle
            number += 1

    def _opened(self, table: str) -> DeltaTable | None:
        try:
            return DeltaTable(self.root / table)
        except TableNotFoundError:
            return None

    def _create(self, table: str, schema: pl.Schema) -> DeltaTable:
        """The table that exists afterwards, made by this worker or by a rival.

        Two that create the same table in place can both commit, the second with its own metadata over the first's
        (measured: 32 of 40 races). So it is made under a name of its own and moved into place, which one of them wins.
        """
        fields = [Field(name, PrimitiveType(kind)) for name, kind in delta_types(schema).items()]
        made = self.root / f".{table}-{uuid4()}"
        made.mkdir(parents=True)
        DeltaTable.create(made, Schema(fields), configuration=CONFIGURATION)
        try:
            made.rename(self.root / table)
        except OSError as error:
            shutil.rmtree(made)
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        return DeltaTable(self.root / table)


def stored_form(consignment: Consignment) -> pl.DataFrame:
    """The consignment's rows with who and which release, in the few types that the store knows.

    Decimals get one common precision, so that a model may change its number of decimals without a new table.
    """
    rows = consignment.rows
    casts = [pl.col(name).cast(_stored_type(kind)) for name, kind in rows.schema.items() if _stored_type(kind) != kind]
    return rows.with_columns(*casts).with_columns(
        pl.lit(consignment.release_id).alias(RELEASE), pl.lit(consignment.discloser).alias(DISCLOSER)
    )


def delta_types(schema: pl.Schema) -> dict[str, str]:
    """The Delta type of each column.

    >>> delta_types(pl.Schema({"dag": pl.Date(), "antal": pl.Int64()}))
    {'dag': 'date', 'antal': 'long'}
    """
    return {name: _delta_type(kind) for name, kind in schema.items()}


def _hours_old(path: Path) -> float:
    return (time() - path.stat().st_mtime) / 3600


SCALE = 6


def _stored_type(kind: pl.DataType) -> pl.DataType:
    if isinstance(kind, pl.Decimal):
        return pl.Decimal(38, max(SCALE, kind.scale))
    if kind.is_integer():
        return pl.Int64()
    if kind.is_float():
        raise ValueError("counts and rates are decimals, never binary floats")
    if isinstance(kind, pl.Date | pl.Boolean):
        return kind
    return pl.String()


def _delta_type(kind: pl.DataType) -> str:
    if isinstance(kind, pl.Decimal):
        return f"decimal({kind.precision},{kind.scale})"
    return {pl.Int64: "long", pl.String: "string", pl.Date: "date", pl.Boolean: "boolean"}[type(kind)]
