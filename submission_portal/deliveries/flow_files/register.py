"""What a flow file knows of its line's other deliveries, as a file is checked with it (`assessment.before.LineRegister`). Pure.

Which earlier deliveries count is chosen as `submission_portal.deliveries.queries` chooses them in the database; a test holds the two
to the same answers.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from information_models.definitions import LoadedModel
from registry.findings import Finding, Text
from submission_portal.deliveries.assessment.before import MOST_BEFORE, MOST_ON_DAYS, WEEKS_COMPARED, Earlier
from submission_portal.deliveries.assessment.gap import Gap
from submission_portal.deliveries.assessment.known import concepts_counted, terms_of
from submission_portal.deliveries.assessment.standing import conflict_with, is_said_again
from submission_portal.deliveries.flow_files.content import FlowFile, History, KeptDelivery, Spans
from submission_portal.deliveries.parts import WHOLE

Span = tuple[date, date]


@dataclass(frozen=True)
class FileRegister:
    """The register of a flow file's line."""

    loaded: LoadedModel
    statements: dict[str, Spans]
    history: History

    @classmethod
    def of(cls, file: FlowFile) -> "FileRegister":
        return cls(file.loaded, dict(file.statements), file.history)

    @property
    def _by_id(self) -> dict[str, KeptDelivery]:
        return {one.earlier.id: one for one in self.history.deliveries}

    def conflict(self, first: date | None, last: date | None, part: str | None) -> Finding | None:
        if first is None or last is None:
            return None
        there = (one for one in self.history.standing if one.first <= last and one.last >= first)
        return conflict_with([one.standing for one in there if is_said_again(one.standing.part, part)], part)

    def periods_before(self, first: date, part: str | None, *, most: int) -> list[list[Earlier]]:
        found = nearest_periods(self.history.deliveries, first, part, most=most)
        return [[one.earlier for one in period] for period in found]

    def released_before(self, first: date, part: str | None, of_days: Sequence[Span]) -> list[Earlier]:
        nearest = [
            one for each in nearest_periods(self.history.deliveries, first, part, most=MOST_BEFORE) for one in each
        ]
        on_days = [one for one in _wanted(self.history.deliveries, first, part) if overlaps(one, of_days)]
        on_days.sort(key=lambda one: one.earlier.last, reverse=True)
        found = {one.earlier.id: one.earlier for one in (*nearest, *on_days[:MOST_ON_DAYS])}
        return sorted(found.values(), key=lambda one: (one.first, one.id))

    def rows_as_corrected(self, one: Earlier, only: Collection[str] | None = None) -> pl.DataFrame | None:
        rows = self._by_id[one.id].rows
        return rows if rows is None or only is None else rows.select([each for each in rows.columns if each in only])

    def unit_rows(self, one: Earlier, elements: Sequence[str]) -> pl.DataFrame | None:
        units = self._by_id[one.id].units
        return None if units is None else units.select([each for each in elements if each in units.columns])

    def gaps_of(self, one: Earlier) -> tuple[tuple[Gap, ...], dict[str, str]]:
        kept = self._by_id[one.id]
        return kept.gaps, dict(kept.gap_answers)

    def undescribed(self, last: date | None) -> tuple[Text, ...]:
        if last is None:
            return ()
        slugs = concepts_counted(self.loaded)
        return terms_of(self.loaded, (slug for slug in slugs if not is_stated(self.statements.get(slug, ()), last)))


def is_stated(spans: Spans, on: date) -> bool:
    """Whether a statement applies on the day: the one that began last and has not ended.

    >>> spans = [(date(2025, 1, 1), None), (date(2026, 1, 1), date(2026, 6, 30))]
    >>> [is_stated(spans, date(*day)) for day in ((2024, 12, 31), (2025, 7, 1), (2026, 6, 30), (2026, 7, 1))]
    [False, True, True, False]
    """
    begun = [(first, last) for first, last in spans if (first or date.min) <= on]
    return bool(begun) and on <= (max(begun, key=lambda span: span[0] or date.min)[1] or date.max)


def nearest_periods(
    deliveries: Iterable[KeptDelivery], first: date, part: str | None, *, most: int
) -> list[list[KeptDelivery]]:
    """The deliveries of the nearest periods before a day, the latest first: of each the one that it came in, or its parts."""
    by_span: dict[Span, list[KeptDelivery]] = {}
    for one in _wanted(deliveries, first, part):
        by_span.setdefault((one.earlier.first, one.earlier.last), []).append(one)
    spans = sorted(by_span, key=lambda span: (span[1], max(one.sent_at for one in by_span[span])), reverse=True)
    latest_first = {span: sorted(by_span[span], key=lambda one: one.sent_at, reverse=True) for span in spans[:most]}
    return [sorted(period, key=lambda one: one.part) for period in latest_first.values()]


def overlaps(one: KeptDelivery, of_days: Iterable[Span]) -> bool:
    """Whether a delivery is about some of the days."""
    return any(one.earlier.first <= last and one.earlier.last >= first for first, last in of_days)


def _wanted(deliveries: Iterable[KeptDelivery], first: date, part: str | None) -> list[KeptDelivery]:
    return [one for one in deliveries if one.earlier.last < first and (not part or one.part in (part, WHOLE))]


def needed(
    deliveries: Sequence[KeptDelivery], first: date, last: date, parts: Iterable[str | None], *, most: int = MOST_BEFORE
) -> list[KeptDelivery]:
    """Those that some file for days from ``first`` to ``last`` may be compared with, in the order in which they are given."""
    year = first - timedelta(days=372), last - timedelta(days=357)
    weeks = first - timedelta(weeks=WEEKS_COMPARED), last
    wanted = {one.earlier.id for one in deliveries if one.earlier.last >= first or overlaps(one, (year, weeks))}
    for part in parts:
        wanted |= {one.earlier.id for period in nearest_periods(deliveries, first, part, most=most) for one in period}
    return [one for one in deliveries if one.earlier.id in wanted]
