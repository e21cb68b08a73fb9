"""Single steps in the life of a version: `services` takes them for one version, `change_sets` for many together.

Whether the actor may is asked there. What is moved is held first, so that two never move it at once.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import clock, events, references
from registry.actors import Actor
from registry.content import canonical as canonical_content
from registry.content.schemas import KEY as SCHEMA_KEY
from registry.db import insert_or_ignore
from registry.errors import Invalid, Refused
from registry.finding_texts import FINDINGS
from registry.items import queries
from registry.items.kinds import ItemKind, Requirement
from registry.items.lifecycle import LIFECYCLE, Act, Change, State
from registry.items.outlines import Content
from registry.items.tables import Contribution, Decision, Item, Version
from registry.locks import Hold, holding
from registry.text_objections import objection_to_text

_OPAQUE = re.compile("(?:[a-z0-9-]+:)?[0-9a-f]{32,64}")
"""An id or a hash."""


class ChangedMeanwhile(Refused):
    """A draft is not what its writer had before them: somebody else has changed it, or published a version."""


def hold(session: Session, version: Version) -> Version:
    """The version as it is now, and nobody else's to change or move until this transaction ends; nor is what it follows."""
    hold_items(session, [version.item_id])
    return session.scalars(holding(select(Version).where(Version.id == version.id), Hold.CHANGING, of=Version)).one()


def hold_items(session: Session, item_ids: Sequence[str]) -> None:
    """Let nobody else begin, change or move a version of these items until this transaction ends. Held before versions."""
    session.execute(holding(select(Item.id).where(Item.id.in_(item_ids)).order_by(Item.id), Hold.CHANGING)).all()


def add_version(
    session: Session,
    actor: Actor,
    now: datetime,
    item: Item,
    kind: ItemKind,
    content: Content,
    reason: str,
    change_set_id: str | None = None,
) -> Version:
    return add_versions(session, actor, now, kind, [(item, content)], reason, change_set_id)[0]


def add_versions(
    session: Session,
    actor: Actor,
    now: datetime,
    kind: ItemKind,
    written: Sequence[tuple[Item, Content]],
    reason: str,
    change_set_id: str | None = None,
) -> list[Version]:
    """The next versions of some items of a kind, as drafts; a few statements for as many as one statement names."""
    kept = all_as_kept(session, kind, written)
    require_fit_text(actor, reason, *(text for content in kept for text in written_in(content)))
    ids = [item.id for item, _ in written]
    highest = select(Version.item_id, func.max(Version.number)).where(Version.item_id.in_(ids))
    numbers = dict(session.execute(highest.group_by(Version.item_id)).all())
    standing = select(Version.item_id, Version.content_hash).where(Version.state == State.PUBLISHED)
    bases = dict(session.execute(standing.where(Version.item_id.in_(ids))).all())
    made: list[Version] = []
    for (item, _), content in zip(written, kept, strict=True):
        text = canonical_content.canonical(content)
        made.append(
            Version(
                item_id=item.id, item=item, organisation_id=item.organisation_id, number=numbers.get(item.id, 0) + 1,
                state=State.DRAFT, content_text=text, content_hash=canonical_content.content_hash(text), reason=reason,
                author_id=actor.person_id, base_hash=bases.get(item.id), change_set_id=change_set_id, created_at=now,
                changed_at=now,
            )
        )  # fmt: skip
    session.add_all(made)
    session.flush()
    session.add_all([Contribution(version_id=one.id, person_id=actor.person_id, since=now) for one in made])
    session.flush()
    for one in made:
        record(session, actor, now, one, "DraftCreated", number=one.number)
    return made


def enter_review(
    session: Session,
    actor: Actor,
    now: datetime,
    version: Version,
    *,
    change: Change,
    transition_until: date | None = None,
    **data: object,
) -> None:
    """A held draft is sent to review: its content is fixed from here on. ``data`` goes with the event. Only a change of
    meaning has a transition."""
    described = queries.kind_named(version.item.kind)
    if _differs_in_schema_only(session, described, version):
        change = Change.EDITORIAL
    move(version, Act.SUBMIT)
    version.round += 1
    version.change, version.submitted_at, version.author_id = change, now, actor.person_id or version.author_id
    version.transition_until = transition_until if version.changes_meaning else None
    others = {deciding_organisation(version, need) for need in described.requirements} - {version.organisation_id}
    version.deciding_organisation_id = min(others, default=None)
    contributed(session, actor, now, version)
    if version.transition_until is not None:
        data["transition_until"] = version.transition_until.isoformat()
    record(session, actor, now, version, "VersionSubmitted", change=change.value, **data)


