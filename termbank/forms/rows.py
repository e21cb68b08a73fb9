"""The rows of the concept's form: terms with what is said of them, notes, relations, chosen senses."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.validators import Length, NumberRange, Optional, Regexp

from registry.content.shapes import LANGUAGE_TAG
from termbank.concepts.concept import TERM_LENGTH, TEXT_LENGTH
from termbank.forms.fields import web_address
from termbank.notions import MAPPINGS, RelationKind, TermStatus

STATUS_LABELS = {
    TermStatus.PREFERRED: _l("recommended"),
    TermStatus.ADMITTED: _l("permitted"),
    TermStatus.DEPRECATED: _l("advised against"),
    TermStatus.HIDDEN: _l("only found by searching"),
}
MAPPING_LABELS = {
    RelationKind.EXACT: _l("the same concept"),
    RelationKind.CLOSE: _l("nearly the same concept"),
    RelationKind.BROAD: _l("a wider concept"),
    RelationKind.NARROW: _l("a narrower concept"),
    RelationKind.RELATED: _l("a related concept"),
}


class TermForm(PlainForm):
    """One term with everything that can be said of it."""

    text = StringField(_l("Term"), [Optional(), Length(max=TERM_LENGTH)])
    language = StringField(
        _l("Language"),
        [Optional(), Regexp(LANGUAGE_TAG, message=_l("Write a language tag, sv or se for example."))],
        description=_l("As a tag: sv, en, fi, se. Empty where no language is meant."),
    )
    status = SelectField(
        _l("Status"),
        choices=[(one.value, label) for one, label in STATUS_LABELS.items()],
        default=TermStatus.PREFERRED.value,
    )
    homograph = IntegerField(
        _l("Homograph number"), [Optional(), NumberRange(1, 99)], description=_l("Tells apart terms that look alike.")
    )
    abbreviation = BooleanField(_l("An abbreviation"))
    grammar = StringField(_l("Grammar"), [Optional(), Length(max=120)])
    source = StringField(_l("Source"), [Optional(), Length(max=300)])


class NoteForm(PlainForm):
    """One note, one example, or one problem of interpretation."""

    sv = TextAreaField(_l("In Swedish"), [Length(max=TEXT_LENGTH)])
    en = TextAreaField(_l("In English"), [Length(max=TEXT_LENGTH)])
    source = StringField(_l("Source"), [Optional(), Length(max=300)])
    url = StringField(_l("Address of the source"), [Optional(), Length(max=1000), web_address])

    def validate_sv(self, field: Any) -> None:
        if not field.data and not self.en.data and (self.source.data or self.url.data):
            raise ValidationError(_("Write the note that has this source."))


class ContestedForm(PlainForm):
    """A concept whose relation to this one is applied differently."""

    concept = StringField(_l("Concept"), [Optional(), Length(max=TERM_LENGTH)])
    sv = StringField(_l("What is applied differently, in Swedish"), [Optional(), Length(max=TEXT_LENGTH)])
    en = StringField(_l("What is applied differently, in English"), [Optional(), Length(max=TEXT_LENGTH)])
    source = StringField(_l("Source"), [Optional(), Length(max=300)])


class MappingForm(PlainForm):
    """A concept of another scheme or another vocabulary that this one corresponds to."""

    kind = SelectField(
        _l("Corresponds to"),
        choices=[(kind.value, MAPPING_LABELS[kind]) for kind in MAPPINGS],
        default=RelationKind.CLOSE.value,
    )
    concept = StringField(
        _l("Concept"), [Optional(), Length(max=1000)], description=_l("A term of the term bank, or an address (IRI).")
    )


class PickForm(PlainForm):
    """A word of a definition that several concepts bear, and the concept that is meant."""

    language = HiddenField()
    words = HiddenField()
    concept = SelectField(_l("Concept that is meant"), choices=[], validate_choice=False)
