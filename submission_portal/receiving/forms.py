"""The form with which a delivery is taken back."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from registry.web.forms import Form


class WithdrawForm(Form):
    """Why a delivery is taken back. Drafts need no reason, and are not asked for one."""

    reason = TextAreaField(
        _l("Why?"),
        [Length(max=2000)],
        description=_l("The recipient reads it. Write nothing about individuals."),
    )
    revision = HiddenField()
