"""No identity number may stand in what people write with a delivery: it is read by many and kept for long. Pure."""

from legal_checks.number_columns import Certainty, judge_column
from legal_checks.personal_data import has_number
from registry.directions import misdirection_in
from registry.errors import Refused
from registry.findings import Text
from submission_portal.deliveries.finding_texts.all import FINDINGS

REASONS = Text("skälen", "the reasons")
_REASON = Text("skälet", "the reason")
LONGEST_ANSWER = 1000
CELLS = "cells"
PARTS = {
    CELLS: Text("celler", "cells"),
    "file_name": Text("filens namn", "the file's name"),
    "comment": Text("kommentarer", "comments"),
    "properties": Text("dokumentets egenskaper", "the document's properties"),
    "defined_names": Text("namn på blad eller definierade namn", "names of sheets or defined names"),
    "shared_strings": Text("text som ingen cell visar", "text that no cell shows"),
    "formulas": Text("formler", "formulas"),
    "sheet_settings": Text("sidhuvuden, länkar eller listor", "headers, links or lists"),
    "pivot_cache": Text("en pivottabells minne", "the memory of a pivot table"),
    "file": Text("filen som helhet", "the file as a whole"),
}
"""What the parts of a file are called in which a number was found."""


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


def answer_of(text: str | None) -> str | None:
    """What the sender says that it is, as it is kept; ``None`` where no word is said. Raises `Refused` where it holds, or may
    hold, an identity number itself: what is asked about is not to be repeated.
    """
    answer = " ".join((text or "").split())[:LONGEST_ANSWER]
    refuse_possible_numbers(_REASON, answer)
    return answer if any(map(str.isalpha, answer)) else None
