"""The control questions as rows of a page: what is asked, after which provisions, and what each side has answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session
from wtforms.fields import Field

from legal_checks.finding_texts import FINDINGS
from legal_checks.provisions import Provision
from legal_checks.secrecy.assessment import Assessment
from legal_checks.secrecy.named_provisions import PROVISIONS_BY_ID
from legal_checks.secrecy.questions import Bearing, Question, Side
from legal_checks.secrecy.rules import RULES
from legal_checks.secrecy.words import current
from registry.finding_catalogue import ReadableFinding
from registry.findings import Text
from registry.web.problems import readable
from submission_portal.legal_questions import words
from submission_portal.legal_questions.question_forms import QuestionForm
from submission_portal.legal_questions.words import Shown

STATUS_OF = {Bearing.CLEAR: "ok", Bearing.HOLDS: "warn", Bearing.NOT_APPLICABLE: "idle"}
SIDE_LABELS = {Side.DISCLOSER: Text("Utlämnare", "Discloser"), Side.RECIPIENT: Text("Mottagare", "Recipient")}


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One side's answer as a page shows it. ``kind`` is a status kind; ``label`` is ``None`` where nothing is answered."""

    side: Text
    kind: str
    label: Text | None
    reason: str
    frozen: date | None = None
    """The day of the upgrade, where the decision is older than the words that it is read in."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question with the answers given, and the fields to answer it with where this reader is to answer."""

    question: Question
    provisions: tuple[Provision, ...]
    given: tuple[GivenAnswer, ...]
    hint: Text | None = None
    choice: Field | None = None
    reason: Field | None = None

    @property
    def frozen(self) -> date | None:
        """The day of the upgrade, where an answer is older than the words that it is read in."""
        return next((one.frozen for one in self.given if one.frozen), None)


def question_rows(
    session: Session,
    given: Sequence[tuple[Side, Assessment | None]],
    form: QuestionForm | None = None,
    asked: Side | None = None,
) -> list[QuestionRow]:
    """All questions, with what each of the sides in ``given`` answered, and fields for the side that is ``asked``.

    Each answer is told in the words that it was given in. Where nobody is asked the questions too are in the words of the last of
    them, with the provisions behind them as they were rendered then.
    """
    told = [(side, one, words.shown(session, one) if one else Shown(current())) for side, one in given]
    asking = told[-1][2].words if told and form is None else current()
    fields = {question.id: (choice, reason) for question, choice, reason in form.question_fields()} if form else {}
    rows = []
    for question in asking.questions:
        choice, reason = fields.get(question.id, (None, None))
        rows.append(
            QuestionRow(
                question,
                tuple(asking.provisions[identifier] for identifier in question.provisions),
                tuple(_given(question.id, *one) for one in told),
                question.hints[asked] if asked else None,
                choice,
                reason,
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as people read it: what it says where answers do not go together, and after which provisions."""

    finding: ReadableFinding
    stops: bool
    provisions: tuple[Provision, ...]


def rule_rows() -> list[RuleRow]:
    """Every rule, those that stop a decision first."""
    rows = []
    for rule in RULES:
        entry = FINDINGS[rule.stop_code if rule.stops else rule.code]
        finding = entry.found({"rule": rule.id, "provisions": ""})
        rows.append(RuleRow(readable(finding), rule.stops, tuple(PROVISIONS_BY_ID[one] for one in rule.provisions)))
    return sorted(rows, key=lambda row: not row.stops)


def _given(question_id: str, side: Side, assessment: Assessment | None, asked_in: Shown) -> GivenAnswer:
    answer = assessment.answers.get(question_id) if assessment else None
    question = asked_in.words.question(question_id)
    choice = question.choice(answer.choice) if answer and question else None
    if answer is None or choice is None:
        return GivenAnswer(SIDE_LABELS[side], "idle", None, "")
    return GivenAnswer(SIDE_LABELS[side], STATUS_OF[choice.bearing], choice.label, answer.reason, asked_in.frozen)
