"""No identity number may stand in what people write with a decision: it is read by many and kept for long."""

from legal_checks.personal_data import has_number
from registry.errors import Refused
from registry.findings import Finding
from submission_portal.legal_questions.finding_texts import FINDINGS


def refuse_identity_numbers(*texts: str | None) -> None:
    """Raise `Refused` where a text holds an identity number. Which one it was is not said, and nothing is kept."""
    if any(identity_number_in(text) for text in texts if text):
        raise Refused(FINDINGS.found("TXT-001"))


def identity_number_in(text: str) -> Finding | None:
    """The finding for a text that holds an identity number; what administered items are held to as well."""
    return FINDINGS.found("TXT-001") if has_number(text) else None
