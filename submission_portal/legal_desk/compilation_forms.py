"""The forms with which a legal reviewer opens a compilation, keeps it closed, or ends what was decided."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from registry.web.forms import CheckBoxesField, Form, WholeNumberField, required
from submission_portal.followup.compilations.deciding import OLDEST
from submission_portal.followup.compilations.tables import Outcome
from submission_portal.legal_questions.question_forms import QuestionForm


class CompilationForm(QuestionForm):
    """What of a view is opened, and why; or that it stays closed."""

    outcome = RadioField(
        _l("Decision"),
        [required(_l("Choose a decision."))],
        choices=[(Outcome.OPEN.value, _l("Open it")), (Outcome.KEEP_CLOSED.value, _l("Keep it closed"))],
    )
    regions = CheckBoxesField(
        _l("Regions"), description=_l("The decision opens these regions and no others. Each reads its own in any case.")
    )
    least_age = WholeNumberField(
        _l("Days since the period ended, at least"),
        [Optional(), NumberRange(0, OLDEST)],
        description=_l("0 opens the newest periods too."),
    )
    valid_until = DateField(
        _l("Last day"), [Optional()], description=_l("Leave it empty to open it until somebody decides otherwise.")
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write the reasons.")), Length(max=5000)],
        description=_l("Required. Kept with the decision."),
    )
    refusals = (Outcome.KEEP_CLOSED.value,)

    @classmethod
    def with_regions(cls, regions: Sequence[tuple[str, str]], **arguments: Any) -> "CompilationForm":
        """A form whose regions, (code, name), may be chosen."""
        form = cls(**arguments)
        form.regions.choices = list(regions)
        return form


class EndForm(Form):
    """End the decision that stands on a view."""

    reason = TextAreaField(_l("Reasons"), [required(_l("Write the reasons.")), Length(max=5000)])


OUTCOME_HINTS: Mapping[str, Any] = {
    Outcome.OPEN.value: _l("Exactly what is named here. It takes the place of what was decided before."),
    Outcome.KEEP_CLOSED.value: _l(
        "Each region reads its own figures. The task is done until somebody takes it up again."
    ),
}
