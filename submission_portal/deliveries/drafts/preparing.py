"""Preparing a delivery from a file: begin it, read in another file, take it back. Nothing leaves the region here."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from registry import clock, hands, storage
from registry.actors import Actor, MachineClient
from registry.errors import Invalid, Refused
from registry.findings import Text
from registry.identity import queries as identity
from registry.items.tables import Item, Version
from registry.locks import hold_name
from registry.provenance import Provenance
from registry.storage import Retention
from submission_portal.deliveries import queries
from submission_portal.deliveries.checking.delivery_check import (
    check_again,
)
from submission_portal.deliveries.checking.kept_reading import keep_reading, read_for, version_read_by
from submission_portal.deliveries.drafts.comparing import set_correction
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_numbers import refuse_unfit_texts
from submission_portal.deliveries.identity_refusals import record_answer
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryAct, DeliveryState
from submission_portal.deliveries.queries import PREPARES
from submission_portal.deliveries.reading.file_kinds import kept_name
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.deliveries.reading.older_encodings import CHOICES
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.reading.readers import media_type_of
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.tidying import ask_to_tidy
from submission_portal.deliveries.transitions import hold, lock, move
from submission_portal.flows import content as flow_content
from submission_portal.flows import queries as flows
from submission_portal.flows.acts import line
from submission_portal.flows.channels import Channel
from submission_portal.flows.division import listed
from submission_portal.flows.finding_texts import FINDINGS as FLOWS
from submission_portal.flows.uses import queries as uses

SENDER_REFERENCE = Text("den egna beteckningen", "the sender's own reference")


def open_version(
    session: Session, actor: Actor, now: datetime, flow_item: Item, channel: Channel | None = None
) -> Version:
    """The approved version of a line that the actor may deliver under today, by a channel (that of the actor, `channel_of`).

    Raises `NotFound` for lines of others, `Forbidden` without the role, `Refused` where the line takes no deliveries, or none by
    that channel, or the actor has acted for the recipient in it.
    """
    actor.require(*PREPARES, organisation_id=flow_item.organisation_id)
    today = clock.today(now)
    version = flows.approved_version(session, flow_item, today) or flows.approved_version(session, flow_item)
    if version is None:
        raise Refused(FINDINGS.found("DEL-006"))
    if (finding := uses.refusal(session, version, today)) is not None:
        raise Refused(finding)
    channel = channel or channel_of(actor)
    admitted = flow_content.read(version.content).channels
    if channel not in admitted:
        raise Refused(
            FLOWS.found("FLOW-117", {"channel": channel.label, "channels": listed(one.label for one in admitted)})
        )
    hands.require(session, actor, hands.Side.DISCLOSER, line(flow_item.id))
    return version


def channel_of(actor: Actor) -> Channel:
    """By which road an actor's file comes: a person reads it in, a machine of the region's sends it."""
    return Channel.API if isinstance(actor, MachineClient) else Channel.FILE


def read_own_file(
    session: Session,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    *,
    layout: Layout | None = None,
    header: int = 0,
    time: str | None = None,
) -> tuple[Reading, bytes]:
    """A delivery's own file, read once more under the line's version of today, and its bytes.

    What was chosen for it stands: its sheet, its encoding, the year and month of its headings (unless ``time`` is given), what it is
    that may be identity numbers. ``layout`` and ``header`` as `read_for` has them. Writes nothing, and may take seconds: call it before a transaction is opened.
    """
    version = open_version(session, actor, now, session.get_one(Item, delivery.flow_item_id))
    data, encoding = storage.read(session, delivery.file_key), delivery.reading.preview.encoding
    reading = read_for(
        session,
        version,
        delivery.file_name,
        data,
        sheet=delivery.sheet or None,
        later=True,
        identity_answer=delivery.reading.identity_answer,
        encoding=encoding if encoding in CHOICES else None,
        layout=layout,
        header=header,
        time=delivery.reading.mapped.time if time is None else time,
    )
    return reading, data


def start(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    flow_item: Item,
    file_name: str,
    data: bytes,
    sheet: str | None = None,
    corrects: Delivery | None = None,
    correction_kind: CorrectionKind | None = None,
    reading: Reading | None = None,
    provenance: Provenance | None = None,
    channel: Channel | None = None,
    stated_part: str = "",
    sender_reference: str = "",
) -> Delivery:
    """A delivery from a file, checked or (where ``reading`` awaits its rows) to be checked by the worker. The very same file leads to the delivery that was made of it before.

    ``provenance`` is the flow's, except in a demonstration: what somebody sends there by hand is made up, whatever the
    flow reproduces. ``channel`` is the actor's, where nothing else is said; ``stated_part`` the part of the period that the
    sender says that the file is; ``sender_reference`` is the sender's own name of it.

    Raises `Invalid` where the file cannot be kept (identity numbers, unreadable, unsafe): then nothing was written.
    """
    channel = channel or channel_of(actor)
    version = open_version(session, actor, now, flow_item, channel)
    refuse_unfit_texts((SENDER_REFERENCE, sender_reference))
    file_name = kept_name(file_name)
    digest = hashlib.sha256(data).hexdigest()
    if reading is None:
        reading = read_for(session, version, file_name, data, sheet=sheet)
    if not reading.may_be_kept:
        raise Invalid(reading.findings)
    hold_name(session, f"file:{flow_item.id}:{digest}")  # the very same file, at the same moment: one after the other
    replaced = (
        queries.root_of(session, corrects) if corrects and correction_kind == CorrectionKind.REPLACEMENT else None
    )
    but = _read_otherwise(session, replaced, reading)
    existing = _made_before(session, flow_item.id, digest, reading.preview.sheet or "", but)
    if existing is not None:
        if existing.is_working:
            _complete(session, actor, now, existing, version, data, reading, stated_part)
        return existing
    flow = flow_content.read(version.content)
    delivery = Delivery(
        organisation_id=flow_item.organisation_id,
        recipient_id=flow.recipient,
        flow_item_id=flow_item.id,
        flow_version_hash=version.content_hash,
        model_version_hash=flow.model_version,
        provenance=provenance or (Provenance.MADE_UP if identity.is_demonstration(session) else flow.provenance),
        file_name=file_name,
        file_sha256=digest,
        file_size=len(data),
        file_key=_put_file(session, now, flow_item.organisation_id, data, reading),
        stated_part=stated_part,
        sender_reference=sender_reference,
        channel=channel,
        created_by=actor.person_id,
        prepared_by=actor.person_id,
        created_at=now,
        changed_at=now,
    )
    set_correction(session, delivery, corrects, correction_kind)
    delivery.answers, delivery.gap_answers, delivery.contributors = {}, {}, []
    delivery.explanations, delivery.cited = {}, {}
    delivery.state, delivery.revision, delivery.disclosures = DeliveryState.DRAFT, 0, []
    keep_reading(session, now, delivery, reading)
    session.add(delivery)
    session.flush()
    about = {"file": digest, "flow": version.content_hash}
    check_again(
        session, actor, now, delivery, event="DeliveryStarted", later=reading.is_check_left, reading=reading, **about
    )
    record_answer(session, actor, now, delivery, reading)
    return delivery


def _read_otherwise(session: Session, replaced: Delivery | None, reading: Reading) -> str | None:
    """The id of what is to be replaced, where its file is read by other answers now: then the very same file is another
    delivery."""
    if replaced is None:
        return None
    now_read_by = version_read_by(session, replaced, reading.mapped.layout)
    return replaced.id if now_read_by != replaced.layout_version_id else None


def _made_before(session: Session, flow_item_id: str, digest: str, sheet: str, but: str | None) -> Delivery | None:
    """The delivery that was made of the very same file before: one that stands (``but`` not this one), or a draft, which is then
    held."""
    same = (flow_item_id, digest, sheet)
    while (found := queries.made_of_file(session, *same, but=but)) is not None:
        if found.stands:
            return found
        hold(session, found)
        if found.is_working:
            return found
    return None


def _complete(
    session: Session,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    version: Version,
    data: bytes,
    reading: Reading,
    stated_part: str,
) -> None:
    """What the very same file, read in once more, can do for a draft: be there again where it was lost, have been read as a
    whole before the worker came to it, or by answers that have been given since, and move to the version of the line that is in
    force now, or to another part."""
    mine = (delivery.rows_key, delivery.parquet_key, delivery.cells_key)
    keys = [delivery.file_key, *(key for key in mine if key)]
    is_read_sooner = delivery.state == DeliveryState.CHECKING and not reading.is_check_left
    is_read_sooner |= reading.mapped.layout not in (None, delivery.reading.mapped.layout)
    is_as_before = (delivery.flow_version_hash, delivery.stated_part) == (version.content_hash, stated_part)
    if is_as_before and not is_read_sooner and all(storage.is_whole(session, key) for key in keys):
        return
    _put_under(delivery, version)
    delivery.stated_part = stated_part
    delivery.file_key = _put_file(session, now, delivery.organisation_id, data, reading)
    keep_reading(session, now, delivery, reading)
    check_again(
        session, actor, now, delivery,
        event="DeliveryReadAgain", later=reading.is_check_left, reading=reading, file=delivery.file_sha256,
    )  # fmt: skip


def read_again(
    session: Session,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    *,
    file_name: str,
    data: bytes,
    sheet: str | None = None,
    reading: Reading | None = None,
    revision: int | None = None,
    stated_part: str | None = None,
    channel: Channel | None = None,
) -> Delivery:
    """Put another file (or another sheet of the same) in the place of a draft's. Answers and explanations are kept, and what was
    said of its part where nothing else is said. ``channel`` is the actor's, where nothing else is said."""
    lock(session, actor, delivery, revision)
    channel = channel or channel_of(actor)
    version = open_version(session, actor, now, session.get_one(Item, delivery.flow_item_id), channel)
    file_name = kept_name(file_name)
    digest = hashlib.sha256(data).hexdigest()
    if reading is None:
        reading = read_for(session, version, file_name, data, sheet=sheet)
    if not reading.may_be_kept:
        raise Invalid(reading.findings)
    is_replacement = delivery.correction_kind == CorrectionKind.REPLACEMENT
    replaced = session.get(Delivery, delivery.corrects_delivery_id) if is_replacement else None
    but, sheet_read = _read_otherwise(session, replaced, reading), reading.preview.sheet or ""
    existing = queries.standing_with_file(session, delivery.flow_item_id, digest, sheet_read, but=but)
    if existing is not None:
        return existing
    old = [delivery.file_key, delivery.rows_key, delivery.parquet_key]
    delivery.file_name, delivery.file_sha256, delivery.file_size = file_name, digest, len(data)
    delivery.file_key = _put_file(session, now, delivery.organisation_id, data, reading)
    _put_under(delivery, version)
    delivery.channel = channel
    if stated_part is not None:
        delivery.stated_part = stated_part
    keep_reading(session, now, delivery, reading)
    check_again(
        session, actor, now, delivery,
        event="DeliveryReadAgain", later=reading.is_check_left, reading=reading, file=digest,
    )  # fmt: skip
    if sheet is None:  # another sheet of the same file: answered when it was first read in
        record_answer(session, actor, now, delivery, reading)
    ask_to_tidy(session, now, delivery.organisation_id, old)
    return delivery


def withdraw_draft(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> None:
    """Take back a delivery that was never sent; its objects are erased. Called by `receiving.services.withdraw`."""
    move(delivery, DeliveryAct.WITHDRAW)
    keys = [delivery.file_key, delivery.rows_key, delivery.parquet_key, delivery.cells_key]
    ask_to_tidy(session, now, delivery.organisation_id, keys)
    delivery.file_key = delivery.rows_key = delivery.parquet_key = delivery.cells_key = None


def _put_under(delivery: Delivery, version: Version) -> None:
    """A draft goes on under the version of its line that is in force when a file is read in."""
    line_ = flow_content.read(version.content)
    delivery.flow_version_hash, delivery.model_version_hash = version.content_hash, line_.model_version
    delivery.recipient_id = line_.recipient


def _put_file(session: Session, now: datetime, organisation_id: str, data: bytes, reading: Reading) -> str:
    media_type = media_type_of(data, reading.preview.file_kind)
    return storage.put(
        session, organisation_id, "delivered", data, media_type=media_type, retention=Retention.DRAFT, now=now
    )
