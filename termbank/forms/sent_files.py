"""What forms have in common in which a file of concepts is sent in."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField

from registry.web.forms import Form


class SentFileForm(Form):
    """A file, and what its sender answers where it may have numbers of persons in it."""

    file = FileField(_l("File"))
    looked = BooleanField(
        _l("I have looked: they are no numbers of persons"),
        description=_l("Choose the file again. That you said so is recorded."),
    )
    is_asked = False
    """Whether the question was asked: the answer has its place on the page then."""
