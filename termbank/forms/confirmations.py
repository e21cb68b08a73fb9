"""The list of a region's statements that is ticked."""

from flask_babel import lazy_gettext as _l

from registry.web.forms import CheckBoxesField, Form


class ConfirmForm(Form):
    """The statements that still hold, each as it was seen (`ToConfirm.stamp`)."""

    statements = CheckBoxesField(_l("Statements that still hold"), validate_choice=False)
