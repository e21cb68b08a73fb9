"""Taking a standing disclosure decision, and withdrawing one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from legal_checks.secrecy.assessment import Assessment, assess
from legal_checks.secrecy.questions import Side, question
from legal_checks.secrecy.rules import Answer, Circumstances
from registry import clock, events, hands
from registry.actors import Actor, Role
from registry.content.canonical import canonical, content_hash
from registry.errors import Invalid, Refused
from registry.findings import Finding, Text
from registry.identity import queries as identity
from registry.items.tables import Item, Version
from registry.locks import Hold, hold_name, holding
from registry.provenance import Provenance
from registry.reasons import says_something
from submission_portal.deliveries.assessment.conditions import Conditions, Small, problems
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_numbers import REASONS, refuse_unfit_texts
from submission_portal.deliveries.standing_disclosures import queries
from submission_portal.deliveries.standing_disclosures.resting import own_end
from submission_portal.deliveries.standing_disclosures.separation import objection_to_decider
from submission_portal.deliveries.tables import StandingDisclosure
from submission_portal.flows.acts import line
from submission_portal.flows.queries import Standing, approved_version, standing_of
from submission_portal.flows.suspending import refuse_suspended
from submission_portal.flows.uses.queries import hold_uses, that_may_be_named
from submission_portal.flows.uses.standing import StandingUse
from submission_portal.legal_questions.words import keep as keep_words

REGISTRY_NUMBER = Text("diarienumret", "the registry number")
REPLY = Text("ett svar på en fråga", "a reply to a question")
GROUND = Text("skälet till att skyddet räcker", "the ground for the protection being enough")


def decide(
    session: Session,
    actor: Actor,
    now: datetime,
    flow_item: Item,
    *,
    uses: Collection[str],
    valid_from: date,
    valid_to: date,
    conditions: Any,
    answers: Mapping[str, Answer],
    replies: Mapping[str, str] | None = None,
    registry_number: str,
    reason: str,
    renews: StandingDisclosure | None = None,
) -> StandingDisclosure:
    """The region decides that deliveries of a line may be handed out for these uses (by reference), from one day to another, each
    on the ``conditions`` (``disclosure_conditions/1``).

    Raises `Forbidden` without the role and for machine clients, `NotFound` for others' lines, `Refused` where the line takes no
    deliveries, another decision has some of the days, or the actor has acted for the recipient or administered clients, and
    `Invalid` with everything else that is wrong. Nothing of an earlier decision changes.
    """
    actor.require_decider(Role.DISCLOSING_OFFICER, organisation_id=flow_item.organisation_id)
    if (finding := objection_to_decider(session, actor, flow_item.organisation_id)) is not None:
        raise Refused(finding)
    hands.require(session, actor, hands.Side.DISCLOSER, line(flow_item.id))
    hold_name(session, f"standing disclosures:{flow_item.id}")
    refuse_suspended(session, flow_item.id)
    hold_uses(session, uses)
    today = clock.today(now)
    bound = line_today(session, flow_item, today)
    named = _named(bound, uses, today)
    if not says_something(reason) or not registry_number.strip():
        raise Refused(FINDINGS.found("DEL-007"))
    loaded = load_model(session, bound.flow.model_version)
    assessment = assess_answers(loaded, today, answers, replies or {})
    found = [
        *_about_days(bound, named, valid_from, valid_to, today),
        *_about_conditions(conditions, loaded, named),
        *(assessment.findings if not assessment.is_complete else ()),
    ]
    if found:
        raise Invalid(found)
    stated = Conditions.from_dict(conditions)
    refuse_unfit_texts(
        (REASONS, reason),
        (REGISTRY_NUMBER, registry_number),
        *((GROUND, one.ground) for one in stated.small_numbers),
        *((question(name).text, given.reason) for name, given in answers.items()),
        *((REPLY, text) for text in (replies or {}).values()),
    )
    if (other := queries.overlapping(session, flow_item.id, valid_from, valid_to)) is not None:
        days = {"first": other.valid_from.isoformat(), "last": other.valid_to.isoformat()}
        raise Refused(FINDINGS.found("DIS-008", days))
    assessment = keep_words(session, now, assessment)
    decision = StandingDisclosure(
        organisation_id=flow_item.organisation_id,
        line_item_id=flow_item.id,
        line_version_hash=bound.version.content_hash,
        model_version_hash=bound.flow.model_version,
        provenance=provenance_of(session, bound),
        uses=[{"use": one.ref, "version": one.version_hash} for one in named],
        conditions=stated,
        valid_from=valid_from,
        valid_to=valid_to,
        registry_number=registry_number.strip()[:80],
        reason=reason.strip(),
        assessment=assessment,
        person_id=actor.person_id,
        decided_at=now,
        renews_id=renews.id if renews is not None and renews.line_item_id == flow_item.id else None,
    )
    session.add(decision)
    session.flush()
    _record(
        session, actor, now, decision, "StandingDisclosureDecided",
        line=flow_item.id, version=decision.line_version_hash, uses=" ".join(decision.named),
        conditions=content_hash(canonical(decision.conditions.as_dict())),
    )  # fmt: skip
    return decision


def assess_answers(
    loaded: LoadedModel, today: date, answers: Mapping[str, Answer], replies: Mapping[str, str]
) -> Assessment:
    """The region's answers held against the control questions, for deliveries of a model."""
    facts = Circumstances(Side.DISCLOSER, today, goes_ahead=True, concerns_persons=loaded.model.concerns_persons)
    return assess(answers, facts, replies)


