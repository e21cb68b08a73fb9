"""The form with which a legal reviewer decides about a table."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length

from registry.web.forms import required
from submission_portal.legal_desk.services import PUBLISH, REFUSE
from submission_portal.legal_questions.question_forms import QuestionForm


class TableDecisionForm(QuestionForm):
    """Publish as it is hidden, or refuse."""

    outcome = RadioField(
        _l("Decision"),
        [required(_l("Choose a decision."))],
        choices=[(PUBLISH, _l("Publish as it is hidden")), (REFUSE, _l("Refuse"))],
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write the reasons.")), Length(max=5000)],
        description=_l("Required. Kept with the table."),
    )
    refusals = (REFUSE,)
