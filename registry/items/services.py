"""Writing administered items: draft, submit, decide, publish, supersede, comment. Withdrawing has `withdrawing`.

Every function takes the session, who acts and when; it flushes and records an event, and never commits. Rules that
forbid an act raise `Refused` with a finding; a role or an organisation that is missing raises `Forbidden`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import events, references
from registry.actors import Actor
from registry.content import canonical as canonical_content
from registry.content.schemas import KEY as SCHEMA_KEY
from registry.db import insert_or_ignore
from registry.errors import Forbidden, Invalid, Refused
from registry.finding_texts import FINDINGS
from registry.findings import Severity
from registry.items import queries
from registry.items.kinds import ItemKind, Requirement
from registry.items.lifecycle import LIFECYCLE, Act, Change, Outcome, State
from registry.items.outlines import Content
from registry.items.tables import Comment, Contribution, Decision, Item, Version
from registry.locks import Hold, hold_name, holding
from registry.text_objections import objection_to_text

_OPAQUE = re.compile("(?:[a-z0-9-]+:)?[0-9a-f]{32,64}")
"""An id or a hash."""


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
    return _add_version(session, actor, now, item, described, content, reason)


def draft_successor(
    session: Session, actor: Actor, now: datetime, *, item: Item, content: Content, reason: str = ""
) -> Version:
    """The item's next version as a draft. Raises `Refused` while another version is being worked on."""
    described = queries.kind_named(item.kind)
    require_author(described, actor, item.organisation_id)
    hold_items(session, [item.id])
    if queries.open_version(session, item):
        raise refused("ITEM-002")
    return _add_version(session, actor, now, item, described, content, reason)


def revise_draft(
    session: Session, actor: Actor, now: datetime, version: Version, *, content: Content, reason: str | None = None
) -> Version:
    """Change a draft's content. The author may, and whoever shares the author's role and organisation."""
    described = queries.kind_named(version.item.kind)
    require_author(described, actor, version.organisation_id)
    hold(session, version)
    if not version.is_being_written:
        raise refused("ITEM-003")
    parsed = _as_kept(described, content)
    require_fit_text(actor, reason or "", *_written_in(parsed))
    version.content_text = canonical_content.canonical(parsed)
    version.content_hash = canonical_content.content_hash(version.content_text)
    version.changed_at = now
    if reason is not None:
        version.reason = reason
    _contributed(session, actor, now, version)
    record(session, actor, now, version, "DraftRevised")
    return version


def submit(session: Session, actor: Actor, now: datetime, version: Version, *, change: Change) -> Version:
    """Send a draft to review. Its content is fixed from here on. Raises `Invalid` with the findings that stop it.

    A draft that says what the version before it says, in a newer schema, changes nothing: it is editorial, whatever was
    said of it, so that nothing that rests on the item is asked to reconfirm.
    """
    described = queries.kind_named(version.item.kind)
    require_author(described, actor, version.organisation_id)
    hold(session, version)
    _, findings = described.parse(version.content)
    if errors := [finding for finding in findings if finding.severity is Severity.ERROR]:
        raise Invalid(errors)
    if _differs_in_schema_only(session, described, version):
        change = Change.EDITORIAL
    move(version, Act.SUBMIT)
    version.round += 1
    version.change, version.submitted_at, version.author_id = change, now, actor.person_id or version.author_id
    others = {deciding_organisation(version, need) for need in described.requirements} - {version.organisation_id}
    version.deciding_organisation_id = min(others, default=None)
    session.flush()
    _contributed(session, actor, now, version)
    record(session, actor, now, version, "VersionSubmitted", change=change.value)
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
    needed = next((need for need in described.requirements if need.aspect == requirement), None)
    if needed is None:
        raise Forbidden(requirement)
    organisation_id = deciding_organisation(version, needed)
    actor.require_decider(needed.role, organisation_id=organisation_id, is_known=True)
    hold(session, version)
    if version.state != State.IN_REVIEW:
        raise refused("ITEM-004")
    if actor.person_id == version.author_id or queries.has_contributed(session, version, actor.person_id):
        raise refused("ITEM-005")
    if not reason.strip():
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
        if approved >= {need.aspect for need in described.requirements}:
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
    allowed = {*described.author_roles, *(need.role for need in described.requirements)}
    organisations = {
        version.organisation_id,
        *(deciding_organisation(version, need) for need in described.requirements),
    }
    if not any(actor.may(*allowed, organisation_id=one) for one in organisations):
        raise Forbidden("publish")
    hold(session, version)
    move(version, Act.PUBLISH)
    version.valid_from, version.published_at = valid_from, now
    # Locked, so that it is superseded or withdrawn, and not one on top of the other.
    others = select(Version).where(Version.item_id == version.item_id, Version.id != version.id)
    before = session.scalar(holding(others.where(Version.state == State.PUBLISHED), of=Version))
    if before is not None:
        is_dated = not described.is_replaced_at_once
        if is_dated and (earliest := first_day_after(before)) and valid_from and valid_from < earliest:
            raise refused(
                "ITEM-018",
                number=before.number,
                valid_from=(earliest - timedelta(days=1)).isoformat(),
                earliest=earliest.isoformat(),
            )
        move(before, Act.SUPERSEDE)
        before.valid_to, before.ended_at = valid_from - timedelta(days=1) if valid_from and is_dated else None, now
    session.flush()
    for dependency in described.depends_on(version.content):
        references.link(session, version.ref, f"version:{dependency}", "rests-on", now)
    record(
        session, actor, now, version, "VersionPublished",
        change=version.change, valid_from=valid_from.isoformat() if valid_from else None, supersedes=before.content_hash if before else None,
    )  # fmt: skip
    return version


