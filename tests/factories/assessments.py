"""Deliveries of made-up days of wards, read and assessed as a sender's file would be."""

from information_models.starter.loading import starter_model
from submission_portal.deliveries.assessment.assess import assess
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.reader import read

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
HEAD = "Dag;Sjukhus;Avdelning;Disponibla;Belagda;Överbeläggningar;Utlokaliserade"


def rows_of(*lines):
    """A file of these lines, read."""
    reading = read("\r\n".join([HEAD, *lines]).encode(), "a.csv", expected_of(DAILY))
    assert reading.frame is not None, reading.findings
    return reading


def day(number, *, ward="Medicin", beds=20, occupied=18, crowded=0, outplaced=2):
    """A line: what a ward had on a day of October 2026."""
    return f"2026-10-{number:02d};exempel-norra;{ward};{beds};{occupied};{crowded};{outplaced}"


def assessed(*lines, **settings):
    """What the six stages say of these lines; ``settings`` go to `assess`."""
    reading = rows_of(*lines)
    return assess(DAILY, reading.frame, reading_findings=reading.findings, letters=reading.letters, **settings)


def typed(*lines):
    """The rows of these lines with their types, as an earlier delivery has them."""
    return assessed(*lines).frame


def codes(assessment):
    return [finding.code for finding in assessment.findings]


def statuses(assessment):
    return {stage.name: stage.status for stage in assessment.stages}
