"""What the follow-up knows of stored objects: the figures that each table version's own hash covers."""

from collections.abc import Iterator

from sqlalchemy import select, type_coerce
from sqlalchemy.orm import Session

from registry.columns import JsonText
from registry.stored.verifying import Difference, Examiner, Fault, Objects
from submission_portal.followup.keeping import content_hash_of
from submission_portal.followup.queries import releases_made_from
from submission_portal.followup.tables import TableVersion


def differences(session: Session, objects: Objects) -> Iterator[Difference]:
    """Whether each table version has its figures, and says what its content hash was made from."""
    stored_breaks = type_coerce(TableVersion.breaks, JsonText).label(
        "stored_breaks"
    )  # as they were hashed, whatever reads them today
    query = select(TableVersion, stored_breaks).order_by(TableVersion.measure_slug, TableVersion.number)
    for table, breaks in session.execute(query):
        missing = table.missing_objects or {}
        owner = f"{table.measure_slug} {table.number}"
        if missing:
            continue
        yield from objects.check(owner, table.parquet_key)
        if table.parquet_key and table.parquet_key in objects.sha256:
            releases = releases_made_from(session, table)
            said = content_hash_of(
                table.measure_slug,
                table.measure_version_hash,
                releases,
                breaks,
                objects.sha256[table.parquet_key],
            )
            if said != table.content_hash:
                yield Difference(Fault.CONTENT_DIFFERS, table.parquet_key, owner)


EXAMINER = Examiner(differences)
