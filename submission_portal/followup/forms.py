"""The follow-up's forms."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from information_models.measures import Measure
from legal_checks.personal_data import has_number
from registry.directions import misdirection_in
from registry.i18n import current_language
from registry.identity.tables import Organisation
from registry.web.forms import CheckBoxesField, Form, required
from registry.web.problems import readable
from submission_portal.followup.services import LONGEST_NOTE
from submission_portal.followup.standpoints import LONGEST_REASON
from submission_portal.followup.tables import Stance


def fit_for_everybody(_form: Form, field: Field) -> None:
    """The text is shown to everybody, so it may hold no personal identity number, and must be read as it is written."""
    if has_number(field.data or ""):
        raise ValidationError(gettext("The text holds a personal identity number. Remove it."))
    if (finding := misdirection_in(field.data or "")) is not None:
        raise ValidationError(readable(finding).in_full)


def needed_to_object(form: Form, field: Field) -> None:
    if form.stance.data == Stance.OBJECT and not (field.data or "").strip():
        raise ValidationError(gettext("Write the reasons."))


def _in_swedish() -> TextAreaField:
    return TextAreaField(
        _l("What changed, in Swedish"),
        description=_l("Readers see this beside the break. Name no persons."),
        validators=[
            DataRequired(message=_l("Write in a few words what changed.")),
            Length(max=LONGEST_NOTE),
            fit_for_everybody,
        ],
    )


def _in_english() -> TextAreaField:
    return TextAreaField(
        _l("What changed, in English"), validators=[Optional(), Length(max=LONGEST_NOTE), fit_for_everybody]
    )


class SourceChangeForm(Form):
    """A region declares that a measure has a new source, or is measured in a new way."""

    region = SelectField(_l("Region"), validators=[DataRequired(message=_l("Choose a region."))])
    changed_on = DateField(
        _l("First day of the new"),
        description=_l("The first day whose figures come from the new system or were measured in the new way."),
        validators=[DataRequired(message=_l("State the first day, for example 2026-03-01."))],
    )
    note_sv = _in_swedish()
    note_en = _in_english()

    def __init__(self, regions: Sequence[Organisation], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.region.choices = [(one.id, one.name.in_language(current_language())) for one in regions]


class ChangedAnswerForm(Form):
    """A change of source that a changed answer about an export is: declared for several measures at once."""

    measures = CheckBoxesField(
        _l("Measures whose series is broken"),
        validators=[required(_l("Tick at least one measure, or leave the page."))],
        description=_l("Those whose figures come from what was answered in another way."),
    )
    changed_on = DateField(
        _l("First day of the new"),
        description=_l("The first day that was read with the new answers."),
        validators=[DataRequired(message=_l("State the first day, for example 2026-03-01."))],
    )
    note_sv = _in_swedish()
    note_en = _in_english()

    def __init__(self, measures: Sequence[Measure], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.measures.choices = [(one.slug, one.title.in_language(current_language())) for one in measures]


class StandpointForm(Form):
    """What a region says to a table that is open without a decision."""

    stance = RadioField(
        _l("What the region thinks"),
        [required(_l("Choose whether the region accepts it."))],
        choices=[
            (Stance.ACCEPT, _l("Accepts that it is open to everybody")),
            (Stance.OBJECT, _l("Objects to its being open to everybody")),
        ],
    )
    reason = TextAreaField(
        _l("Reasons"),
        [Length(max=LONGEST_REASON), needed_to_object],
        description=_l("Needed for an objection. Read by the region's people and by the recipient's reviewers."),
    )


class WithdrawForm(Form):
    """A button with forgery protection, and nothing else."""
