"""The form of a concept. What a version says and the form has no field for stays as it was (`concept`)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional

from registry.findings import Text
from registry.provenance import Provenance
from registry.web.forms import CheckBoxesField, Form
from termbank.concepts.concept import (
    TERM_LENGTH,
    TEXT_LENGTH,
    Concept,
    Definition,
    Link,
    Notation,
    Note,
    Relation,
    Source,
    Target,
    Term,
    is_web_address,
)
from termbank.concepts.wordings import OWN_LANGUAGES, Wordings, ordered, tag, wordings_of
from termbank.definitions.linking import Linker
from termbank.forms.fields import lines, tidy, web_address
from termbank.forms.naming import ConceptNames
from termbank.forms.rows import ContestedForm, MappingForm, NoteForm, PickForm, TermForm
from termbank.notions import MAPPINGS, Origin, RelationKind, TermStatus

ADDED = ("notes", "examples", "problems", "contested", "mappings", "more_terms")
"""The lists to which rows are added one at a time."""
MOST_ROWS = 40
LISTED = {
    "term": TermStatus.PREFERRED,
    "synonyms": TermStatus.ADMITTED,
    "deprecated": TermStatus.DEPRECATED,
    "hidden": TermStatus.HIDDEN,
}
"""The fields that terms without further particulars are written in, with a language after the name."""
RELATED = {
    "generic": RelationKind.GENERIC,
    "partitive": RelationKind.PARTITIVE,
    "broader": RelationKind.BROADER_UNKNOWN,
    "related": RelationKind.ASSOCIATIVE,
}
"""The fields that relations are written in, a concept on each line."""
NAMING_ROWS = ("contested-", "mappings-", "picks-")
ONE_PER_LINE = _l("One per line.")
CONCEPTS = _l("Terms of concepts in the term bank, one per line.")


class ConceptForm(Form):
    """Everything that a version of a concept says."""

    scheme = SelectField(_l("Concept scheme"), choices=[])
    term_sv = StringField(_l("Swedish term"), [Length(max=TERM_LENGTH)])
    synonyms_sv = TextAreaField(_l("Swedish synonyms"), [Optional()], description=ONE_PER_LINE)
    deprecated_sv = TextAreaField(_l("Deprecated Swedish terms"), [Optional()], description=ONE_PER_LINE)
    hidden_sv = TextAreaField(
        _l("Only found by searching"), [Optional()], description=_l("Misspellings and other forms, one per line.")
    )
    term_en = StringField(_l("English term"), [Optional(), Length(max=TERM_LENGTH)])
    synonyms_en = TextAreaField(_l("English synonyms"), [Optional()], description=ONE_PER_LINE)
    deprecated_en = TextAreaField(_l("Deprecated English terms"), [Optional()], description=ONE_PER_LINE)
    more_terms = FieldList(
        FormField(TermForm), label=_l("Terms in other languages, or with particulars"), max_entries=99
    )
    definition_sv = TextAreaField(_l("Definition in Swedish"), [Length(max=TEXT_LENGTH)])
    definition_en = TextAreaField(_l("Definition in English"), [Length(max=TEXT_LENGTH)])
    definition_source_sv = StringField(_l("Source of the Swedish definition"), [Optional(), Length(max=TEXT_LENGTH)])
    definition_source_en = StringField(_l("Source of the English definition"), [Optional(), Length(max=TEXT_LENGTH)])
    definition_url_sv = StringField(_l("Its address"), [Optional(), Length(max=1000), web_address])
    definition_url_en = StringField(_l("Its address"), [Optional(), Length(max=1000), web_address])
    picks = FieldList(FormField(PickForm), label=_l("Words with several senses"))
    subject_field_sv = StringField(
        _l("Subject field in Swedish"),
        [Optional(), Length(max=TERM_LENGTH)],
        description=_l("Where the definition applies, dental care for example."),
    )
    subject_field_en = StringField(_l("Subject field in English"), [Optional(), Length(max=TERM_LENGTH)])
    notations = TextAreaField(_l("Codes (notations)"), [Optional()], description=ONE_PER_LINE)
    notes = FieldList(FormField(NoteForm), label=_l("Notes"), max_entries=MOST_ROWS)
    examples = FieldList(FormField(NoteForm), label=_l("Examples"), max_entries=MOST_ROWS)
    problems = FieldList(FormField(NoteForm), label=_l("Known interpretation problems"), max_entries=MOST_ROWS)
    generic = TextAreaField(_l("Is a kind of"), [Optional()], description=CONCEPTS)
    partitive = TextAreaField(_l("Is a part of"), [Optional()], description=CONCEPTS)
    broader = TextAreaField(_l("Broader, in a way that nobody has stated"), [Optional()], description=CONCEPTS)
    related = TextAreaField(_l("Related concepts"), [Optional()], description=CONCEPTS)
    contested = FieldList(FormField(ContestedForm), label=_l("Applied differently"), max_entries=MOST_ROWS)
    mappings = FieldList(FormField(MappingForm), label=_l("In other schemes and vocabularies"), max_entries=MOST_ROWS)
    find = StringField(
        _l("Find a concept"), [Optional(), Length(max=TERM_LENGTH)], description=_l("A term, or the beginning of one.")
    )
    find_as = SelectField(_l("Add it as"), choices=[], validate_choice=False)
    found = CheckBoxesField(_l("Concepts found"), choices=[], validate_choice=False)
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

    names: ConceptNames
    rendered_before: Text | None = None
    """The definition that the version in force renders from its source, if it does."""

    def validate_term_sv(self, field: Any) -> None:
        if not any(self._terms()):
            raise ValidationError(_("Write a term."))

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

    def validate_generic(self, field: Any) -> None:
        self._require_known(lines(field.data))

    validate_partitive = validate_broader = validate_related = validate_generic

    def validate_contested(self, field: Any) -> None:
        self._require_known(entry.concept.data for entry in field if entry.concept.data)

    def validate_mappings(self, field: Any) -> None:
        written = (tidy(entry.concept.data) for entry in field if entry.concept.data)
        self._require_known(one for one in written if not is_web_address(one))

    def _require_known(self, written: Iterable[str]) -> None:
        unknown = [one for one in written if self.names.find(one) is None]
        several = [one for one in unknown if self.names.bearers(one)]
        if several:
            choices = ", ".join(sorted(self.names.label(slug) for slug in self.names.bearers(several[0])))
            raise ValidationError(
                _(
                    "Several concepts have the term %(term)s. Write which: %(choices)s.",
                    term=several[0],
                    choices=choices,
                )
            )
        if unknown:
            raise ValidationError(_("There is no concept with the term %(term)s.", term=", ".join(unknown)))

    def add_row(self, name: str) -> None:
        """An empty row after those of one kind; nothing where there is no such kind, or no more room."""
        rows = self[name] if name in ADDED else None
        if rows is not None and len(rows.entries) < rows.max_entries:
            rows.append_entry()

    def offer_relations(self) -> None:
        """What a concept that is found may be added as: with a script that is chosen before anything is searched for."""
        self.find_as.choices = [(name, self[name].label.text) for name in RELATED]

    def offer_found(self, found: Iterable[tuple[str, str]]) -> None:
        """Concepts to choose from, by key."""
        self.found.choices = list(found)

    def add_found(self) -> None:
        """The chosen concepts, each on a line of the field that was chosen."""
        field = self[self.find_as.data if self.find_as.data in RELATED else "related"]
        chosen = [self.names.label(key) for key in self.found.data or () if self.names.knows(key)]
        field.data = "\n".join(dict.fromkeys((*lines(field.data), *chosen)))
        self.found.data, self.find.data = [], ""

    def offer_picks(self, linker: Linker, slug: str | None) -> None:
        """A choice for each word of the definitions that several concepts bear, with what was chosen before."""
        chosen = {(row.language.data, row.words.data): row.concept.data for row in self.picks}
        while self.picks.entries:
            self.picks.pop_entry()
        for definition in self._definitions():
            for words, senses in linker.undecided(definition, but=(slug,) if slug else ()).items():
                said = chosen.get((definition.language, words), "")
                self.picks.append_entry({"language": definition.language, "words": words, "concept": said})
                field = self.picks.entries[-1].concept
                field.choices = [("", _("not chosen: no link")), *((one, self.names.described(one)) for one in senses)]

    def concept(self, provenance: Provenance, before: Concept | None = None) -> Concept:
        """What the form says, as a concept, with what ``before`` says beyond the form. Call it when it has validated."""
        kept = before or Concept(Target(), Origin.PROPOSAL, False, provenance)
        chosen = [(row.language.data, row.words.data, row.concept.data) for row in self.picks if row.concept.data]
        definitions = tuple(
            replace(
                _like(kept.definitions, one),
                text=one.text,
                source=tidy(self[f"definition_source_{one.language}"].data),
                url=tidy(self[f"definition_url_{one.language}"].data),
                links=tuple(Link(words, Target(key=key)) for tag_, words, key in chosen if tag_ == one.language),
            )
            for one in self._definitions()
        )
        shown = [kept.defined_in(language) for language in OWN_LANGUAGES]
        return replace(
            kept,
            scheme=Target(key=self.scheme.data),
            origin=Origin(self.origin.data),
            rendering=bool(self.rendering.data),
            concerns_persons={"yes": True, "no": False}.get(self.concerns_persons.data),
            provenance=provenance,
            terms=tuple(dict.fromkeys(self._terms())),
            definitions=(*definitions, *(one for one in kept.definitions if one not in shown)),
            subject_field=_with_others(
                wordings_of(Text(tidy(self.subject_field_sv.data), tidy(self.subject_field_en.data))),
                kept.subject_field,
            ),
            notations=tuple(_notation(line, kept.notations) for line in lines(self.notations.data)),
            notes=_notes(self.notes, kept.notes),
            examples=_notes(self.examples, kept.examples),
            problems=_notes(self.problems, kept.problems),
            relations=tuple(self._relations(kept)),
            sources=(*self._first_source(kept), *kept.sources[1:]),
        )

    def _terms(self) -> Iterator[Term]:
        for language in OWN_LANGUAGES:
            for name, status in LISTED.items():
                if (field := getattr(self, f"{name}_{language}", None)) is not None:
                    for text in map(tidy, lines(field.data)):
                        yield Term(text, language, status)
        for row in self.more_terms:
            if text := tidy(row.text.data):
                yield Term(
                    text,
                    tag(row.language.data or ""),
                    TermStatus(row.status.data),
                    tidy(row.source.data),
                    tidy(row.grammar.data),
                    bool(row.abbreviation.data),
                    row.homograph.data,
                )

    def _definitions(self) -> tuple[Definition, ...]:
        said = ((language, tidy(self[f"definition_{language}"].data)) for language in OWN_LANGUAGES)
        return tuple(Definition(text, language) for language, text in said if text)

    def _relations(self, kept: Concept) -> Iterator[Relation]:
        labels = {(one.kind, one.key): one.label for one in kept.relations}
        for name, kind in RELATED.items():
            for key in dict.fromkeys(filter(None, map(self.names.find, lines(self[name].data)))):
                yield Relation(kind, Target(key=key), labels.get((kind, key), ()))
        for row in self.contested:
            if row.concept.data and (other := self.names.find(row.concept.data)):
                texts = wordings_of(Text(tidy(row.sv.data), tidy(row.en.data)))
                yield Relation(RelationKind.CONTESTED, Target(key=other), texts=texts, source=tidy(row.source.data))
        for row in self.mappings:
            if written := tidy(row.concept.data):
                is_elsewhere = is_web_address(written)
                target = Target(iri=written) if is_elsewhere else Target(key=self.names.find(written) or "")
                yield Relation(RelationKind(row.kind.data), target)

    def _first_source(self, kept: Concept) -> tuple[Source, ...]:
        if not tidy(self.source_title.data):
            return ()
        before = kept.source or Source("")
        status = Text(tidy(self.source_status_sv.data), tidy(self.source_status_en.data))
        checked = Text(tidy(self.source_verification_sv.data), tidy(self.source_verification_en.data))
        return (
            replace(
                before,
                title=tidy(self.source_title.data),
                url=tidy(self.source_url.data),
                date=tidy(self.source_date.data),
                status=_with_others(wordings_of(status), before.status),
                verification=_with_others(wordings_of(checked), before.verification),
            ),
        )


def concept_data(concept: Concept, label: Callable[[str], str]) -> dict[str, Any]:
    """What `ConceptForm` begins with for an existing concept; ``label`` gives what another concept is called."""
    source = concept.source or Source("")
    said = {one.language: one for one in reversed(concept.definitions)}
    field = {one.language: one.text for one in concept.subject_field}
    data: dict[str, Any] = {
        "scheme": concept.scheme.key,
        **{name: "\n".join(label(one.key) for one in concept.related_by(kind)) for name, kind in RELATED.items()},
        "picks": [
            {"language": one.language, "words": link.words, "concept": link.target.key}
            for one in concept.definitions
            for link in one.links
        ],
        "notations": "\n".join(one.text for one in concept.notations),
        "notes": [_note_data(note) for note in concept.notes],
        "examples": [_note_data(note) for note in concept.examples],
        "problems": [_note_data(note) for note in concept.problems],
        "contested": [
            {"concept": label(one.key), **one.text.as_dict(), "source": one.source} for one in concept.contested
        ],
        "mappings": [
            {"kind": one.kind.value, "concept": one.target.iri or label(one.key)}
            for one in concept.related_by(*MAPPINGS)
        ],
        "origin": concept.origin.value,
        "rendering": concept.rendering,
        "concerns_persons": {True: "yes", False: "no", None: ""}[concept.concerns_persons],
        "source_title": source.title,
        "source_url": source.url,
        "source_date": source.date,
    }
    for language in OWN_LANGUAGES:
        data[f"definition_{language}"] = said[language].text if language in said else ""
        data[f"definition_source_{language}"] = said[language].source if language in said else ""
        data[f"definition_url_{language}"] = said[language].url if language in said else ""
        data[f"subject_field_{language}"] = field.get(language, "")
        data[f"source_status_{language}"] = source.status_text.in_language(language)
        data[f"source_verification_{language}"] = source.verification_text.in_language(language)
    return {**data, **_term_data(concept.terms)}


def named_in(sent: Mapping[str, str]) -> list[str]:
    """What the fields of a form that was sent name other concepts by."""
    listed = [line for name in RELATED for line in lines(sent.get(name))]
    listed += sent.getlist("found") if isinstance(sent, MultiDict) else []
    rows = [text for name, text in sent.items() if name.startswith(NAMING_ROWS) and name.endswith("-concept")]
    return [*listed, *(text for text in rows if not is_web_address(text.strip()))]


def defined_in(sent: Mapping[str, str], before: Concept | None) -> list[tuple[str, str]]:
    """The definitions, (language, text), in a form that was sent, or else as they were before."""
    if not sent:
        return [(one.language, one.text) for one in before.definitions] if before else []
    return [(language, sent.get(f"definition_{language}", "")[:TEXT_LENGTH]) for language in OWN_LANGUAGES]


def _term_data(terms: Iterable[Term]) -> dict[str, Any]:
    """Plain terms in the fields of their language and status, and what is more than that in rows of their own."""
    listed: dict[str, list[str]] = {f"{name}_{language}": [] for name in LISTED for language in OWN_LANGUAGES}
    names = {status: name for name, status in LISTED.items()}
    rows = []
    for term in terms:
        field = f"{names[term.status]}_{term.language}"
        is_plain = term == Term(term.text, term.language, term.status) and field in listed and field != "hidden_en"
        is_second = term.status is TermStatus.PREFERRED and listed.get(field)
        if is_plain and not is_second:
            listed[field].append(term.text)
        else:
            rows.append({**{name: getattr(term, name) for name in _TERM_FIELDS}, "status": term.status.value})
    return {**{name: "\n".join(texts) for name, texts in listed.items()}, "more_terms": rows}


_TERM_FIELDS = ("text", "language", "source", "grammar", "abbreviation", "homograph")


def _like(definitions: Iterable[Definition], new: Definition) -> Definition:
    return next((one for one in definitions if one.language == new.language), new)


def _notation(line: str, before: Iterable[Notation]) -> Notation:
    return next((one for one in before if one.text == line), Notation(line))


def _with_others(said: Wordings, before: Wordings) -> Wordings:
    """What the form says, and what was said before in languages that it has no fields for."""
    return ordered((*said, *(one for one in before if one.language not in OWN_LANGUAGES)))


def _notes(rows: Any, before: tuple[Note, ...]) -> tuple[Note, ...]:
    """The rows that say something; each row keeps what its note said in other languages."""
    notes = []
    for place, row in enumerate(rows):
        others = before[place].texts if place < len(before) else ()
        said = wordings_of(Text(tidy(row.sv.data), tidy(row.en.data)))
        is_other = bool(others) and all(one.language not in OWN_LANGUAGES for one in others)
        if said or is_other:
            notes.append(Note(_with_others(said, others), tidy(row.source.data), tidy(row.url.data)))
    return tuple(notes)


def _note_data(note: Note) -> dict[str, str]:
    return {**note.text.as_dict(), "source": note.source, "url": note.url}
