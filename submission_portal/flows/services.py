"""Writing flows: a region proposes, the recipient's two reviewers decide, and what both approve is in force.

Everything goes through the services of administered items; this module adds what only flows need: the checks against
models and organisations, the answers to the control questions behind a legal approval, and publication by decision.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models.definitions import read as read_model
from legal_checks.secrecy.assessment import Assessment, assess
from legal_checks.secrecy.questions import Side
from legal_checks.secrecy.rules import Answer, Circumstances
from registry import clock, events, hands
from registry.actors import Actor, Role
from registry.errors import Forbidden, Invalid
from registry.findings import Finding, Place
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items import services, steps
from registry.items.kinds import Requirement
from registry.items.lifecycle import Change, Outcome, State
from registry.items.tables import Decision, Item, Version
from registry.locks import hold_name
from registry.swedish import words
from submission_portal.flows import standing
from submission_portal.flows.acts import line
from submission_portal.flows.carryover import KIND
from submission_portal.flows.content import Flow, faults, parse, read
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.standing import Validity
from submission_portal.flows.tables import FlowAssessment
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts

QUALITY, LEGAL = "quality", "legal"
_PLAIN = {"å": "a", "ä": "a", "ö": "o"}


def propose(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    content: Mapping[str, Any],
    slug: str | None = None,
    reason: str = "",
) -> Version:
    """A new flow as a draft of its discloser. Raises `Forbidden` for others than the region's data officers."""
    normal = _normal(content)
    refuse_unfit_texts(reason, *_texts(normal))
    owner = identity.organisation(session, normal["discloser"])
    if owner is None:
        raise Forbidden(KIND)
    actor.require(Role.DATA_OFFICER, organisation_id=owner.id, is_known=True)
    hold_name(session, f"slug:{KIND}")
    key = slug or _free_slug(session, f"{owner.name_sv.removeprefix('Region ')} {normal['model']}")
    return services.create_item(
        session, actor, now, kind=KIND, slug=key, content=normal, organisation_id=owner.id, reason=reason
    )


def propose_successor(
    session: Session, actor: Actor, now: datetime, *, item: Item, content: Mapping[str, Any], reason: str
) -> Version:
    """The flow's next version as a draft: moving to newer versions, or another ground, needs new decisions."""
    normal = _normal({**content, "discloser": item.organisation_id})
    refuse_unfit_texts(reason, *_texts(normal))
    return services.draft_successor(session, actor, now, item=item, content=normal, reason=reason)


def revise(
    session: Session, actor: Actor, now: datetime, version: Version, *, content: Mapping[str, Any], reason: str
) -> Version:
    """Change a draft. Its discloser stays what it is."""
    normal = _normal({**content, "discloser": version.organisation_id})
    refuse_unfit_texts(reason, *_texts(normal))
    return services.revise_draft(session, actor, now, version, content=normal, reason=reason)


def submit(session: Session, actor: Actor, now: datetime, version: Version) -> Version:
    """Send a draft to the recipient's reviewers. Raises `Invalid` with what does not hold against the register."""
    if findings := check_against_register(session, read(version.content)):
        raise Invalid(findings)
    change = Change.NEW if version.number == 1 else Change.MEANING
    return services.submit(session, actor, now, version, change=change)


def check_against_register(session: Session, flow: Flow) -> list[Finding]:
    """What the content alone cannot tell: that the model version is published, and that the recipient is one."""
    findings = []
    model = items.version_by_hash(session, flow.model_version) if flow.model_version else None
    today = clock.today()
    is_published = (
        model is not None and (model.is_in_force(today) or model.is_coming(today)) and model.item.slug == flow.model
    )
    if flow.model_version and not is_published:
        findings.append(FINDINGS.found("FLOW-011", places=(Place(field="model_version"),)))
    recipient = identity.organisation(session, flow.recipient) if flow.recipient else None
    if flow.recipient and (recipient is None or recipient.kind != "recipient"):
        findings.append(FINDINGS.found("FLOW-012", places=(Place(field="recipient"),)))
    return findings


def decide(
    session: Session,
    actor: Actor,
    now: datetime,
    version: Version,
    *,
    aspect: str,
    outcome: Outcome,
    reason: str,
    answers: Mapping[str, Answer] | None = None,
    replies: Mapping[str, str] | None = None,
) -> Decision:
    """Decide one aspect of a flow; when both are approved the version is in force from its own first day.

    A legal approval carries the answers to the control questions: `Invalid` has the findings that are left. A rule that
    forbids the decision raises `Refused`, a role that is missing `Forbidden`.
    """
    steps.hold(session, version)
    written = [answer.reason for answer in (answers or {}).values()]
    refuse_unfit_texts(reason, *written, *(replies or {}).values())
    if aspect == LEGAL and outcome is Outcome.APPROVE and not actor.is_system and version.state == State.IN_REVIEW:
        _keep_answers(session, actor, now, version, answers or {}, replies or {})
    decision = services.decide(session, actor, now, version, requirement=aspect, outcome=outcome, reason=reason)
    if version.state == State.DECIDED:
        first = read(version.content).valid_from
        before = items.standing_version(session, version.item)
        if before is not None:  # what was delivered under the version before it stays under that one
            first = max(filter(None, (first, clock.today(now), steps.first_day_after(before.valid_from))))
        services.publish(session, actor, now, version, valid_from=first)
    return decision


