"""What the follow-up knows of stored objects: the figures that each table version's own hash covers."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.stored.verifying import Difference, Examiner, Fault, Objects
from submission_portal.followup.services import content_hash_of
from submission_portal.followup.tables import TableVersion


def differences(session: Session, objects: Objects) -> Iterator[Difference]:
    """Whether each table version has its figures, and says what its content hash was made from."""
    query = select(TableVersion).order_by(TableVersion.measure_slug, TableVersion.number)
    for table in session.scalars(query):
        missing = table.missing_objects or {}
        owner = f"{table.measure_slug} {table.number}"
        if missing:
            continue
        yield from objects.check(owner, table.parquet_key)
        if table.parquet_key and table.parquet_key in objects.sha256:
            releases = sorted(one.release_id for one in table.releases)
            said = content_hash_of(
                table.measure_slug,
                table.measure_version_hash,
                releases,
                table.breaks,
                objects.sha256[table.parquet_key],
            )
            if said != table.content_hash:
                yield Difference(Fault.CONTENT_DIFFERS, table.parquet_key, owner)


EXAMINER = Examiner(differences)
