"""What people write beside decisions is read by many and kept for long: no identity number may stand in it."""

from legal_checks.personal_data import has_number
from registry.errors import Refused
from registry.findings import Finding, Severity


def refuse_identity_numbers(*texts: str | None) -> None:
    """Raise `Refused` where a text holds an identity number. Which one it was is not said, and nothing is kept."""
    if any(identity_number_in(text) for text in texts if text):
        raise Refused(Finding("TXT-001", Severity.ERROR))


def identity_number_in(text: str) -> Finding | None:
    """The finding for a text that holds an identity number; what administered items are held to as well."""
    return Finding("TXT-001", Severity.ERROR) if has_number(text) else None