def first_day_after(before: Version) -> date | None:
    """The first day that a successor of ``before`` can have, so that each applies for a day at least."""
    return before.valid_from + timedelta(days=1) if before.valid_from else None


def reinstate_before(session: Session, version: Version, on: date) -> Version | None:
    """Let the version before one that is withdrawn before its first day go on; gives it back where there is one."""
    if version.valid_from is None or version.valid_from <= on:
        return None
    before = session.scalar(
        holding(
            select(Version).where(
                Version.item_id == version.item_id,
                Version.state == State.SUPERSEDED,
                Version.valid_to == version.valid_from - timedelta(days=1),
            ),
            of=Version,
        )
    )
    if before is not None:
        move(before, Act.REINSTATE)
        before.valid_to, before.ended_at = None, None
    return before


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


def hold(session: Session, version: Version) -> Version:
    """The version as it is now, and nobody else's to change or move until this transaction ends; nor is what it follows."""
    hold_items(session, [version.item_id])
    return session.scalars(holding(select(Version).where(Version.id == version.id), Hold.CHANGING, of=Version)).one()


def hold_items(session: Session, item_ids: Sequence[str]) -> None:
    """Let nobody else begin, change or move a version of these items until this transaction ends. Held before versions."""
    session.execute(holding(select(Item.id).where(Item.id.in_(item_ids)).order_by(Item.id), Hold.CHANGING)).all()


def deciding_organisation(version: Version, requirement: Requirement) -> str:
    """The organisation in which ``requirement`` must be decided."""
    return requirement.organisation(version.content) or version.organisation_id


def decisions_of_round(version: Version) -> list[Decision]:
    """The decisions taken since the version was last submitted."""
    return [decision for decision in version.decisions if decision.round == version.round]


def awaited(version: Version) -> list[Requirement]:
    """The requirements of a version in review that nobody has decided yet."""
    done = {decision.aspect for decision in decisions_of_round(version)}
    return [need for need in queries.kind_named(version.item.kind).requirements if need.aspect not in done]


def refused(code: str, **params: str | int) -> Refused:
    return Refused(FINDINGS.found(code, params))


def _add_version(
    session: Session,
    actor: Actor,
    now: datetime,
    item: Item,
    kind: ItemKind,
    content: Content,
    reason: str,
    change_set_id: str | None = None,
) -> Version:
    parsed = _as_kept(kind, content)
    require_fit_text(actor, reason, *_written_in(parsed))
    text = canonical_content.canonical(parsed)
    number = (session.scalar(select(func.max(Version.number)).where(Version.item_id == item.id)) or 0) + 1
    base = queries.standing_version(session, item)
    version = Version(
        item_id=item.id, organisation_id=item.organisation_id, number=number, state=State.DRAFT, content_text=text,
        content_hash=canonical_content.content_hash(text), reason=reason, author_id=actor.person_id,
        base_hash=base.content_hash if base else None, change_set_id=change_set_id, created_at=now, changed_at=now,
    )  # fmt: skip
    session.add(version)
    session.flush()
    _contributed(session, actor, now, version)
    record(session, actor, now, version, "DraftCreated", number=number)
    return version


def _differs_in_schema_only(session: Session, kind: ItemKind, version: Version) -> bool:
    before = queries.standing_version(session, version.item)
    if before is None:
        return False
    old, new = before.content, version.content
    return old[SCHEMA_KEY] != new[SCHEMA_KEY] and kind.schema.is_same(old, new)


def _as_kept(kind: ItemKind, content: Content) -> Content:
    """Content as it is kept. Raises `Invalid` where it does not fit the kind's schema: a draft may be incomplete, but
    nothing in it is left out, or read as something else than what was written."""
    if faults := kind.schema.faults(content):
        raise Invalid(faults)
    return kind.parse(kind.schema.lift(content))[0]


def require_author(kind: ItemKind, actor: Actor, organisation_id: str) -> None:
    """See that the actor writes this kind of item for the organisation. Raises `Forbidden`."""
    actor.require(*kind.author_roles, organisation_id=organisation_id, is_known=True)


def require_fit_text(actor: Actor, *texts: str) -> None:
    """Refuse what must not stand in a text that many read and that is kept for long. Nothing of it is kept."""
    if not actor.is_system and (finding := objection_to_text(texts)):
        raise Refused(finding)


def _written_in(content: object) -> Iterator[str]:
    """What people wrote in a content: not the ids and hashes, whose digits mean nothing."""
    if isinstance(content, str):
        if not _OPAQUE.fullmatch(content):
            yield content
    elif isinstance(content, Mapping):
        for part in content.values():
            yield from _written_in(part)
    elif isinstance(content, Sequence):
        for part in content:
            yield from _written_in(part)


def _contributed(session: Session, actor: Actor, now: datetime, version: Version) -> None:
    """Keep who has had a hand in the version: none of them decides on it, whoever pressed the button."""
    if not queries.has_contributed(session, version, actor.person_id):
        insert_or_ignore(session, Contribution, version_id=version.id, person_id=actor.person_id, since=now)


def move(version: Version, act: Act) -> None:
    target = LIFECYCLE.get((State(version.state), act))
    if target is None:
        raise refused("ITEM-009", act=act.value, state=str(version.state))
    version.state = target


def record(session: Session, actor: Actor, now: datetime, version: Version, type_: str, **data: object) -> None:
    events.record(
        session, type_, actor=actor, now=now, subject=version.ref, organisation_id=version.organisation_id,
        data={"item": version.item_id, "kind": version.item.kind, "version": version.id, **data},
    )  # fmt: skip
