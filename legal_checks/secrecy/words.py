"""The words that the control questions are asked in, as a record can keep them. Pure.

A decision is read in the words that it was taken in: questions, choices and hints, provisions with how each was checked, and what
the rules say. They are content of their own, known by its hash, which the record of the answers names (`Assessment.words`); when
code is reworded, a new content is made and older records keep theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from legal_checks.finding_texts import FINDINGS
from legal_checks.provisions import Provision, Verification
from legal_checks.secrecy.named_provisions import PROVISIONS_BY_ID
from legal_checks.secrecy.questions import QUESTIONS, Bearing, Choice, Question, Side
from legal_checks.secrecy.rules import RULES, STOP_CODES
from registry.findings import Text

CONTENT_SCHEMA = "question_words/1"


@dataclass(frozen=True)
class Words:
    """Questions in order, the provisions behind them by id, and title and body of what each rule says, by finding code."""

    questions: tuple[Question, ...]
    provisions: Mapping[str, Provision]
    rules: Mapping[str, tuple[Text, Text]]

    def as_dict(self) -> dict[str, Any]:
        return {
            "content_schema": CONTENT_SCHEMA,
            "questions": [_question(one) for one in self.questions],
            "provisions": [_provision(one) for one in self.provisions.values()],
            "rules": [
                {"code": code, "title": title.as_dict(), "body": body.as_dict()}
                for code, (title, body) in self.rules.items()
            ],
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Words":
        return cls(
            tuple(_read_question(one) for one in stored["questions"]),
            {one["id"]: _read_provision(one) for one in stored["provisions"]},
            {one["code"]: (Text.from_dict(one["title"]), Text.from_dict(one["body"])) for one in stored["rules"]},
        )

    def question(self, question_id: str) -> Question | None:
        """The question with this id; ``None`` where it was not asked then."""
        return next((one for one in self.questions if one.id == question_id), None)


@cache
def current() -> Words:
    """The words that are asked in today."""
    cited = {one for question in QUESTIONS for one in question.provisions}
    cited |= {one for rule in RULES for one in rule.provisions}
    codes = [*(rule.code for rule in RULES), *sorted(STOP_CODES)]
    return Words(
        QUESTIONS,
        {key: one for key, one in PROVISIONS_BY_ID.items() if key in cited},
        {code: (FINDINGS[code].title, FINDINGS[code].body) for code in codes},
    )


def _question(one: Question) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text.as_dict(),
        "citation": one.citation.as_dict(),
        "provisions": list(one.provisions),
        "choices": [
            {
                "value": each.value,
                "label": each.label.as_dict(),
                "bearing": each.bearing.value,
                "needs_reason": each.needs_reason,
            }
            for each in one.choices
        ],
        "hints": {side.value: one.hints[side].as_dict() for side in Side},
    }


def _read_question(stored: Mapping[str, Any]) -> Question:
    return Question(
        stored["id"],
        Text.from_dict(stored["text"]),
        Text.from_dict(stored["citation"]),
        tuple(stored["provisions"]),
        tuple(
            Choice(each["value"], Text.from_dict(each["label"]), Bearing(each["bearing"]), each["needs_reason"])
            for each in stored["choices"]
        ),
        {side: Text.from_dict(stored["hints"][side.value]) for side in Side},
    )


def _provision(one: Provision) -> dict[str, Any]:
    return {
        "id": one.id,
        "citation": one.citation.as_dict(),
        "says": one.says.as_dict(),
        "asks": one.asks.as_dict(),
        "verification": one.verification.value,
        "source": one.source,
        "in_force_from": one.in_force_from.isoformat() if one.in_force_from else None,
        "in_force_to": one.in_force_to.isoformat() if one.in_force_to else None,
    }


def _read_provision(stored: Mapping[str, Any]) -> Provision:
    first, last = stored["in_force_from"], stored["in_force_to"]
    return Provision(
        stored["id"],
        Text.from_dict(stored["citation"]),
        Text.from_dict(stored["says"]),
        Text.from_dict(stored["asks"]),
        Verification(stored["verification"]),
        stored["source"],
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
    )
