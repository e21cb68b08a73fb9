"""Reading what was agreed on of last days, and who takes part: a fixed number of statements, however many lines."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.paging import Page, page_of
from registry.period import PeriodKind
from submission_portal.flows.timetables.due_days import Formula, Unit
from submission_portal.flows.timetables.participation import Step, Taken, absences
from submission_portal.flows.timetables.tables import RULE, DueDateProposal, ParticipationStep
from submission_portal.flows.timetables.timetable import Absence, Rule, Span, Timetable

AGREED = "agreed"


def timetables_of(session: Session, line_item_ids: Collection[str]) -> dict[str, Timetable]:
    """What is agreed on for each of some lines, by item id; one statement."""
    agreed = session.scalars(
        select(DueDateProposal)
        .where(DueDateProposal.line_item_id.in_(line_item_ids), DueDateProposal.outcome == AGREED)
        .order_by(DueDateProposal.settled_at, DueDateProposal.id)
    )
    found: dict[str, list[DueDateProposal]] = {}
    for one in agreed:
        found.setdefault(one.line_item_id, []).append(one)
    return {item_id: timetable_from(rows) for item_id, rows in found.items()}


def timetable_of(session: Session, line_item_id: str) -> Timetable:
    """What is agreed on for one line."""
    return timetables_of(session, [line_item_id]).get(line_item_id, Timetable())


def timetable_from(agreed: Iterable[DueDateProposal]) -> Timetable:
    """Rules and exceptions, from proposals in the order in which they were agreed on."""
    rules: list[Rule] = []
    exceptions: dict[Span, date] = {}
    for one in agreed:
        if one.kind == RULE:
            rules.append(Rule(one.first_day, formula_of(one)))
        elif one.last_day is not None and one.due_day is not None:
            exceptions[(one.first_day, one.last_day)] = one.due_day
    return Timetable(tuple(rules), exceptions)


def formula_of(proposal: DueDateProposal) -> Formula:
    """The formula of a rule. Raises ``ValueError`` for an exception."""
    if proposal.per is None or proposal.unit is None or proposal.delay is None:
        raise ValueError("an exception has no formula")
    return Formula(PeriodKind(proposal.per), proposal.delay, Unit(proposal.unit), proposal.is_once)


def open_proposal(session: Session, line_item_id: str) -> DueDateProposal | None:
    """The proposal that waits for the other side."""
    return session.scalar(
        select(DueDateProposal).where(DueDateProposal.line_item_id == line_item_id, DueDateProposal.outcome.is_(None))
    )


def proposals(session: Session, line_item_id: str, number: int) -> Page[DueDateProposal]:
    """A page of all that was proposed for a line, the newest first."""
    rows = select(DueDateProposal).where(DueDateProposal.line_item_id == line_item_id)
    return page_of(session, rows.order_by(DueDateProposal.proposed_at.desc(), DueDateProposal.id), number)


@dataclass(frozen=True, slots=True)
class Absences:
    """The days on which regions do not take part, in the pilot and in single lines."""

    of_pilot: Mapping[str, tuple[Absence, ...]]
    of_lines: Mapping[str, tuple[Absence, ...]]

    def of(self, organisation_id: str, line_item_id: str) -> tuple[Absence, ...]:
        """Those that a region's line has."""
        return (*self.of_pilot.get(organisation_id, ()), *self.of_lines.get(line_item_id, ()))


def absences_of(session: Session, organisation_ids: Collection[str]) -> Absences:
    """When regions do not take part; one statement."""
    of_pilot: dict[str, tuple[Absence, ...]] = {}
    of_lines: dict[str, tuple[Absence, ...]] = {}
    for organisation_id, by_line in steps_by_line(session, organisation_ids).items():
        for item_id, steps in by_line.items():
            if item_id is None:
                of_pilot[organisation_id] = absences(taken(steps))
            else:
                of_lines[item_id] = absences(taken(steps))
    return Absences(of_pilot, of_lines)


def steps_by_line(
    session: Session, organisation_ids: Collection[str]
) -> dict[str, dict[str | None, list[ParticipationStep]]]:
    """The steps of regions in order: by region and line, those of the pilot under ``None``; one statement."""
    rows = session.scalars(
        select(ParticipationStep)
        .where(ParticipationStep.organisation_id.in_(organisation_ids))
        .order_by(ParticipationStep.number)
    )
    found: dict[str, dict[str | None, list[ParticipationStep]]] = {}
    for one in rows:
        found.setdefault(one.organisation_id, {}).setdefault(one.line_item_id, []).append(one)
    return found


def steps_of(session: Session, organisation_id: str, line_item_id: str | None) -> Sequence[ParticipationStep]:
    """The steps of a region in a line, or in the pilot, in order. A handful: each is a decision of a person."""
    return session.scalars(
        select(ParticipationStep)
        .where(
            ParticipationStep.organisation_id == organisation_id,
            ParticipationStep.line_item_id.is_(None)
            if line_item_id is None
            else ParticipationStep.line_item_id == line_item_id,
        )
        .order_by(ParticipationStep.number)
    ).all()


def all_steps(session: Session, organisation_id: str, line_item_id: str | None, number: int) -> Page[ParticipationStep]:
    """A page of the steps of a region, the newest first: of everything, or of the pilot and one line."""
    rows = select(ParticipationStep).where(ParticipationStep.organisation_id == organisation_id)
    if line_item_id is not None:
        rows = rows.where(or_(ParticipationStep.line_item_id.is_(None), ParticipationStep.line_item_id == line_item_id))
    return page_of(session, rows.order_by(ParticipationStep.recorded_at.desc(), ParticipationStep.id), number)


def taken(steps: Iterable[ParticipationStep]) -> list[Taken]:
    """Steps as they are reckoned with."""
    return [Taken(Step(one.step), one.first_day) for one in steps]
