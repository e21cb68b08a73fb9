"""What forwarding knows of stored objects: the rows of each release, and that the national store has the same."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import storage
from registry.identity.tables import Organisation
from registry.stored.verifying import Difference, Examiner, Fault, Objects
from submission_portal.deliveries.stored_rows import rows_from
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.sinks import RELEASE, Consignment, DeltaSink, stored_form
from submission_portal.forwarding.tables import Release

AT_ONCE = 100
"""So many releases are read from the national store in one go."""


def differences(session: Session, objects: Objects) -> Iterator[Difference]:
    """Whether each release has its rows, and the national store the same ones, once."""
    releases = list(session.scalars(select(Release).order_by(Release.national_table, Release.id)))
    codes = dict(session.execute(select(Organisation.id, Organisation.code)).all())
    for release in releases:
        missing = release.missing_objects or {}
        if not missing:
            yield from objects.check(_owner(release), release.parquet_key)
    store = national_store()
    tables = {path.name for path in store.root.glob("[!.]*") if (path / "_delta_log").is_dir()}
    known = {release.id for release in releases}
    for table in sorted(tables):
        if damaged := store.damaged(table):
            yield from (Difference(Fault.NATIONAL_STORE_DIFFERS, f"national/{table}/{path}") for path in damaged)
            tables.remove(table)
            continue
        unknown = sorted(store.releases(table) - known)
        yield from (Difference(Fault.NATIONAL_STORE_UNKNOWN, f"national/{table}", f"release:{one}") for one in unknown)
    forwarded = [release for release in releases if release.forwarded_at is not None]
    for table, group in groupby(forwarded, key=lambda one: one.national_table or ""):
        of_table = list(group)
        if not (store.root / table / "_delta_log").is_dir():
            yield from (_absent(release) for release in of_table)
        elif table in tables:
            for start in range(0, len(of_table), AT_ONCE):
                yield from _compare(store, table, of_table[start : start + AT_ONCE], objects, codes)


def _compare(
    store: DeltaSink, table: str, releases: Sequence[Release], objects: Objects, codes: dict[str, str]
) -> Iterator[Difference]:
    there = store.read(table, [release.id for release in releases]).partition_by(RELEASE, as_dict=True)
    for release in releases:
        rows = there.get((release.id,))
        if rows is None:
            yield _absent(release)
        elif release.parquet_key and release.parquet_key in objects.whole:
            sent = rows_from(storage.files().read(release.parquet_key))
            sent = stored_form(Consignment(release.id, release.model_slug, codes[release.organisation_id], sent))
            if not _are_same(sent, rows):
                yield Difference(Fault.NATIONAL_STORE_DIFFERS, release.parquet_key, _owner(release))


def _are_same(sent: pl.DataFrame, there: pl.DataFrame) -> bool:
    """Whether the store has these rows, in whatever order; columns that other versions of the model added are empty."""
    others = [name for name in there.columns if name not in sent.columns]
    if any(there[name].null_count() < there.height for name in others) or set(sent.columns) - set(there.columns):
        return False
    ordered = sent.columns
    return sent.sort(ordered, nulls_last=True).equals(
        there.select(ordered).cast(sent.schema).sort(ordered, nulls_last=True)
    )


def _absent(release: Release) -> Difference:
    return Difference(Fault.NOT_IN_NATIONAL_STORE, release.parquet_key or "", _owner(release))


def _owner(release: Release) -> str:
    return f"release:{release.id}"


EXAMINER = Examiner(differences)
