"""Writing lines: a region proposes, the recipient's quality reviewer decides, and what is approved is in force.

Everything goes through the services of administered items; this module adds what only lines need: the checks against
models and organisations, and publication by decision. What was in review before lines and uses were told apart is decided by
the legal reviewer as well, with answers to the control questions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from information_models.kinds import MODEL
from information_models.queries import load_model
from legal_checks.secrecy.assessment import Assessment
from legal_checks.secrecy.rules import Answer
from registry import clock, hands
from registry.actors import Actor, Role
from registry.errors import Forbidden, Invalid, Refused
from registry.findings import Finding, Place
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items import services, steps
from registry.items.kinds import Requirement
from registry.items.lifecycle import Change, Outcome, State
from registry.items.services import Start
from registry.items.tables import Decision, Item, Version
from registry.locks import hold_name
from submission_portal.flows import assessing, carried, division, standing
from submission_portal.flows.acts import line
from submission_portal.flows.carryover import KIND
from submission_portal.flows.content import Line, faults, parse, read
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.slugs import free_slug
from submission_portal.flows.standing import Validity
from submission_portal.flows.uses import standing as of_use
from submission_portal.flows.uses.queries import carried_uses
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts

QUALITY, LEGAL = "quality", "legal"


def propose(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    content: Mapping[str, Any],
    slug: str | None = None,
    reason: str = "",
) -> Version:
    """A new line as a draft of its discloser. Raises `Forbidden` for others than the region's data officers, and `Refused` for what
    is written as before lines and uses were told apart."""
    normal = _normal(session, content)
    refuse_unfit_texts(reason, *_texts(normal))
    owner = identity.organisation(session, normal["discloser"])
    if owner is None:
        raise Forbidden(KIND)
    actor.require(Role.DATA_OFFICER, organisation_id=owner.id, is_known=True)
    hold_name(session, f"slug:{KIND}")
    key = slug or free_slug(session, KIND, f"{owner.name_sv.removeprefix('Region ')} {normal['model']}")
    return services.create_item(
        session, actor, now, kind=KIND, slug=key, content=normal, organisation_id=owner.id, reason=reason
    )


def propose_successor(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    item: Item,
    content: Mapping[str, Any],
    reason: str,
    start: Start | None = None,
) -> Version:
    """The line's next version as a draft: moving to a newer model, or other parts, needs a new decision."""
    normal = _normal(session, {**content, "discloser": item.organisation_id})
    refuse_unfit_texts(reason, *_texts(normal))
    if start is None:
        return services.draft_successor(session, actor, now, item=item, content=normal, reason=reason)
    return services.keep_draft(session, actor, now, item, content=normal, reason=reason, start=start)


def revise(
    session: Session,
    actor: Actor,
    now: datetime,
    version: Version,
    *,
    content: Mapping[str, Any],
    reason: str,
    start: Start | None = None,
) -> Version:
    """Change a draft. Its discloser stays what it is.

    What a draft from before lines and uses were told apart says of a use is not a line's: it stays as a remark on the version.
    """
    normal = as_kept(session, version, content)
    refuse_unfit_texts(reason, *_texts(normal))
    said_of_a_use = carried.use_in_words(version.content) if carried.is_carried(version.content) else ""
    if start is None:
        revised = services.revise_draft(session, actor, now, version, content=normal, reason=reason)
    else:
        revised = services.keep_draft(session, actor, now, version.item, content=normal, reason=reason, start=start)
    if said_of_a_use:
        services.comment(session, actor, now, revised, text=said_of_a_use)
    return revised


def as_kept(session: Session, before: Version, content: Mapping[str, Any]) -> dict[str, Any]:
    """What is written of a line as its draft would say it. Raises `Invalid` for what does not fit."""
    return _normal(session, {**content, "discloser": before.organisation_id})


def submit(session: Session, actor: Actor, now: datetime, version: Version) -> Version:
    """Send a draft to the recipient's reviewer. Raises `Invalid` with what does not hold against the register, and `Refused` for a
    draft from before lines and uses were told apart: it is kept as a line first."""
    _refuse_as_before(version.content)
    if findings := check_against_register(session, read(version.content)):
        raise Invalid(findings)
    change = Change.NEW if version.number == 1 else Change.MEANING
    return services.submit(session, actor, now, version, change=change)


