"""The control questions as form fields, the same on every page where somebody answers them.

A form class that mixes in `QuestionForm` has for each question a choice and a reason, and for each rule a reply that is
shown only when the rule has asked. `ask` puts an assessment's findings on the fields they concern.
"""

from collections.abc import Callable, Iterator, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import Length, Optional

from legal_checks.finding_texts import FINDINGS
from legal_checks.secrecy.assessment import Assessment
from legal_checks.secrecy.questions import QUESTIONS, Question
from legal_checks.secrecy.rules import RULES, STOP_CODES, Answer
from registry.finding_catalogue import AnswerKind
from registry.findings import Finding, Severity
from registry.i18n import read
from registry.web.forms import Form
from registry.web.problems import readable
from submission_portal.legal_questions.answers import LONGEST_REASON


class QuestionForm(Form):
    """Base of forms with the control questions; the fields are added below, one pair for each question.

    ``refusals`` are the outcomes that need no answers: until one of them is chosen, a page that stops for another field
    tells what is left of the questions as well, so that nobody mends one round of errors to meet the next.
    """

    refusals: tuple[str, ...] = ()

    def lets_nothing_through(self) -> bool:
        return self["outcome"].data in self.refusals

    def question_fields(self) -> Iterator[tuple[Question, Field, Field]]:
        """Each question with its choice and its reason, in order."""
        for question in QUESTIONS:
            yield question, self[f"q_{question.id}"], self[f"q_{question.id}_reason"]

    def answers(self) -> dict[str, Answer]:
        """What was answered; questions without a choice are left out."""
        return {
            question.id: Answer(choice.data, (reason.data or "").strip())
            for question, choice, reason in self.question_fields()
            if choice.data
        }

    def replies(self) -> dict[str, str]:
        """What was replied to the rules that asked, by finding code."""
        return {rule.code: text for rule in RULES if (text := (self[reply_name(rule.code)].data or "").strip())}

    def fill_answers(self, assessment: Assessment) -> None:
        """Fill in what was answered and replied before, to be read through and changed; what is chosen already stays."""
        for question, choice, reason in self.question_fields():
            given = assessment.answers.get(question.id)
            if given is not None and not choice.data:
                choice.data, reason.data = given.choice, given.reason
        for result in assessment.results:
            if result.reply:
                self[reply_name(result.code)].data = result.reply

    def reply_field(self, finding: Finding) -> Field:
        """Where a rule that has asked is replied to."""
        return self[reply_name(finding.code)]

    def ask(self, findings: Sequence[Finding]) -> list[Finding]:
        """Put what is left to answer, and what stops, on the fields; gives back the rules' questions, each with a reply field."""
        for question, choice, reason in self.question_fields():
            choice.summary_label = reason.summary_label = read(question.text)
        for finding in findings:
            if finding.code in STOP_CODES:
                self._stop(finding)
                continue
            for place in finding.places:
                is_choice = FINDINGS.of(finding).answer is AnswerKind.CHOICE
                name = f"q_{place.field}" if is_choice else f"q_{place.field}_reason"
                if name in self:
                    text = _l("Choose an answer.") if is_choice else _l("Write the reason for this answer.")
                    self[name].errors = [*self[name].errors, text]
        asked = [finding for finding in findings if finding.severity is Severity.QUESTION]
        for finding in asked:
            field = self.reply_field(finding)
            field.summary_label = readable(finding).title
            field.errors = [*field.errors, _l("Say how the answers fit together, or change one of them.")]
        return asked

    def _stop(self, finding: Finding) -> None:
        """Say at the first of the questions that contradict each other what cannot be decided, and why."""
        for place in finding.places[:1]:
            choice = self[f"q_{place.field}"]
            choice.errors = [*choice.errors, readable(finding).in_full]


def reply_name(code: str) -> str:
    """The name of the reply field for a finding code.

    >>> reply_name("SEC-101")
    'reply_sec_101'
    """
    return "reply_" + code.lower().replace("-", "_")


def _choices(question: Question) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [(choice.value, read(choice.label)) for choice in question.choices]


# In the order of the page: what rules ask stands before the questions.
for _rule in RULES:
    setattr(
        QuestionForm,
        reply_name(_rule.code),
        TextAreaField(_l("Your reply"), validators=[Optional(), Length(max=LONGEST_REASON)]),
    )
for _question in QUESTIONS:
    setattr(
        QuestionForm,
        f"q_{_question.id}",
        RadioField(choices=_choices(_question), validators=[Optional()], validate_choice=False),
    )
    setattr(
        QuestionForm,
        f"q_{_question.id}_reason",
        TextAreaField(_l("Reason"), validators=[Optional(), Length(max=LONGEST_REASON)]),
    )
