"""No identity number may stand in what people write with a delivery: it is read by many and kept for long."""

from legal_checks.number_columns import Certainty, judge_column
from legal_checks.personal_data import has_number
from registry.directions import misdirection_in
from registry.errors import Refused
from registry.findings import Text
from submission_portal.deliveries.finding_texts.all import FINDINGS

REASONS = Text("skälen", "the reasons")


def refuse_unfit_texts(*texts: tuple[Text, str]) -> None:
    """Raise `Refused` where a written text holds an identity number (it says which text, not what) or turns the direction of
    writing."""
    for name, text in texts:
        if has_number(text):
            raise Refused(FINDINGS.found("DEL-009", {"field": name}))
        if (finding := misdirection_in(text)) is not None:
            raise Refused(finding)


def refuse_possible_numbers(name: Text, text: str) -> None:
    """As `refuse_unfit_texts`, and also where the text may hold one."""
    refuse_unfit_texts((name, text))
    if judge_column("", (text,)).certainty is not Certainty.INNOCENT:
        raise Refused(FINDINGS.found("DEL-009", {"field": name}))
