"""Agreeing on last days: one side of a line proposes, a person of the other agrees or declines.

Events: ``DueDateProposed``, ``DueDateAgreed``, ``DueDateDeclined``, ``DueDateTakenBack``. The line's row is held, so that of two
who propose in the same moment the second is told.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from information_models.queries import load_model
from registry import clock, events, hands
from registry.actors import Actor, Role
from registry.errors import Forbidden, Refused
from registry.findings import Param, Place
from registry.hands import Side
from registry.items import steps
from registry.items.tables import Item, Version
from registry.period import PeriodKind
from registry.provenance import Provenance
from submission_portal.flows.acts import line
from submission_portal.flows.content import Line, read
from submission_portal.flows.division import period_kinds
from submission_portal.flows.parties import parties_of
from submission_portal.flows.queries import approved_version
from submission_portal.flows.timetables.due_days import MOST, Formula, is_working_day
from submission_portal.flows.timetables.finding_texts import FINDINGS, kinds_in_words, span_in_words
from submission_portal.flows.timetables.queries import AGREED, formula_of, open_proposal, timetable_of
from submission_portal.flows.timetables.stating import refuse_far_off, require_words
from submission_portal.flows.timetables.tables import EXCEPTION, RULE, DueDateProposal
from submission_portal.flows.timetables.timetable import Span, kinds_to_count, period_with

AGREE = {
    Side.DISCLOSER: (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER),
    Side.RECIPIENT: (Role.QUALITY_REVIEWER,),
}
"""Who proposes and agrees for each side."""
LONGEST = timedelta(days=366)
"""No last day is longer after its period than this."""
MAY_AGREE = tuple(role for roles in AGREE.values() for role in roles)


@dataclass(frozen=True, slots=True)
class Exemption:
    """Another last day for one period."""

    span: Span
    due: date


def propose_rule(
    session: Session, actor: Actor, now: datetime, item: Item, *, first: date, formula: Formula, reason: str
) -> DueDateProposal:
    """Propose a formula for the periods that begin on ``first`` or later.

    Raises `Forbidden` for who acts for neither side, `Refused` for what cannot be agreed on: a delay or a kind of period
    that the line cannot have, a rule by which something would be late already, a line that reproduces what others published.
    """
    side, version = _beginning(session, actor, item, reason)
    stated = read(version.content)
    possible = possible_kinds(session, stated)
    if formula.per not in possible:
        raise Refused(FINDINGS.found("DUE-002", {"kinds": kinds_in_words(possible)}, (Place(field="per"),)))
    if not 1 <= formula.delay <= MOST[formula.unit]:
        params: dict[str, Param] = {"most": MOST[formula.unit], "unit": formula.unit.label}
        raise Refused(FINDINGS.found("DUE-001", params, (Place(field="delay"),)))
    refuse_far_off(first, now)
    _refuse_what_is_past(first, formula, now)
    made = DueDateProposal(
        kind=RULE, first_day=first, per=formula.per, delay=formula.delay, unit=formula.unit, is_once=formula.is_once
    )
    return _keep(session, actor, now, item, version, side, made, reason)


def propose_exception(
    session: Session, actor: Actor, now: datetime, item: Item, *, exemption: Exemption, reason: str
) -> DueDateProposal:
    """Propose another last day for one period that is expected. Raises as `propose_rule`."""
    side, version = _beginning(session, actor, item, reason)
    first, last = exemption.span
    if timetable_of(session, item.id).period(exemption.span) is None:
        raise Refused(FINDINGS.found("DUE-005", {"period": span_in_words(first, last)}, (Place(field="period"),)))
    if not last < exemption.due <= last + LONGEST or not is_working_day(exemption.due):
        raise Refused(FINDINGS.found("DUE-006", places=(Place(field="due_day"),)))
    made = DueDateProposal(kind=EXCEPTION, first_day=first, last_day=last, due_day=exemption.due)
    return _keep(session, actor, now, item, version, side, made, reason)


def agree(session: Session, actor: Actor, now: datetime, item: Item) -> DueDateProposal:
    """Agree to what the other side proposed: it counts from now on. Raises as `propose_rule`, and `Refused` where nothing is
    proposed."""
    proposal = _held_proposal(session, item)
    _require_side(session, actor, item, Side(proposal.side).other)
    if proposal.kind == RULE:
        _refuse_what_is_past(proposal.first_day, formula_of(proposal), now)
    return _settle(session, actor, now, item, proposal, AGREED, "")


def decline(session: Session, actor: Actor, now: datetime, item: Item, *, reason: str) -> DueDateProposal:
    """Decline what the other side proposed, with reasons that it reads."""
    require_words(reason)
    proposal = _held_proposal(session, item)
    _require_side(session, actor, item, Side(proposal.side).other)
    return _settle(session, actor, now, item, proposal, "declined", reason)


def take_back(session: Session, actor: Actor, now: datetime, item: Item) -> DueDateProposal:
    """Take back what the actor's own side proposed."""
    proposal = _held_proposal(session, item)
    _require_side(session, actor, item, Side(proposal.side))
    return _settle(session, actor, now, item, proposal, "taken_back", "")


