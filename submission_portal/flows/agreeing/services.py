"""Writing uses: either side proposes one, the recipient's two reviewers and the region's disclosing officer decide, and what all
three approve is in force. Either side leaves it alone, at once, with reasons.

Everything goes through the services of administered items; this module adds who may propose for which side, what is held
against the register, and the answers to the control questions behind the recipient's legal approval.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from legal_checks.secrecy.assessment import Assessment
from legal_checks.secrecy.rules import Answer
from registry import clock, hands
from registry.actors import Actor, Role
from registry.errors import Forbidden, Invalid
from registry.findings import Finding, Severity
from registry.hands import Side
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items import services, steps, withdrawing
from registry.items.kinds import Requirement
from registry.items.lifecycle import Change, Outcome, State
from registry.items.services import Start
from registry.items.tables import Decision, Item, Version
from registry.locks import hold_name
from submission_portal.flows import assessing
from submission_portal.flows.acts import line
from submission_portal.flows.agreeing.register import check_against_register
from submission_portal.flows.audiences import Audience
from submission_portal.flows.carryover import KIND as LINE
from submission_portal.flows.content import read as read_line
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.parties import parties_of
from submission_portal.flows.services import put_in_force
from submission_portal.flows.slugs import free_slug
from submission_portal.flows.standing import Validity
from submission_portal.flows.uses import standing
from submission_portal.flows.uses.content import faults, parse, read
from submission_portal.flows.uses.queries import KIND, of_version
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts

QUALITY, LEGAL, ACCEPTANCE = "quality", "legal", "acceptance"
AUTHORS = {
    Side.DISCLOSER: (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER),
    Side.RECIPIENT: (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER),
}
"""Who proposes a use for each side."""
AUTHORS_OF_EITHER = tuple(role for roles in AUTHORS.values() for role in roles)
FIXED = ("line", "discloser", "recipient", "audience", "succeeds")
"""What the versions of a use have in common: another line, recipient or audience is another use."""


def propose(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    content: Mapping[str, Any],
    slug: str | None = None,
    reason: str = "",
) -> Version:
    """A new use as a draft of the side that the actor writes for: the region's, where they write for both.

    The line's discloser, and its version in force where none is stated, are filled in. Raises `Invalid` for what does not fit,
    `Forbidden` for who writes for neither side, `Refused` for who has acted for the other side in the line.
    """
    normal = _normal(session, content)
    refuse_unfit_texts(reason, *_texts(normal))
    proposer = proposer_of(actor, normal["discloser"], normal["recipient"])
    if proposer is None:
        raise Forbidden(KIND)
    side = Side.DISCLOSER if proposer == normal["discloser"] else Side.RECIPIENT
    hands.require(session, actor, side, line(normal["line"]))
    hold_name(session, f"slug:{KIND}")
    key = slug or free_slug(session, KIND, _called(session, normal))
    return services.create_item(
        session, actor, now, kind=KIND, slug=key, content=normal, organisation_id=proposer, reason=reason
    )


def proposer_of(actor: Actor, discloser: str, recipient: str) -> str | None:
    """The organisation that the actor would propose a use for, if any."""
    sides = ((Side.DISCLOSER, discloser), (Side.RECIPIENT, recipient))
    return next((one for side, one in sides if one and actor.may(*AUTHORS[side], organisation_id=one)), None)


def may_propose(actor: Actor, of_line: Version) -> bool:
    """Whether the actor proposes uses of a line: they write for its region, or for any recipient, which may ask any region."""
    is_of_a_recipient = bool(actor.organisations(*AUTHORS[Side.RECIPIENT]))
    return is_of_a_recipient or proposer_of(actor, of_line.organisation_id, "") is not None


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
    """The use's next version as a draft of the side that proposed the first: another ground, policy or purpose needs new
    decisions."""
    before = items.foremost(items.versions_of(session, item)).content
    normal = _normal(session, {**content, **{name: before[name] for name in FIXED}})
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
    """Change a draft. Its line, recipient and audience stay what they are."""
    normal = as_kept(session, version, content)
    refuse_unfit_texts(reason, *_texts(normal))
    if start is None:
        return services.revise_draft(session, actor, now, version, content=normal, reason=reason)
    return services.keep_draft(session, actor, now, version.item, content=normal, reason=reason, start=start)


def as_kept(session: Session, before: Version, content: Mapping[str, Any]) -> dict[str, Any]:
    """What is written of a use as its draft would say it. Raises `Invalid` for what does not fit."""
    return _normal(session, {**content, **{name: before.content[name] for name in FIXED}})


def submit(session: Session, actor: Actor, now: datetime, version: Version) -> Version:
    """Send a draft to both sides. Raises `Invalid` with what does not hold against the register."""
    errors = [one for one in _against_register(session, version) if one.severity is Severity.ERROR]
    if errors:
        raise Invalid(errors)
    change = Change.NEW if version.number == 1 else Change.MEANING
    return services.submit(session, actor, now, version, change=change)


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
    """Decide one aspect of a use; when all three are approved the version is in force from its own first day.

    The line is held before the use, so that of two uses that would succeed the same, the second to be approved is told. A legal
    approval carries the answers to the control questions: `Invalid` has the findings that are left. A rule that forbids the
    decision raises `Refused`, a role that is missing `Forbidden`.
    """
    steps.hold_items(session, [read(version.content).line])
    version = steps.hold(session, version)
    written = [answer.reason for answer in (answers or {}).values()]
    refuse_unfit_texts(reason, *written, *(replies or {}).values())
    if aspect == LEGAL and outcome is Outcome.APPROVE and not actor.is_system and version.state == State.IN_REVIEW:
        found = assess_use(session, version, now, answers or {}, replies or {})
        assessing.keep(session, actor, now, version, found, read(version.content).recipient)
    decision = services.decide(session, actor, now, version, requirement=aspect, outcome=outcome, reason=reason)
    if version.state == State.DECIDED:
        put_in_force(session, actor, now, version, read(version.content).valid_from)
    return decision


def withdraw(session: Session, actor: Actor, now: datetime, version: Version, *, reason: str) -> Version:
    """Take a use back: the recipient gives it up, or the region takes back what it has accepted. What is a draft, or waits for a
    decision, the side that proposed it takes back. Raises `Refused` without a reason, and for who has acted for the other
    side in the line."""
    refuse_unfit_texts(reason)
    return withdrawing.withdraw(session, actor, now, version, reason=reason)


def side_that_may_withdraw(actor: Actor, version: Version) -> Side | None:
    """For which side the actor could take a use in force out of use, if any."""
    by = withdrawing.deciding_for(actor, version, items.kind_named(KIND))
    return parties_of(version).side_of(by[0]) if by else None


def objection(
    session: Session, actor: Actor, now: datetime, version: Version, requirement: Requirement, outcome: Outcome
) -> Finding | None:
    """What forbids this actor to take this decision, whichever page or command it comes from.

    Nobody who belongs to one side, or has acted for it in the line or any of its uses, decides for the other; a use for which
    nothing could be disclosed is not approved; a legal approval has its answers on record. The registry itself stands for
    nobody and is let through.
    """
    if actor.is_system:
        return None
    if (finding := one_sided(session, actor, version, Side(requirement.side))) is not None:
        return finding
    if outcome is not Outcome.APPROVE:
        return None
    if _has_lapsed(session, now, version):
        return FINDINGS.found("USE-203")
    if requirement.aspect == LEGAL and not assessing.has_answers(session, actor, version):
        return FINDINGS.found("USE-202")
    return None


def one_sided(session: Session, actor: Actor, version: Version, side: Side) -> Finding | None:
    """What forbids ``actor`` to decide for a side: that they belong to the other, or have acted for it."""
    parties = parties_of(version)
    if actor.belongs_to(parties.organisation(side.other)):
        return FINDINGS.found("USE-201", {"side": side.other.label, "other": side.label})
    return hands.objection(session, actor, side, line(parties.line))


def assess_use(
    session: Session, version: Version, now: datetime, answers: Mapping[str, Answer], replies: Mapping[str, str]
) -> Assessment:
    """The recipient's answers held against the questions, with what the registry knows about the line that is used."""
    bound = items.version_by_hash(session, read(version.content).line_version)
    if bound is None:
        raise Invalid([FINDINGS.found("USE-011")])
    return assessing.assess_line(session, read_line(bound.content), now, answers, replies)


