"""What is due, and who has delivered it. That is published for every line: the moment and nothing of the content.

A fixed number of statements, whatever is asked for: the lines, what is agreed on, who takes part, and what was received.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.items.tables import Version
from registry.provenance import Provenance
from submission_portal.calendar.punctuality import DueState, Outcome, Received, outcome
from submission_portal.deliveries.lifecycle import STANDING, CorrectionKind, DeliveryState
from submission_portal.deliveries.tables import Delivery, Receipt
from submission_portal.flows.content import Line, read
from submission_portal.flows.queries import published_flows
from submission_portal.flows.timetables.queries import absences_of, timetables_of
from submission_portal.flows.timetables.timetable import Expected, Span, Timetable

LONGEST_DELAY = timedelta(days=400)
"""No last day is longer after its period than this."""
COUNTED = (*STANDING, DeliveryState.REPLACED)


@dataclass(frozen=True, slots=True)
class LineOfCalendar:
    """A line that regions deliver in, with what is agreed on of its last days."""

    version: Version
    line: Line
    timetable: Timetable

    @property
    def is_made_up(self) -> bool:
        return self.line.provenance is Provenance.MADE_UP


@dataclass(frozen=True, slots=True)
class Entry:
    """One period of one line: when it is due, and where it stands."""

    of: LineOfCalendar
    expected: Expected
    outcome: Outcome

    @property
    def due(self) -> date:
        return self.expected.due

    @property
    def state(self) -> DueState:
        return self.outcome.state


def lines_of(session: Session, organisation_id: str | None = None) -> list[LineOfCalendar]:
    """The lines in force or coming that somebody delivers in: all, or those that an organisation is a side of.

    What only reproduces what others published is not among them: nobody is late with it.
    """
    found = [(version, read(version.content)) for version in published_flows(session)]
    mine = [
        (version, line)
        for version, line in found
        if line.provenance is not Provenance.REPRODUCED and organisation_id in (None, line.discloser, line.recipient)
    ]
    timetables = timetables_of(session, [version.item_id for version, _line in mine])
    return [LineOfCalendar(version, line, timetables.get(version.item_id, Timetable())) for version, line in mine]


def entries(session: Session, lines: Sequence[LineOfCalendar], low: date, high: date, now: datetime) -> list[Entry]:
    """The periods of these lines that are due from ``low`` to ``high``, by their last day; two statements."""
    expected = [
        (one, period)
        for one in lines
        for period in one.timetable.periods(low - LONGEST_DELAY, high)
        if low <= period.due <= high and period.period.last <= one.line.valid_to
    ]
    if not expected:
        return []
    away = absences_of(session, {one.line.discloser for one, _period in expected})
    first, last = min(one.period.first for _of, one in expected), max(one.period.last for _of, one in expected)
    received = received_of(session, {one.version.item_id for one, _period in expected}, (first, last))
    found = [
        Entry(
            one,
            period,
            outcome(
                period,
                one.line.parts.codes if one.line.parts else (),
                received.get(one.version.item_id, ()),
                away.of(one.line.discloser, one.version.item_id),
                now,
            ),
        )
        for one, period in expected
    ]
    return sorted(found, key=lambda entry: (entry.due, entry.of.version.item.slug, entry.expected.span))


def received_of(session: Session, line_item_ids: set[str], span: Span) -> dict[str, list[Received]]:
    """What was received of these lines for days of the span, and stands or has been replaced since; one statement."""
    rows = session.execute(
        select(
            Delivery.flow_item_id,
            Delivery.part,
            Delivery.period_first,
            Delivery.period_last,
            Delivery.state,
            Receipt.received_at,
        )
        .join(Receipt, Receipt.delivery_id == Delivery.id)
        .where(
            Delivery.flow_item_id.in_(line_item_ids),
            Delivery.state.in_(COUNTED),
            or_(Delivery.correction_kind.is_(None), Delivery.correction_kind != CorrectionKind.CORRECTION),
            Delivery.period_last >= span[0],
            Delivery.period_first <= span[1],
        )
    )
    found: dict[str, list[Received]] = {}
    for item_id, part, first, last, state, at in rows:
        if first is None or last is None:
            continue
        found.setdefault(item_id, []).append(Received(part, first, last, at, state in STANDING))
    return found
