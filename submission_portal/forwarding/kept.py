"""The national store's part of a backup.

It is copied after the database, so that it has every release that the snapshot says is there; what it has beyond that is
cleared away when the backup is restored. Delta Lake only ever adds files, and a version of a table is its log up to that
version and the files that the log names: that is what is copied, whatever is written meanwhile.

Restored, the store is compared with the register, release by release and row by row. A table that differs is made again
from the accepted rows of its releases, which are objects.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote
from uuid import uuid4

import numpy as np
import polars as pl
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError, TableNotFoundError
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import storage
from registry.backup.kept import Copying, KeptStore
from registry.errors import NotFound, Refused
from registry.findings import Finding, Place
from registry.identity.tables import Organisation
from submission_portal.deliveries.stored_rows import rows_from
from submission_portal.forwarding.finding_texts import FINDINGS
from submission_portal.forwarding.sinks import DISCLOSER, RELEASE, Consignment, DeltaSink, stored_form
from submission_portal.forwarding.tables import Release

FOLDER, LOG = "national", "_delta_log"
ATTEMPTS = 5
_OF_VERSION = re.compile(r"(\d{20})\.(?:json|checkpoint(?:\.\d{10}\.\d{10})?\.parquet)")
_LAST = re.compile(r'"version"\s*:\s*(\d+)')
Rows = tuple[int, int]
"""How many rows, and a sum over their hashes: the same rows in another order give the same."""


def named(session: Session) -> list[str]:
    """The tables that releases are in, by the snapshot."""
    return sorted(filter(None, session.scalars(select(Release.national_table).distinct())))


def copy(tables: Iterable[str], copying: Copying) -> list[Finding]:
    """Copy one version of each table."""
    unreadable = [table for table in tables if not _copy_table(table, copying)]
    places = tuple(Place(value=table) for table in unreadable)
    return [FINDINGS.found("NAT-001", places=places)] if unreadable else []


def _copy_table(table: str, copying: Copying) -> bool:
    for _ in range(ATTEMPTS):
        try:
            handle = DeltaTable(copying.source / table)
            version = handle.version()
            for path in sorted(_data_files(handle)):
                if f"{table}/{path}" not in copying.files:
                    copying.file(f"{table}/{path}", is_immutable=True)
            for name in _log_files(copying.source / table, version):
                path = f"{table}/{LOG}/{name}"
                (copying.target / path).unlink(missing_ok=True)  # an attempt before this one may have copied it
                copying.file(path)
        except FileNotFoundError:
            continue  # the log was shortened, or made into a checkpoint, meanwhile
        except DeltaError:
            return False
        return True
    return False


def _data_files(handle: DeltaTable) -> Iterable[str]:
    """The files of the handle's version, relative to the table."""
    return (unquote(path) for path in handle.get_add_actions(flatten=True).column("path").to_pylist())


def _log_files(table: Path, version: int) -> list[str]:
    """The log up to a version. The note of the last checkpoint comes along where that one does."""
    names = sorted(path.name for path in (table / LOG).iterdir())
    found = [name for name in names if (match := _OF_VERSION.fullmatch(name)) and int(match[1]) <= version]
    if "_last_checkpoint" in names and (match := _LAST.search((table / LOG / "_last_checkpoint").read_text())):
        found += ["_last_checkpoint"] if int(match[1]) <= version else []
    return found


def settle(session: Session, folder: Path) -> list[Finding]:
    """Have in the restored store exactly the rows of the releases that the register says were forwarded."""
    by_table: dict[str, list[Release]] = defaultdict(list)
    for release in session.scalars(select(Release).where(Release.national_table.is_not(None))):
        by_table[str(release.national_table)].append(release)
    codes = {one.id: one.code for one in session.scalars(select(Organisation))}
    differing = {table for table, releases in by_table.items() if _differs(session, folder / table, releases, codes)}
    models = {by_table[table][0].model_slug for table in differing}
    made = sorted(table for table, releases in by_table.items() if releases[0].model_slug in models)
    lost = []
    for model in sorted(models):
        of_model = [release for table in made for release in by_table[table] if release.model_slug == model]
        lost += _make_again(session, folder, of_model, codes)
    return [
        FINDINGS.found(code, places=tuple(Place(value=one) for one in found))
        for code, found in (("NAT-002", made), ("NAT-003", lost))
        if found
    ]


