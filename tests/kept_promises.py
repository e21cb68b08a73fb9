"""What must be true of an instance whatever was killed: receipts stand with all that they say was received.

Asked of the running instance and of every one restored from a backup.
"""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select, update

from registry import clock, jobs
from registry.auditing import chain as log_chain
from registry.auditing.evidence import Kind
from registry.auditing.verifying import audit
from registry.backup import restoring
from registry.backup.kept import hashed
from registry.db import db
from registry.findings import Severity
from registry.jobs import Job
from registry.storage import StoredObject
from submission_portal.deliveries.tables import Delivery, NumberSeries, Receipt
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.tables import Release
from tests.by_hand import by_hand


def require_restorable(folder: Path, acknowledged: Iterable[str]) -> None:
    """A backup restores into the current instance, verifies, and holds every receipt that was known before it began."""
    restored = restoring.restore(folder)
    assert restored.is_done, restored.findings
    assert [one for one in restored.findings if one.severity is not Severity.INFO] == []
    require_whole(acknowledged)


def require_whole(acknowledged: Iterable[str]) -> None:
    """The log holds, nothing acknowledged is missing, and when all work is done each release is in the store once."""
    _finish_work()
    session = db.session
    assert [one for one in audit(session).evidence.named if one.kind is not Kind.OBJECTS] == []
    receipts = {one.number: one for one in session.scalars(select(Receipt))}
    assert set(acknowledged) - set(receipts) == set()
    last = sum(session.scalars(select(NumberSeries.last)))
    assert len(receipts) == last, "numbers have neither gaps nor doubles"
    objects = {one.key: one for one in session.scalars(select(StoredObject))}
    root = Path(current_app.config["INSTANCE"]) / "objects"
    for delivery in session.scalars(select(Delivery).where(Delivery.number.is_not(None))):
        receipt = receipts[delivery.number]
        assert (receipt.file_sha256, receipt.content_hash) == (delivery.file_sha256, delivery.content_hash)
        for key in (delivery.file_key, delivery.parquet_key):
            assert hashed(root / key).sha256 == objects[key].sha256, (delivery.number, key)
        assert objects[delivery.file_key].sha256 == receipt.file_sha256
        assert log_chain.verify(session, receipt.chain_head).head_found if delivery.number == "L-2026-0001" else True
    releases = list(session.scalars(select(Release)))
    assert all(one.forwarded_at is not None for one in releases)
    tables = {one.national_table for one in releases}
    for table in tables:
        of_table = [one.id for one in releases if one.national_table == table]
        counts = national_store().read(str(table), of_table)["__release"].value_counts()
        assert dict(counts.iter_rows()) == dict.fromkeys(of_table, 5), "each release's five rows, once"
    session.rollback()


def _finish_work() -> None:
    """As if the leases of what was killed had run out, and a worker had come to the end of its queue."""
    with by_hand() as session:
        moment = clock.now() - timedelta(seconds=1)
        session.execute(update(Job).where(Job.state == "running").values(leased_until=moment))
        session.execute(update(Job).where(Job.state == "waiting").values(due_at=moment))
    jobs.drain()
    db.session.rollback()
    failed = list(db.session.scalars(select(Job).where(Job.state.not_in(["done"]))))
    assert not failed, [(job.kind, job.error) for job in failed]
