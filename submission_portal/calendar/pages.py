"""What the pages of the calendar show: rows with ready texts and addresses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _

from registry.findings import Text
from registry.i18n import read, show_date, show_period
from registry.identity.tables import Organisation
from submission_portal.calendar.punctuality import DueState
from submission_portal.calendar.queries import Entry, LineOfCalendar
from submission_portal.flows.pages import name_of
from submission_portal.flows.timetables.due_days import Formula
from submission_portal.flows.timetables.participation import Part, Step, part_on
from submission_portal.flows.timetables.queries import formula_of, taken
from submission_portal.flows.timetables.tables import RULE, DueDateProposal, ParticipationStep

ADDRESS_KINDS = {"region": "region", "recipient": "mottagare", "steward": "forvaltare"}
"""How an organisation's kind is written in an address."""
KINDS = {word: kind for kind, word in ADDRESS_KINDS.items()}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A period of a line as a row: ``state`` is (kind of status, words), ``note`` what is said beneath it."""

    due: date
    line: str
    line_url: str
    period: str
    region: str
    region_url: str | None
    state: tuple[str, str]
    at: datetime | None
    note: str


def entry_row(entry: Entry, names: Mapping[str, Organisation]) -> EntryRow:
    """A row of the calendar, in the reader's language."""
    region = names.get(entry.of.line.discloser)
    notes = [
        _("Agreed for this period alone") if entry.expected.is_exception else "",
        _("Something of it has been delivered") if entry.outcome.has_some else "",
        _("Made-up example data") if entry.of.is_made_up else "",
    ]
    return EntryRow(
        due=entry.due,
        line=read(entry.of.line.title),
        line_url=url_for("calendar.line", slug=entry.of.version.item.slug),
        period=show_period(entry.expected.period),
        region=read(name_of(names, entry.of.line.discloser)),
        region_url=organisation_url(region) if region else None,
        state=(entry.state.sign, read(entry.state.label)),
        at=entry.outcome.at,
        note=". ".join(filter(None, notes)),
    )


def organisation_url(organisation: Organisation) -> str:
    """The calendar of an organisation."""
    return url_for("calendar.of_organisation", kind=ADDRESS_KINDS[organisation.kind], code=organisation.code)


@dataclass(frozen=True, slots=True)
class Sorted:
    """An organisation's periods by what is to be done: what is missing, what comes, and what has been delivered or is not expected."""

    missing: Sequence[Entry]
    coming: Sequence[Entry]
    settled: Sequence[Entry]


def sorted_by_state(entries: Iterable[Entry]) -> Sorted:
    """Missing and coming ones with the nearest day first, settled ones with the latest."""
    found = list(entries)
    missing = [one for one in found if one.state is DueState.MISSING]
    coming = [one for one in found if one.state in (DueState.DUE, DueState.RUNNING)]
    settled = [one for one in found if one.state.is_delivered or one.state is DueState.AWAY]
    return Sorted(missing, coming, settled[::-1])


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line, the rule for its next period in words, and where its region stands today."""

    title: str
    url: str
    other: str
    rule: str
    part: tuple[str, str]


def line_row(
    one: LineOfCalendar,
    names: Mapping[str, Organisation],
    steps: Mapping[str | None, Sequence[ParticipationStep]],
    today: date,
    *,
    is_recipient: bool,
) -> LineRow:
    """A line of an organisation. ``steps`` are the region's by line, those of the pilot under ``None``."""
    rule = one.timetable.rule_on(today) or (one.timetable.rules[-1] if one.timetable.rules else None)
    other = one.line.discloser if is_recipient else one.line.recipient
    in_line = part_on(taken(steps.get(one.version.item_id, ())), today)
    in_pilot = part_on(taken(steps.get(None, ())), today)
    part = in_line if in_pilot is Part.TAKES_PART else in_pilot
    return LineRow(
        read(one.line.title),
        url_for("calendar.line", slug=one.version.item.slug),
        read(name_of(names, other)),
        rule_in_words(rule.formula) if rule else _("No last day is agreed on"),
        (PART_SIGNS[part], read(part.label)),
    )


PART_SIGNS = {Part.TAKES_PART: "ok", Part.PAUSED: "wait", Part.LEFT: "idle"}


def rule_in_words(formula: Formula) -> str:
    """A formula as people say it, with whether one day is enough."""
    said, once = read(formula.in_words()), _("One day of each period is enough")
    return f"{said}. {once}" if formula.is_once else said


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in words: what, who and what came of it. ``status`` is (kind, words)."""

    what: str
    by: str
    at: datetime
    reason: str
    status: tuple[str, str]
    answer: str


OUTCOMES = {
    None: ("wait", Text("Väntar på svar", "Waits for an answer")),
    "agreed": ("ok", Text("Överenskommet", "Agreed")),
    "declined": ("stop", Text("Avböjt", "Declined")),
    "taken_back": ("idle", Text("Tillbakataget", "Taken back")),
}


def proposal_row(proposal: DueDateProposal, names: Mapping[str, Organisation]) -> ProposalRow:
    """A proposal as a row."""
    if proposal.kind == RULE:
        formula = formula_of(proposal)
        what = _("Periods from %(day)s: %(rule)s", day=show_date(proposal.first_day), rule=rule_in_words(formula))
    else:
        what = _(
            "%(first)s – %(last)s: last day %(due)s",
            first=show_date(proposal.first_day), last=show_date(proposal.last_day), due=show_date(proposal.due_day),
        )  # fmt: skip
    sign, said = OUTCOMES[proposal.outcome]
    by = read(name_of(names, proposal.organisation_id))
    return ProposalRow(what, by, proposal.proposed_at, proposal.reason, (sign, read(said)), proposal.settled_reason)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step by which a region takes part: what, from when, in what, and why."""

    step: str
    first: date
    about: str
    reason: str
    recorded_at: datetime


def step_row(step: ParticipationStep, titles: Mapping[str, str]) -> StepRow:
    """A step as a row. ``titles`` of lines by item id."""
    about = titles.get(step.line_item_id, "") if step.line_item_id else _("The whole pilot")
    return StepRow(read(Step(step.step).label), step.first_day, about, step.reason, step.recorded_at)
