"""Checks of typed rows besides the model's own rules: periods that have not ended. Pure."""

from collections.abc import Iterator

import polars as pl

from registry.findings import Finding, Place
from submission_portal.deliveries.assessment.case import TODAY, Case
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.finding_texts import FINDINGS


def not_begun(case: Case) -> Iterator[Finding]:
    """Persons cannot be counted before the period has begun."""
    yield from _ahead(case, "TIM-001", _unborn(case))


def not_ended(case: Case) -> Iterator[Finding]:
    """A period that is not over, or beds that are decided ahead: it may be right."""
    yield from _ahead(case, "TIM-002", _later(case).join(_unborn(case), on="__row", how="anti"))


ROWS = (
    Check("TIM-001", (TODAY,), not_begun),
    Check("TIM-002", (TODAY,), not_ended),
)


def _later(case: Case) -> pl.DataFrame:
    last = f"{case.loaded.model.period_element}__last"
    return case.frame.filter(pl.col(last) > case.today) if last in case.frame.columns else case.frame.clear()


def _unborn(case: Case) -> pl.DataFrame:
    ahead, first = _later(case), f"{case.loaded.model.period_element}__first"
    if not case.loaded.model.concerns_persons or first not in ahead.columns:
        return ahead.clear()
    return ahead.filter(pl.col(first) > case.today)


def _ahead(case: Case, code: str, rows: pl.DataFrame) -> Iterator[Finding]:
    element = case.loaded.model.element(case.loaded.model.period_element)
    if rows.height and case.today is not None:
        places = [
            Place(row["__sheet"], row["__row"], field=element.name, value=row[element.name])
            for row in rows.iter_rows(named=True)
        ]
        yield FINDINGS.found(code, {"label": element.label, "today": case.today.isoformat()}, places)
