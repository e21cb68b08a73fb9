"""All that is in a change set moves by a few statements, and each version has its event.

The acts themselves, and who may take them, are in `deciding` and `writing`. The set with all that is in it is held
(`parts.hold_all`). Objects that were loaded before are read again when they are used next.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from graphlib import CycleError, TopologicalSorter
from typing import Any

from sqlalchemy import bindparam, func, literal, select, update
from sqlalchemy.orm import Session, aliased

from registry import references
from registry.actors import Actor
from registry.columns import Base
from registry.content import canonical as canonical_content
from registry.content.schemas import KEY as SCHEMA_KEY
from registry.db import insert_selected
from registry.errors import Refused
from registry.finding_texts import FINDINGS
from registry.items.change_sets.parts import AT_ONCE, Part, by_kind, item_ids, parts_of, texts_of
from registry.items.kinds import ItemKind, rests_on_nothing
from registry.items.lifecycle import BEING_WRITTEN, LIFECYCLE, Act, Change, State
from registry.items.outlines import Content
from registry.items.queries import kind_named
from registry.items.steps import computed_graver, contents_as_today, first_day_after, record, refused
from registry.items.tables import ChangeSet, Contribution, Item, Version
from registry.locks import holding
from registry.seals import noting

_SCHEMA = re.compile(f'"{SCHEMA_KEY}":"([^"]+)"')
"""Where kept content says which schema it is written in."""


def _require_no_graver(session: Session, parts: Sequence[Part]) -> None:
    """See that no draft is classed as editorial of which more is computed: in a set nothing overrules that. Raises `Refused`."""
    classed = [one.id for one in _drafts(parts) if one.change == Change.EDITORIAL]
    for start in range(0, len(classed), AT_ONCE):
        for version in session.scalars(select(Version).where(Version.id.in_(classed[start : start + AT_ONCE]))):
            kind = kind_named(version.item.kind)
            if found := computed_graver(session, kind, version):
                raise Refused(FINDINGS.found("ITEM-025", {"title": kind.title(version.content), "what": found[0]}))


def _require_decided_together(session: Session, parts: Sequence[Part]) -> None:
    """See that no draft needs a decision that only some versions of its kind need: it is decided by itself. Raises `Refused`."""
    some = {name for name in {one.item_kind for one in _drafts(parts)} if _has_more(kind_named(name))}
    asked = [one.id for one in _drafts(parts) if one.item_kind in some]
    for start in range(0, len(asked), AT_ONCE):
        for version in session.scalars(select(Version).where(Version.id.in_(asked[start : start + AT_ONCE]))):
            kind = kind_named(version.item.kind)
            standing = kind.standing_requirements
            if more := [need for need in kind.requirements_for(version.content) if need not in standing]:
                params = {"title": kind.title(version.content), "who": more[0].role.label, "what": more[0].label}
                raise Refused(FINDINGS.found("SET-018", params))


def _has_more(kind: ItemKind) -> bool:
    return len(kind.standing_requirements) < len(kind.requirements)


def send_all(
    session: Session, actor: Actor, now: datetime, change_set: ChangeSet, parts: Sequence[Part], until: date | None
) -> list[Part]:
    """Send every draft to review, and give what is in the set then. ``until`` is for those that change a meaning."""
    _require_movable(parts, Act.SUBMIT)
    _require_no_graver(session, parts)
    _require_decided_together(session, parts)
    editorial = _in_newer_schema(session, parts)
    is_draft = Version.change_set_id == change_set.id, Version.state.in_(BEING_WRITTEN)
    _update(
        session, *is_draft, state=State.IN_REVIEW, round=Version.round + 1, submitted_at=now,
        change=func.coalesce(Version.change, Change.MEANING), transition_until=None, deciding_organisation_id=None,
        author_id=actor.person_id or Version.author_id,
    )  # fmt: skip
    for start in range(0, len(editorial), AT_ONCE):
        _update(session, Version.id.in_(editorial[start : start + AT_ONCE]), change=Change.EDITORIAL)
    sent = Version.change_set_id == change_set.id, Version.state == State.IN_REVIEW
    if until is not None:
        meaning = [one for one in Change if one.is_of_meaning]
        _update(session, *sent, Version.change.in_(meaning), transition_until=until)
    have_a_hand_in_all(session, actor, now, change_set)
    _read_again(session)
    found = parts_of(session, change_set)
    for part in _drafts(found):
        data = {"transition_until": part.transition_until.isoformat()} if part.transition_until else {}
        record(session, actor, now, part, "VersionSubmitted", change=part.change, change_set=change_set.id, **data)
    return found


def have_a_hand_in_all(session: Session, actor: Actor, now: datetime, change_set: ChangeSet) -> None:
    """Keep that the actor has had a hand in every version of the set that is in review."""
    chosen: Any = select(Version.id, literal(actor.person_id), literal(now, Contribution.since.type)).where(
        Version.change_set_id == change_set.id, Version.state == State.IN_REVIEW
    )
    insert_selected(session, Contribution, ("version_id", "person_id", "since"), chosen)


def move_all(session: Session, change_set: ChangeSet, parts: Sequence[Part], act: Act, **values: Any) -> None:
    """Move every version that is not withdrawn by the set; ``values`` are set with the state. Raises `Refused`."""
    targets = _require_movable(parts, act)
    for state, target in targets.items():
        _update(session, Version.change_set_id == change_set.id, Version.state == state, state=target, **values)
    _read_again(session)


def publish_all(
    session: Session, actor: Actor, now: datetime, change_set: ChangeSet, parts: Sequence[Part], first: date | None
) -> None:
    """Publish every version of the set from a day, and supersede those before them. Raises `Refused` where one of these
    applies from that day or later."""
    _require_movable(parts, Act.PUBLISH)
    rests = _dependencies(session, _drafts(parts))
    drafts = _in_order(_drafts(parts), rests)
    before = _supersede(session, now, change_set, drafts, first)
    decided = Version.change_set_id == change_set.id, Version.state == State.DECIDED
    _update(session, *decided, state=State.PUBLISHED, valid_from=first, published_at=now)
    _read_again(session)
    for part in drafts:
        for dependency in rests.get(part.id, ()):
            references.link(session, part.ref, f"version:{dependency}", "rests-on", now)
        record(
            session, actor, now, part, "VersionPublished", change=part.change, change_set=change_set.id,
            valid_from=first.isoformat() if first else None, supersedes=before.get(part.item_id),
        )  # fmt: skip


def _drafts(parts: Iterable[Part]) -> list[Part]:
    return [one for one in parts if not one.is_withdrawn]


def _require_movable(parts: Iterable[Part], act: Act) -> Mapping[State, State]:
    """What the act makes of each state that versions of the set are in. Raises `Refused` where one cannot be moved so."""
    states = dict.fromkeys(one.state for one in _drafts(parts))
    if stuck := next((one for one in states if (one, act) not in LIFECYCLE), None):
        raise refused("ITEM-009", act=act.value, state=stuck.value)
    return {state: LIFECYCLE[state, act] for state in states}


def _update(session: Session, *conditions: Any, **values: Any) -> None:
    session.execute(update(Version).where(*conditions).values(values), execution_options={"synchronize_session": False})


def _read_again(session: Session) -> None:
    session.flush()
    session.expire_all()


def _supersede(
    session: Session, now: datetime, change_set: ChangeSet, drafts: Sequence[Part], first: date | None
) -> dict[str, str]:
    """End what is published of the items that are published anew; gives the hashes of it, by item."""
    kinds = {one.item_id: one.kind for one in drafts}
    columns = Version.id, Version.item_id, Version.number, Version.content_hash, Version.valid_from
    query: Any = select(*columns).where(Version.item_id.in_(item_ids(change_set)), Version.state == State.PUBLISHED)
    found = [row for row in session.execute(holding(query.order_by(Version.id), of=Version)) if row.item_id in kinds]
    ended: list[dict[str, Any]] = []
    for row in found:
        is_dated = not kinds[row.item_id].is_replaced_at_once
        if is_dated and first and (earliest := first_day_after(row.valid_from)) and first < earliest:
            raise refused(
                "ITEM-018",
                number=row.number,
                valid_from=(earliest - timedelta(days=1)).isoformat(),
                earliest=earliest.isoformat(),
            )
        last = first - timedelta(days=1) if first and is_dated else None
        ended.append({"of": row.id, "last": last, "moment": now})
    if ended:
        table = Base.metadata.tables[Version.__tablename__]
        noting.note(session, table.name, *((one["of"],) for one in ended))
        session.connection().execute(
            update(table)
            .where(table.c.id == bindparam("of"))
            .values(
                state=LIFECYCLE[State.PUBLISHED, Act.SUPERSEDE],
                valid_to=bindparam("last"),
                ended_at=bindparam("moment"),
            ),
            ended,
        )
    return {row.item_id: row.content_hash for row in found}


def _in_order(drafts: Sequence[Part], rests: Mapping[str, Sequence[str]]) -> list[Part]:
    """What others in the set rest on comes before them."""
    ids: dict[str, list[str]] = {}
    for one in drafts:
        ids.setdefault(one.content_hash, []).append(one.id)
    graph = {one.id: [id_ for other in rests.get(one.id, ()) for id_ in ids.get(other, ())] for one in drafts}
    by_id = {one.id: one for one in drafts}
    try:
        return [by_id[one] for one in TopologicalSorter(graph).static_order()]
    except CycleError:  # hashes cannot name each other; a kind that says so has to see to it itself
        return list(drafts)


def _dependencies(session: Session, drafts: Sequence[Part]) -> dict[str, Sequence[str]]:
    """The hashes that versions rest on, by their ids: of the kinds that rest on others at all."""
    found: dict[str, Sequence[str]] = {}
    for ours in by_kind(drafts).values():
        rests_on: Callable[[Content], Sequence[str]] = ours[0].kind.depends_on
        if rests_on is not rests_on_nothing:
            texts = texts_of(session, [one.id for one in ours])
            found |= {id_: tuple(rests_on(canonical_content.parse(text))) for id_, text in texts.items()}
    return found


def _in_newer_schema(session: Session, parts: Sequence[Part]) -> list[str]:
    """The versions that say what the one before them says, in a newer schema, by id."""
    found: list[str] = []
    for ours in by_kind(one for one in parts if not one.is_withdrawn and one.base_hash).values():
        for start in range(0, len(ours), AT_ONCE):
            found += _newer(session, ours[start : start + AT_ONCE])
    return found


def _newer(session: Session, parts: Sequence[Part]) -> list[str]:
    kind, before = parts[0].kind, aliased(Version)
    rows: Any = session.execute(
        select(Version.id, Item, before.content_text, Version.content_text)
        .join(Item, Item.id == Version.item_id)
        .join(before, before.item_id == Version.item_id)
        .where(Version.id.in_([one.id for one in parts]), before.state == State.PUBLISHED)
    )
    raised = [row for row in rows if _SCHEMA.findall(row[2])[:1] != _SCHEMA.findall(row[3])[:1]]
    old, new = (
        contents_as_today(session, kind, [(row[1], canonical_content.parse(row[place])) for row in raised])
        for place in (2, 3)
    )
    return [row[0] for row, was, now in zip(raised, old, new, strict=True) if was == now]
