"""The form that every form is: protected against forgery, with messages in the reader's language."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import validators

from registry.i18n import current_language


class Form(FlaskForm):
    """Base of all forms. A subclass declares fields; `registry/web/templates/components` renders them.

    ``ids`` goes before the ids of the fields (not their names), where a page has several forms with fields of one name.
    """

    def __init__(self, *args: Any, ids: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            field.id = ids + field.id

    class Meta(FlaskForm.Meta):
        def get_translations(self, form):  # type: ignore[no-untyped-def]
            self.locales = [current_language()]
            from wtforms.i18n import get_translations

            return get_translations(self.locales)


def required(message: str | None = None) -> validators.InputRequired:
    """The field must be filled in; say what is missing in ``message``."""
    return validators.InputRequired(message or _l("Fill in this field."))