def withdraw(session: Session, actor: Actor, now: datetime, decision: StandingDisclosure, *, reason: str) -> None:
    """Withdraw a standing decision at once: what has not been sent is not sent under it. What was sent stays.

    Any disclosing officer of the region may. Raises `Refused` without a reason, and where it has ended already.
    """
    actor.require_decider(Role.DISCLOSING_OFFICER, organisation_id=decision.organisation_id)
    hands.require(session, actor, hands.Side.DISCLOSER, line(decision.line_item_id))
    session.scalars(
        holding(select(StandingDisclosure).where(StandingDisclosure.id == decision.id), Hold.CHANGING)
    ).one()
    if decision.withdrawn_at is not None or clock.today(now) > decision.valid_to:
        raise Refused(FINDINGS.found("DIS-015"))
    if not says_something(reason):
        raise Refused(FINDINGS.found("DEL-007"))
    refuse_unfit_texts((REASONS, reason))
    decision.withdrawn_at, decision.withdrawn_by, decision.withdrawn_because = now, actor.person_id, reason.strip()
    session.flush()
    _record(session, actor, now, decision, "StandingDisclosureWithdrawn", line=decision.line_item_id)


def line_today(session: Session, flow_item: Item, today: date) -> Standing:
    """The line as it stands today. Raises `Refused` where it takes no deliveries, or must be confirmed first."""
    version: Version | None = approved_version(session, flow_item, today)
    if version is None:
        raise Refused(FINDINGS.found("DEL-006"))
    bound = standing_of(session, [version], today)[version.id]
    if bound.refusal is not None:
        raise Refused(bound.refusal)
    if bound.must_reconfirm:
        raise Refused(FINDINGS.found("DIS-009"))
    return bound


def last_day_of(bound: Standing, named: Sequence[StandingUse]) -> date:
    """The last day that a decision about the line and these uses may have: when the first of what it rests on ends."""
    return min([bound.flow.valid_to, *(one.sunset for one in named)])


def provenance_of(session: Session, bound: Standing) -> Provenance:
    """Whose figures come in the line: in a demonstration, those that somebody makes up."""
    return Provenance.MADE_UP if identity.is_demonstration(session) else bound.flow.provenance


def is_over(decision: StandingDisclosure, on: date) -> bool:
    """Whether it was withdrawn, or its last day is past."""
    return own_end(decision, max(on, decision.valid_from)) is not None


def _named(bound: Standing, refs: Collection[str], today: date) -> list[StandingUse]:
    candidates = that_may_be_named(bound.uses, today)
    known = {one.ref for one in candidates}
    if unknown := [ref for ref in refs if ref not in known]:
        params = {"use": ", ".join(unknown), "known": ", ".join(sorted(known)) or "–"}
        raise Refused(FINDINGS.found("DEL-022", params))
    if not refs:
        raise Refused(FINDINGS.found("DEL-021"))
    return [one for one in candidates if one.ref in refs]


def _about_days(bound: Standing, named: Sequence[StandingUse], first: date, last: date, today: date) -> list[Finding]:
    latest = last_day_of(bound, named)
    if today <= first <= last <= latest:
        return []
    return [FINDINGS.found("DIS-007", {"first": today.isoformat(), "last": latest.isoformat()})]


def _about_conditions(content: Any, loaded: LoadedModel, named: Sequence[StandingUse]) -> list[Finding]:
    if found := problems(content, loaded.model):
        return list(found)
    return [
        FINDINGS.found(
            "DIS-006",
            {
                "use": use.use.title,
                "threshold": use.use.policy.threshold,
                "element": one.element,
                "below": one.below,
            },
        )
        for one in Conditions.from_dict(content).small_numbers
        if one.rule is Small.AS_PROTECTED
        for use in named
        if use.use.policy.threshold < one.below
    ]


def _record(
    session: Session, actor: Actor, now: datetime, decision: StandingDisclosure, type_: str, **data: str
) -> None:
    events.record(
        session,
        type_,
        actor=actor,
        now=now,
        subject=f"standing_disclosure:{decision.id}",
        organisation_id=decision.organisation_id,
        data=data,
    )
