"""The acts in which a delivery meets the other side: sent, released (and with that replacing another), withdrawn.

A delivery is received in the transaction that sends it: number, receipt, retention, references and the release or the
review come to be together, or not at all.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from information_models.queries import load_model
from registry import clock, events, references, storage
from registry.actors import SYSTEM, Actor, Role, Scope
from registry.auditing.proofs import claims_hash
from registry.errors import Refused
from registry.finding_texts import FINDINGS as FOUND_OF_ITEMS
from registry.reasons import says_something
from registry.signing import signed_heads
from registry.signing.services import signer_in_use
from registry.storage import Retention
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment.remaining import has_warnings, remaining
from submission_portal.deliveries.checking.delivery_check import (
    flow_version,
    is_compared_with_what_stands,
)
from submission_portal.deliveries.checking.line_register import period_conflict
from submission_portal.deliveries.drafts.preparing import withdraw_draft
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_numbers import REASONS, refuse_unfit_texts
from submission_portal.deliveries.lifecycle import STANDING, CorrectionKind, DeliveryAct, DeliveryState
from submission_portal.deliveries.standing_disclosures.applying import disclose_under, held_decision
from submission_portal.deliveries.tables import Delivery, Receipt, StandingDisclosure
from submission_portal.deliveries.tidying import ask_to_tidy
from submission_portal.deliveries.transitions import hold, move, not_now, record, refuse_outdated, something_remains
from submission_portal.deliveries.uses.named import rows_of, standing_refs, uses_of
from submission_portal.deliveries.uses.naming import link, settle
from submission_portal.flows.queries import line_by_hash
from submission_portal.flows.suspending import refuse_all_suspended, refuse_suspended
from submission_portal.flows.uses import queries as uses
from submission_portal.flows.uses.queries import hold_uses
from submission_portal.flows.uses.standing import StandingUse
from submission_portal.forwarding import services as forwarding
from submission_portal.forwarding.queries import release_of
from submission_portal.forwarding.tables import Release
from submission_portal.receiving.numbers import hold_series
from submission_portal.receiving.receipts import receipt_body
from termbank.bank.queries import statements


def send(session: Session, actor: Actor, now: datetime, delivery: Delivery, *, revision: int | None = None) -> Receipt:
    """Hand the delivery out: from this moment it is received. Sending what was sent gives the first receipt.

    With nothing but information found it is released at once; with explained warnings a reviewer reads it, and so is a correction
    of what is still in review: it is released after that. It is received for the uses that the region named and that are in force today. One that nobody has decided on goes under the standing decision of
    its line, where that covers it now. Raises `Refused` where something remains, the flow or every named use is suspended, it takes no
    deliveries any more, no named use is in force, another delivery stands for the period, or what it corrects has changed since they were compared
    (`drafts.comparing.compare_again` comes first).
    """
    actor.require(Role.DATA_OFFICER, Scope.SEND_DELIVERIES, organisation_id=delivery.organisation_id)
    hold(session, delivery)
    if delivery.receipt is not None:
        return delivery.receipt
    refuse_suspended(session, delivery.flow_item_id)
    under = held_decision(session, now, delivery)
    _hold_named(session, delivery)
    last = hold_series(session, clock.today(events.not_before(session, now)).year)
    now = events.not_before(session, now, anew=True)
    first = queries.standing_with_file(session, delivery.flow_item_id, delivery.file_sha256, delivery.sheet)
    is_replaced = first is not None and first.id == delivery.corrects_delivery_id
    is_replaced &= delivery.correction_kind == CorrectionKind.REPLACEMENT
    if first is not None and is_replaced and first.content_hash != delivery.content_hash:
        first = None  # the same file, read by other answers
    if first is not None:
        if first.receipt is None:
            raise Refused(FINDINGS.found("DEL-001"))
        return first.receipt
    if under is not None:
        disclose_under(session, now, delivery, under)
    _refuse_unready(session, now, delivery, revision)
    used_for = settle(session, now, delivery)
    refuse_all_suspended(session, used_for)
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
    receipt = _receive(session, now, delivery, used_for)
    record(
        session, actor, now, delivery, "DeliverySent",
        number=delivery.number, file=delivery.file_sha256, content=delivery.content_hash,
        uses=" ".join(one.ref for one in used_for), claims=claims_hash(receipt.body),
    )  # fmt: skip
    events.afterwards(session, partial(_seal_receipt, receipt))
    flow = line_by_hash(session, delivery.flow_version_hash)
    if has_warnings(delivery.assessment) or not flow.is_automatic or unreleased(session, delivery) is not None:
        move(delivery, DeliveryAct.REVIEW)
        session.flush()
        record(session, SYSTEM, now, delivery, "DeliveryPutToReview")
    else:
        release(session, SYSTEM, now, delivery)
    return receipt


def release(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> Release:
    """Release a delivery into the follow-up. What it replaces, with the corrections of that, stops counting with it, and is
    taken back where nobody had released it yet.

    Releasing it twice changes nothing. Raises `Refused` where its state or its rows do not permit it, where its flow, or every use, is
    suspended, where every use that it was disclosed for has been taken back, and where it corrects what is not released.
    """
    if (existing := release_of(session, delivery.id)) is not None:
        return existing
    refuse_suspended(session, delivery.flow_item_id)
    _hold_named(session, delivery)
    if not standing_refs(rows_of(session, [delivery.id]).get(delivery.id, [])):
        raise Refused(FINDINGS.found("DEL-024"))
    refuse_all_suspended(session, [one.standing for one in uses_of(session, delivery) if not one.is_ended])
    if (first := unreleased(session, delivery)) is not None:
        raise Refused(FINDINGS.found("DEL-083", {"number": first.number or ""}))
    made = forwarding.release(session, actor, now, delivery=delivery)
    moment = events.not_before(session, now)
    move(delivery, DeliveryAct.RELEASE)
    delivery.changed_at = moment
    if delivery.correction_kind == CorrectionKind.REPLACEMENT and delivery.corrects_delivery_id:
        replaced = session.get_one(Delivery, delivery.corrects_delivery_id)
        for one in [replaced, *queries.corrections_of(session, replaced)]:
            _give_way(session, moment, one, delivery)
    session.flush()
    return made


def _give_way(session: Session, now: datetime, replaced: Delivery, by: Delivery) -> None:
    """A delivery stops counting for the one that replaces it. One that is still in review is taken back, for it never counted, and
    counted again if it were released after the one that came in its place."""
    if replaced.state == DeliveryState.RELEASED:
        move(replaced, DeliveryAct.REPLACE)
    elif replaced.state == DeliveryState.IN_REVIEW:
        move(replaced, DeliveryAct.WITHDRAW)
        replaced.ended_reason = f"Ersatt av {by.number} innan den var granskad."
        record(session, SYSTEM, now, replaced, "DeliveryWithdrawn", number=replaced.number)
    replaced.changed_at = now


def unreleased(session: Session, delivery: Delivery) -> Delivery | None:
    """What a correction corrects, where that is not released: rows of the two would count in the order in which they came."""
    if delivery.correction_kind != CorrectionKind.CORRECTION or not delivery.corrects_delivery_id:
        return None
    corrected = session.get_one(Delivery, delivery.corrects_delivery_id)
    return None if corrected.state == DeliveryState.RELEASED else corrected


def withdraw(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, *, reason: str = "", revision: int | None = None
) -> None:
    """The region takes a delivery back: before sending nothing remains of it, afterwards it stays on record as withdrawn.

    Corrections that stand on it are withdrawn with it. A reason is needed once it has been sent.
    """
    actor.require(Role.DATA_OFFICER, Scope.SEND_DELIVERIES, organisation_id=delivery.organisation_id)
    hold(session, delivery)
    refuse_outdated(delivery, revision)
    refuse_unfit_texts((REASONS, reason))
    if delivery.is_working:
        withdraw_draft(session, actor, now, delivery)
    elif not says_something(reason):
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


def _hold_named(session: Session, delivery: Delivery) -> None:
    """See that nobody takes back a use that the delivery is named for until this transaction ends."""
    hold_uses(session, standing_refs(rows_of(session, [delivery.id]).get(delivery.id, [])))


def _refuse_unready(session: Session, now: datetime, delivery: Delivery, revision: int | None) -> None:
    if delivery.state == DeliveryState.CHECKING or not delivery.is_working:
        raise Refused(not_now(delivery))
    if left := remaining(delivery.assessment, delivery.explanations):
        raise Refused(something_remains(left))
    if delivery.state == DeliveryState.CHECKED:
        raise Refused(FINDINGS.found("DEL-040"))
    if delivery.state != DeliveryState.DISCLOSED:
        raise Refused(not_now(delivery))
    refuse_outdated(delivery, revision)
    decision = delivery.disclosure
    if decision is None or not decision.is_granted or decision.revision != delivery.revision:
        raise Refused(FINDINGS.found("DEL-001"))
    line = flow_version(session, delivery)
    if (finding := uses.refusal(session, line, clock.today(now))) is not None:
        raise Refused(finding)
    days = (delivery.period_first, delivery.period_last)
    if (conflict := period_conflict(session, delivery, *days, delivery.part)) is not None:
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
    for key in (delivery.file_key, delivery.parquet_key, *filter(None, [delivery.cells_key])):
        storage.keep_as(session, key, Retention.RECORD)


def _receive(session: Session, now: datetime, delivery: Delivery, used_for: Sequence[StandingUse]) -> Receipt:
    ask_to_tidy(session, now, delivery.organisation_id, [delivery.rows_key])
    delivery.rows_key = None
    ref = f"delivery:{delivery.id}"
    references.link(session, ref, f"version:{delivery.flow_version_hash}", "under", now)
    for content_hash in applied_versions(session, delivery):
        references.link(session, ref, f"version:{content_hash}", "applied", now)
    for use in used_for:
        link(session, now, delivery.id, use)
    head = events.head(session)
    corrects = delivery.corrects_delivery_id
    corrected = session.get_one(Delivery, corrects).number if corrects else None
    receipt = Receipt(
        organisation_id=delivery.organisation_id,
        number=delivery.number,
        received_at=now,
        file_sha256=delivery.file_sha256,
        content_hash=delivery.content_hash,
        chain_head=head,
        body=receipt_body(
            delivery,
            used_for,
            received_at=now,
            chain_head=head,
            corrects=corrected or "",
            under=_under(delivery),
        ),
    )
    delivery.receipt = receipt
    session.flush()
    return receipt


def _seal_receipt(receipt: Receipt, session: Session, made: Sequence[Mapping[str, Any]]) -> None:
    """Say which event has the receipt's claims, and sign the log with it; where there is nothing to sign with, it is signed later."""
    of = f"delivery:{receipt.delivery_id}"
    receipt.event_number = next(one["number"] for one in made if (one["type"], one["subject"]) == ("DeliverySent", of))
    by = signer_in_use(session, Path(current_app.config["INSTANCE"]))
    if by is not None:
        signed_heads.sign(session, by, made[-1]["recorded_at"])


def _under(delivery: Delivery) -> tuple[StandingDisclosure, list[dict[str, Any]]] | None:
    """The standing decision that a delivery is sent under, with each condition and its value."""
    made = delivery.disclosure
    if made is None or made.standing_disclosure is None:
        return None
    return made.standing_disclosure, [one.as_dict() for one in made.judged]


def applied_versions(session: Session, delivery: Delivery) -> list[str]:
    """How the region applied the model's concepts in the delivery's period: content hashes, pinned by the sending."""
    if delivery.period_first is None or delivery.period_last is None:
        return []
    loaded = load_model(session, delivery.model_version_hash)
    found: dict[str, None] = {}
    slugs = dict.fromkeys(element.concept for element in loaded.model.elements if element.concept)
    for stated in statements.statements_on(session, slugs, delivery.organisation_id).values():
        for day in (delivery.period_first, delivery.period_last):
            version = statements.applied_on(stated, day)
            if version is not None:
                found[version.content_hash] = None
    return list(found)
