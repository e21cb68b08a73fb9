"""Checks of a delivery against the one before it in the flow. Pure."""

from collections.abc import Iterator

from registry.findings import Finding, Place
from submission_portal.deliveries.assessment import history
from submission_portal.deliveries.assessment.case import EARLIER, SOUND, Case
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
        params = {**named_span(case.period_before), "share": int(history.LARGE_SHARE * 100)}
        yield FINDINGS.found("HIS-002", params, [change.place for change in case.changes])


def same_values(case: Case) -> Iterator[Finding]:
    """Every cell as it was in the period before: the wrong file, perhaps."""
    if (rows := history.repeated(case.loaded, case.standing, case.before)).height:
        places = [Place(sheet, row) for sheet, row in rows.select("__sheet", "__row").rows() if row != FILLED]
        yield FINDINGS.found("HIS-004", named_span(case.period_before), places)


HISTORY = (
    Check("HIS-003", (SOUND, EARLIER), new_units),
    Check("HIS-002", (SOUND, EARLIER), large_changes),
    Check("HIS-004", (SOUND, EARLIER), same_values),
)