def sides_of(session: Session, actor: Actor, item: Item) -> list[Side]:
    """For which sides of an approved line the actor may propose and agree."""
    version = approved_version(session, item)
    if version is None or not actor.counts_as_person:
        return []
    parties = parties_of(version)
    return [
        side for side, roles in AGREE.items() if actor.may_decide(*roles, organisation_id=parties.organisation(side))
    ]


def possible_kinds(session: Session, stated: Line) -> tuple[PeriodKind, ...]:
    """What the last days of a line may be counted by."""
    return kinds_to_count(stated.periodicity or period_kinds(load_model(session, stated.model_version)))


def _beginning(session: Session, actor: Actor, item: Item, reason: str) -> tuple[Side, Version]:
    """For which side the actor proposes, and the version of the line; the line is held, and has nothing open."""
    sides, version = sides_of(session, actor, item), approved_version(session, item)
    if not sides or version is None:
        raise Forbidden(Role.DATA_OFFICER)
    require_words(reason)
    hands.require(session, actor, sides[0], line(item.id))
    if read(version.content).provenance is Provenance.REPRODUCED:
        raise Refused(FINDINGS.found("DUE-010"))
    steps.hold_items(session, [item.id])
    if open_proposal(session, item.id) is not None:
        raise Refused(FINDINGS.found("DUE-003"))
    return sides[0], version


def _keep(
    session: Session,
    actor: Actor,
    now: datetime,
    item: Item,
    version: Version,
    side: Side,
    made: DueDateProposal,
    reason: str,
) -> DueDateProposal:
    made.line_item_id, made.side, made.reason = item.id, side, reason.strip()
    made.organisation_id = parties_of(version).organisation(side)
    made.proposed_by, made.proposed_at = actor.person_id or "", now
    session.add(made)
    session.flush()
    _record(session, actor, now, item, made, side, "DueDateProposed")
    return made


def _held_proposal(session: Session, item: Item) -> DueDateProposal:
    steps.hold_items(session, [item.id])
    proposal = open_proposal(session, item.id)
    if proposal is None:
        raise Refused(FINDINGS.found("DUE-008"))
    return proposal


def _require_side(session: Session, actor: Actor, item: Item, side: Side) -> None:
    if side not in sides_of(session, actor, item):
        raise Forbidden(AGREE[side][0])
    hands.require(session, actor, side, line(item.id))


def _settle(
    session: Session, actor: Actor, now: datetime, item: Item, proposal: DueDateProposal, outcome: str, reason: str
) -> DueDateProposal:
    own = Side(proposal.side)
    side = own if outcome == "taken_back" else own.other
    proposal.outcome, proposal.settled_by, proposal.settled_at = outcome, actor.person_id, now
    proposal.settled_reason = reason.strip()
    session.flush()
    _record(session, actor, now, item, proposal, side, SETTLED[outcome])
    return proposal


SETTLED = {AGREED: "DueDateAgreed", "declined": "DueDateDeclined", "taken_back": "DueDateTakenBack"}


def _refuse_what_is_past(first: date, formula: Formula, now: datetime) -> None:
    """A rule looks ahead: the first period that it is for can still be delivered in time."""
    due = formula.due(period_with(formula.per, first).last)
    if due < clock.today(now):
        raise Refused(FINDINGS.found("DUE-004", {"due": due.isoformat()}, (Place(field="first"),)))


def _record(
    session: Session, actor: Actor, now: datetime, item: Item, proposal: DueDateProposal, side: Side, type_: str
) -> None:
    version = approved_version(session, item)
    organisation_id = proposal.organisation_id if version is None else parties_of(version).organisation(side)
    events.record(
        session, type_, actor=actor, now=now, subject=line(item.id), organisation_id=organisation_id,
        data={"item": item.id, "side": side.value, "proposal": proposal.id, "kind": proposal.kind},
    )  # fmt: skip
