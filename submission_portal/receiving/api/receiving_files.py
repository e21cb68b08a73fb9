"""A file that a machine sends: read before anything is kept, then a delivery of its own or in the place of a draft's file."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import werkzeug.http
from flask import request
from sqlalchemy.orm import Session

from registry import clock
from registry.api.finding_texts import FINDINGS as API
from registry.api.principals import current_client
from registry.api.problems import NotTaken
from registry.db import db, transaction
from registry.items.tables import Item, Version
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_refusals import is_recorded, record_refusal
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.reading.packing import ENDING, is_packed
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.reading.readers import BY_KIND, GZIP, READERS
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows import queries as flows
from submission_portal.receiving.api.schemas import LONGEST_WAIT

ANY = "application/octet-stream"
TAKES = (*(media_type for reader in READERS for media_type in reader.media_types), GZIP, ANY)
"""Media types of content; of the last two the format is in ``?format=``, in the file's name, or seen in the content."""
_STEP = 0.2


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file, and how it was read."""

    name: str
    data: bytes
    reading: Reading


def own_line(session: Session, slug: str) -> Item:
    """A line of the client's organisation. Raises `NotFound` for others, which says nothing more."""
    client = current_client()
    line = flows.flow_item(session, slug)
    client.require(*queries.PREPARES, organisation_id=line.organisation_id)
    return line


def read_content(version: Version, asked: Mapping[str, Any]) -> SentFile:
    """Read the content of the request. Raises `NotTaken` (400) where it cannot be kept; then nothing of it is."""
    return read_file(version, asked, request.get_data(cache=True), request.mimetype)


def read_file(version: Version, asked: Mapping[str, Any], data: bytes, media_type: str) -> SentFile:
    """Read a file that has come whole. Raises `NotTaken` (400) where it cannot be kept; then nothing of it is."""
    name = _name(asked, data, media_type)
    reading = services.read_for(
        db.session,
        version,
        name,
        data,
        sheet=asked.get("sheet"),
        encoding=asked.get("encoding"),
        later=True,
        time=asked.get("period", ""),
    )
    if not reading.may_be_kept:
        if is_recorded(reading.findings):
            with transaction() as session:
                record_refusal(
                    session, current_client(), clock.now(), version=version, reading=reading, file_name=name, data=data
                )
        findings = reading.findings
        raise NotTaken(400, findings[0] if len(findings) == 1 else API.found("API-024"), findings=findings)
    return SentFile(name, data, reading)


def correction_in(asked: Mapping[str, Any]) -> tuple[str, CorrectionKind] | None:
    """What is corrected, and how. Raises `NotTaken` where only one of them is said."""
    reference, kind = asked.get("corrects"), CorrectionKind.named(asked.get("correction_kind"))
    if reference is None and kind is None:
        return None
    if reference is None or kind is None:
        raise NotTaken(400, FINDINGS.found("DEL-014", {"word": str(asked.get("correction_kind") or "")}))
    return reference, kind


def start(line_id: str, file: SentFile, asked: Mapping[str, Any]) -> tuple[str, bool]:
    """The delivery of a file: its id, and whether it was made now, not from the very same file before. Raises `Refused`."""
    corrects = correction_in(asked)
    client, now = current_client(), clock.now()
    with transaction() as session:
        corrected = queries.delivery_for(session, client, corrects[0]) if corrects else None
        delivery = services.start(
            session,
            client,
            now,
            flow_item=session.get_one(Item, line_id),
            file_name=file.name,
            data=file.data,
            reading=file.reading,
            stated_part=asked.get("part", ""),
            corrects=corrected,
            correction_kind=corrects[1] if corrects else None,
            sender_reference=asked["sender_reference"],
        )
        return delivery.id, delivery.created_at == now


def wait_for_check(delivery_id: str, wait: int) -> Delivery:
    """Wait so many seconds for the check of many rows. Returns the delivery as it is then; it may still be under way."""
    ends = time.monotonic() + wait
    while True:
        db.session.rollback()  # what the worker has written is seen by a new reading of the database
        delivery = queries.delivery_for(db.session, current_client(), delivery_id)
        if delivery.state != DeliveryState.CHECKING or time.monotonic() >= ends:
            return delivery
        time.sleep(_STEP)


def wait_in(prefer: str | None) -> int:
    """The seconds of ``Prefer: wait=n`` (RFC 7240, 4.3), at most `LONGEST_WAIT`; 0 where it is not said.

    >>> wait_in("respond-async, wait=10"), wait_in("wait=900"), wait_in("wait=x"), wait_in(None)
    (10, 30, 0, 0)
    """
    told = werkzeug.http.parse_dict_header(prefer or "").get("wait") or ""
    return min(int(told), LONGEST_WAIT) if told.isascii() and told.isdigit() and len(told) < 6 else 0


def _name(asked: Mapping[str, Any], data: bytes, media_type: str) -> str:
    """What the file is called: as is said, else by its format, so that its content is held against what it was said to be."""
    kind = asked.get("format") or kind_said(media_type)
    reader = BY_KIND.get(kind or "")
    name: str = asked.get("file_name") or "leverans"
    if reader is None or name.casefold().removesuffix(ENDING).endswith(reader.endings):
        return name
    return name + reader.endings[0] + (ENDING if is_packed(data) else "")


def kind_said(media_type: str) -> str | None:
    """The kind of file that a media type is of, whatever its parameters; ``None`` for one that no reader has.

    >>> kind_said("text/CSV; charset=utf-8"), kind_said("application/vnd.ms-excel"), kind_said("")
    ('csv', None, None)
    """
    plain = media_type.partition(";")[0].strip().lower()
    return next((reader.kind for reader in READERS if plain in reader.media_types), None)
