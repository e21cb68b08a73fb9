"""Uploads in parts for machines: tus 1.0 with creation, checksum, expiration and termination (ADR 67).

When the last part has come the file goes the road of any other (`receiving.api.receiving_files`). The address of an upload has the
key of what it keeps: it is in no log, and only the client that was given it can go on.
"""

import errno
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import datetime
from functools import wraps
from typing import IO, Any, TypeVar

import marshmallow as ma
import structlog
from flask import Response, current_app, request, url_for
from werkzeug.http import http_date

from registry import clock
from registry.actors import Scope
from registry.api.finding_texts import FINDINGS as API
from registry.api.misfits import misfits
from registry.api.principals import current_client
from registry.api.problems import MEDIA_TYPE, NotTaken
from registry.api.resources import Resources
from registry.api.schemas import ProblemSchema
from registry.db import db, transaction
from registry.errors import Invalid, NotFound
from registry.findings import Finding, Place, Text
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.drafts.preparing import SENDER_REFERENCE
from submission_portal.deliveries.drafts.uploads import LARGE, places
from submission_portal.deliveries.identity_numbers import refuse_unfit_texts
from submission_portal.receiving.api.receiving_files import (
    ANY,
    correction_in,
    own_line,
    read_file,
    start,
)
from submission_portal.receiving.uploads import services as uploads
from submission_portal.receiving.uploads.files import Held, Parts, append
from submission_portal.receiving.uploads.finding_texts import FINDINGS
from submission_portal.receiving.uploads.protocol import (
    ALGORITHMS,
    EXTENSIONS,
    MISMATCH,
    PART,
    VERSION,
    Unreadable,
    checksum_in,
    metadata_in,
)
from submission_portal.receiving.uploads.schemas import (
    MetadataSchema,
    NewUploadHeaders,
    PartHeaders,
    ProtocolHeaders,
    UploadSchema,
)
from submission_portal.receiving.uploads.sealing import Seal, Unsealable, is_key, pieces_of
from submission_portal.receiving.uploads.tables import Upload

View = TypeVar("View", bound=Callable[..., Any])
AGAIN_SECONDS = "2"
CONCAT = "Upload-Concat"
_FILE_NAME = Text("filens namn", "the file's name")
_NO_CONCATENATION = Text(
    "Filer som sätts ihop av flera uppladdningar tas inte emot: varje uppladdning är en hel fil.",
    "Files that are put together of several uploads are not taken: each upload is a whole file.",
)
EXAMPLE = {"offset": 8388608, "length": 187654321, "expires_at": "2026-11-03T08:00:00Z", "delivery": None}
log = structlog.get_logger("submission_portal.receiving")

resources = Resources(
    "uploads",
    __name__,
    description=Text(
        "Filer som sänds i delar och fortsätter efter ett avbrott (tus 1.0).",
        "Files that are sent in parts, and gone on with after a break (tus 1.0).",
    ),
)


def _header(description: str, kind: str = "string") -> dict[str, Any]:
    return {"description": description, "schema": {"type": kind}}


_OFFSET = {"Upload-Offset": _header("How many bytes have come.", "integer")}
_EXPIRES = {"Upload-Expires": _header("When the upload is forgotten.")}
_DELIVERY = {"Location": _header("The delivery, when the file is whole.")}


_MISMATCHED = {
    "type": "https://registret.example/api/#upl-003",
    "title": "The part is not what was sent",
    "status": MISMATCH,
    "detail": "Upload-Checksum does not agree with what arrived. Nothing of the part was kept.",
    "instance": "/api/v1/uploads/…",
    "findings": [],
}


def _speaks_tus(view: View) -> View:
    """A view that answers clients which say that they speak the version that is spoken here."""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> Any:
        given = request.headers.get("Tus-Resumable", "")
        if given != VERSION and request.method != "GET":
            finding = FINDINGS.found("UPL-001", {"version": VERSION, "given": given[:20] or "–"})
            raise NotTaken(412, finding, headers={"Tus-Version": VERSION})
        return view(*args, **kwargs)

    return answered  # type: ignore[return-value]


