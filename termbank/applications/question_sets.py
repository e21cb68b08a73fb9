"""A question set: what regions are asked on how they apply one wording. ``question-set/1``, its reading, and the ones that ship. Pure.

The id of a question stays with it from version to version, and two regions' answers are compared by it. What asks something else is
another question, with an id of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from registry.content import shapes
from registry.content.places import Words
from registry.content.schemas import ContentSchema
from registry.findings import Finding, Place, Text
from registry.items.outlines import OutlineRow
from termbank.applications.questions import Question, questions_for
from termbank.concepts.wordings import plain
from termbank.finding_texts.all import FINDINGS

MOST_QUESTIONS = 30
ID_LENGTH = 60

SCHEMA = ContentSchema(
    "question-set/1",
    shapes.record(
        {
            "content_schema": {"const": "question-set/1"},
            "concept": shapes.ANY_STRING,
            "term": shapes.TEXT_BEGUN,
            "questions": shapes.list_of(
                shapes.record(
                    {
                        "id": {**shapes.STRING, "maxLength": ID_LENGTH, "pattern": shapes.SLUG},
                        "text": shapes.TEXT_BEGUN,
                    },
                    {"source": shapes.TEXT_BEGUN},
                ),
                most=MOST_QUESTIONS,
            ),
        }
    ),
    FINDINGS["QSET-001"],
    Words(
        fields={
            "concept": Text("begrepp", "concept"),
            "id": Text("beteckning", "id"),
            "questions": Text("frågorna", "the questions"),
            "source": Text("källa", "source"),
            "term": Text("term", "term"),
            "text": Text("fråga", "question"),
        },
        rows={"questions": (Text("Fråga", "Question"), "id")},
    ),
)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions on the concept with the key ``concept``, in the order in which they are asked."""

    concept: str
    term: Text
    questions: tuple[Question, ...]

    def as_content(self) -> dict[str, Any]:
        """The canonical content; ``read`` gives the same set back."""
        return {
            "content_schema": SCHEMA.name,
            "concept": self.concept,
            "term": self.term.as_dict(),
            "questions": [
                {"id": one.id, "text": one.text.as_dict(), "source": one.source.as_dict()} for one in self.questions
            ],
        }


def read(content: Mapping[str, Any]) -> QuestionSet:
    """A set from its content. Raises `ContentError` for a schema that is not of this kind."""
    content = SCHEMA.lift(content)
    return QuestionSet(
        content["concept"],
        _text(content["term"]),
        tuple(Question(one["id"], _text(one["text"]), _text(one.get("source") or {})) for one in content["questions"]),
    )


def parse(content: Any) -> tuple[QuestionSet | None, tuple[Finding, ...]]:
    """Content from outside as a set, with everything that has to be mended."""
    if faults := SCHEMA.faults(content):
        return None, faults
    one = read(content)
    return one, tuple(_findings(one))


def title(content: Mapping[str, Any]) -> Text:
    """What the questions are about."""
    term = read(content).term
    return Text(f"Frågor om {term.sv or term.en}", f"Questions on {term.en or term.sv}")


def outline(content: Mapping[str, Any]) -> list[OutlineRow]:
    """The questions as labelled texts; each is labelled by its id, so that a comparison follows it."""
    one = read(content)
    rows: list[OutlineRow] = [(Text("Begrepp", "Concept"), one.term)]
    for question in one.questions:
        rows.append((Text(question.id, question.id), question.text))
        if question.source != Text("", ""):
            rows.append((Text(f"{question.id}, källa", f"{question.id}, source"), question.source))
    return rows


def shipped(concept: str, term: Text) -> QuestionSet:
    """What was asked on a concept before question sets were items; a general question where no others were known."""
    return QuestionSet(concept, term, questions_for(concept))


def new_questions(before: Iterable[Question], after: Iterable[Question]) -> tuple[Question, ...]:
    """The questions of ``after`` that were not asked before."""
    known = {one.id for one in before}
    return tuple(one for one in after if one.id not in known)


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """An id for a new question, which no other has.

    >>> free_id("raknas-tekniska", ["raknas-tekniska", "raknas-tekniska-2"])
    'raknas-tekniska-3'
    >>> free_id("", [])
    'question'
    """
    named, found, number = (wanted[: ID_LENGTH - 4].strip("-") or "question"), set(taken), 1
    candidate = named
    while candidate in found:
        number += 1
        candidate = f"{named}-{number}"
    return candidate


def _findings(one: QuestionSet) -> Iterator[Finding]:
    if not one.questions:
        yield FINDINGS.found("QSET-002", {"field": "questions"}, (Place(field="questions"),))
    ids = [question.id for question in one.questions]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        yield FINDINGS.found("QSET-003", {"question": twice}, (Place(field="questions"),))
    for number, question in enumerate(one.questions, 1):
        if not (question.text.sv and question.text.en):
            yield FINDINGS.found("QSET-004", {"number": number}, (Place(field="questions"),))


def _text(value: Mapping[str, str]) -> Text:
    said = Text.from_dict(value)
    return Text(plain(said.sv), plain(said.en))
