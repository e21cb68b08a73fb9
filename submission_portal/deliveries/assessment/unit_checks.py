"""Checks against the register of units that the region has confirmed. Pure."""

from collections.abc import Iterator

from registry.findings import Finding
from submission_portal.deliveries.assessment.case import CONFIRMED, SOUND, Case
from submission_portal.deliveries.assessment.confirmed_units import not_registered, outside_life
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.finding_texts.all import FINDINGS


def closed_units(case: Case) -> Iterator[Finding]:
    """Figures of units that had closed, or had not opened."""
    if places := outside_life(case.loaded, case.frame, case.of_register):
        yield FINDINGS.found("UNI-001", {"units": len({place.label for place in places})}, places)


def unknown_units(case: Case) -> Iterator[Finding]:
    """Units that are not in the register."""
    if places := not_registered(case.loaded, case.frame, case.of_register):
        yield FINDINGS.found("UNI-002", {}, places)


UNITS = (
    Check("UNI-001", (SOUND, CONFIRMED), closed_units),
    Check("UNI-002", (SOUND, CONFIRMED), unknown_units),
)
