"""An application statement (*tillämpning*): how one region applies one wording, from when, and on whose decision.

The canonical content ``application/2`` and the checks on a set of statements. Two regions that answer a question differently count
different things under the same words; that is why the questions are fixed and the answers few. A statement names the version of the
question set that it answers, and keeps each question as it was asked.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from registry.content import shapes
from registry.content.places import Words
from registry.content.schemas import KEY, Content, ContentSchema, EarlierSchema
from registry.content.values import day_of, written_day
from registry.findings import Finding, Place, Text
from registry.items.outlines import Mention, OutlineRow, Word
from registry.period import Period
from registry.provenance import Provenance
from termbank.applications.questions import question_text, questions_for
from termbank.applications.regions import is_known, region_name
from termbank.concepts.concept import SLUG, is_web_address
from termbank.concepts.wordings import plain
from termbank.finding_texts.all import FINDINGS

CONTENT_SCHEMA = "application/2"
TEXT_LENGTH = 1_000
MEASURING_LENGTH = 200
TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
"""A measuring time: hours and minutes, Swedish time."""


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
    asked: Text = NO_WORDS
    """The question as it was asked; empty in statements older than question sets."""


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
    question_set: str = ""
    """Hash of the version of the question set that is answered; empty where the questions were the registry's own."""
    measuring_time: str = ""
    """When it is counted: ``HH:MM``, Swedish time."""
    source_system: str = ""
    answered_by: str = ""
    """The unit or function of the region that knows; never a person's name."""

    def question(self, question: str) -> Text:
        """The question in words, as it was asked."""
        asked = self.answer_to(question).asked
        return asked if asked != NO_WORDS else question_text(self.concept, question)

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions, in the order in which they are asked and then answered."""
        own = () if self.question_set else tuple(one.id for one in questions_for(self.concept))
        return tuple(dict.fromkeys((*own, *(one.question for one in self.answers))))

    def answer_to(self, question: str) -> Answered:
        """The answer given to ``question``; *not stated* where none was given."""
        return next((one for one in self.answers if one.question == question), Answered(question, Answer.NOT_STATED))

    def as_content(self) -> dict[str, Any]:
        """The canonical content; ``read`` gives the same statement back."""
        measuring = {name: said for name in _MEASURING if (said := getattr(self, name))}
        return {
            "content_schema": CONTENT_SCHEMA,
            "concept": self.concept,
            "concept_version": self.concept_version,
            "term": self.term.as_dict(),
            "region": self.region,
            "valid_from": written_day(self.valid_from),
            "valid_to": written_day(self.valid_to),
            "answers": [
                {
                    "question": one.question,
                    "answer": one.answer.value,
                    "text": one.text.as_dict(),
                    **({"asked": one.asked.as_dict()} if one.asked != NO_WORDS else {}),
                }
                for one in self.answers
            ],
            "decision": {
                "body": self.decision.body.as_dict(),
                "date": written_day(self.decision.date),
                "registry_number": self.decision.registry_number,
                "url": self.decision.url,
            }
            if self.decision
            else None,
            "provenance": self.provenance.value,
            **measuring,
        }


_MEASURING = ("question_set", "measuring_time", "source_system", "answered_by")


def parse(content: Any) -> tuple[Application | None, tuple[Finding, ...]]:
    """Content from outside as a statement, with what has to be mended; ``None`` where it has another shape."""
    if faults := SCHEMA.faults(content):
        return None, faults
    application = read(content)
    return application, tuple(_findings(application))


def read(content: Mapping[str, Any]) -> Application:
    """Content that was kept, in whichever schema. Raises ``KeyError`` or ``ValueError`` where it is no statement."""
    content = SCHEMA.lift(content)
    decision = content.get("decision")
    return Application(
        concept=str(content["concept"]),
        concept_version=str(content["concept_version"]),
        term=_written_text(content["term"]),
        region=str(content["region"]),
        valid_from=day_of(content.get("valid_from")),
        valid_to=day_of(content.get("valid_to")),
        answers=tuple(
            Answered(
                str(one["question"]),
                Answer(one["answer"]),
                _written_text(one.get("text") or {}),
                _written_text(one.get("asked") or {}),
            )
            for one in content["answers"]
        ),
        decision=Decision(
            _written_text(decision["body"]),
            day_of(decision.get("date")),
            plain(str(decision.get("registry_number") or "")),
            plain(str(decision.get("url") or "")),
        )
        if decision
        else None,
        provenance=Provenance(content["provenance"]),
        **{name: plain(str(content.get(name) or "")) for name in _MEASURING},
    )


def is_of_today(content: Content) -> bool:
    """Whether content is written in today's schema."""
    return bool(content[KEY] == CONTENT_SCHEMA)


def _shape(schema: str, answer: Mapping[str, Any], more: Mapping[str, Any]) -> shapes.Shape:
    return shapes.record(
        {
            "content_schema": {"const": schema},
            "concept": shapes.ANY_STRING,
            "concept_version": shapes.ANY_STRING,
            "term": shapes.TEXT_BEGUN,
            "region": shapes.ANY_STRING,
            "answers": shapes.list_of(
                shapes.record(
                    {"question": shapes.ANY_STRING, "answer": shapes.one_of(Answer)},
                    {"text": shapes.TEXT_BEGUN, **answer},
                ),
                most=200,
            ),
            "provenance": shapes.one_of(Provenance),
        },
        {
            "valid_from": shapes.DAY_OR_NONE,
            "valid_to": shapes.DAY_OR_NONE,
            "decision": shapes.optional(
                shapes.record(
                    {"body": shapes.TEXT_BEGUN},
                    {"date": shapes.DAY_OR_NONE, "registry_number": shapes.ANY_STRING, "url": shapes.ANY_STRING},
                )
            ),
            **more,
        },
    )


