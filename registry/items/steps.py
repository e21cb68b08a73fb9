"""Single steps in the life of a version: `services` takes them for one version, `change_sets` for many together.

Whether the actor may is asked there. What is moved is held first, so that two never move it at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from registry import clock, events, references
from registry.actors import Actor
from registry.columns import new_id
from registry.content import canonical as canonical_content
from registry.content.schemas import KEY as SCHEMA_KEY
from registry.content.written_texts import written_in
from registry.db import insert_or_ignore
from registry.errors import Invalid, Refused
from registry.finding_texts import FINDINGS
from registry.findings import Text
from registry.items import queries
from registry.items.kinds import ItemKind, Requirement
from registry.items.lifecycle import LIFECYCLE, Act, Change, State
from registry.items.outlines import Content
from registry.items.tables import Contribution, Decision, Item, Version
from registry.locks import Hold, holding
from registry.reasons import says_something
from registry.text_objections import objection_to_text

AT_ONCE = 500
"""Ids in one statement."""


class ChangedMeanwhile(Refused):
    """A draft is not what its writer had before them: somebody else has changed it, or published a version."""


def hold(session: Session, version: Version) -> Version:
    """The version as it is now, and nobody else's to change or move until this transaction ends; nor is what it follows."""
    hold_items(session, [version.item_id])
    return session.scalars(holding(select(Version).where(Version.id == version.id), Hold.CHANGING, of=Version)).one()


def hold_items(session: Session, item_ids: Sequence[str]) -> None:
    """Let nobody else begin, change or move a version of these items until this transaction ends. Held before versions."""
    session.execute(holding(select(Item.id).where(Item.id.in_(item_ids)).order_by(Item.id), Hold.CHANGING)).all()


@dataclass(frozen=True, slots=True)
class Draft:
    """The next version of an item, ready to be kept: what it says, and what is published that it was begun from."""

    item_id: str
    item_kind: str
    organisation_id: str
    content_text: str
    content_hash: str
    base_hash: str | None
    id: str = field(default_factory=new_id)

    @property
    def ref(self) -> str:
        return f"version:{self.content_hash}"

    @property
    def change(self) -> Change:
        """What it changes, as long as no person has said so."""
        return Change.NEW if self.base_hash is None else Change.MEANING


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
    """The item's next version as a draft. Raises `Invalid` and `Refused` for what cannot be kept."""
    drafts = drafts_of(session, actor, kind, [(item, content)], reason)
    add_drafts(session, actor, now, drafts, reason, change_set_id)
    return session.get_one(Version, drafts[0].id)


def drafts_of(
    session: Session, actor: Actor, kind: ItemKind, written: Sequence[tuple[Item, Content]], reason: str
) -> list[Draft]:
    """Contents of a kind made ready to be kept; nothing is written. Raises `Invalid` and `Refused` for what cannot be kept.

    Items that are not kept yet may be among them, with their ids.
    """
    kept = all_as_kept(session, kind, written)
    require_fit_text(actor, reason, *(text for content in kept for text in written_in(content)))
    bases: dict[str, str] = {}
    for some in _in_parts([item.id for item, _ in written]):
        standing = select(Version.item_id, Version.content_hash).where(Version.state == State.PUBLISHED)
        bases |= dict(session.execute(standing.where(Version.item_id.in_(some))).all())
    found: list[Draft] = []
    for (item, _), content in zip(written, kept, strict=True):
        text = canonical_content.canonical(content)
        hash_ = canonical_content.content_hash(text)
        found.append(Draft(item.id, kind.name, item.organisation_id, text, hash_, bases.get(item.id)))
    return found


def add_drafts(
    session: Session,
    actor: Actor,
    now: datetime,
    drafts: Sequence[Draft],
    reason: str,
    change_set_id: str | None = None,
    numbers: Mapping[str, int] | None = None,
) -> None:
    """Keep drafts as the next versions of their items, which are held; a few statements for all.

    ``numbers`` are the highest before, by item, where they are known.
    """
    highest = _highest_numbers(session, [one.item_id for one in drafts]) if numbers is None else numbers
    rows = [
        {
            "id": one.id, "item_id": one.item_id, "organisation_id": one.organisation_id, "number": highest.get(one.item_id, 0) + 1,
            "state": State.DRAFT, "content_text": one.content_text, "content_hash": one.content_hash, "reason": reason,
            "author_id": actor.person_id, "base_hash": one.base_hash, "change_set_id": change_set_id, "round": 0,
            "change": one.change if change_set_id else None, "created_at": now, "changed_at": now,
        }
        for one in drafts
    ]  # fmt: skip
    if not rows:
        return
    session.execute(insert(Version), rows)
    session.execute(
        insert(Contribution),
        [{"version_id": one.id, "person_id": actor.person_id, "since": now} for one in drafts],
    )
    more = {"change_set": change_set_id} if change_set_id else {}
    for one, row in zip(drafts, rows, strict=True):
        record(session, actor, now, one, "DraftCreated", number=row["number"], **more)


