"""The form of a concept: everything that a version of it says."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.validators import Length, Optional

from registry.findings import Text
from registry.provenance import Provenance
from registry.swedish import folded
from registry.web.forms import Form, required
from termbank.concept_schema import Origin
from termbank.concepts import (
    TERM_LENGTH,
    TEXT_LENGTH,
    Concept,
    Contested,
    Note,
    Source,
    Terms,
    slug_of,
)
from termbank.forms.fields import lines, tidy, web_address

EMPTY_ROWS = 2


MOST_ROWS = 40


class NoteForm(PlainForm):
    """One note, or one problem of interpretation."""

    sv = TextAreaField(_l("In Swedish"), [Length(max=TEXT_LENGTH)])
    en = TextAreaField(_l("In English"), [Length(max=TEXT_LENGTH)])
    source = StringField(_l("Source"), [Optional(), Length(max=300)])
    url = StringField(_l("Address of the source"), [Optional(), Length(max=1000), web_address])

    def validate_sv(self, field: Any) -> None:
        if not field.data and (self.en.data or self.source.data or self.url.data):
            raise ValidationError(_("Write the note in Swedish as well."))

    def validate_en(self, field: Any) -> None:
        if not field.data and self.sv.data:
            raise ValidationError(_("Write the note in English as well."))


class ContestedForm(PlainForm):
    """A concept whose relation to this one is applied differently."""

    concept = StringField(_l("Concept"), [Optional(), Length(max=TERM_LENGTH)])
    sv = StringField(_l("What is applied differently, in Swedish"), [Optional(), Length(max=TEXT_LENGTH)])
    en = StringField(_l("What is applied differently, in English"), [Optional(), Length(max=TEXT_LENGTH)])
    source = StringField(_l("Source"), [Optional(), Length(max=300)])


class ConceptForm(Form):
    """Everything that a version of a concept says."""

    term_sv = StringField(_l("Swedish term"), [required(_l("Write the Swedish term.")), Length(max=TERM_LENGTH)])
    synonyms_sv = TextAreaField(_l("Swedish synonyms"), [Optional()], description=_l("One per line."))
    deprecated_sv = TextAreaField(_l("Deprecated Swedish terms"), [Optional()], description=_l("One per line."))
    term_en = StringField(_l("English term"), [Optional(), Length(max=TERM_LENGTH)])
    synonyms_en = TextAreaField(_l("English synonyms"), [Optional()], description=_l("One per line."))
    deprecated_en = TextAreaField(_l("Deprecated English terms"), [Optional()], description=_l("One per line."))
    definition_sv = TextAreaField(_l("Definition in Swedish"), [Length(max=TEXT_LENGTH)])
    definition_en = TextAreaField(_l("Definition in English"), [Length(max=TEXT_LENGTH)])
    notes = FieldList(FormField(NoteForm), label=_l("Notes"), max_entries=MOST_ROWS)
    problems = FieldList(FormField(NoteForm), label=_l("Known interpretation problems"), max_entries=MOST_ROWS)
    broader = TextAreaField(
        _l("Broader concepts"), [Optional()], description=_l("Terms of concepts in the term bank, one per line.")
    )
    related = TextAreaField(
        _l("Related concepts"), [Optional()], description=_l("Terms of concepts in the term bank, one per line.")
    )
    contested = FieldList(FormField(ContestedForm), label=_l("Applied differently"), max_entries=MOST_ROWS)
    concerns_persons = RadioField(
        _l("Are persons counted?"),
        choices=[("", _l("Not stated")), ("yes", _l("Yes")), ("no", _l("No"))],
        default="",
        description=_l("Patients are persons; beds are not."),
    )
    origin = RadioField(
        _l("Origin"),
        choices=[
            (Origin.OFFICIAL.value, _l("The wording of a source")),
            (Origin.PROPOSAL.value, _l("A proposal")),
        ],
        default=Origin.PROPOSAL.value,
    )
    rendering = BooleanField(
        _l("Rendered in our own words"), description=_l("Tick if the source's wording is rendered and not quoted.")
    )
    source_title = StringField(_l("Source"), [Length(max=300)], description=_l("Needed for the wording of a source."))
    source_url = StringField(_l("Address of the source"), [Optional(), Length(max=1000), web_address])
    source_date = StringField(
        _l("Date of the source"),
        [Optional(), Length(max=40)],
        description=_l("As the source says it, 2012 for example."),
    )
    source_status_sv = StringField(_l("Status in the source, in Swedish"), [Optional(), Length(max=300)])
    source_status_en = StringField(_l("Status in the source, in English"), [Optional(), Length(max=300)])
    source_verification_sv = StringField(_l("How it was read, in Swedish"), [Optional(), Length(max=300)])
    source_verification_en = StringField(_l("How it was read, in English"), [Optional(), Length(max=300)])
    reason = TextAreaField(
        _l("Why this version?"),
        [Length(max=TEXT_LENGTH)],
        description=_l("Shown to the one who decides, and in the history."),
    )

    find_concept: Callable[[str], str | None]
    rendered_before: Text | None = None
    """The definition that the version in force renders from its source, if it does."""

    def validate_definition_en(self, field: Any) -> None:
        if bool(field.data and field.data.strip()) != bool(self.definition_sv.data and self.definition_sv.data.strip()):
            raise ValidationError(_("Write the definition in both languages, or leave both empty."))

    def validate_source_title(self, field: Any) -> None:
        if self.origin.data == Origin.OFFICIAL.value and not (field.data or "").strip():
            raise ValidationError(_("The wording of a source needs its source."))

    def validate_reason(self, field: Any) -> None:
        written = Text(tidy(self.definition_sv.data), tidy(self.definition_en.data))
        says_source = self.origin.data == Origin.OFFICIAL.value
        if self.rendered_before and says_source and written != self.rendered_before and not tidy(field.data):
            raise ValidationError(
                _("The definition has changed but is still said to be the source's. Write why, or choose “A proposal”.")
            )

    def validate_broader(self, field: Any) -> None:
        self._all_known(field)

    def validate_related(self, field: Any) -> None:
        self._all_known(field)

    def validate_contested(self, field: Any) -> None:
        for entry in field:
            if entry.concept.data and self.find_concept(entry.concept.data) is None:
                raise ValidationError(_("There is no concept with the term %(term)s.", term=entry.concept.data))

    def _all_known(self, field: Any) -> None:
        unknown = [line for line in lines(field.data) if self.find_concept(line) is None]
        if unknown:
            raise ValidationError(_("There is no concept with the term %(term)s.", term=", ".join(unknown)))

    def add_rows(self) -> None:
        """A few empty rows after those that are filled in."""
        for rows in (self.notes, self.problems, self.contested):
            for _number in range(EMPTY_ROWS):
                if len(rows.entries) < MOST_ROWS:
                    rows.append_entry()

    def concept(self, scheme: str, provenance: Provenance) -> Concept:
        """What the form says, as a concept. Call it when the form has validated."""
        definition = Text(tidy(self.definition_sv.data), tidy(self.definition_en.data))
        return Concept(
            scheme=scheme,
            origin=Origin(self.origin.data),
            rendering=bool(self.rendering.data),
            concerns_persons={"yes": True, "no": False}.get(self.concerns_persons.data),
            provenance=provenance,
            terms={
                "sv": Terms(tidy(self.term_sv.data), lines(self.synonyms_sv.data), lines(self.deprecated_sv.data)),
                "en": Terms(tidy(self.term_en.data), lines(self.synonyms_en.data), lines(self.deprecated_en.data)),
            },
            definition=definition if definition.sv or definition.en else None,
            notes=_notes(self.notes),
            problems=_notes(self.problems),
            broader=self._slugs(self.broader.data),
            related=self._slugs(self.related.data),
            contested=tuple(
                Contested(
                    slug,
                    Text(tidy(entry.sv.data), tidy(entry.en.data) or tidy(entry.sv.data)),
                    tidy(entry.source.data),
                )
                for entry in self.contested
                if entry.concept.data and (slug := self.find_concept(entry.concept.data))
            ),
            source=Source(
                tidy(self.source_title.data),
                tidy(self.source_url.data),
                tidy(self.source_date.data),
                Text(tidy(self.source_status_sv.data), tidy(self.source_status_en.data)),
                Text(tidy(self.source_verification_sv.data), tidy(self.source_verification_en.data)),
            )
            if tidy(self.source_title.data)
            else None,
        )

    def _slugs(self, text: str | None) -> tuple[str, ...]:
        found = (self.find_concept(line) for line in lines(text))
        return tuple(dict.fromkeys(slug for slug in found if slug))


def concept_data(concept: Concept, labels: Mapping[str, str]) -> dict[str, Any]:
    """What `ConceptForm` begins with for an existing concept; ``labels`` are Swedish terms by slug."""
    source = concept.source
    definition = concept.definition or Text("", "")
    return {
        "term_sv": concept.terms["sv"].preferred,
        "synonyms_sv": "\n".join(concept.terms["sv"].synonyms),
        "deprecated_sv": "\n".join(concept.terms["sv"].deprecated),
        "term_en": concept.terms["en"].preferred,
        "synonyms_en": "\n".join(concept.terms["en"].synonyms),
        "deprecated_en": "\n".join(concept.terms["en"].deprecated),
        "definition_sv": definition.sv,
        "definition_en": definition.en,
        "notes": [_note_data(note) for note in concept.notes],
        "problems": [_note_data(note) for note in concept.problems],
        "broader": "\n".join(labels.get(slug, slug) for slug in concept.broader),
        "related": "\n".join(labels.get(slug, slug) for slug in concept.related),
        "contested": [
            {
                "concept": labels.get(one.concept, one.concept),
                "sv": one.text.sv,
                "en": one.text.en,
                "source": one.source,
            }
            for one in concept.contested
        ],
        "origin": concept.origin.value,
        "rendering": concept.rendering,
        "concerns_persons": {True: "yes", False: "no", None: ""}[concept.concerns_persons],
        "source_title": source.title if source else "",
        "source_url": source.url if source else "",
        "source_date": source.date if source else "",
        "source_status_sv": source.status.sv if source else "",
        "source_status_en": source.status.en if source else "",
        "source_verification_sv": source.verification.sv if source else "",
        "source_verification_en": source.verification.en if source else "",
    }


def concept_finder(concepts: Mapping[str, Concept]) -> Callable[[str], str | None]:
    """A function from what an author wrote (a term in either language, or a slug) to a concept's slug."""
    by_term: dict[str, str] = {}
    for slug, concept in concepts.items():
        for terms in (concept.terms["en"], concept.terms["sv"]):
            for term in (*terms.synonyms, terms.preferred):
                by_term[folded(" ".join(term.split()))] = slug
    return lambda written: (
        by_term.get(folded(" ".join(written.split()))) or (slug if (slug := slug_of(written)) in concepts else None)
    )


def _notes(rows: Any) -> tuple[Note, ...]:
    return tuple(
        Note(Text(tidy(row.sv.data), tidy(row.en.data)), tidy(row.source.data), tidy(row.url.data))
        for row in rows
        if tidy(row.sv.data)
    )


def _note_data(note: Note) -> dict[str, str]:
    return {**note.text.as_dict(), "source": note.source, "url": note.url}
