"""Checks of typed rows besides the model's own rules: periods that have not ended. Pure."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from registry.findings import Finding
from submission_portal.deliveries.assessment.case import TODAY, Case
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.finding_texts.all import FINDINGS

LONG_AGO = 100
"""Years. Nobody has figures of beds by the day that are older and still to be delivered."""


def not_begun(case: Case) -> Iterator[Finding]:
    """Persons cannot be counted before the period has begun."""
    yield from _ahead(case, "TIM-001", _unborn(case))


def not_ended(case: Case) -> Iterator[Finding]:
    """A period that is not over, or beds that are decided ahead: it may be right."""
    yield from _ahead(case, "TIM-002", _later(case) & ~_unborn(case))


def long_ago(case: Case) -> Iterator[Finding]:
    """A year that is probably miswritten: 0226, or 1026."""
    column, element = (
        f"{case.loaded.model.period_element}__last",
        case.loaded.model.element(case.loaded.model.period_element),
    )
    if case.today is None or column not in case.rows.cells:
        return
    first = date(case.today.year - LONG_AGO, 1, 1)
    mask = case.rows.where(column, lambda days: days < first)
    if mask.any():
        places = case.rows.places(mask, element.name, element.name)
        yield FINDINGS.found("TIM-003", {"label": element.label, "years": LONG_AGO}, places)


ROWS = (
    Check("TIM-001", (TODAY,), not_begun),
    Check("TIM-002", (TODAY,), not_ended),
    Check("TIM-003", (TODAY,), long_ago),
)


def _later(case: Case) -> np.ndarray:
    """Which rows are about a period that ends after today."""
    return _is_after(case, f"{case.loaded.model.period_element}__last")


def _unborn(case: Case) -> np.ndarray:
    """Which rows count persons in a period that begins after today."""
    later = _later(case)
    if not case.loaded.model.concerns_persons:
        return np.zeros(later.size, dtype=bool)
    begins_later: np.ndarray = later & _is_after(case, f"{case.loaded.model.period_element}__first")
    return begins_later


def _is_after(case: Case, column: str) -> np.ndarray:
    if column not in case.rows.cells:
        return np.zeros(case.rows.height, dtype=bool)
    return case.rows.where(column, lambda days: days > case.today)


def _ahead(case: Case, code: str, mask: np.ndarray) -> Iterator[Finding]:
    element = case.loaded.model.element(case.loaded.model.period_element)
    if mask.any() and case.today is not None:
        places = case.rows.places(mask, element.name, element.name)
        yield FINDINGS.found(code, {"label": element.label, "today": case.today.isoformat()}, places)
