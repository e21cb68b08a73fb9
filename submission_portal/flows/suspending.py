"""Suspending a line or a use, at once and by one person of either side, and resuming it by a second person of the side that did.

What was delivered stays, and what is prepared waits: nothing is received, and nothing that is in review is released, until
every side that suspended has resumed. A line goes on for its other uses when one of them is suspended; a delivery whose uses are
all suspended waits as if its line were. The item's row is the lock: a delivery is received before a suspension, or not at all.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import clock, events, hands
from registry.actors import Actor, Role
from registry.errors import Forbidden, Refused
from registry.findings import Finding, Text
from registry.hands import Side
from registry.items import steps
from registry.items.tables import Item
from registry.locks import Hold, holding
from registry.reasons import says_something
from submission_portal.flows.acts import line
from submission_portal.flows.carryover import KIND as LINE
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.parties import parties_of
from submission_portal.flows.queries import approved_version
from submission_portal.flows.tables import FlowSuspension
from submission_portal.flows.uses.standing import USE, StandingUse
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts

SUSPEND = {
    Side.DISCLOSER: (Role.DISCLOSING_OFFICER, Role.REGION_ADMINISTRATOR),
    Side.RECIPIENT: (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER),
}
"""Who suspends for each side, and resumes. In a crisis a central administrator suspends too, for the recipient, whose reviewers
resume."""
MAY_SUSPEND = (*(role for roles in SUSPEND.values() for role in roles), Role.ADMINISTRATOR)
SUSPENDED = {LINE: "FLOW-111", USE: "USE-106"}
ALREADY = {LINE: "FLOW-112", USE: "USE-107"}
NOTHING_TO_RESUME = {LINE: "FLOW-113", USE: "USE-108"}
BY_ANOTHER = {LINE: "FLOW-114", USE: "USE-109"}
"""What is found, by the kind of what is suspended."""
SHOWN = 10
BOTH = Text("utlämnaren och mottagaren", "the discloser and the recipient")


def suspend(session: Session, actor: Actor, now: datetime, item: Item, *, reason: str) -> FlowSuspension:
    """Stop a flow at once, for the side that the actor belongs to.

    Raises `Forbidden` for who may for neither side, `Refused` where the side has suspended it already, where the flow was
    never approved, without a reason, and for who has acted for the other side in it.
    """
    side = side_that_may_suspend(session, actor, item)
    if side is None:
        raise Forbidden(Role.DISCLOSING_OFFICER)
    _require_words(reason)
    hands.require(session, actor, side, line_of(session, item))
    steps.hold_items(session, [item.id])
    if any(one.side == side for one in lasting(session, item.id)):
        raise _already(item, side)
    made = FlowSuspension(
        item_id=item.id,
        side=side,
        organisation_id=organisation_of(session, item, side),
        reason=reason.strip(),
        suspended_by=actor.person_id,
        suspended_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise _already(item, side) from error
    _record(session, actor, now, item, made, "FlowSuspended")
    return made


def resume(
    session: Session, actor: Actor, now: datetime, item: Item, *, reason: str, side: Side | None = None
) -> FlowSuspension:
    """End the suspension of the actor's side, or of ``side`` where they may for both.

    Raises `Forbidden` for who may not decide for a side, `Refused` where that side has suspended nothing, for whoever
    suspended it, without a reason, and for who has acted for the other side in it.
    """
    sides = [one for one in sides_that_may_resume(session, actor, item) if side in (None, one)]
    if not sides:
        raise Forbidden(Role.DISCLOSING_OFFICER)
    _require_words(reason)
    steps.hold_items(session, [item.id])
    found = next((one for one in lasting(session, item.id) if one.side in sides), None)
    if found is None:
        raise Refused(FINDINGS.found(NOTHING_TO_RESUME[item.kind], {"side": sides[0].label}))
    if (finding := resuming_objection(session, actor, item, found)) is not None:
        raise Refused(finding)
    found.resumed_by, found.resumed_at, found.resume_reason = actor.person_id, now, reason.strip()
    session.flush()
    _record(session, actor, now, item, found, "FlowResumed")
    return found


def resuming_objection(session: Session, actor: Actor, item: Item, suspension: FlowSuspension) -> Finding | None:
    """What forbids this actor, who may decide for the side, to resume what it suspended; or ``None``."""
    if actor.person_id == suspension.suspended_by:
        return FINDINGS.found(BY_ANOTHER[item.kind])
    return hands.objection(session, actor, Side(suspension.side), line_of(session, item))


def side_that_may_suspend(session: Session, actor: Actor, item: Item) -> Side | None:
    """For which side the actor could suspend the flow, if any: their own, or as a central administrator the recipient's."""
    own = sides_that_may_resume(session, actor, item)
    if own:
        return own[0]
    is_central = actor.counts_as_person and actor.has_role(Role.ADMINISTRATOR)
    return Side.RECIPIENT if is_central and approved_version(session, item) is not None else None


