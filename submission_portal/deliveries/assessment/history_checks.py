"""Checks of a delivery against the one before it in the flow. Pure."""

from collections.abc import Iterator

from registry.findings import Finding, Param, Place
from submission_portal.deliveries.assessment import history
from submission_portal.deliveries.assessment.case import (
    BY_PERIOD,
    BY_WEEKDAY,
    EARLIER,
    LONG_PAST,
    SOUND,
    YEAR_BEFORE,
    Case,
)
from submission_portal.deliveries.assessment.filled_rows import FILLED
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.spans import named_span


def new_units(case: Case) -> Iterator[Finding]:
    """Units that were not there last time."""
    if case.before.height and (units := history.units_only_in(case.loaded, case.standing, case.before)):
        yield FINDINGS.found(
            "HIS-003", named_span(case.period_before), [Place(label=text, key=key) for key, text in units]
        )


def large_changes(case: Case) -> Iterator[Finding]:
    """Values that changed by more than a fifth."""
    if case.changes:
        params = {**named_span(case.period_before), "share": case.loaded.model.thresholds.share}
        yield FINDINGS.found("HIS-002", params, [change.place for change in case.changes])


def changes_since_last_year(case: Case) -> Iterator[Finding]:
    """Values that changed by more than a fifth from the same period last year."""
    before = case.past.year_before if case.past is not None else None
    if before is not None and case.year_changes:
        params = {**named_span(before.period), "share": case.loaded.model.thresholds.share}
        yield FINDINGS.found("HIS-005", params, [change.place for change in case.year_changes])


def unusual_values(case: Case) -> Iterator[Finding]:
    """Values that lie far from what their unit had in the periods before."""
    yield from _unusual(case, "HIS-006")


def unusual_weekdays(case: Case) -> Iterator[Finding]:
    """Values that lie far from what their unit had on the same weekday."""
    yield from _unusual(case, "HIS-007")


def _unusual(case: Case, code: str) -> Iterator[Finding]:
    if case.outliers:
        params: dict[str, Param] = {
            "periods": case.loaded.model.thresholds.periods,
            "score": f"{case.loaded.model.thresholds.score}",
        }
        yield FINDINGS.found(code, params, [one.place for one in case.outliers])


def same_values(case: Case) -> Iterator[Finding]:
    """Every cell as it was in the period before: the wrong file, perhaps."""
    if (rows := history.repeated(case.loaded, case.standing, case.before)).height:
        places = [Place(sheet, row) for sheet, row in rows.select("__sheet", "__row").rows() if row != FILLED]
        yield FINDINGS.found("HIS-004", named_span(case.period_before), places)


HISTORY = (
    Check("HIS-003", (SOUND, EARLIER), new_units),
    Check("HIS-002", (SOUND, EARLIER), large_changes),
    Check("HIS-005", (SOUND, YEAR_BEFORE), changes_since_last_year),
    Check("HIS-006", (SOUND, BY_PERIOD, LONG_PAST), unusual_values),
    Check("HIS-007", (SOUND, BY_WEEKDAY, LONG_PAST), unusual_weekdays),
    Check("HIS-004", (SOUND, EARLIER), same_values),
)
