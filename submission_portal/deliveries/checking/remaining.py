"""What is left before a delivery can go on, read from what is stored with it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from registry.findings import Finding, Severity
from submission_portal.deliveries.assessment.outcome import Assessment


@dataclass(frozen=True, slots=True)
class Remaining:
    """One finding that holds the delivery up: its key, and what it needs (``mend``, ``answer`` or ``explain``)."""

    key: str
    finding: Finding
    needs: str


def findings_of(assessment: Assessment) -> list[tuple[str, Finding]]:
    """The stored findings with their keys, gravest first."""
    order = [Severity.ERROR, Severity.QUESTION, Severity.WARNING, Severity.INFO]
    return sorted(assessment.keyed, key=lambda pair: order.index(pair[1].severity))


def remaining(assessment: Assessment, explanations: Mapping[str, str]) -> list[Remaining]:
    """What must be mended, answered or explained, gravest first."""
    left = []
    for key, finding in findings_of(assessment):
        match finding.severity:
            case Severity.ERROR:
                left.append(Remaining(key, finding, "mend"))
            case Severity.QUESTION:
                left.append(Remaining(key, finding, "answer"))
            case Severity.WARNING if not explanations.get(key, "").strip():
                left.append(Remaining(key, finding, "explain"))
    return left


def has_warnings(assessment: Assessment) -> bool:
    """Whether a reviewer has something to read."""
    return any(finding.severity is Severity.WARNING for _, finding in findings_of(assessment))
