"""An application statement (*tillämpning*): how one region applies one wording, from when, and on whose decision.

The canonical content ``application/1`` and the checks on a set of statements. Two regions that answer a question differently count different things under the same words; that is why
the questions are fixed and the answers few.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from registry.findings import Finding, Place, Text
from registry.items.outlines import Mention, OutlineRow
from registry.period import Period
from termbank.concepts import SLUG, Provenance, is_web_address, plain
from termbank.finding_texts import FINDINGS
from termbank.questions import question_text, questions_for
from termbank.regions import is_known, region_name

CONTENT_SCHEMA = "application/1"
TEXT_LENGTH = 1_000


class Answer(StrEnum):
    """What a region says on one question."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    NOT_STATED = "not_stated"


ANSWER_TEXTS = {
    Answer.YES: Text("Ja", "Yes"),
    Answer.NO: Text("Nej", "No"),
    Answer.PARTLY: Text("Delvis", "Partly"),
    Answer.NOT_STATED: Text("Framgår inte", "Not stated"),
}


NO_WORDS = Text("", "")


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one question, with the region's own words where a yes or no does not say it all."""

    question: str
    answer: Answer
    text: Text = NO_WORDS


@dataclass(frozen=True, slots=True)
class Decision:
    """What the application rests on: who decided, when, and under which registry number."""

    body: Text
    date: date | None
    registry_number: str
    url: str


@dataclass(frozen=True, slots=True)
class Application:
    """One version of a region's statement on one concept. ``valid_from`` and ``valid_to`` are inclusive days."""

    concept: str
    concept_version: str
    term: Text
    region: str
    valid_from: date | None
    valid_to: date | None
    answers: tuple[Answered, ...]
    decision: Decision | None
    provenance: Provenance

    def answer_to(self, question: str) -> Answered:
        """The answer given to ``question``; *not stated* where none was given."""
        return next((one for one in self.answers if one.question == question), Answered(question, Answer.NOT_STATED))

    def as_content(self) -> dict[str, Any]:
        """The canonical content; ``read`` gives the same statement back."""
        return {
            "content_schema": CONTENT_SCHEMA,
            "concept": self.concept,
            "concept_version": self.concept_version,
            "term": {"sv": self.term.sv, "en": self.term.en},
            "region": self.region,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "answers": [
                {
                    "question": one.question,
                    "answer": one.answer.value,
                    "text": {"sv": one.text.sv, "en": one.text.en},
                }
                for one in self.answers
            ],
            "decision": {
                "body": {"sv": self.decision.body.sv, "en": self.decision.body.en},
                "date": self.decision.date.isoformat() if self.decision.date else None,
                "registry_number": self.decision.registry_number,
                "url": self.decision.url,
            }
            if self.decision
            else None,
            "provenance": self.provenance.value,
        }


def parse(content: Any) -> tuple[Application | None, tuple[Finding, ...]]:
    """Content from outside as a statement, with what has to be mended; ``None`` where it has another shape."""
    if not isinstance(content, Mapping) or content.get("content_schema") != CONTENT_SCHEMA:
        return None, (FINDINGS.found("APPL-001", {"schema": CONTENT_SCHEMA}),)
    try:
        application = read(content)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None, (FINDINGS.found("APPL-001", {"schema": CONTENT_SCHEMA}),)
    return application, tuple(_findings(application))


def read(content: Mapping[str, Any]) -> Application:
    """Content that was kept as ``application/1``. Raises ``KeyError`` or ``ValueError`` where it is not."""
    decision = content.get("decision")
    return Application(
        concept=str(content["concept"]),
        concept_version=str(content["concept_version"]),
        term=_both(content["term"]),
        region=str(content["region"]),
        valid_from=_day(content.get("valid_from")),
        valid_to=_day(content.get("valid_to")),
        answers=tuple(
            Answered(str(one["question"]), Answer(one["answer"]), _both(one.get("text") or {}))
            for one in content["answers"]
        ),
        decision=Decision(
            _both(decision["body"]),
            _day(decision.get("date")),
            plain(str(decision.get("registry_number") or "")),
            plain(str(decision.get("url") or "")),
        )
        if decision
        else None,
        provenance=Provenance(content["provenance"]),
    )


def title(content: Mapping[str, Any]) -> Text:
    """The term, the region and the dates of kept content."""
    application = read(content)
    name = region_name(application.region)
    swedish, english = f"{application.term.sv} i {name}", f"{application.term.en} in {name}"
    if application.valid_from:
        first = _written(application.valid_from)
        swedish, english = f"{swedish}, från {first.sv}", f"{english}, from {first.en}"
    if application.valid_to:
        last, comma = _written(application.valid_to), "" if application.valid_from else ","
        swedish, english = f"{swedish}{comma} till {last.sv}", f"{english}{comma} until {last.en}"
    return Text(swedish, english)