def put_in_force(
    session: Session, actor: Actor, now: datetime, version: Version, *, valid_from: date | None, **data: object
) -> None:
    """A held version is published, and the one before it superseded. ``data`` goes with the event."""
    described = queries.kind_named(version.item.kind)
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
        change=version.change, valid_from=valid_from.isoformat() if valid_from else None, supersedes=before.content_hash if before else None, **data,
    )  # fmt: skip


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


def require_alone(version: Version) -> None:
    """See that the version is not decided with others. Raises `Refused`."""
    if version.change_set_id is not None and version.is_open:
        raise refused("ITEM-020")


def require_current_base(session: Session, version: Version) -> None:
    """See that nothing was published since the version was begun. Raises `Refused`."""
    if (newer := queries.overtaken_by(session, version)) is not None:
        raise refused("ITEM-021", number=newer.number, version=version.number)


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


def refused(code: str, **params: str | int) -> Refused:
    return Refused(FINDINGS.found(code, params))


def require_author(kind: ItemKind, actor: Actor, organisation_id: str) -> None:
    """See that the actor writes this kind of item for the organisation. Raises `Forbidden`."""
    actor.require(*kind.author_roles, organisation_id=organisation_id, is_known=True)


def require_coming_day(day: date | None, now: datetime) -> None:
    """Refuse a day of transition that has passed."""
    if day is not None and day < clock.today(now):
        raise refused("ITEM-023", day=day.isoformat())


def require_fit_text(actor: Actor, *texts: str) -> None:
    """Refuse what must not stand in a text that many read and that is kept for long. Nothing of it is kept."""
    if not actor.is_system and (finding := objection_to_text(texts)):
        raise Refused(finding)


def contributed(session: Session, actor: Actor, now: datetime, version: Version) -> None:
    """Keep who has had a hand in the version: none of them decides on it, whoever pressed the button."""
    if not queries.has_contributed(session, version, actor.person_id):
        insert_or_ignore(session, Contribution, version_id=version.id, person_id=actor.person_id, since=now)


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


def as_kept(session: Session, item: Item, kind: ItemKind, content: Content) -> Content:
    """Content as it is kept. Raises `Invalid` where it does not fit the kind's schema, or names what is not there: a
    draft may be incomplete, but nothing in it is left out, or read as something else than what was written."""
    return all_as_kept(session, kind, [(item, content)])[0]


def all_as_kept(session: Session, kind: ItemKind, written: Sequence[tuple[Item, Content]]) -> list[Content]:
    """The same of several contents of a kind. Raises `Invalid` for the first that cannot be kept."""
    for _, content in written:
        if faults := kind.schema.faults(content):
            raise Invalid(faults)
    if kind.settle is None:
        return [kind.parse(kind.schema.lift(content))[0] for _, content in written]
    kept: list[Content] = []
    for settled, unknown in kind.settle(session, written):
        if unknown:
            raise Invalid(list(unknown))
        kept.append(kind.parse(settled)[0])
    return kept


def as_today(session: Session, item: Item, kind: ItemKind, content: Content) -> Content:
    """Kept content in today's schema, as it would be kept if it were written now."""
    lifted = kind.schema.lift(content)
    return kind.settle(session, [(item, lifted)])[0][0] if kind.settle else lifted


def _differs_in_schema_only(session: Session, kind: ItemKind, version: Version) -> bool:
    before = queries.standing_version(session, version.item) if version.base_hash else None
    if before is None:
        return False
    old, new = before.content, version.content
    if old[SCHEMA_KEY] == new[SCHEMA_KEY]:
        return False
    said = [as_today(session, version.item, kind, content) for content in (old, new)]
    return said[0] == said[1]


def written_in(content: object) -> Iterator[str]:
    """What people wrote in a content: not the ids and hashes, whose digits mean nothing."""
    if isinstance(content, str):
        if not _OPAQUE.fullmatch(content):
            yield content
    elif isinstance(content, Mapping):
        for part in content.values():
            yield from written_in(part)
    elif isinstance(content, Sequence):
        for part in content:
            yield from written_in(part)
