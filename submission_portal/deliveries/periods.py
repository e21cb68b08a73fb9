"""The index of a line's periods: what has been delivered of each, in which part, by which road, and what is missing so far.

All channels meet here. It counts deliveries and shows no figures.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.paging import Page, page_of_sequence
from registry.period import PeriodKind
from submission_portal.deliveries.lifecycle import STANDING, WORKING, CorrectionKind
from submission_portal.deliveries.parts import WHOLE
from submission_portal.deliveries.queries import visible
from submission_portal.deliveries.spans import span_name
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.content import Line
from submission_portal.flows.timetables.due_days import COUNTED_OUT
from submission_portal.flows.timetables.queries import absences_of
from submission_portal.flows.timetables.timetable import Absence, Span, period_with


@dataclass(frozen=True, slots=True)
class PartOfPeriod:
    """A part of a period, or the whole: the delivery that stands for it, or else the newest that was made; ``None`` where it is
    missing so far."""

    part: str
    delivery: Delivery | None
    corrections: tuple[Delivery, ...] = ()
    """Those of single rows that count in it, in order."""

    @property
    def is_missing(self) -> bool:
        """Whether nothing stands for it: neither in review nor released."""
        return self.delivery is None or not self.delivery.stands


@dataclass(frozen=True, slots=True)
class PeriodOfLine:
    """A period, and what has been delivered of it."""

    first: date
    last: date
    parts: tuple[PartOfPeriod, ...]

    @property
    def name(self) -> str:
        """As it is stored (`spans.span_name`)."""
        return span_name(self.first, self.last)

    @property
    def counted(self) -> tuple[PartOfPeriod, ...]:
        """The parts that make up the period: none where it came whole. A file that mixes several parts is no part."""
        if any(one.part == WHOLE and not one.is_missing for one in self.parts):
            return ()
        return tuple(one for one in self.parts if one.part != WHOLE)

    @property
    def standing(self) -> int:
        """How many of its parts have a delivery that stands."""
        return sum(not one.is_missing for one in self.counted)


def index_of_periods(
    session: Session, actor: Actor, line_item_id: str, line: Line, kinds: Sequence[PeriodKind], today: date, number: int
) -> Page[PeriodOfLine]:
    """Page ``number`` of the line's periods, the newest first: those of which the actor may see a delivery, and of one kind of
    period those that are over and were expected while the region took part. ``kinds`` are the line's own, or its model's.
    Three statements.
    """
    mine = (Delivery.flow_item_id == line_item_id, Delivery.period_first.is_not(None), visible(actor))
    named = select(Delivery.period_first, Delivery.period_last).where(*mine).distinct()
    spans: set[Span] = {(first, last) for first, last in session.execute(named) if first and last}
    away = absences_of(session, [line.discloser]).of(line.discloser, line_item_id)
    spans |= _expected(line, kinds, spans, away, today)
    page = page_of_sequence(sorted(spans, key=lambda span: (span[1], span[0]), reverse=True), number)
    if not page.rows:
        return page.of(lambda span: PeriodOfLine(*span, ()))
    low, high = min(first for first, _last in page.rows), max(last for _first, last in page.rows)
    rows = session.scalars(
        select(Delivery)
        .where(*mine, Delivery.period_first >= low, Delivery.period_last <= high)
        .order_by(Delivery.changed_at, Delivery.id)
    )
    by_span: dict[Span, list[Delivery]] = {}
    for one in rows:
        if one.period_first is not None and one.period_last is not None:
            by_span.setdefault((one.period_first, one.period_last), []).append(one)
    codes = line.parts.codes if line.parts else ()
    return page.of(lambda span: PeriodOfLine(*span, parts_of_period(codes, by_span.get(span, ()))))


def _expected(
    line: Line, kinds: Sequence[PeriodKind], delivered: Collection[Span], away: Sequence[Absence], today: date
) -> set[Span]:
    """The periods since the line's first day that are over and of which nothing is delivered, where it has one kind of them."""
    if len(kinds) != 1 or kinds[0] not in COUNTED_OUT:
        return set()
    found, one = set(), period_with(kinds[0], line.valid_from)
    while one.last < min(today, line.valid_to):
        span = (one.first, one.last)
        is_there = any(first <= one.first and one.last <= last for first, last in delivered)
        if not is_there and not any(absence.touches(span) for absence in away):
            found.add(span)
        one = one.next()
    return found


def parts_of_period(codes: Sequence[str], deliveries: Iterable[Delivery]) -> tuple[PartOfPeriod, ...]:
    """What was delivered of one period, the parts in the line's order. ``deliveries`` from the oldest on.

    Where the whole stands no part of it is missing; a part that the line does not have any more is shown after its others.
    """
    roots: dict[str, list[Delivery]] = {}
    corrections: dict[str, Delivery] = {}
    for one in deliveries:
        if one.correction_kind != CorrectionKind.CORRECTION:
            roots.setdefault(one.part, []).append(one)
        elif one.corrects_delivery_id is not None and one.stands:
            corrections[one.corrects_delivery_id] = one
    chosen = {part: _foremost(made) for part, made in roots.items()}
    whole = chosen.get(WHOLE)
    if not codes or (whole is not None and whole.stands):
        wanted = list(dict.fromkeys([WHOLE, *chosen]) if WHOLE in chosen or not chosen else chosen)
    else:
        wanted = list(dict.fromkeys([*codes, *(part for part, one in chosen.items() if part or one.is_working)]))
    return tuple(PartOfPeriod(part, chosen.get(part), _chain(chosen.get(part), corrections)) for part in wanted)


def _foremost(made: Sequence[Delivery]) -> Delivery:
    """The delivery that stands, or else one that is being prepared, or else the newest."""
    for states in (STANDING, WORKING):
        if found := [one for one in made if one.state in states]:
            return found[-1]
    return made[-1]


def _chain(root: Delivery | None, corrections: Mapping[str, Delivery]) -> tuple[Delivery, ...]:
    found: list[Delivery] = []
    following = root
    while following is not None and (following := corrections.get(following.id)) is not None:
        found.append(following)
    return tuple(found)
