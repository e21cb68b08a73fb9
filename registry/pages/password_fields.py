"""The fields in which a new password is chosen, wherever that is.

Which passwords may be chosen is judged by `passwords.objection`, not here: a bound in the form would become a
``maxlength``, with which browsers cut off what is pasted without a word.
"""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import EqualTo

from registry.web.forms import required


def new_password() -> PasswordField:
    return PasswordField(
        _l("New password"),
        [required(_l("Write a new password."))],
        description=_l(
            "At least 12 characters; several words are good. Not your name, and nothing that many others choose."
        ),
        render_kw={"autocomplete": "new-password"},
    )


def password_again() -> PasswordField:
    return PasswordField(
        _l("New password again"),
        [EqualTo("new", _l("The two are not the same."))],
        render_kw={"autocomplete": "new-password"},
    )
