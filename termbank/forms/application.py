"""The form of a region's statement on how it applies a wording."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional

from registry.findings import Language, Text
from registry.provenance import Provenance
from registry.web.forms import Form, required
from termbank.applications.questions import Question
from termbank.applications.statement import (
    ANSWER_TEXTS,
    MEASURING_LENGTH,
    NO_WORDS,
    TIME_OF_DAY,
    Answer,
    Answered,
    Application,
    Decision,
)
from termbank.concepts.concept import (
    TEXT_LENGTH,
)
from termbank.forms.fields import tidy, web_address


class ApplicationForm(Form):
    """How a region applies a wording; the questions of the concept are added by `application_form`."""

    organisation = SelectField(_l("Region"), [required(_l("Choose the region."))])
    valid_from = DateField(
        _l("Applies from"), [Optional()], description=_l("The first day. Leave it empty if nobody knows since when.")
    )
    valid_to = DateField(
        _l("Applies until"), [Optional()], description=_l("The last day. Leave it empty while it goes on.")
    )
    measuring_time = StringField(
        _l("Time of day when it is counted"),
        [Optional(), Length(max=20)],
        description=_l("Hours and minutes, 06:00 for example. Leave it empty if it is not counted at a certain time."),
    )
    source_system = StringField(
        _l("Source system"),
        [Optional(), Length(max=MEASURING_LENGTH)],
        description=_l("The system that the counts are taken from."),
    )
    answered_by = StringField(
        _l("Who answers for the facts"),
        [Optional(), Length(max=MEASURING_LENGTH)],
        description=_l("A unit or a function in the region. Never the name of a person."),
    )
    decision_body = StringField(
        _l("Who decided"), [Optional(), Length(max=300)], description=_l("The body of the region, and the paragraph.")
    )
    decision_date = DateField(_l("Date of the decision"), [Optional()])
    decision_number = StringField(_l("Registry number"), [Optional(), Length(max=100)])
    decision_url = StringField(_l("Address of the decision"), [Optional(), Length(max=1000), web_address])
    reason = TextAreaField(
        _l("Why is it stated now?"),
        [Optional(), Length(max=TEXT_LENGTH)],
        description=_l("Shown to the one who decides, and in the history."),
    )

    questions: tuple[Question, ...] = ()
    language: Language = "sv"

    def validate_measuring_time(self, field: Any) -> None:
        if field.data and not TIME_OF_DAY.fullmatch(time_of_day(field.data)):
            raise ValidationError(_("Write hours and minutes, 06:00 for example."))

    def validate_valid_to(self, field: Any) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError(_("The last day is before the first."))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        for question in self.questions:
            answer, words = self.answer_fields(question)
            if answer.data == Answer.PARTLY.value and not (words.data or "").strip():
                asked = question.text.in_language(self.language)
                words.errors = [*words.errors, _("Write what applies and what does not: %(question)s", question=asked)]
                is_valid = False
        answers = [self.answer_fields(question)[0].data for question in self.questions]
        if is_valid and all(answer == Answer.NOT_STATED.value for answer in answers):
            self.form_errors.append(_("Answer at least one question; otherwise there is nothing to state."))
            is_valid = False
        return is_valid

    def answer_fields(self, question: Question) -> tuple[Any, Any]:
        name = _field_name(question)
        return self[f"answer_{name}"], self[f"words_{name}"]

    def application(
        self,
        concept: str,
        concept_version: str,
        term: Text,
        region: str,
        provenance: Provenance,
        before: Application | None = None,
        *,
        question_set: str = "",
    ) -> Application:
        """What the form says, as a statement. Call it when the form has validated.

        A region writes in Swedish; the English of ``before`` is kept for words that are the same.
        """
        english = _english_of(before)
        decided = any(
            (self.decision_body.data, self.decision_date.data, self.decision_number.data, self.decision_url.data)
        )
        answers = []
        for question in self.questions:
            answer, words = self.answer_fields(question)
            said = tidy(words.data)
            answers.append(
                Answered(
                    question.id,
                    Answer(answer.data),
                    Text(said, english.get(said, said)),
                    question.text if question_set else NO_WORDS,
                )
            )
        body = tidy(self.decision_body.data)
        return Application(
            concept=concept,
            concept_version=concept_version,
            term=term,
            region=region,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            answers=tuple(answers),
            decision=Decision(
                Text(body, body),
                self.decision_date.data,
                tidy(self.decision_number.data),
                tidy(self.decision_url.data),
            )
            if decided
            else None,
            provenance=provenance,
            question_set=question_set,
            measuring_time=time_of_day(self.measuring_time.data),
            source_system=tidy(self.source_system.data),
            answered_by=tidy(self.answered_by.data),
        )


def application_form(questions: tuple[Question, ...], language: Language) -> type[ApplicationForm]:
    """`ApplicationForm` with an answer and the region's own words for each question."""
    fields: dict[str, Any] = {"questions": questions, "language": language}
    for question in questions:
        name = _field_name(question)
        fields[f"answer_{name}"] = RadioField(
            question.text.in_language(language),
            [required(_("Choose an answer: %(question)s", question=question.text.in_language(language)))],
            choices=[(answer.value, text.in_language(language)) for answer, text in ANSWER_TEXTS.items()],
            description=question.source.in_language(language),
        )
        fields[f"words_{name}"] = StringField(_("In your own words"), [Optional(), Length(max=1000)])
    return type("ApplicationFormFor", (ApplicationForm,), fields)


def application_data(application: Application) -> dict[str, Any]:
    """What the form begins with for an existing statement."""
    decision = application.decision
    data: dict[str, Any] = {
        "valid_from": application.valid_from,
        "valid_to": application.valid_to,
        "measuring_time": application.measuring_time,
        "source_system": application.source_system,
        "answered_by": application.answered_by,
        "decision_body": decision.body.sv if decision else "",
        "decision_date": decision.date if decision else None,
        "decision_number": decision.registry_number if decision else "",
        "decision_url": decision.url if decision else "",
    }
    return data | answered_data({one.question: (one.answer.value, one.text.sv) for one in application.answers})


def answered_data(answers: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """What the form begins with for answers with the region's own words, by question."""
    data: dict[str, Any] = {}
    for question, (answer, words) in answers.items():
        name = question.replace("-", "_")
        data[f"answer_{name}"], data[f"words_{name}"] = answer, words
    return data


def time_of_day(written: str | None) -> str:
    """A time of day as it is kept; what cannot be read as one is given back.

    >>> time_of_day(" 6.00 "), time_of_day("kl 06")
    ('06:00', 'kl 06')
    """
    said = (written or "").strip()
    parts = re.fullmatch(r"(\d{1,2})[.:](\d{2})", said)
    return f"{int(parts[1]):02}:{parts[2]}" if parts else said


def _english_of(before: Application | None) -> dict[str, str]:
    if before is None:
        return {}
    texts = [one.text for one in before.answers] + ([before.decision.body] if before.decision else [])
    return {text.sv: text.en for text in texts if text.en}


def _field_name(question: Question) -> str:
    return question.id.replace("-", "_")
