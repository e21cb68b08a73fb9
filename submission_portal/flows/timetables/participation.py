"""Taking part: the steps by which a region joins, pauses, resumes and leaves, and the days on which it is away. Pure.

A step has a first day and applies until the next one. Nothing is expected for a period of which a single day falls in a pause or
after leaving; what was due before stays due.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registry.findings import Text
from submission_portal.flows.timetables.timetable import Absence

ONE_DAY = timedelta(days=1)


class Step(StrEnum):
    JOIN = "join"
    PAUSE = "pause"
    RESUME = "resume"
    LEAVE = "leave"

    @property
    def label(self) -> Text:
        return STEP_LABELS[self]


class Part(StrEnum):
    """Whether a region takes part on a day."""

    TAKES_PART = "takes_part"
    PAUSED = "paused"
    LEFT = "left"

    @property
    def label(self) -> Text:
        return PART_LABELS[self]


STEP_LABELS = {
    Step.JOIN: Text("Går med", "Joins"),
    Step.PAUSE: Text("Gör uppehåll", "Pauses"),
    Step.RESUME: Text("Återupptar", "Resumes"),
    Step.LEAVE: Text("Lämnar", "Leaves"),
}
PART_LABELS = {
    Part.TAKES_PART: Text("Deltar", "Takes part"),
    Part.PAUSED: Text("Gör uppehåll", "Paused"),
    Part.LEFT: Text("Har lämnat", "Has left"),
}
STEPS: Mapping[tuple[Part, Step], Part] = {
    (Part.TAKES_PART, Step.JOIN): Part.TAKES_PART,
    (Part.TAKES_PART, Step.PAUSE): Part.PAUSED,
    (Part.TAKES_PART, Step.LEAVE): Part.LEFT,
    (Part.PAUSED, Step.RESUME): Part.TAKES_PART,
    (Part.PAUSED, Step.LEAVE): Part.LEFT,
    (Part.LEFT, Step.JOIN): Part.TAKES_PART,
}
"""Every step that there is. Who has an approved line and has never said anything takes part, and may put on record since when."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken, and the first day that it applies to."""

    step: Step
    first: date


def after(part: Part, step: Step) -> Part | None:
    """Where a step leads, or ``None`` where it cannot be taken.

    >>> after(Part.PAUSED, Step.RESUME), after(Part.LEFT, Step.PAUSE)
    (<Part.TAKES_PART: 'takes_part'>, None)
    """
    return STEPS.get((part, step))


def part_after(steps: Iterable[Taken]) -> Part:
    """Where all steps lead, those to come too. What cannot be taken is passed over."""
    part = Part.TAKES_PART
    for one in steps:
        part = after(part, one.step) or part
    return part


def part_on(steps: Iterable[Taken], day: date) -> Part:
    """Whether the region takes part on a day."""
    return part_after(one for one in steps if one.first <= day)


def absences(steps: Sequence[Taken]) -> tuple[Absence, ...]:
    """The days on which it does not, from steps in order.

    >>> absences([Taken(Step.PAUSE, date(2026, 12, 1)), Taken(Step.RESUME, date(2027, 2, 1))])
    (Absence(first=datetime.date(2026, 12, 1), last=datetime.date(2027, 1, 31)),)
    """
    found: list[Absence] = []
    since: date | None = None
    part = Part.TAKES_PART
    for one in steps:
        part = after(part, one.step) or part
        if part is Part.TAKES_PART and since is not None:
            if since < one.first:
                found.append(Absence(since, one.first - ONE_DAY))
            since = None
        elif part is not Part.TAKES_PART and since is None:
            since = one.first
    return (*found, *((Absence(since),) if since is not None else ()))
