"""Checks of a delivery that corrects single rows of another, or replaces it: what it takes away is never taken away in
silence. Pure."""

from collections.abc import Iterator

import polars as pl

from registry.findings import Finding, Param, Place
from submission_portal.deliveries.assessment import corrections
from submission_portal.deliveries.assessment.case import (
    COMPARABLE,
    CORRECTED,
    CORRECTION,
    INCOMPARABLE,
    REPLACEMENT,
    SOUND,
    Case,
)
from submission_portal.deliveries.assessment.filled_rows import without_asked
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.spans import named_span, span_name


def other_period(case: Case) -> Iterator[Finding]:
    """Rows about days that the corrected delivery is not about."""
    period, corrected = case.loaded.model.period_element, case.of_corrected
    outside = case.frame.filter(
        (pl.col(f"{period}__first") < corrected.first) | (pl.col(f"{period}__last") > corrected.last)
    )
    if outside.height:
        places = [Place(row["__sheet"], row["__row"], field=period) for row in outside.iter_rows(named=True)]
        yield FINDINGS.found("COR-004", named_span(span_name(corrected.first, corrected.last)), places)


def rows_that_a_correction_adds(case: Case) -> Iterator[Finding]:
    """Rows that were not there: a correction is of rows that are."""
    if case.added.height:
        places = [Place(row["__sheet"], row["__row"]) for row in case.added.iter_rows(named=True)]
        yield FINDINGS.found("COR-002", {}, places)


def values_that_a_correction_changes(case: Case) -> Iterator[Finding]:
    """What is corrected."""
    if case.changed:
        kept = corrections.kept_rows(case.loaded, case.of_corrected.frame, case.frame).height
        yield FINDINGS.found("COR-001", {"kept": kept}, corrections.value_places(case.loaded, case.changed))


def nothing_to_correct(case: Case) -> Iterator[Finding]:
    """Neither a value nor a row differs."""
    if not case.changed and not case.added.height:
        yield FINDINGS.found("COR-003")


def another_key(case: Case) -> Iterator[Finding]:
    """The rows of another model cannot be told apart by this model's key."""
    yield FINDINGS.found("COR-008", {"before": case.of_corrected.frame.height})


def rows_that_disappear(case: Case) -> Iterator[Finding]:
    """Rows that were delivered and are not in the file; units and periods that are wholly gone are named."""
    loaded, before = case.loaded, case.of_corrected.frame
    gone = without_asked(loaded, corrections.kept_rows(loaded, before, case.frame), case.gaps)
    if gone.height:
        units = corrections.gone_labels(loaded, before, case.frame, unit_elements(loaded))
        periods = corrections.gone_labels(loaded, before, case.frame, [loaded.model.period_element])
        params: dict[str, Param] = {"before": before.height, "units": units, "periods": periods}
        yield FINDINGS.found("COR-005", params, corrections.row_places(loaded, gone))


def values_that_disappear(case: Case) -> Iterator[Finding]:
    """Cells that had a number and have none now."""
    missing = corrections.MISSING
    if lost := [one for one in case.changed if one.now in missing and one.before not in missing]:
        yield FINDINGS.found("COR-007", {}, corrections.value_places(case.loaded, lost))


def rows_that_a_replacement_adds(case: Case) -> Iterator[Finding]:
    """Rows that were not there."""
    if case.added.height:
        yield FINDINGS.found("COR-006", {}, corrections.row_places(case.loaded, case.added))


def values_that_a_replacement_changes(case: Case) -> Iterator[Finding]:
    """Cells that get another value."""
    if case.changed:
        kept = case.frame.height - case.added.height - len({one.row for one in case.changed})
        yield FINDINGS.found("COR-009", {"kept": kept}, corrections.value_places(case.loaded, case.changed))


CORRECTIONS = (
    Check("COR-004", (CORRECTED, SOUND), other_period),
    Check("COR-002", (CORRECTION, SOUND), rows_that_a_correction_adds),
    Check("COR-001", (CORRECTION, SOUND), values_that_a_correction_changes),
    Check("COR-003", (CORRECTION, SOUND), nothing_to_correct),
    Check("COR-008", (REPLACEMENT, SOUND, INCOMPARABLE), another_key),
    Check("COR-005", (REPLACEMENT, SOUND, COMPARABLE), rows_that_disappear),
    Check("COR-007", (REPLACEMENT, SOUND, COMPARABLE), values_that_disappear),
    Check("COR-006", (REPLACEMENT, SOUND, COMPARABLE), rows_that_a_replacement_adds),
    Check("COR-009", (REPLACEMENT, SOUND, COMPARABLE), values_that_a_replacement_changes),
)
