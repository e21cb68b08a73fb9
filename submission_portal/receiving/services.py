"""The acts in which a delivery meets the other side: sent, released (and with that replacing another), withdrawn.

A delivery is received in the transaction that sends it: number, receipt, retention, references and the release or the
review come to be together, or not at all.
"""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from information_models.queries import load_model
from registry import clock, events, references, storage
from registry.actors import SYSTEM, Actor, Role, Scope
from registry.errors import Refused
from registry.finding_texts import FINDINGS as FOUND_OF_ITEMS
from registry.storage import Retention
from submission_portal.deliveries import queries
from submission_portal.deliveries.checking.delivery_check import (
    flow_version,
    is_compared_with_what_stands,
    period_conflict,
)
from submission_portal.deliveries.checking.remaining import has_warnings, remaining
from submission_portal.deliveries.drafts.preparing import withdraw_draft
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_numbers import REASONS, refuse_unfit_texts
from submission_portal.deliveries.lifecycle import STANDING, CorrectionKind, DeliveryAct, DeliveryState
from submission_portal.deliveries.tables import Delivery, Receipt
from submission_portal.deliveries.tidying import ask_to_tidy
from submission_portal.deliveries.transitions import hold, move, record
from submission_portal.flows import content as flow_content
from submission_portal.flows import queries as flows
from submission_portal.flows.suspending import refuse_suspended
from submission_portal.forwarding import services as forwarding
from submission_portal.forwarding.queries import release_of
from submission_portal.forwarding.tables import Release
from submission_portal.receiving.numbers import hold_series
from submission_portal.receiving.receipts import receipt_body
from termbank.bank.queries import statements


def send(session: Session, actor: Actor, now: datetime, delivery: Delivery, *, revision: int | None = None) -> Receipt:
    """Hand the delivery out: from this moment it is received. Sending what was sent gives the first receipt.

    With nothing but information found it is released at once; with explained warnings a reviewer reads it. Raises
    `Refused` where something remains, the flow is suspended or takes no deliveries any more, another delivery stands for the period, or
    what it corrects has changed since they were compared (`drafts.preparing.compare_again` comes first).
    """
    actor.require(Role.DATA_OFFICER, Scope.SEND_DELIVERIES, organisation_id=delivery.organisation_id)
    hold(session, delivery)
    if delivery.receipt is not None:
        return delivery.receipt
    refuse_suspended(session, delivery.flow_item_id)
    last = hold_series(session, clock.today(events.not_before(session, now)).year)
    now = events.not_before(session, now, anew=True)
    first = queries.standing_with_file(session, delivery.flow_item_id, delivery.file_sha256, delivery.sheet)
    if first is not None:
        if first.receipt is None:
            raise Refused(FINDINGS.found("DEL-001"))
        return first.receipt
    _refuse_unready(session, now, delivery, revision)
    _take_into_record(session, delivery)
    delivery.number = f"L-{last.year}-{last.last + 1:04d}"
    delivery.sent_at = delivery.changed_at = now
    delivery.sent_by = actor.person_id
    move(delivery, DeliveryAct.SEND)
    try:
        with session.begin_nested():
            last.last += 1
            session.flush()
    except IntegrityError:
        raise Refused(FINDINGS.found("DEL-001")) from None
    receipt = _receive(session, now, delivery)
    record(
        session, actor, now, delivery, "DeliverySent",
        number=delivery.number, file=delivery.file_sha256, content=delivery.content_hash,
    )  # fmt: skip
    flow = flow_content.read(flow_version(session, delivery).content)
    if has_warnings(delivery.assessment) or not flow.is_automatic:
        move(delivery, DeliveryAct.REVIEW)
        session.flush()
        record(session, SYSTEM, now, delivery, "DeliveryPutToReview")
    else:
        release(session, SYSTEM, now, delivery)
    return receipt