def check_against_register(session: Session, flow: Line) -> list[Finding]:
    """What the content alone cannot tell: that the model version is published and has the parts and periods, and that the recipient
    is one."""
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
    if model is not None and model.item.kind == MODEL:
        loaded = load_model(session, model.content_hash)
        findings += division.unfitting(flow, loaded, _region(session, flow.discloser))
    return findings


def _region(session: Session, organisation_id: str) -> str | None:
    """The code of the region that an organisation is, if it is one."""
    owner = identity.organisation(session, organisation_id) if organisation_id else None
    return owner.code if owner is not None and owner.kind == "region" else None


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
    """Decide one aspect of a line; when all that it needs are approved the version is in force from its own first day.

    A legal approval carries the answers to the control questions: `Invalid` has the findings that are left. A rule that
    forbids the decision raises `Refused`, a role that is missing `Forbidden`.
    """
    steps.hold(session, version)
    written = [answer.reason for answer in (answers or {}).values()]
    refuse_unfit_texts(reason, *written, *(replies or {}).values())
    if aspect == LEGAL and outcome is Outcome.APPROVE and not actor.is_system and version.state == State.IN_REVIEW:
        found = assess_flow(session, version, now, answers or {}, replies or {})
        assessing.keep(session, actor, now, version, found, read(version.content).recipient)
    decision = services.decide(session, actor, now, version, requirement=aspect, outcome=outcome, reason=reason)
    if version.state == State.DECIDED:
        put_in_force(session, actor, now, version, read(version.content).valid_from)
    return decision


def put_in_force(session: Session, actor: Actor, now: datetime, version: Version, first: date) -> None:
    """Publish what everybody who decides has approved, from its own first day; what was delivered under the version before it
    stays under that one."""
    before = items.standing_version(session, version.item)
    if before is not None:
        first = max(filter(None, (first, clock.today(now), steps.first_day_after(before.valid_from))))
    services.publish(session, actor, now, version, valid_from=first)


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
    if requirement.aspect == LEGAL and not assessing.has_answers(session, actor, version):
        return FINDINGS.found("FLOW-202")
    return None


def assess_flow(
    session: Session, version: Version, now: datetime, answers: Mapping[str, Answer], replies: Mapping[str, str]
) -> Assessment:
    """The recipient's answers held against the questions, with what the registry knows about the flow."""
    return assessing.assess_line(session, read(version.content), now, answers, replies)


def _has_lapsed(session: Session, now: datetime, version: Version) -> bool:
    """Whether the flow would take no delivery on the first day that it could, which is today or its first day."""
    flow = read(version.content)
    first = max(flow.valid_from, clock.today(now))
    approved = Validity(State.PUBLISHED, flow.valid_from)
    stopped = [standing.refusal(flow, approved, first)]
    if carried.is_carried(version.content):
        own, _everybodys = carried_uses(version)
        stopped.append(of_use.refusal(replace(own, validity=approved), first))
    return any(stopped) or bool(check_against_register(session, flow))


def _refuse_as_before(content: Mapping[str, Any]) -> None:
    if carried.is_carried(content):
        raise Refused(FINDINGS.found("FLOW-016"))


def _normal(session: Session, content: Mapping[str, Any]) -> dict[str, Any]:
    """Content as it is kept, its parts by their codes. Raises `Invalid` for what does not fit: nothing is read as something else
    than was written."""
    if found := faults(content):
        raise Invalid(found)
    _refuse_as_before(content)
    normal = parse(content)[0]
    line_ = read(normal)
    model = items.version_by_hash(session, line_.model_version) if line_.model_version else None
    if line_.parts is not None and model is not None and model.item.kind == MODEL:
        loaded = load_model(session, model.content_hash)
        known = division.as_codes(loaded, line_.parts, _region(session, line_.discloser))
        normal["parts"] = {"element": known.element, "codes": list(known.codes)}
    return normal


def _texts(content: Mapping[str, Any]) -> Iterable[str]:
    """What people wrote: not the ids and hashes, whose digits mean nothing."""
    written: Mapping[str, str] = content["title"]
    return written.values()
