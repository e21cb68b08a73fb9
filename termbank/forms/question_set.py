"""The form of the questions on how a wording is applied: one row for each."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, StringField, TextAreaField, ValidationError
from wtforms import Form as PlainForm
from wtforms.validators import Length, Optional

from registry.findings import Text
from registry.web.forms import Form
from termbank.applications.question_sets import MOST_QUESTIONS, QuestionSet, free_id
from termbank.applications.questions import Question
from termbank.concepts.concept import TEXT_LENGTH, slug_of
from termbank.forms.fields import tidy

EMPTY_ROWS = 2


class QuestionForm(PlainForm):
    """One question. An empty text leaves it out."""

    id = HiddenField(validators=[Length(max=60)])
    sv = StringField(_l("Question in Swedish"), [Optional(), Length(max=500)])
    en = StringField(_l("Question in English"), [Optional(), Length(max=500)])
    source_sv = StringField(_l("Who asks, or why, in Swedish"), [Optional(), Length(max=500)])
    source_en = StringField(_l("Who asks, or why, in English"), [Optional(), Length(max=500)])

    def validate_sv(self, field: Any) -> None:
        if bool(tidy(field.data)) != bool(tidy(self.en.data)):
            raise ValidationError(_("Write the question in both languages."))


class QuestionSetForm(Form):
    """All questions on one wording."""

    questions = FieldList(FormField(QuestionForm), max_entries=MOST_QUESTIONS)
    reason = TextAreaField(
        _l("Why this version?"),
        [Optional(), Length(max=TEXT_LENGTH)],
        description=_l("Shown to the one who decides, and in the history."),
    )

    def add_rows(self) -> None:
        """A few empty rows after those that say something."""
        for _number in range(min(EMPTY_ROWS, MOST_QUESTIONS - len(self.questions))):
            self.questions.append_entry()

    def question_set(self, concept: str, term: Text, before: QuestionSet) -> QuestionSet:
        """What the form says. Call it when the form has validated."""
        return QuestionSet(concept, term, tuple(self._questions({one.id for one in before.questions})))

    def _questions(self, known: set[str]) -> Iterator[Question]:
        taken = set(known)
        given: set[str] = set()
        for row in self.questions:
            text = Text(tidy(row.sv.data), tidy(row.en.data))
            if not text.sv:
                continue
            kept = row.form.id.data
            id_ = kept if kept in known - given else free_id(slug_of(text.sv), taken)
            taken.add(id_)
            given.add(id_)
            yield Question(id_, text, Text(tidy(row.source_sv.data), tidy(row.source_en.data)))


def question_set_data(one: QuestionSet) -> dict[str, Any]:
    """What the form begins with: the questions as they are."""
    return {
        "questions": [
            {
                "id": question.id, "sv": question.text.sv, "en": question.text.en,
                "source_sv": question.source.sv, "source_en": question.source.en,
            }
            for question in one.questions
        ]
    }  # fmt: skip