def _against_register(session: Session, version: Version) -> list[Finding]:
    return check_against_register(session, read(version.content), version.item_id)


def _has_lapsed(session: Session, now: datetime, version: Version) -> bool:
    """Whether nothing could be disclosed for the use on the first day that it could be, which is today or its first day."""
    use = read(version.content)
    first = max(use.valid_from, clock.today(now))
    approved = replace(of_version(version), validity=Validity(State.PUBLISHED, use.valid_from))
    if standing.refusal(approved, first) is not None:
        return True
    return any(one.severity is Severity.ERROR for one in _against_register(session, version))


def _normal(session: Session, content: Mapping[str, Any]) -> dict[str, Any]:
    """Content as it is kept, bound to its line. Raises `Invalid` for what does not fit: nothing is read as something else than
    was written."""
    if found := faults(content):
        raise Invalid(found)
    normal = parse(content)[0]
    item = session.get(Item, normal["line"]) if normal["line"] else None
    bound = items.standing_version(session, item) if item is not None and item.kind == LINE else None
    if bound is None:
        raise Invalid([FINDINGS.found("USE-010")])
    normal["discloser"] = read_line(bound.content).discloser
    normal["line_version"] = normal["line_version"] or bound.content_hash
    return normal


def _called(session: Session, content: Mapping[str, Any]) -> str:
    """What the key of a use is made from: its line's key, and whom it is for."""
    of_line = session.get_one(Item, content["line"]).slug
    recipient = identity.organisation(session, content["recipient"])
    name = recipient.code if recipient is not None else ""
    return f"{of_line} {name}" + (" alla" if content["audience"] == Audience.PUBLIC else "")


def _texts(content: Mapping[str, Any]) -> Iterator[str]:
    """What people wrote: not the ids and hashes, whose digits mean nothing."""
    for part in ("title", "purpose"):
        yield from content[part].values()
    ground = content["legal_ground"]
    yield from (
        *ground["title"].values(),
        ground["reference"],
        content["policy"]["source"],
        content["policy"].get("source_en", ""),
    )