def say_protocol(answer: Response) -> Response:
    """What is spoken here, with every answer; all of it where that is asked (OPTIONS)."""
    answer.headers["Tus-Resumable"] = VERSION
    if request.method == "OPTIONS":
        answer.headers["Tus-Version"] = VERSION
        answer.headers["Tus-Extension"] = EXTENSIONS
        answer.headers["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
        answer.headers["Tus-Max-Size"] = str(current_app.config["UPLOAD_BYTES"])
    return answer


resources.after_request(say_protocol)


@resources.post("/uploads", needs=Scope.PREPARE_DELIVERIES)
@_speaks_tus
@resources.arguments(NewUploadHeaders, location="headers")
@resources.response(
    201,
    UploadSchema,
    example=EXAMPLE | {"offset": 0},
    headers={"Location": _header("The upload's address."), **_EXPIRES},
)
@resources.alt_response(412, "PRECONDITION_FAILED")
@resources.alt_response(409, "CONFLICT")
def begin_upload(headers: Mapping[str, Any]) -> Any:
    """Begin an upload in parts.

    For large files and lines that break: tus 1.0. The content follows by PATCH to the address in `Location`, which only this
    client can use and which nobody should log. What is wrong with what is said of the file is answered here, before any of it
    is sent. An upload lasts 24 hours. OPTIONS says which extensions there are, and how large a file may be.
    """
    client, now = current_client(), clock.now()
    if request.content_length or request.get_data():
        raise NotTaken(400, FINDINGS.found("UPL-008"))
    if CONCAT in request.headers:
        raise NotTaken(400, _misfit(CONCAT, _NO_CONCATENATION))
    length = headers["length"]
    largest = current_app.config["UPLOAD_BYTES"]
    if length > largest:
        raise NotTaken(413, API.found("API-020", {"bytes": largest}))
    asked = _asked(headers["metadata"])
    line = own_line(db.session, asked["line"])
    version = services.open_version(db.session, client, now, line)
    refuse_unfit_texts((SENDER_REFERENCE, asked["sender_reference"]), (_FILE_NAME, asked.get("filename", "")))
    if (corrects := correction_in(asked)) is not None:
        queries.delivery_for(db.session, client, corrects[0])
    if not length:  # no part will follow; an empty file is answered as any other
        read_file(version, asked, b"", asked["filetype"])
    parts = _parts()
    if parts.free_bytes() - length < current_app.config["FREE_BYTES"]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with transaction(bookkeeping=True) as session:
        upload, key = uploads.begin(session, client, now, length=length, metadata=headers["metadata"])
        parts.make(upload.id)
    address = url_for("api-uploads.show_upload", upload=key)
    return _as_data(upload), 201, {"Location": address, **_expiry(upload)}


@resources.get("/uploads/<upload>", needs=Scope.PREPARE_DELIVERIES)
@_speaks_tus
@resources.response(
    200,
    UploadSchema,
    example=EXAMPLE,
    headers={**_OFFSET, "Upload-Length": _header("The size of the whole file.", "integer"), **_EXPIRES, **_DELIVERY},
)
def show_upload(upload: str) -> Any:
    """How far an upload has come.

    As data, and by HEAD (with `Tus-Resumable`) in the headers that tus has. When the file is whole `Location` and `delivery` lead to its delivery.
    """
    found = _found(upload)
    told = {**_offset(found), "Upload-Length": str(found.length), **_expiry(found), **_delivery(found)}
    if found.finished_at is None:
        try:
            told["Upload-Metadata"] = uploads.metadata_of(found, Seal.of(upload, found.salt))
        except Unsealable:
            raise _lost(found) from None
    return _as_data(found), 200, told


@resources.patch("/uploads/<upload>", needs=Scope.PREPARE_DELIVERIES, takes=(PART, ANY))
@_speaks_tus
@resources.arguments(PartHeaders, location="headers")
@resources.response(204, description="The part has come.", headers={**_OFFSET, **_EXPIRES, **_DELIVERY})
@resources.alt_response(412, "PRECONDITION_FAILED")
@resources.alt_response(409, "CONFLICT")
@resources.alt_response(
    MISMATCH,
    schema=ProblemSchema,
    content_type=MEDIA_TYPE,
    description="The part is not what Upload-Checksum says; nothing of it was kept.",
    example=_MISMATCHED,
)
def continue_upload(headers: Mapping[str, Any], upload: str) -> Response:
    """Send a part.

    Where its connection breaks, what came of it is kept, unless a checksum goes with it: then it is the whole part or nothing of
    it. With the last part the file is read as one that is sent whole: `Location` is its delivery, whatever was found in it. A
    problem means that it was not taken; with 400 and 422 the upload has ended, with others the same part may be sent again.
    """
    part = request.get_data()
    found = _found(upload)
    _require_fit(found, headers["offset"], len(part))
    _require_checksum(headers.get("checksum"), part)
    if part:
        with _held(found.id) as file:
            found = _found(upload)  # as it is now that nobody else writes to it
            _require_fit(found, headers["offset"], len(part))
            if found.received + len(part) < found.length:
                _keep(found, Seal.of(upload, found.salt), file, part)
            else:
                _deliver(found, Seal.of(upload, found.salt), file, part)
        found = _found(upload)
    answer = Response(status=204, headers={**_offset(found), **_expiry(found), **_delivery(found)})
    del answer.headers["Content-Type"]
    return answer


@resources.delete("/uploads/<upload>", needs=Scope.PREPARE_DELIVERIES)
@_speaks_tus
@resources.arguments(ProtocolHeaders, location="headers")
@resources.response(204, description="The upload has ended.")
@resources.alt_response(412, "PRECONDITION_FAILED")
@resources.alt_response(409, "CONFLICT")
def end_upload(_headers: Mapping[str, Any], upload: str) -> Response:
    """End an upload.

    Nothing of it remains. Of one that is whole, the delivery does: that is withdrawn by itself.
    """
    found = _found(upload)
    if found.finished_at is None:
        with _held(found.id):
            _end(found.id)
    else:
        _end(found.id)
    answer = Response(status=204)
    del answer.headers["Content-Type"]
    return answer


def _keep(upload: Upload, seal: Seal, file: IO[bytes], part: bytes) -> None:
    """Put a part beside those that came before it. Raises `NotFound` where the upload ended meanwhile."""
    pieces = pieces_of(len(part))
    if upload.pieces + pieces > uploads.MOST_PIECES:
        raise NotTaken(409, FINDINGS.found("UPL-007", {"most": uploads.MOST_PIECES}))
    upload_id, start_at, kept = upload.id, upload.received, upload.sealed_size
    db.session.rollback()  # no reader of the database lives through the writing
    sealed_size = append(file, kept, seal.close_part(part, start_at))
    with transaction(bookkeeping=True) as session:
        is_noted = uploads.note_part(
            session, upload_id, start=start_at, size=len(part), sealed_size=sealed_size, pieces=pieces
        )
    if not is_noted:
        raise NotFound("upload")


def _deliver(upload: Upload, seal: Seal, file: IO[bytes], part: bytes) -> None:
    """Make a delivery of the file that the last part makes whole. Nothing of the part is kept where that cannot be done now."""
    upload_id = upload.id
    try:
        asked = _asked(uploads.metadata_of(upload, seal))
        data = seal.open_parts(file, upload.received, then=part) if upload.received else part
    except Unsealable:
        raise _lost(upload) from None
    line = own_line(db.session, asked["line"])
    version = services.open_version(db.session, current_client(), clock.now(), line)
    line_id = line.id
    try:
        with _place(len(data)):
            sent = read_file(version, asked, data, asked["filetype"])
            delivery_id, _is_new = start(line_id, sent, asked)
    except (NotTaken, Invalid):
        _end(upload_id)  # such a file is never taken, and nothing of it is kept
        raise
    with transaction(bookkeeping=True) as session:
        uploads.note_delivery(session, clock.now(), upload_id, delivery_id)
    _parts().erase(upload_id)


def _found(key: str) -> Upload:
    """The client's upload with that key, with what has come of it. Raises `NotFound`."""
    db.session.rollback()
    if not is_key(key):
        raise NotFound("upload")
    upload = uploads.upload_of(db.session, current_client(), clock.now(), key)
    if upload.finished_at is None and _parts().size(upload.id) < upload.sealed_size:
        raise _lost(upload)
    return upload


def _lost(upload: Upload) -> NotFound:
    """Forget an upload whose parts are not there as they were: a restored instance has none, for instance."""
    log.warning("upload_lost", upload=upload.id)
    _end(upload.id)
    return NotFound("upload")


def _end(upload_id: str) -> None:
    with transaction(bookkeeping=True) as session:
        uploads.end(session, upload_id)
    _parts().erase(upload_id)


@contextmanager
def _held(upload_id: str) -> Iterator[IO[bytes]]:
    """The file of an upload, for this request alone. Raises `NotTaken` where another one writes to it."""
    with ExitStack() as held:
        try:
            file = held.enter_context(_parts().held(upload_id))
        except Held:
            raise NotTaken(409, FINDINGS.found("UPL-006"), headers={"Retry-After": AGAIN_SECONDS}) from None
        except FileNotFoundError:
            raise NotFound("upload") from None
        yield file


def _place(size: int) -> AbstractContextManager[None]:
    """A place among those who have large files read, as pages take one."""
    if size <= LARGE:
        return nullcontext()
    db.session.rollback()
    return places(current_app._get_current_object()).take()  # type: ignore[attr-defined]


def _parts() -> Parts:
    return uploads.parts_of(current_app._get_current_object())  # type: ignore[attr-defined]


def _require_fit(upload: Upload, offset: int, size: int) -> None:
    """See that a part goes on where the last one ended, and ends where the file does. Raises `NotTaken`."""
    if offset != upload.received:
        raise NotTaken(409, FINDINGS.found("UPL-002", {"given": offset, "received": upload.received}))
    if offset + size > upload.length:
        raise NotTaken(413, FINDINGS.found("UPL-004", {"length": upload.length, "size": offset + size}))


def _require_checksum(header: str | None, part: bytes) -> None:
    if header is None:
        return
    try:
        checksum = checksum_in(header)
    except Unreadable as error:
        raise NotTaken(400, _misfit("Upload-Checksum", error.problem)) from error
    if not checksum.fits(part):
        raise NotTaken(MISMATCH, FINDINGS.found("UPL-003"))


def _asked(header: str) -> Mapping[str, Any]:
    """What ``Upload-Metadata`` says of the file. Raises `NotTaken` with all that is wrong with it."""
    try:
        asked: dict[str, Any] = MetadataSchema().load(metadata_in(header))
    except Unreadable as error:
        raise NotTaken(400, _misfit("Upload-Metadata", error.problem)) from error
    except ma.ValidationError as error:
        found = [_misfit(f"Upload-Metadata: {'.'.join(path)}", problem) for path, problem in misfits(error.messages)]
        raise NotTaken(400, found[0] if len(found) == 1 else API.found("API-024"), findings=found) from error
    if "filename" in asked:
        asked["file_name"] = asked["filename"]
    return asked


def _misfit(name: str, problem: Text) -> Finding:
    return API.found("API-004", {"name": name[:120], "problem": problem}, [Place(field=name[:120])])


def _as_data(upload: Upload) -> dict[str, int | str | datetime | None]:
    return {
        "offset": upload.received,
        "length": upload.length,
        "expires_at": upload.expires_at,
        "delivery": upload.delivery_id,
    }


def _offset(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.received)}


def _expiry(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": http_date(upload.expires_at)}


def _delivery(upload: Upload) -> dict[str, str]:
    if upload.delivery_id is None:
        return {}
    return {"Location": url_for("api-deliveries.show_delivery", delivery_id=upload.delivery_id)}
