"""Answers to the control questions as a file or another program gives them: ``{question: {"choice", "reason"}}``.

A question may be left out: `legal_checks.secrecy.assessment.assess` says what is missing. What is there is judged as
content of every kind is, so that a misspelt question or choice is never taken for one that nobody answered. Pure.
"""

from collections.abc import Mapping
from typing import Any

from legal_checks.finding_texts import FINDINGS
from legal_checks.secrecy.questions import QUESTIONS
from legal_checks.secrecy.rules import Answer
from registry.content import shapes
from registry.content.faults import faults
from registry.content.places import Words
from registry.errors import Invalid
from registry.findings import Text

LONGEST_REASON = 4000
SHAPE: shapes.Shape = shapes.record(
    {},
    {
        question.id: shapes.record(
            {"choice": shapes.one_of(choice.value for choice in question.choices)},
            {"reason": {"type": "string", "maxLength": LONGEST_REASON}},
        )
        for question in QUESTIONS
    },
)
WORDS = Words({question.id: question.text for question in QUESTIONS} | {"choice": Text("svar", "choice")})


def read(content: Any) -> dict[str, Answer]:
    """The answers in ``content``, by question. Raises `Invalid` with a finding for each fault."""
    if found := faults(SHAPE, content, FINDINGS["SEC-003"], WORDS):
        raise Invalid(found)
    stated: Mapping[str, Mapping[str, str]] = content
    return {
        question.id: Answer(stated[question.id]["choice"], stated[question.id].get("reason", "").strip())
        for question in QUESTIONS
        if question.id in stated
    }
