"""The form that every form is: protected against forgery, with messages in the reader's language."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectMultipleField, validators
from wtforms.widgets import CheckboxInput, ListWidget

from registry.i18n import current_language


class AsOnThePage:
    """Fields in the order that the page shows them in, which the error summary follows.

    That is the order of their definition, but for the names in ``first`` and ``last``: what a base class defines comes
    before what its subclasses do, and may stand elsewhere on the page.
    """

    first: ClassVar[tuple[str, ...]] = ()
    last: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self._fields  # type: ignore[has-type]
        moved = (*self.first, *self.last)
        order = [*self.first, *(name for name in fields if name not in moved), *self.last]
        self._fields = {name: fields[name] for name in order if name in fields}


class Form(AsOnThePage, FlaskForm):
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

        def render_field(self, field, render_kw):  # type: ignore[no-untyped-def]
            """Without ``maxlength``, with which browsers cut off what is pasted without a word; the form says what is too long."""
            return super().render_field(field, {"maxlength": False, **render_kw})


_WHOLE_NUMBER = re.compile(r"\s*[-+]?[0-9]{1,9}\s*")


def whole_number(text: str) -> int:
    """A whole number that a column can hold. Raises ``ValueError`` for anything else.

    >>> whole_number(" 12 ")
    12
    >>> whole_number("9" * 400)
    Traceback (most recent call last):
    ValueError: not a whole number of at most nine digits
    """
    if not _WHOLE_NUMBER.fullmatch(text):
        raise ValueError("not a whole number of at most nine digits")
    return int(text)


class WholeNumberField(IntegerField):
    """A field for a whole number of at most nine digits; a longer one is told as no number, whatever bounds it has."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata([text if _WHOLE_NUMBER.fullmatch(text) else "" for text in valuelist])


class CheckBoxesField(SelectMultipleField):
    """Check boxes: several may be chosen."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AskedWithin(validators.Optional):
    """An empty field is left, and whether it may be is for the form to say: it depends on what is answered elsewhere, so that the
    page does not call the field optional."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}


def required(message: str | None = None) -> validators.InputRequired:
    """The field must be filled in; say what is missing in ``message``."""
    return validators.InputRequired(message or _l("Fill in this field."))


def said_of_found(number: int) -> str:
    """What a form says where something was sought that can then be chosen in it."""
    if not number:
        return str(_("Nothing more was found."))
    return str(ngettext("One was found, and can be chosen.", "%(num)d were found, and can be chosen.", number))