def outline(content: Mapping[str, Any]) -> list[OutlineRow]:
    """The statement as labelled texts in reading order, for the diff and the reviewer."""
    application = read(content)
    name = region_name(application.region)
    rows: list[OutlineRow] = [
        (Text("Begrepp", "Concept"), application.term),
        (
            Text("Begreppsversion", "Concept version"),
            Mention("concept", application.concept, application.concept_version),
        ),
        (Text("Region", "Region"), name),
        (Text("Gäller från", "Valid from"), _until(application.valid_from)),
        (Text("Gäller till", "Valid to"), _until(application.valid_to)),
    ]
    for one in application.answers:
        answer = ANSWER_TEXTS[one.answer]
        rows.append(
            (
                question_text(application.concept, one.question),
                Text(
                    ": ".join(filter(None, (answer.sv, one.text.sv))), ": ".join(filter(None, (answer.en, one.text.en)))
                ),
            )
        )
    if application.decision:
        decision = application.decision
        rows.append((Text("Beslutat av", "Decided by"), decision.body))
        rows.append((Text("Beslutsdatum", "Date of the decision"), _until(decision.date)))
        rows.append((Text("Diarienummer", "Registry number"), decision.registry_number or NOT_STATED_TEXT))
        rows.append((Text("Beslutets adress", "Address of the decision"), decision.url or NOT_STATED_TEXT))
    rows.append((Text("Uppgiftens art", "Kind of fact"), PROVENANCE_TEXTS[application.provenance]))
    return rows


def overlaps(application: Application, others: Iterable[Application]) -> list[Finding]:
    """Findings on other statements of the same region and concept that claim some of the same days.

    A statement without an end lasts until the next one begins, so a later beginning is no overlap in itself.
    """
    found = []
    for other in others:
        if (other.region, other.concept) != (application.region, application.concept):
            continue
        earlier, later = sorted((application, other), key=lambda one: one.valid_from or date.min)
        begins = later.valid_from or date.min
        is_same_start = (earlier.valid_from or date.min) == begins
        if is_same_start or (earlier.valid_to is not None and earlier.valid_to >= begins):
            params = {"first": _iso(other.valid_from), "last": _iso(other.valid_to)}
            found.append(FINDINGS.found("APPL-006", params, (Place(field="valid_from"),)))
    return found


def in_force(applications: Iterable[Application], day: date) -> Application | None:
    """The statement that applies on ``day``: the one that began last, unless it has ended; all of one region."""
    begun = [one for one in applications if (one.valid_from or date.min) <= day]
    latest = max(begun, key=lambda one: one.valid_from or date.min, default=None)
    return latest if latest and day <= (latest.valid_to or date.max) else None


NOT_STATED_TEXT = Text("Framgår inte", "Not stated")
PROVENANCE_TEXTS = {
    Provenance.OWN: Text("Redovisad av regionen", "Stated by the region"),
    Provenance.REPRODUCED: Text("Återgiven ur publicerad källa", "Reproduced from a published source"),
    Provenance.MADE_UP: Text("Påhittad för demonstration", "Made up for demonstration"),
}


def _findings(application: Application) -> list[Finding]:
    found: list[Finding] = []

    def add(code: str, field: str, **params: str | int) -> None:
        found.append(FINDINGS.found(code, {"field": field, **params}, (Place(field=field),)))

    if not SLUG.match(application.concept) or not application.concept_version:
        add("APPL-002", "concept")
    if not is_known(application.region):
        add("APPL-003", "region", region=application.region)
    if application.valid_from and application.valid_to and application.valid_to < application.valid_from:
        add("APPL-004", "valid_to")
    known = {question.id for question in questions_for(application.concept)}
    given = [one.question for one in application.answers]
    for unknown in sorted(set(given) - known):
        add("APPL-005", "answers", question=unknown)
    if len(set(given)) < len(given) or known - set(given):
        add("APPL-007", "answers")
    if application.answers and all(one.answer is Answer.NOT_STATED for one in application.answers):
        add("APPL-008", "answers")
    for one in application.answers:
        if one.answer is Answer.PARTLY and not one.text.sv:
            add("APPL-009", f"text-{one.question}")
        if max(len(one.text.sv), len(one.text.en)) > TEXT_LENGTH:
            add("TERM-004", f"text-{one.question}", most=TEXT_LENGTH)
    if application.decision and application.decision.url and not is_web_address(application.decision.url):
        add("TERM-009", "decision_url")
    return found


def _both(value: Mapping[str, Any]) -> Text:
    return Text(plain(str(value.get("sv") or "")), plain(str(value.get("en") or "")))


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _until(day: date | None) -> str | Text:
    return _written(day) if day else NOT_STATED_TEXT


def _written(day: date) -> Text:
    period = Period.day(day)
    return Text(period.label("sv"), period.label("en"))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else "…"
