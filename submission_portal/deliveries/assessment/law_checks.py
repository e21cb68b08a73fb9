"""What bears on the law in a delivery that is ready otherwise. Pure."""

from collections.abc import Iterator

from registry.findings import Finding, Text
from submission_portal.deliveries.assessment.case import KNOWN_LAW, THRESHOLD, WHOLE, Case
from submission_portal.deliveries.assessment.known import Law
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.finding_texts.all import FINDINGS


def undescribed_application(case: Case) -> Iterator[Finding]:
    """Concepts for which the region has no application statement in force."""
    if missing := _law(case).undescribed:
        named = Text(", ".join(one.sv for one in missing), ", ".join(one.en for one in missing))
        yield FINDINGS.found("LEG-002", {"concepts": named})


def small_numbers(case: Case) -> Iterator[Finding]:
    """Counts of persons above zero and below the threshold, means with decimals too. A rate (not additive) is no count of
    anybody."""
    threshold = _law(case).threshold
    for element in case.loaded.model.values:
        if element.concerns_persons and element.additive and element.name in case.rows.cells:
            small = case.rows.where(element.name, lambda values: (values > 0) & (values < threshold))
            if small.any():
                places = case.rows.places(small, element.name)
                yield FINDINGS.found("LEG-001", {"label": element.label, "below": threshold}, places)


LAW = (
    Check("LEG-002", (KNOWN_LAW, WHOLE), undescribed_application),
    Check("LEG-001", (KNOWN_LAW, WHOLE, THRESHOLD), small_numbers),
)


def _law(case: Case) -> Law:
    return case.law or Law()
