"""Writing administered items: draft, submit, decide, publish, supersede, comment. Withdrawing has `withdrawing`.

Every function takes the session, who acts and when; it flushes and records an event, and never commits. Rules that
forbid an act raise `Refused` with a finding; a role or an organisation that is missing raises `Forbidden`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.content import canonical as canonical_content
from registry.content.written_texts import written_in
from registry.errors import Forbidden, Invalid, Refused
from registry.findings import Severity
from registry.items import queries
from registry.items.lifecycle import Act, Change, Outcome, State
from registry.items.merging import Conflict, Side, merged
from registry.items.outlines import Content
from registry.items.steps import (
    ChangedMeanwhile,
    add_version,
    as_kept,
    contents_as_today,
    contributed,
    deciding_organisation,
    decisions_of_round,
    enter_review,
    hold,
    hold_items,
    move,
    put_in_force,
    record,
    refused,
    require_alone,
    require_author,
    require_coming_day,
    require_current_base,
    require_fit_text,
)
from registry.items.tables import Comment, Decision, Item, Version
from registry.locks import hold_name
from registry.reasons import says_something


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote in the form of a draft: its content, and the reasons for the version."""

    content: Content
    reason: str = ""

    def as_content(self) -> Content:
        return {"content": self.content, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Start:
    """What a writer began with: the draft that they asked for, and the mark (`Version.mark`) of what they had before them; empty
    where there was nothing yet. Either may be unknown."""

    draft_id: str | None = None
    mark: str | None = None
    together: "Together | None" = None
    """Where somebody else has changed the draft meanwhile, the writer has seen it, and both are to be kept."""


@dataclass(frozen=True, slots=True)
class Together:
    """What both writers began from, and whose words are taken for the places (`Conflict.path`) that both changed."""

    began: Written
    chosen: Mapping[str, Side] = field(default_factory=dict)


def create_item(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    kind: str,
    slug: str,
    content: Content,
    organisation_id: str,
    reason: str = "",
) -> Version:
    """A new item with its first version as a draft. Raises `Refused` where the slug is taken, `Forbidden` for others."""
    described = queries.kind_named(kind)
    require_author(described, actor, organisation_id)
    hold_name(session, f"item:{kind}:{slug}")
    if queries.item_by_slug(session, kind, slug):
        raise refused("ITEM-001", slug=slug)
    item = Item(kind=kind, slug=slug, organisation_id=organisation_id, created_at=now)
    session.add(item)
    session.flush()
    return add_version(session, actor, now, item, described, content, reason)


def draft_successor(
    session: Session, actor: Actor, now: datetime, *, item: Item, content: Content, reason: str = ""
) -> Version:
    """The item's next version as a draft. Raises `Refused` while another version is being worked on."""
    described = queries.kind_named(item.kind)
    require_author(described, actor, item.organisation_id)
    hold_items(session, [item.id])
    if queries.open_version(session, item):
        raise refused("ITEM-002")
    return add_version(session, actor, now, item, described, content, reason)


def revise_draft(
    session: Session,
    actor: Actor,
    now: datetime,
    version: Version,
    *,
    content: Content,
    reason: str | None = None,
    started_from: str | None = None,
) -> Version:
    """Change a draft's content. The author may, and whoever shares the author's role and organisation.

    ``started_from`` is the mark (`Version.mark`) of what the writer had before them, where they say so: a draft that somebody else has
    changed meanwhile is not overwritten unseen, but `Refused`.
    """
    described = queries.kind_named(version.item.kind)
    require_author(described, actor, version.organisation_id)
    hold(session, version)
    if not version.is_being_written:
        raise refused("ITEM-003")
    _require_unchanged(version, started_from)
    parsed = as_kept(session, version.item, described, content)
    require_fit_text(actor, reason or "", *written_in(parsed))
    version.content_text = canonical_content.canonical(parsed)
    version.content_hash = canonical_content.content_hash(version.content_text)
    version.changed_at = now
    if reason is not None:
        version.reason = reason
    contributed(session, actor, now, version)
    record(session, actor, now, version, "DraftRevised")
    return version


def keep_draft(
    session: Session,
    actor: Actor,
    now: datetime,
    item: Item,
    *,
    content: Content,
    reason: str,
    start: Start | None = None,
) -> Version:
    """The item's draft with this content: the one that ``start`` asks for, or the one that is worked on by itself; or else
    the item's next version. Raises `ChangedMeanwhile` where what the writer had before them is no longer what is there.

    A writer who has seen that may keep both (`Start.together`): what only one of the two changed is taken from that one.
    """
    start = start or Start()
    base = queries.begun_from(queries.versions_of(session, item), start.draft_id)
    if start.draft_id and base.id != start.draft_id:
        raise refused("ITEM-003")
    if start.together is not None:
        _require_unchanged(base, start.mark)
        both = merged_with(session, item, base, Written(content, reason), start.together)
        content, reason = both.written.content, both.written.reason
    if base.is_being_written:
        return revise_draft(session, actor, now, base, content=content, reason=reason, started_from=start.mark)
    _require_unchanged(base, start.mark)
    return draft_successor(session, actor, now, item=item, content=content, reason=reason)


@dataclass(frozen=True, slots=True)
class BothWritten:
    """What two writers made of the same draft, as one; and the places where a person has to choose."""

    written: Written
    conflicts: Sequence[Conflict]
    sides: tuple[Content, Content, Content]
    """What both began from, what is there now, and what the writer wrote."""

    def choosing(self, path: str, side: Side) -> Written:
        """The same, were this side chosen for one place that both changed."""
        return _written(merged(*self.sides, {path: side}).content)


def merged_with(session: Session, item: Item, there: Version, mine: Written, together: Together) -> BothWritten:
    """What is there now and what a writer made of what both began from. Raises `Invalid` where what they wrote cannot be kept."""
    kind = queries.kind_named(item.kind)
    own = as_kept(session, item, kind, mine.content)
    began, theirs, own = contents_as_today(
        session, kind, [(item, together.began.content), (item, there.content), (item, own)]
    )
    reason = there.reason if there.is_being_written else ""
    sides = (
        Written(began, together.began.reason).as_content(),
        Written(theirs, reason).as_content(),
        Written(own, mine.reason).as_content(),
    )
    found = merged(*sides, together.chosen)
    return BothWritten(_written(found.content), found.conflicts, sides)


def _written(content: Content) -> Written:
    return Written(content["content"], content["reason"])


def submit(
    session: Session,
    actor: Actor,
    now: datetime,
    version: Version,
    *,
    change: Change,
    transition_until: date | None = None,
    overruling: str = "",
) -> Version:
    """Send a draft to review. Its content is fixed from here on. Raises `Invalid` with the findings that stop it.

    A draft that says what the version before it says, in a newer schema, changes nothing: it is editorial, whatever was
    said of it, so that nothing that rests on the item is asked to reconfirm.

    ``overruling`` is why it is editorial though more is computed (`ItemKind.graver`): without it such a draft is refused.
    ``transition_until`` is by when what rests on the item ought to have moved, where the meaning changes. Raises `Refused` for a
    day that has passed.
    """
    described = queries.kind_named(version.item.kind)
    require_author(described, actor, version.organisation_id)
    require_coming_day(transition_until, now)
    hold(session, version)
    require_alone(version)
    require_current_base(session, version)
    _, findings = described.parse(version.content)
    if errors := [finding for finding in findings if finding.severity is Severity.ERROR]:
        raise Invalid(errors)
    require_fit_text(actor, overruling)
    enter_review(session, actor, now, version, change=change, transition_until=transition_until, overruling=overruling)
    return version


def decide(
    session: Session,
    actor: Actor,
    now: datetime,
    version: Version,
    *,
    requirement: str,
    outcome: Outcome,
    reason: str,
) -> Decision:
    """Decide one aspect of a version in review; when all are approved, the version is decided.

    Raises `Refused` where the actor wrote the version, has decided already, or somebody else just did; `Forbidden`
    where the role is not held in the organisation that must decide.
    """
    described = queries.kind_named(version.item.kind)
    needed = next((need for need in described.requirements_for(version.content) if need.aspect == requirement), None)
    if needed is None:
        raise Forbidden(requirement)
    organisation_id = deciding_organisation(version, needed)
    actor.require_decider(needed.role, organisation_id=organisation_id, is_known=True)
    hold(session, version)
    require_alone(version)
    if version.state != State.IN_REVIEW:
        raise refused("ITEM-004")
    if actor.person_id == version.author_id or queries.has_contributed(session, version, actor.person_id):
        raise refused("ITEM-005")
    if not says_something(reason):
        raise refused("ITEM-007")
    require_fit_text(actor, reason)
    if described.objection and (finding := described.objection(session, actor, now, version, needed, outcome)):
        raise Refused(finding)
    decision = Decision(
        version_id=version.id, round=version.round, side=needed.side, aspect=needed.aspect,
        organisation_id=organisation_id, person_id=actor.person_id, author_id=version.author_id, outcome=outcome,
        reason=reason.strip(), decided_at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(decision)
    except IntegrityError as error:
        raise refused("ITEM-006") from error
    session.refresh(version)
    record(session, actor, now, version, "VersionDecided", aspect=requirement, side=needed.side, outcome=outcome.value)
    if outcome is Outcome.APPROVE:
        approved = {d.aspect for d in decisions_of_round(version) if d.outcome == Outcome.APPROVE}
        if approved >= {need.aspect for need in described.requirements_for(version.content)}:
            move(version, Act.APPROVE)
            version.decided_at = now
    else:
        move(version, Act.RETURN if outcome is Outcome.RETURN else Act.REJECT)
        if outcome is Outcome.REJECT:
            version.ended_at = now
    session.flush()
    return decision


def publish(session: Session, actor: Actor, now: datetime, version: Version, *, valid_from: date | None) -> Version:
    """Publish a decided version; the one before it is superseded, and applies until the day before ``valid_from``.

    ``valid_from`` is ``None`` only where nobody knows since when it has applied (a wording of long ago). It may be a day
    to come: the version is then coming, and in force from that day without anybody doing anything (`Version.is_in_force`).
    Raises `Refused` where it is not after the first day of the one before it.

    Handlers of ``VersionPublished`` run in the same transaction: they carry dependants over or ask them to reconfirm.
    """
    described = queries.kind_named(version.item.kind)
    needed = described.requirements_for(version.content)
    allowed = {*described.author_roles, *(need.role for need in needed)}
    organisations = {
        version.organisation_id,
        *(deciding_organisation(version, need) for need in needed),
    }
    if not any(actor.may(*allowed, organisation_id=one) for one in organisations):
        raise Forbidden("publish")
    hold(session, version)
    require_alone(version)
    require_current_base(session, version)
    put_in_force(session, actor, now, version, valid_from=valid_from)
    return version


def comment(session: Session, actor: Actor, now: datetime, version: Version, *, text: str) -> Comment:
    """Add a remark. Anybody signed in who may see the version may."""
    if not actor.is_signed_in and not actor.is_system:
        raise Forbidden("comment")
    if not text.strip():
        raise refused("ITEM-008")
    require_fit_text(actor, text)
    own = actor.organisations()
    remark = Comment(
        version_id=version.id, person_id=actor.person_id, text=text.strip(), written_at=now,
        organisation_id=version.organisation_id if version.organisation_id in own or not own else sorted(own)[0],
    )  # fmt: skip
    session.add(remark)
    session.flush()
    record(session, actor, now, version, "VersionCommented")
    return remark


def _require_unchanged(version: Version, started_from: str | None) -> None:
    if started_from is not None and started_from != version.mark:
        raise ChangedMeanwhile(refused("ITEM-022", number=version.number).finding)
