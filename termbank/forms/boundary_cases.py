"""The forms of boundary cases: a round, a case in it, sending it out, answering it, and explaining disagreement."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from registry import clock
from registry.web.forms import Form, required
from termbank.concepts.concept import TEXT_LENGTH
from termbank.forms.fields import lines, tidy

COUNT_LENGTH = 40


class WaysForm(Form):
    """The ways of counting that a round tries."""

    ways = TextAreaField(
        _l("Ways of counting"),
        [Optional(), Length(max=TEXT_LENGTH)],
        description=_l(
            "One on each line, such as “at 06:00” and “at midnight”, to see them side by side. Leave the field empty "
            "for one way: what the wording says."
        ),
    )
    most: int

    def validate_ways(self, field: Any) -> None:
        if len(lines(field.data)) > self.most:
            raise ValidationError(_("At most %(number)s ways of counting.", number=self.most))
        if any(len(line) > COUNT_LENGTH * 2 for line in lines(field.data)):
            raise ValidationError(_("At most %(number)s characters on a line.", number=COUNT_LENGTH * 2))


class CaseForm(Form):
    """A case; the fields for the author's counts are added by `with_counts`."""

    last = ("reason",)

    started_from = HiddenField()

    text = TextAreaField(
        _l("The case"),
        [required(_l("Write what happens in the case.")), Length(max=TEXT_LENGTH)],
        description=_l("A short made-up situation with everything that is needed to count. Never a real patient."),
    )
    reason = TextAreaField(
        _l("Why you would count so"),
        [Optional(), Length(max=TEXT_LENGTH)],
        description=_l("Regions see it when they have sent their own answers."),
    )


class OpenForm(Form):
    """Until when the regions may answer."""

    closes_on = DateField(
        _l("Last day for answers"),
        [required(_l("Choose the last day."))],
        description=_l("The day is included, Swedish time."),
    )

    def validate_closes_on(self, field: Any) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError(_("The day has passed. Choose today or a later one."))


class ExplanationForm(Form):
    """Why a wording is decided on although regions count differently by it."""

    reason = TextAreaField(
        _l("Why is the wording decided on all the same?"),
        [required(_l("Write why.")), Length(max=TEXT_LENGTH)],
        description=_l("Everybody reads it, beside the answers."),
    )


class AnswersForm(Form):
    """A region's counts; two fields for each case are added by `with_answers`."""

    organisation = SelectField(_l("Region"), [required(_l("Choose the region."))])
    started_from = HiddenField()


def with_counts(ways: Sequence[str]) -> type[CaseForm]:
    """`CaseForm` with a field for the author's count by each way of counting (``count_0`` …)."""
    fields = {f"count_{place}": _count(_("Your count: %(way)s", way=way)) for place, way in enumerate(ways)}
    return type("CaseFormFor", (CaseForm,), fields)


def with_answers(ways: Sequence[str], cases: Sequence[int]) -> type[AnswersForm]:
    """`AnswersForm` with fields ``count_<case>_<way>`` and ``reason_<case>`` for cases, by their numbers."""
    fields: dict[str, Any] = {}
    for case in cases:
        for place, way in enumerate(ways):
            fields[f"count_{case}_{place}"] = _count(_("Case %(number)s, %(way)s", number=case, way=way))
        fields[f"reason_{case}"] = StringField(_("Case %(number)s, why", number=case), [Optional(), Length(max=1000)])
    return type("AnswersFormFor", (AnswersForm,), fields)


def counts_of(form: Form, names: Sequence[str]) -> tuple[str, ...]:
    """What was counted in fields of a form, without blanks that nobody sees."""
    return tuple(tidy(form[name].data) for name in names)


def _count(label: str) -> StringField:
    return StringField(label, [Optional(), Length(max=COUNT_LENGTH)])
