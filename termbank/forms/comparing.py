"""The form of a region's answer on differences."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from registry.web.forms import CheckBoxesField, Form, required

ANSWER_LENGTH = 2_000


class DifferencesForm(Form):
    """Which differences are answered, and what."""

    differences = CheckBoxesField(_l("Differences that are answered"), validate_choice=False)
    text = TextAreaField(
        _l("The answer of the region"),
        [required(_l("Write the answer.")), Length(max=ANSWER_LENGTH)],
        description=_l(
            "It stands beside each difference that is ticked, and everybody can read it. It cannot be changed."
        ),
    )
