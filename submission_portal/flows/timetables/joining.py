"""A region joins, pauses, resumes and leaves: a line, or the whole pilot. It decides this alone, with reasons that everybody reads.

What was delivered stays where it is, and lines and uses stay approved: who wants figures out of them withdraws the use. A step
never counts backwards, so that nobody who was late is made not to have been. Event: ``ParticipationChanged``.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from registry import clock, events, hands
from registry.actors import Actor, Role
from registry.errors import Refused
from registry.findings import Place
from registry.hands import Side
from registry.identity.tables import Organisation
from registry.items import steps
from registry.items.tables import Item
from registry.locks import hold_name
from submission_portal.flows.acts import line
from submission_portal.flows.timetables.finding_texts import FINDINGS
from submission_portal.flows.timetables.participation import Step, after, part_after
from submission_portal.flows.timetables.queries import steps_of, taken
from submission_portal.flows.timetables.stating import refuse_far_off, require_words
from submission_portal.flows.timetables.tables import ParticipationStep

MAY_STEP = (Role.DISCLOSING_OFFICER, Role.REGION_ADMINISTRATOR)


def take_step(
    session: Session,
    actor: Actor,
    now: datetime,
    organisation: Organisation,
    step: Step,
    *,
    first: date,
    reason: str,
    item: Item | None = None,
) -> ParticipationStep:
    """Take a step for a region, from ``first`` on: in a line, or in the pilot where no line is given.

    Raises `NotFound` or `Forbidden` for who does not decide for the region, `Refused` for a step that does not follow on the
    last one, a day that has passed or lies before the last step's, and without reasons.
    """
    actor.require_decider(*MAY_STEP, organisation_id=organisation.id, is_known=True)
    require_words(reason)
    refuse_far_off(first, now)
    if item is not None:
        hands.require(session, actor, Side.DISCLOSER, line(item.id))
        steps.hold_items(session, [item.id])
    else:
        hold_name(session, f"participation:{organisation.id}")
    before = steps_of(session, organisation.id, item.id if item is not None else None)
    part = part_after(taken(before))
    if after(part, step) is None:
        raise Refused(FINDINGS.found("JOIN-001", {"part": part.label, "step": step.label}, (Place(field="step"),)))
    earliest = max([clock.today(now), *(one.first_day for one in before)])
    if first < earliest:
        raise Refused(FINDINGS.found("JOIN-002", {"day": earliest.isoformat()}, (Place(field="first"),)))
    made = ParticipationStep(
        organisation_id=organisation.id,
        line_item_id=item.id if item is not None else None,
        number=len(before) + 1,
        step=step,
        first_day=first,
        reason=reason.strip(),
        recorded_by=actor.person_id,
        recorded_at=now,
    )
    session.add(made)
    session.flush()
    events.record(
        session, "ParticipationChanged", actor=actor, now=now,
        subject=line(item.id) if item is not None else f"organisation:{organisation.id}",
        organisation_id=organisation.id,
        data={"participation": made.id, "step": step.value, "item": item.id if item is not None else None},
    )  # fmt: skip
    return made
