"""The form of a concept scheme."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from registry.findings import Text
from registry.web.forms import Form, required
from termbank.concepts.concept import TEXT_LENGTH
from termbank.concepts.schemes import Scheme
from termbank.concepts.wordings import tag
from termbank.forms.fields import tidy, web_address


class SchemeForm(Form):
    """What a scheme says of all its concepts."""

    title_sv = StringField(_l("Title in Swedish"), [required(_l("Write the title.")), Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
    description_sv = TextAreaField(_l("Description in Swedish"), [Optional(), Length(max=TEXT_LENGTH)])
    description_en = TextAreaField(_l("Description in English"), [Optional(), Length(max=TEXT_LENGTH)])
    languages = StringField(
        _l("Languages"),
        [Optional(), Length(max=300)],
        description=_l("Tags with blanks between: sv en fi, for example."),
    )
    licence = StringField(
        _l("Licence"), [Optional(), Length(max=1000), web_address], description=_l("The address of its text.")
    )
    base = StringField(
        _l("Beginning of the concepts' IRIs"),
        [Optional(), Length(max=500), web_address],
        description=_l("Only where the concepts have IRIs of their own. Otherwise they get those of the registry."),
    )
    reason = TextAreaField(
        _l("Why this version?"),
        [Optional(), Length(max=TEXT_LENGTH)],
        description=_l("Shown to the one who decides, and in the history."),
    )

    def validate_base(self, field: Any) -> None:
        if field.data and not field.data.strip().endswith(("/", "#")):
            raise ValidationError(_("It ends with / or #, and the concepts' ids are added after it."))

    def scheme(self) -> Scheme:
        """What the form says, as a scheme. Call it when the form has validated."""
        return Scheme(
            slug="",
            title=Text(tidy(self.title_sv.data), tidy(self.title_en.data)),
            description=Text(tidy(self.description_sv.data), tidy(self.description_en.data)),
            languages=tuple(dict.fromkeys(map(tag, (self.languages.data or "").replace(",", " ").split()))),
            licence=tidy(self.licence.data),
            base=tidy(self.base.data),
        )


def scheme_data(scheme: Scheme) -> dict[str, str]:
    """What `SchemeForm` begins with for an existing scheme."""
    return {
        "title_sv": scheme.title.sv,
        "title_en": scheme.title.en,
        "description_sv": scheme.description.sv,
        "description_en": scheme.description.en,
        "languages": " ".join(scheme.languages),
        "licence": scheme.licence,
        "base": scheme.base,
    }