def _differs(session: Session, table: Path, releases: Iterable[Release], codes: Mapping[str, str]) -> bool:
    """Whether the table has other rows than those of the releases, or lacks the record that they are there."""
    try:
        handle = DeltaTable(table)
        there = _rows_by_release(table, handle)
    except (TableNotFoundError, DeltaError, OSError, pl.exceptions.PolarsError):
        return True
    if set(there) - {release.id for release in releases}:
        return True
    for release in releases:
        if handle.transaction_version(f"release:{release.id}") is None:
            return True
        accepted = _accepted(session, release)
        if accepted is None:  # the object is lost, and reported as such; what the store has of it stays
            continue
        expected = _summed(stored_form(_consignment(release, accepted, codes)))
        if there.get(release.id, (0, 0)) != expected:
            return True
    return False


def _rows_by_release(table: Path, handle: DeltaTable) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for path in _data_files(handle):
        rows = pl.read_parquet(table / path)
        for (release,), part in rows.partition_by(RELEASE, as_dict=True).items():
            count, total = found.get(str(release), (0, 0))
            more, added = _summed(part)
            found[str(release)] = (count + more, (total + added) % 2**64)
    return found


def _summed(rows: pl.DataFrame) -> Rows:
    """Columns without any value are left out: a table that was widened has them, and the release has not."""
    filled = sorted(name for name in rows.columns if rows[name].null_count() < rows.height)
    return rows.height, int(rows.select(filled).hash_rows(20261128).to_numpy().sum(dtype=np.uint64))


def _make_again(session: Session, folder: Path, releases: Iterable[Release], codes: Mapping[str, str]) -> list[str]:
    """Make the tables of one model beside the old ones, in the order in which they were written, and put them in place.

    Rows whose object is lost are taken from the old table. Gives the ids of the releases that neither has.
    """
    made, lost, tables = DeltaSink(folder / f".made-{uuid4()}"), [], set()
    for release in sorted(releases, key=lambda one: (one.national_table or "", one.forwarded_at or one.released_at)):
        rows = _accepted(session, release)
        if rows is None and (rows := _still_stored(folder, release)) is None:
            lost.append(release.id)
            continue
        written = made.write(_consignment(release, rows, codes))
        if written.table != release.national_table:
            raise LookupError(f"release {release.id} came into {written.table}, not into {release.national_table}")
        tables.add(written.table)
    for table in sorted(tables):
        shutil.rmtree(folder / table, ignore_errors=True)
        (made.root / table).rename(folder / table)
    shutil.rmtree(made.root, ignore_errors=True)
    return lost


def _accepted(session: Session, release: Release) -> pl.DataFrame | None:
    """The release's rows as they were accepted, unless their object is lost."""
    try:
        return rows_from(storage.read(session, release.parquet_key))
    except (NotFound, Refused, OSError, pl.exceptions.PolarsError):
        return None


def _still_stored(folder: Path, release: Release) -> pl.DataFrame | None:
    """The release's rows as the old table has them, without what the store adds to them."""
    try:
        rows = DeltaSink(folder).read(str(release.national_table), [release.id])
    except (TableNotFoundError, DeltaError, OSError, pl.exceptions.PolarsError):
        return None
    filled = [name for name in rows.columns if rows[name].null_count() < rows.height]
    return rows.select(filled).drop(RELEASE, DISCLOSER) if rows.height else None


def _consignment(release: Release, rows: pl.DataFrame, codes: Mapping[str, str]) -> Consignment:
    return Consignment(release.id, release.model_slug, codes[release.organisation_id], rows)


NATIONAL = KeptStore(FOLDER, named, copy, settle)
