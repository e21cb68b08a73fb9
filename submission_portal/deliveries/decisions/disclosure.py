"""The region's decision: whether the rows of a delivery may be handed out."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from information_models.queries import load_model
from legal_checks.secrecy.assessment import Assessment, assess
from legal_checks.secrecy.questions import Side, question
from legal_checks.secrecy.rules import Answer, Circumstances
from registry import clock
from registry.actors import Actor, Role
from registry.errors import Invalid, Refused
from registry.findings import Text
from registry.reasons import says_something
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_numbers import REASONS, refuse_unfit_texts
from submission_portal.deliveries.lifecycle import DeliveryAct, DeliveryState
from submission_portal.deliveries.tables import Delivery, Disclosure
from submission_portal.deliveries.transitions import hold, move, not_now, record, refuse_outdated
from submission_portal.deliveries.uses import naming
from submission_portal.legal_questions.words import keep as keep_words

REGISTRY_NUMBER = Text("diarienumret", "the registry number")
REPLY = Text("ett svar på en fråga", "a reply to a question")


def disclose(
    session: Session,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    *,
    answers: Mapping[str, Answer],
    registry_number: str,
    reason: str,
    replies: Mapping[str, str] | None = None,
    grant: bool = True,
    revision: int | None = None,
    uses: Collection[str] | None = None,
) -> Disclosure:
    """The region's decision: whether these rows may be handed out, after the control questions, and for which uses.

    ``uses``: their references; ``None``: of a correction those of what it corrects, otherwise all that may be named today. Raises `Invalid` with what is unanswered, `Refused` for whoever prepared the delivery, where it was changed since
    or for a use that cannot be named, `Forbidden` without the role and `NotFound` for other regions' deliveries.
    """
    actor.require_decider(Role.DISCLOSING_OFFICER, organisation_id=delivery.organisation_id)
    hold(session, delivery)
    taken, on = delivery.disclosure, clock.today(now)
    is_in_vain = naming.is_decided_in_vain(session, delivery, on)
    is_theirs = taken is not None and taken.person_id == actor.person_id
    if delivery.state == DeliveryState.DISCLOSED and taken is not None and is_theirs and grant and not is_in_vain:
        return taken
    is_open = delivery.state == DeliveryState.CHECKED or is_in_vain
    refuse_outdated(delivery, revision)
    if not is_open:
        raise Refused(not_now(delivery))
    if actor.person_id in delivery.contributors:
        raise Refused(FINDINGS.found("DEL-003"))
    if not says_something(reason) or (grant and not registry_number.strip()):
        raise Refused(FINDINGS.found("DEL-007"))
    refuse_unfit_texts(
        (REASONS, reason),
        (REGISTRY_NUMBER, registry_number),
        *((question(name).text, given.reason) for name, given in answers.items()),
        *((REPLY, text) for text in (replies or {}).values()),
    )
    assessment = assess_disclosure(session, delivery, now, answers, replies or {}, grant=grant)
    if grant and not assessment.is_complete:
        raise Invalid(assessment.findings)
    named = naming.chosen(session, delivery, uses, on) if grant else []
    if is_in_vain:
        move(delivery, DeliveryAct.COMPLETE)
        delivery.revision += 1
    assessment = keep_words(session, now, assessment)
    decision = Disclosure(
        organisation_id=delivery.organisation_id,
        revision=delivery.revision,
        content_hash=delivery.content_hash,
        person_id=actor.person_id,
        prepared_by=delivery.prepared_by,
        is_granted=grant,
        assessment=assessment,
        registry_number=registry_number.strip()[:80],
        reason=reason.strip(),
        decided_at=now,
    )
    try:
        with session.begin_nested():
            delivery.disclosures.append(decision)
    except IntegrityError:
        raise Refused(FINDINGS.found("DEL-001")) from None
    move(delivery, DeliveryAct.DISCLOSE if grant else DeliveryAct.KEEP)
    delivery.changed_at = now
    session.flush()
    naming.name(session, now, delivery, decision, named)
    record(
        session, actor, now, delivery, "DeliveryDisclosed" if grant else "DisclosureDeclined",
        decision=decision.id, uses=" ".join(one.ref for one in named) or None,
    )  # fmt: skip
    return decision


def assess_disclosure(
    session: Session,
    delivery: Delivery,
    now: datetime,
    answers: Mapping[str, Answer],
    replies: Mapping[str, str],
    *,
    grant: bool = True,
) -> Assessment:
    """The region's answers held against the questions, with what the registry knows about the delivery."""
    return assess(answers, circumstances(session, delivery, now, grant=grant), replies)


def circumstances(session: Session, delivery: Delivery, now: datetime, *, grant: bool = True) -> Circumstances:
    """What the registry knows when the region answers the control questions."""
    loaded = load_model(session, delivery.model_version_hash)
    return Circumstances(
        side=Side.DISCLOSER,
        on=clock.today(now),
        goes_ahead=grant,
        concerns_persons=loaded.model.concerns_persons,
    )
