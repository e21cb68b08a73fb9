"""Checks for rows that are not there: periods without a row for a unit that is expected to have one. Pure."""

from collections.abc import Iterator

from registry.findings import Finding
from submission_portal.deliveries.assessment.case import (
    BY_DELIVERIES,
    BY_REGISTER,
    SOUND,
    USUAL,
    WHOLE_FILE,
    Case,
)
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.finding_texts.all import FINDINGS


def breaks(case: Case) -> Iterator[Finding]:
    """Periods missing between a unit's own first and last."""
    yield from _asked(case, "GAP-001", is_within=True)


def absences(case: Case) -> Iterator[Finding]:
    """Units that are usually there, and periods missing before their first row or after their last."""
    yield from _asked(case, "GAP-002", is_within=False)


def missing_registered(case: Case) -> Iterator[Finding]:
    """Units of the region's register, and periods of theirs."""
    yield from _asked(case, "GAP-003", is_within=False)


GAPS = (
    Check("GAP-001", (WHOLE_FILE, SOUND), breaks),
    Check("GAP-002", (WHOLE_FILE, SOUND, USUAL, BY_DELIVERIES), absences),
    Check("GAP-003", (WHOLE_FILE, SOUND, BY_REGISTER), missing_registered),
)


def _asked(case: Case, code: str, *, is_within: bool) -> Iterator[Finding]:
    asked = [gap for gap in case.asked_gaps if gap.is_within is is_within]
    if asked:
        yield FINDINGS.found(code, {"units": len({gap.unit for gap in asked})}, [gap.place for gap in asked])