def _lift(content: Content) -> Content:
    """``application/1`` as ``application/2``: neither its question set nor how it was measured was said."""
    return {**content, KEY: CONTENT_SCHEMA}


SCHEMA = ContentSchema(
    CONTENT_SCHEMA,
    _shape(
        CONTENT_SCHEMA,
        {"asked": shapes.TEXT_BEGUN},
        {
            "question_set": {"type": "string", "pattern": shapes.HASH},
            **{key: {**shapes.STRING, "maxLength": MEASURING_LENGTH} for key in _MEASURING[1:]},
        },
    ),
    FINDINGS["APPL-001"],
    Words(
        fields={
            "answer": Text("svar", "answer"),
            "answered_by": Text("vem som svarar", "who answers"),
            "answers": Text("svaren", "the answers"),
            "asked": Text("frågan som den ställdes", "the question as it was asked"),
            "body": Text("beslutat av", "decided by"),
            "concept": Text("begrepp", "concept"),
            "concept_version": Text("begreppsversion", "concept version"),
            "date": Text("datum", "date"),
            "decision": Text("beslut", "decision"),
            "measuring_time": Text("klockslag", "time of day"),
            "question": Text("fråga", "question"),
            "question_set": Text("frågornas version", "version of the questions"),
            "region": Text("region", "region"),
            "registry_number": Text("diarienummer", "registry number"),
            "source_system": Text("källsystem", "source system"),
            "term": Text("term", "term"),
        },
        rows={"answers": (Text("Svar", "Answer"), "question")},
    ),
    (EarlierSchema("application/1", _shape("application/1", {}, {}), _lift),),
)
"""A statement as it is written."""


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
                application.question(one.question),
                Text(
                    ": ".join(filter(None, (answer.sv, one.text.sv))), ": ".join(filter(None, (answer.en, one.text.en)))
                ),
            )
        )
    rows += [(label, said) for label, said in measuring_rows(application) if said]
    if application.decision:
        decision = application.decision
        rows.append((Text("Beslutat av", "Decided by"), decision.body))
        rows.append((Text("Beslutsdatum", "Date of the decision"), _until(decision.date)))
        rows.append((Text("Diarienummer", "Registry number"), decision.registry_number or NOT_STATED_TEXT))
        rows.append((Text("Beslutets adress", "Address of the decision"), decision.url or NOT_STATED_TEXT))
    rows.append((Text("Uppgiftens art", "Kind of fact"), Word.of(PROVENANCE_TEXTS[application.provenance])))
    return rows


def unasked(application: Application, known: Iterable[str]) -> list[Finding]:
    """What is wrong with the answers as answers to the questions ``known``: each is to be answered once, and no other."""
    asked, given, place = set(known), [one.question for one in application.answers], (Place(field="answers"),)
    found = [
        FINDINGS.found("APPL-005", {"field": "answers", "question": unknown}, place)
        for unknown in sorted(set(given) - asked)
    ]
    if len(set(given)) < len(given) or asked - set(given):
        found.append(FINDINGS.found("APPL-007", {"field": "answers"}, place))
    return found


def measuring_rows(application: Application) -> list[tuple[Text, str]]:
    """When and from what it is counted, and who knows; empty where nothing was said."""
    return [
        (Text("Mäts klockan", "Measured at"), application.measuring_time.replace(":", ".")),
        (Text("Källsystem", "Source system"), application.source_system),
        (Text("Vem som svarar för uppgifterna", "Who answers for the facts"), application.answered_by),
    ]


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
    given = [one.question for one in application.answers]
    known = set(given) if application.question_set else {one.id for one in questions_for(application.concept)}
    found += unasked(application, known)
    if application.answers and all(one.answer is Answer.NOT_STATED for one in application.answers):
        add("APPL-008", "answers")
    for one in application.answers:
        if one.answer is Answer.PARTLY and not one.text.sv:
            add("APPL-009", f"text-{one.question}")
        if max(len(one.text.sv), len(one.text.en)) > TEXT_LENGTH:
            add("TERM-004", f"text-{one.question}", most=TEXT_LENGTH)
    if application.measuring_time and not TIME_OF_DAY.fullmatch(application.measuring_time):
        add("APPL-011", "measuring_time", said=application.measuring_time)
    if application.decision and application.decision.url and not is_web_address(application.decision.url):
        add("TERM-009", "decision_url")
    return found


def _written_text(value: Mapping[str, str]) -> Text:
    text = Text.from_dict(value)
    return Text(plain(text.sv), plain(text.en))


def _until(day: date | None) -> str | Text:
    return _written(day) if day else NOT_STATED_TEXT


def _written(day: date) -> Text:
    period = Period.day(day)
    return Text(period.label("sv"), period.label("en"))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else "…"
