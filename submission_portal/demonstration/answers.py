"""The answers to the control questions that the demonstration's officers give, marked as what they are."""

from legal_checks.secrecy.rules import Answer
from registry.provenance import Provenance

PUBLISHED = "Demonstration: uppgifterna är redan publicerade av den som ansvarade för dem."
MADE_UP = "Demonstration: uppgifterna är påhittade."

REASONS = {Provenance.REPRODUCED: PUBLISHED, Provenance.MADE_UP: MADE_UP}


def answers(provenance: Provenance, *, concerns_persons: bool) -> dict[str, Answer]:
    """One answer to each question, for a flow or a delivery whose data is ``reproduced`` or ``made_up``."""
    reason = REASONS[provenance]
    return {
        "public_document": Answer("open", reason),
        "persons": Answer("protected", f"{reason} Småtal döljs före publicering.") if concerns_persons else Answer("no", reason),
        "defence_and_crisis": Answer("no", f"{reason} Sammanställningen visar inget utöver det."),
        "lifting": Answer("not_needed", reason),
        "data_protection": Answer("ground", reason) if concerns_persons else Answer("no_personal_data", reason),
        "security_protection": Answer("outside", reason),
    }  # fmt: skip
