"""The forms of an import: which file, and what the change set that comes of it is called."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Length

from registry.items.change_sets.writing import LONGEST_TITLE
from registry.web.forms import Form, required
from termbank.exchange.reading.files import ACCEPTED
from termbank.forms.sent_files import SentFileForm


class ImportForm(SentFileForm):
    """A file whose concepts are to be read."""

    file = FileField(
        _l("File"),
        description=_l("SKOS or SKOS-XL (Turtle, RDF/XML, JSON-LD, N-Triples), TBX, or the table as Excel or CSV."),
        render_kw={"accept": ",".join(ACCEPTED)},
    )
    whole = BooleanField(
        _l("The file is the whole scheme"),
        description=_l("Concepts that it does not mention are then proposed for withdrawal."),
    )


class MakeSetForm(Form):
    """What was told of a file becomes a change set."""

    title = StringField(
        _l("Name of the change set"),
        [required(_l("Write a name.")), Length(max=LONGEST_TITLE)],
        description=_l("What the changes are about together, in a few words."),
    )
    seen = HiddenField()
    """What was told, as a hash: nothing else is done."""