def release(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> Release:
    """Release a delivery into the follow-up. What it replaces, with the corrections of that, stops counting with it.

    Releasing it twice changes nothing. Raises `Refused` where its state or its rows do not permit it, and where its flow is
    suspended.
    """
    if (existing := release_of(session, delivery.id)) is not None:
        return existing
    refuse_suspended(session, delivery.flow_item_id)
    made = forwarding.release(session, actor, now, delivery=delivery)
    moment = events.not_before(session, now)
    move(delivery, DeliveryAct.RELEASE)
    delivery.changed_at = moment
    if delivery.correction_kind == CorrectionKind.REPLACEMENT and delivery.corrects_delivery_id:
        replaced = session.get_one(Delivery, delivery.corrects_delivery_id)
        for one in [*queries.corrections_of(session, replaced), replaced]:
            if one.state == DeliveryState.RELEASED:
                move(one, DeliveryAct.REPLACE)
                one.changed_at = moment
    session.flush()
    return made


def withdraw(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, *, reason: str = "", revision: int | None = None
) -> None:
    """The region takes a delivery back: before sending nothing remains of it, afterwards it stays on record as withdrawn.

    Corrections that stand on it are withdrawn with it. A reason is needed once it has been sent.
    """
    actor.require(Role.DATA_OFFICER, organisation_id=delivery.organisation_id)
    hold(session, delivery)
    if revision is not None and revision != delivery.revision:
        raise Refused(FINDINGS.found("DEL-001"))
    refuse_unfit_texts((REASONS, reason))
    if delivery.is_working:
        withdraw_draft(session, actor, now, delivery)
    elif not reason.strip():
        raise Refused(FINDINGS.found("DEL-007"))
    else:
        for one in [*reversed(queries.corrections_of(session, delivery)), delivery]:
            move(one, DeliveryAct.WITHDRAW)
            one.ended_reason, one.changed_at = reason.strip(), now
            if (released := release_of(session, one.id)) is not None:
                forwarding.withdraw_release(session, actor, now, release=released, reason=reason.strip())
            if one is not delivery:
                record(session, actor, now, one, "DeliveryWithdrawn", number=one.number)
    delivery.ended_reason, delivery.changed_at = reason.strip(), now
    session.flush()
    record(session, actor, now, delivery, "DeliveryWithdrawn", number=delivery.number or "")


def _refuse_unready(session: Session, now: datetime, delivery: Delivery, revision: int | None) -> None:
    if delivery.state == DeliveryState.CHECKING:
        raise Refused(FINDINGS.found("DEL-011"))
    if remaining(delivery.assessment, delivery.explanations):
        raise Refused(FINDINGS.found("DEL-004"))
    if delivery.state != DeliveryState.DISCLOSED or (revision is not None and revision != delivery.revision):
        raise Refused(FINDINGS.found("DEL-001"))
    decision = delivery.disclosure
    if decision is None or not decision.is_granted or decision.revision != delivery.revision:
        raise Refused(FINDINGS.found("DEL-001"))
    if (finding := flows.refusal(flow_version(session, delivery), clock.today(now))) is not None:
        raise Refused(finding)
    if (conflict := period_conflict(session, delivery, delivery.period_first, delivery.period_last)) is not None:
        raise Refused(conflict)
    if delivery.corrects_delivery_id:
        corrected = session.get_one(Delivery, delivery.corrects_delivery_id)
        if corrected.state not in STANDING:
            raise Refused(FINDINGS.found("DEL-005"))
        if not is_compared_with_what_stands(session, delivery):
            raise Refused(FINDINGS.found("DEL-012"))


def _take_into_record(session: Session, delivery: Delivery) -> None:
    """Keep the file and the accepted rows for good. Raises `Refused` where they are not there as they were checked.

    Held until the transaction ends, so that a receipt implies what it is a receipt of.
    """
    if delivery.file_key is None or delivery.file_key.rpartition("/")[2] != delivery.file_sha256:
        raise Refused(FOUND_OF_ITEMS.found("STO-001"))
    for key in (delivery.file_key, delivery.parquet_key):
        storage.keep_as(session, key, Retention.RECORD)


def _receive(session: Session, now: datetime, delivery: Delivery) -> Receipt:
    ask_to_tidy(session, now, delivery.organisation_id, [delivery.rows_key])
    delivery.rows_key = None
    ref = f"delivery:{delivery.id}"
    references.link(session, ref, f"version:{delivery.flow_version_hash}", "under", now)
    for content_hash in applied_versions(session, delivery):
        references.link(session, ref, f"version:{content_hash}", "applied", now)
    head = events.head(session)
    receipt = Receipt(
        organisation_id=delivery.organisation_id,
        number=delivery.number,
        received_at=now,
        file_sha256=delivery.file_sha256,
        content_hash=delivery.content_hash,
        chain_head=head,
        body=receipt_body(delivery, received_at=now, chain_head=head),
    )
    delivery.receipt = receipt
    session.flush()
    return receipt


def applied_versions(session: Session, delivery: Delivery) -> list[str]:
    """How the region applied the model's concepts in the delivery's period: content hashes, pinned by the sending."""
    if delivery.period_first is None or delivery.period_last is None:
        return []
    loaded = load_model(session, delivery.model_version_hash)
    found: dict[str, None] = {}
    for slug in dict.fromkeys(element.concept for element in loaded.model.elements if element.concept):
        for day in (delivery.period_first, delivery.period_last):
            version = statements.application_at(session, slug, delivery.organisation_id, day)
            if version is not None:
                found[version.content_hash] = None
    return list(found)
