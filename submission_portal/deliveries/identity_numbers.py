"""No identity number may stand in what people write with a delivery: it is read by many and kept for long."""

from legal_checks.number_columns import Certainty, judge_column
from legal_checks.personal_data import has_number
from registry.errors import Refused
from registry.findings import Text
from submission_portal.deliveries.finding_texts.all import FINDINGS

REASONS = Text("skälen", "the reasons")


def refuse_identity_numbers(*texts: tuple[Text, str]) -> None:
    """Raise `Refused` where a written text holds an identity number; it says which text, not what."""
    for name, text in texts:
        if has_number(text):
            raise Refused(FINDINGS.found("DEL-009", {"field": name}))


def refuse_possible_numbers(name: Text, text: str) -> None:
    """As `refuse_identity_numbers`, and also where the text may hold one."""
    refuse_identity_numbers((name, text))
    if judge_column("", (text,)).certainty is not Certainty.INNOCENT:
        raise Refused(FINDINGS.found("DEL-009", {"field": name}))
