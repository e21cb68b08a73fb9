"""How far a reviewer has come with a decision: what is answered, and what is left, as links to the fields. Rows of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from registry.findings import Finding, Severity
from registry.reasons import says_something
from submission_portal.legal_desk.forms import TableDecisionForm


@dataclass(frozen=True, slots=True)
class Step:
    """Something to fill in: where on the page, what it is called, and whether it is done. A refusal needs no questions."""

    field: str
    name: str
    is_done: bool
    is_question: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """``steps`` in the order of the page, the questions first."""

    steps: tuple[Step, ...]
    answered: int
    questions: int
    lets_nothing_through: bool

    @property
    def is_filled_in(self) -> bool:
        return all(one.is_done or (one.is_question and self.lets_nothing_through) for one in self.steps)


def progress_of(form: TableDecisionForm, findings: Sequence[Finding]) -> Progress:
    """Where a form stands, by what holding its answers against the questions and rules found."""
    fields = {place.field for finding in findings for place in finding.places if place.field}
    questions = [
        Step(choice.id, _("question %(number)s", number=number), question.id not in fields, is_question=True)
        for number, (question, choice, _reason) in enumerate(form.question_fields(), start=1)
    ]
    replies = [
        Step(form.reply_field(one).id, _("how answers go together"), is_done=False, is_question=True)
        for one in findings
        if one.severity is Severity.QUESTION and not one.places
    ]
    own = [
        Step(form.outcome.id, _("the decision"), bool(form.outcome.data), is_question=False),
        Step(form.reason.id, _("the reasons"), says_something(form.reason.data or ""), is_question=False),
    ]
    answered = len([one for one in questions if one.is_done])
    return Progress((*replies, *questions, *own), answered, len(questions), form.lets_nothing_through())
