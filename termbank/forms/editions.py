"""The forms of editions: the file of somebody else's vocabulary, and what is said of it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from registry.findings import Text
from registry.web.forms import Form, required
from termbank.concepts.concept import TEXT_LENGTH
from termbank.editions.content import Edition, FileNamed, is_a_date
from termbank.forms.fields import tidy, web_address
from termbank.forms.sent_files import SentFileForm
from termbank.vocabularies.rdf_files import KINDS


class EditionFileForm(SentFileForm):
    """The file, and what its relative addresses are read against."""

    file = FileField(
        _l("File"),
        description=_l("SKOS as Turtle, RDF/XML, N-Triples or JSON-LD. It is read by itself; nothing is fetched."),
        render_kw={"accept": ",".join(KINDS)},
    )
    base = StringField(
        _l("Base of relative addresses"),
        [Optional(), Length(max=500), web_address],
        description=_l("Only where the file writes addresses in part, without their beginning."),
    )


class EditionForm(Form):
    """What is said of an edition, and decided with it."""

    title_sv = StringField(_l("Title in Swedish"), [Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
    description_sv = TextAreaField(_l("Description in Swedish"), [Optional(), Length(max=TEXT_LENGTH)])
    description_en = TextAreaField(_l("Description in English"), [Optional(), Length(max=TEXT_LENGTH)])
    source = StringField(_l("Published by"), [required(_l("Write who publishes the vocabulary.")), Length(max=500)])
    url = StringField(_l("Web address"), [Optional(), Length(max=1000), web_address])
    date = StringField(
        _l("Date of the edition"),
        [required(_l("Write the date of the edition.")), Length(max=10)],
        description=_l("A year, a year and month, or a day: 2026, 2026-03 or 2026-03-01."),
    )
    licence = StringField(
        _l("Licence"),
        [required(_l("Write the licence.")), Length(max=1000)],
        description=_l("Its name or its address: what allows the vocabulary to be shown here."),
    )
    reason = TextAreaField(
        _l("Why this version?"),
        [Optional(), Length(max=TEXT_LENGTH)],
        description=_l("Shown to the one who decides, and in the history."),
    )

    def validate_title_sv(self, _field: Any) -> None:
        if not tidy(self.title_sv.data) and not tidy(self.title_en.data):
            raise ValidationError(_("Write the title in Swedish or English."))

    def validate_date(self, field: Any) -> None:
        if field.data and not is_a_date(field.data.strip()):
            raise ValidationError(_("Write a year, a year and month, or a day: 2026, 2026-03 or 2026-03-01."))

    def edition(self, file: FileNamed, base: str) -> Edition:
        """What the form says, as an edition. Call it when the form has validated."""
        return Edition(
            file,
            Text(tidy(self.title_sv.data), tidy(self.title_en.data)),
            Text(tidy(self.description_sv.data), tidy(self.description_en.data)),
            tidy(self.source.data),
            tidy(self.url.data),
            tidy(self.date.data),
            tidy(self.licence.data),
            base,
        )


class AdoptForm(Form):
    """In which of our own schemes a mirrored concept is to be."""

    scheme = SelectField(_l("Concept scheme"), [required(_l("Choose the concept scheme."))], choices=[])


def edition_data(edition: Edition) -> dict[str, str]:
    """What `EditionForm` begins with for an edition."""
    return {
        "title_sv": edition.title.sv,
        "title_en": edition.title.en,
        "description_sv": edition.description.sv,
        "description_en": edition.description.en,
        "source": edition.source,
        "url": edition.url,
        "date": edition.date,
        "licence": edition.licence,
    }