def objection(
    session: Session, actor: Actor, now: datetime, version: Version, requirement: Requirement, outcome: Outcome
) -> Finding | None:
    """What forbids this actor to take this decision, whichever page or command it comes from.

    Nobody who belongs to the discloser, or has acted for it in the flow, decides for the recipient; a flow that would refuse its first delivery is not
    approved; a legal approval has its answers on record. The registry itself stands for nobody and is let through.
    """
    if actor.is_system:
        return None
    if actor.belongs_to(version.organisation_id):
        return FINDINGS.found("FLOW-201")
    if (finding := hands.objection(session, actor, hands.Side.RECIPIENT, line(version.item_id))) is not None:
        return finding
    if outcome is not Outcome.APPROVE:
        return None
    if _has_lapsed(session, now, version):
        return FINDINGS.found("FLOW-203")
    if requirement.aspect == LEGAL and not _has_answers(session, actor, version):
        return FINDINGS.found("FLOW-202")
    return None


def assess_flow(
    session: Session, version: Version, now: datetime, answers: Mapping[str, Answer], replies: Mapping[str, str]
) -> Assessment:
    """The recipient's answers held against the questions, with what the registry knows about the flow."""
    circumstances = Circumstances(
        side=Side.RECIPIENT,
        on=clock.today(now),
        concerns_persons=counts_persons(session, read(version.content)),
        is_compilation=True,
    )
    return assess(answers, circumstances, replies)


def counts_persons(session: Session, flow: Flow) -> bool:
    """Whether the model that the flow binds has elements that concern persons."""
    model = items.version_by_hash(session, flow.model_version)
    return model is not None and read_model(model.content).concerns_persons


def _keep_answers(
    session: Session,
    actor: Actor,
    now: datetime,
    version: Version,
    answers: Mapping[str, Answer],
    replies: Mapping[str, str],
) -> None:
    assessment = assess_flow(session, version, now, answers, replies)
    if not assessment.is_complete:
        raise Invalid(assessment.findings)
    recipient = read(version.content).recipient
    actor.require_decider(Role.LEGAL_REVIEWER, organisation_id=recipient, is_known=True)
    current = version.round
    taken = select(FlowAssessment.id).where(FlowAssessment.version_id == version.id, FlowAssessment.round == current)
    if session.scalar(taken) is not None:
        raise steps.refused("ITEM-006")
    session.add(
        FlowAssessment(
            version_id=version.id,
            organisation_id=recipient,
            round=current,
            person_id=actor.person_id,
            assessment=assessment,
            recorded_at=now,
        )
    )
    session.flush()
    events.record(
        session,
        "FlowAssessed",
        actor=actor,
        now=now,
        subject=version.ref,
        organisation_id=recipient,
        data={"version": version.id, "asked": [result.code for result in assessment.asks]},
    )


def _has_answers(session: Session, actor: Actor, version: Version) -> bool:
    query = select(FlowAssessment.id).where(
        FlowAssessment.version_id == version.id,
        FlowAssessment.round == version.round,
        FlowAssessment.person_id == actor.person_id,
    )
    return session.scalar(query) is not None


def _has_lapsed(session: Session, now: datetime, version: Version) -> bool:
    """Whether the flow would take no delivery on the first day that it could, which is today or its first day."""
    flow = read(version.content)
    first = max(flow.valid_from, clock.today(now))
    stopped = standing.refusal(flow, Validity(State.PUBLISHED, flow.valid_from), first)
    return stopped is not None or bool(check_against_register(session, flow))


def _normal(content: Mapping[str, Any]) -> dict[str, Any]:
    """Content as it is kept. Raises `Invalid` for what does not fit: nothing is read as something else than was written."""
    if found := faults(content):
        raise Invalid(found)
    return parse(content)[0]


def _texts(content: Mapping[str, Any]) -> Iterator[str]:
    """What people wrote: not the ids and hashes, whose digits mean nothing."""
    for part in ("title", "purpose"):
        yield from content.get(part, {}).values()
    if ground := content.get("legal_ground"):
        yield from (
            *ground["title"].values(),
            ground["reference"],
            content["policy"]["source"],
            content["policy"].get("source_en", ""),
        )


def _free_slug(session: Session, text: str) -> str:
    key = "-".join(words(text, _PLAIN))[:100].strip("-")
    taken = set(session.scalars(select(Item.slug).where(Item.kind == KIND, Item.slug.like(f"{key}%"))))
    if key not in taken:
        return key
    return next(f"{key}-{number}" for number in range(2, len(taken) + 3) if f"{key}-{number}" not in taken)