def sides_that_may_resume(session: Session, actor: Actor, item: Item) -> list[Side]:
    """For which sides the actor decides in the flow. A flow that was never approved has nothing to suspend."""
    if approved_version(session, item) is None:
        return []
    return [
        side for side, roles in SUSPEND.items()
        if actor.may_decide(*roles, organisation_id=organisation_of(session, item, side)) and not actor.is_system
    ]  # fmt: skip


def organisation_of(session: Session, item: Item, side: Side) -> str:
    """Whose side it is, by the newest approved version."""
    version = approved_version(session, item)
    return item.organisation_id if version is None else parties_of(version).organisation(side)


def line_of(session: Session, item: Item) -> str:
    """The line that an item is, or is a use of, as acts name it."""
    version = approved_version(session, item)
    return line(item.id if version is None else parties_of(version).line)


def lasting(session: Session, item_id: str) -> list[FlowSuspension]:
    """The suspensions of a flow that last, oldest first: at most one of each side."""
    return lasting_of(session, [item_id]).get(item_id, [])


def lasting_of(session: Session, item_ids: Collection[str]) -> dict[str, list[FlowSuspension]]:
    """Of each of some flows that are suspended, by the item's id; one statement."""
    rows = session.scalars(
        select(FlowSuspension)
        .where(FlowSuspension.item_id.in_(item_ids), FlowSuspension.resumed_at.is_(None))
        .order_by(FlowSuspension.suspended_at)
    )
    found: dict[str, list[FlowSuspension]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


def history(session: Session, item_id: str) -> Sequence[FlowSuspension]:
    """The latest suspensions that have ended, the newest first: as many as the flow's page shows. All are in the log."""
    rows = select(FlowSuspension).where(FlowSuspension.item_id == item_id, FlowSuspension.resumed_at.is_not(None))
    return session.scalars(rows.order_by(FlowSuspension.suspended_at.desc()).limit(SHOWN)).all()


def stop(session: Session, item_id: str, kind: str = LINE) -> Finding | None:
    """That the line or use is suspended, by whom and since when, as a finding; ``None`` where it is not."""
    return as_finding(lasting(session, item_id), kind)


def as_finding(rows: Sequence[FlowSuspension], kind: str = LINE) -> Finding | None:
    """That a line is suspended, or an item of another kind.

    >>> as_finding([]) is None
    True
    """
    if not rows:
        return None
    who = BOTH if len(rows) > 1 else Side(rows[0].side).label
    return FINDINGS.found(SUSPENDED[kind], {"side": who, "day": clock.today(rows[0].suspended_at).isoformat()})


def all_suspended(session: Session, uses: Collection[StandingUse]) -> Finding | None:
    """That every one of some uses is suspended, as a finding; ``None`` where one is not, or where there is none. One statement.

    What is carried over has no suspension of its own: it stops with its line.
    """
    return all_among(uses, lasting_of(session, item_ids_of(uses)))


def all_among(uses: Collection[StandingUse], stopped: Mapping[str, Sequence[FlowSuspension]]) -> Finding | None:
    """The same with the suspensions at hand, by the item's id."""
    if not uses or len(item_ids_of(uses)) < len(uses) or not all(one in stopped for one in item_ids_of(uses)):
        return None
    titles = [one.use.title for one in uses]
    named = Text(", ".join(one.sv for one in titles), ", ".join(one.en for one in titles))
    return FINDINGS.found("USE-110", {"uses": named})


def item_ids_of(uses: Collection[StandingUse]) -> list[str]:
    """The items of some uses; what is carried over has none."""
    return [one.ref.partition(":")[2] for one in uses if not one.is_carried_over]


def refuse_all_suspended(session: Session, uses: Collection[StandingUse]) -> None:
    """See that not every one of some uses is suspended. They are held by whoever asks (`uses.queries.hold_uses`). Raises `Refused`."""
    if (finding := all_suspended(session, uses)) is not None:
        raise Refused(finding)


def refuse_suspended(session: Session, item_id: str, kind: str = LINE) -> None:
    """See that the line or use is not suspended, and cannot be until this transaction ends. Raises `Refused`.

    Who receives or releases holds the item's row together with others who do; who suspends it waits for all of them.
    """
    session.execute(holding(select(Item.id).where(Item.id == item_id), Hold.UNCHANGED)).all()
    if (finding := stop(session, item_id, kind)) is not None:
        raise Refused(finding)


def _already(item: Item, side: Side) -> Refused:
    return Refused(FINDINGS.found(ALREADY[item.kind], {"side": side.label}))


def _require_words(reason: str) -> None:
    if not says_something(reason):
        raise Refused(FINDINGS.found("FLOW-115"))
    refuse_unfit_texts(reason)


def _record(session: Session, actor: Actor, now: datetime, item: Item, suspension: FlowSuspension, type_: str) -> None:
    version = approved_version(session, item)
    subject = version.ref if version is not None else line(item.id)
    data = {"item": item.id, "side": str(suspension.side), "suspension": suspension.id}
    events.record(
        session, type_, actor=actor, now=now, subject=subject, organisation_id=suspension.organisation_id, data=data
    )
