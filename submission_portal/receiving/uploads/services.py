"""An upload in parts, from its beginning to its end. None commits; what is written concerns nobody but the client (no events).

What became of the file when it was whole is told by the delivery's own events, or by that of its refusal.
"""

from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import MachineClient
from registry.api.fields import moment_text
from registry.columns import new_id
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.jobs import JobRun, enqueue
from registry.locks import hold_name, holding
from submission_portal.receiving.uploads.files import FOLDER, Parts
from submission_portal.receiving.uploads.finding_texts import FINDINGS
from submission_portal.receiving.uploads.sealing import Seal, name_of, new_key, new_salt
from submission_portal.receiving.uploads.tables import Upload

LASTS = timedelta(hours=24)
MOST_OPEN = 10
"""Uploads of a client that are not finished."""
MOST_PIECES = 10_000
FORGET = "forget_uploads"
_METADATA = b"metadata"


def parts_of(app: Flask) -> Parts:
    """Where the instance's sealed parts lie."""
    return Parts(app.config["INSTANCE"] / FOLDER)


def begin(session: Session, client: MachineClient, now: datetime, *, length: int, metadata: str) -> tuple[Upload, str]:
    """A new upload, and the key of its address, which is kept nowhere. Raises `Refused` where the client has too many.

    It is asked for here already that it be forgotten when it expires.
    """
    hold_name(session, f"uploads:{client.person_id}")
    is_open = (Upload.client_id == client.person_id, Upload.finished_at.is_(None), Upload.expires_at > now)
    count, first = session.execute(select(func.count(), func.min(Upload.expires_at)).where(*is_open)).one()
    if count >= MOST_OPEN:
        raise Refused(FINDINGS.found("UPL-005", {"most": MOST_OPEN, "ends": moment_text(first)}))
    key, salt = new_key(), new_salt()
    upload = Upload(
        id=new_id(),
        organisation_id=client.organisation_id,
        client_id=client.person_id,
        key_name=name_of(key),
        salt=salt,
        metadata_sealed=Seal.of(key, salt).close(metadata.encode(), _METADATA),
        length=length,
        received=0,
        sealed_size=0,
        pieces=0,
        begun_at=now,
        expires_at=now + LASTS,
    )
    session.add(upload)
    enqueue(session, FORGET, now=now, payload={}, unique_key=f"{FORGET}:{upload.id}", due_at=upload.expires_at)
    session.flush()
    return upload, key


def upload_of(session: Session, client: MachineClient, now: datetime, key: str) -> Upload:
    """The upload with that key. Raises `NotFound` for another client's, and where it has expired or ended."""
    is_it = (Upload.key_name == name_of(key), Upload.client_id == client.person_id, Upload.expires_at > now)
    found = session.scalar(select(Upload).where(*is_it))
    if found is None:
        raise NotFound("upload")
    return found


def metadata_of(upload: Upload, seal: Seal) -> str:
    """What the client said of the file, as it wrote it. Raises `sealing.Unsealable`."""
    return seal.open(upload.metadata_sealed, _METADATA).decode()


def note_part(session: Session, upload_id: str, *, start: int, size: int, sealed_size: int, pieces: int) -> bool:
    """That a part has come and lies on the disk. ``False`` where another came meanwhile, or the upload has ended."""
    upload = _held(session, upload_id)
    if upload is None or upload.received != start or upload.finished_at is not None:
        return False
    upload.received, upload.sealed_size, upload.pieces = start + size, sealed_size, upload.pieces + pieces
    session.flush()
    return True


def note_delivery(session: Session, now: datetime, upload_id: str, delivery_id: str) -> None:
    """That the file is whole and a delivery: its salt goes, and with it all that could open what was sealed."""
    upload = _held(session, upload_id)
    if upload is not None:
        upload.received, upload.finished_at, upload.delivery_id = upload.length, now, delivery_id
        upload.salt, upload.metadata_sealed, upload.sealed_size = b"", b"", 0
        session.flush()


def end(session: Session, upload_id: str) -> None:
    """Forget an upload."""
    session.execute(delete(Upload).where(Upload.id == upload_id))


def forget(_job: JobRun) -> None:
    """Remove what has expired, and files that no upload has: the handler of `FORGET`."""
    parts = parts_of(current_app._get_current_object())  # type: ignore[attr-defined]
    with transaction(bookkeeping=True) as session:
        expired = list(session.scalars(select(Upload.id).where(Upload.expires_at <= clock.now())))
        session.execute(delete(Upload).where(Upload.id.in_(expired)))
    for upload_id in expired:
        parts.erase(upload_id)
    known = set(db.session.scalars(select(Upload.id).where(Upload.finished_at.is_(None))))
    db.session.rollback()
    parts.erase_all_but(known)


def _held(session: Session, upload_id: str) -> Upload | None:
    return session.scalar(holding(select(Upload).where(Upload.id == upload_id)))