def _highest_numbers(session: Session, item_ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _in_parts(item_ids):
        highest = select(Version.item_id, func.max(Version.number)).where(Version.item_id.in_(some))
        found |= dict(session.execute(highest.group_by(Version.item_id)).all())
    return found


def _in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def enter_review(
    session: Session,
    actor: Actor,
    now: datetime,
    version: Version,
    *,
    change: Change,
    transition_until: date | None = None,
    overruling: str = "",
    **data: object,
) -> None:
    """A held draft is sent to review: its content is fixed from here on. ``data`` goes with the event. Only a change of
    meaning has a transition. Raises `Refused` where it is classed as editorial, more is computed, and no reason overrules that."""
    described = queries.kind_named(version.item.kind)
    if _differs_in_schema_only(session, described, version):
        change = Change.EDITORIAL
    version.overruling = _overruled(session, described, version, change, overruling)
    if version.overruling:
        data["overruling"] = version.overruling
    move(version, Act.SUBMIT)
    version.round += 1
    version.change, version.submitted_at, version.author_id = change, now, actor.person_id or version.author_id
    version.transition_until = transition_until if version.changes_meaning else None
    others = {deciding_organisation(version, need) for need in described.requirements_for(version.content)} - {
        version.organisation_id
    }
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
        if is_dated and (earliest := first_day_after(before.valid_from)) and valid_from and valid_from < earliest:
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


def first_day_after(began: date | None) -> date | None:
    """The first day that a successor can have of what applies from ``began``, so that each applies for a day at least."""
    return began + timedelta(days=1) if began else None


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


class Named(Protocol):
    """What an event says of the version that it is about: `Version`, or a row of it."""

    @property
    def id(self) -> str: ...
    @property
    def item_id(self) -> str: ...
    @property
    def item_kind(self) -> str: ...
    @property
    def organisation_id(self) -> str: ...
    @property
    def ref(self) -> str: ...


def record(session: Session, actor: Actor, now: datetime, version: Named, type_: str, **data: object) -> None:
    events.record(
        session, type_, actor=actor, now=now, subject=version.ref, organisation_id=version.organisation_id,
        data={"item": version.item_id, "kind": version.item_kind, "version": version.id, **data},
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
    needed = queries.kind_named(version.item.kind).requirements_for(version.content)
    return [need for need in needed if need.aspect not in done]


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
    return contents_as_today(session, kind, [(item, content)])[0]


def contents_as_today(session: Session, kind: ItemKind, kept: Sequence[tuple[Item, Content]]) -> list[Content]:
    """The same of several contents of a kind."""
    lifted = [(item, kind.schema.lift(content)) for item, content in kept]
    if kind.settle is None:
        return [content for _, content in lifted]
    return [content for content, _ in kind.settle(session, lifted)]


def computed_graver(session: Session, kind: ItemKind, version: Version) -> Sequence[Text]:
    """What a version changes beyond how it is worded, as its kind computes it; nothing where it succeeds none."""
    return kind.graver(session, version) if kind.graver is not None and version.base_hash else ()


def _overruled(session: Session, kind: ItemKind, version: Version, change: Change, overruling: str) -> str:
    found = computed_graver(session, kind, version) if change is Change.EDITORIAL else ()
    if not found:
        return ""
    if not says_something(overruling):
        named = found[:MOST_NAMED]
        what = Text("; ".join(one.sv for one in named), "; ".join(one.en for one in named))
        raise Refused(FINDINGS.found("ITEM-024", {"what": what, "count": len(found)}))
    return overruling.strip()


MOST_NAMED = 5
"""So many differences are named where they are computed to be more than editorial."""


def _differs_in_schema_only(session: Session, kind: ItemKind, version: Version) -> bool:
    before = queries.standing_version(session, version.item) if version.base_hash else None
    if before is None:
        return False
    old, new = before.content, version.content
    if old[SCHEMA_KEY] == new[SCHEMA_KEY]:
        return False
    said = [as_today(session, version.item, kind, content) for content in (old, new)]
    return said[0] == said[1]
