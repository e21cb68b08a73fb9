"""The form of a measure: which element of which model is shown, how it is summed or divided, and what is said of it.

What can be chosen comes from the model (`MeasureForm.offer`); what is chosen becomes ``measure/1`` without any of it being
written as JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, FieldList, FormField, RadioField, SelectField, StringField, TextAreaField
from wtforms import Form as Part
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from information_models import measures
from information_models.definitions import ElementType, Model, Role
from information_models.form_parts import NeededWith, lines_of, text_of_fields
from information_models.forms import TextsForm, texts_data
from information_models.measures import Aggregation, Country
from information_models.presentation import AGGREGATION_LABELS, BY_LABELS, COUNTRY_LABELS, OVER_LABELS, PERIOD_LABELS
from registry.content import shapes
from registry.finding_catalogue import ReadableFinding
from registry.findings import Text
from registry.i18n import current_language
from registry.i18n import read as in_words
from registry.period import Period
from registry.web.forms import AsOnThePage, CheckBoxesField, WholeNumberField, required

NAMES = Regexp(shapes.SLUG, message=_l("Write small letters a–z, digits and hyphens."))
PLACES = 3
"""Levels below the region that are offered to begin with; more by the button that adds rows."""


class WherePart(Part):
    """Rows that count, by one code. A row without an element is left out."""

    element = SelectField(_l("Column"))
    code = StringField(
        _l("Code"), [Optional(), Length(max=200)], description=_l("Empty: rows that state nothing in the column.")
    )


class SourcePart(Part):
    """Where something is published."""

    source_title = StringField(_l("Title of the source"), [Optional(), Length(max=400)])
    source_url = StringField(
        _l("Address of the source"),
        [Optional(), Length(max=500), Regexp("^https?://", message=_l("Begin with https://"))],
    )
    source_date = StringField(
        _l("Date of the source"), [Optional(), Regexp(shapes.DATE, message=_l("Write a date such as 2024-03-01."))]
    )
    source_note_sv = TextAreaField(_l("Note on the source in Swedish"), [Optional(), Length(max=2000)])
    source_note_en = TextAreaField(_l("Note on the source in English"), [Optional(), Length(max=2000)])


SOURCE = ("source_title", "source_url", "source_date", "source_note_sv", "source_note_en")


class TotalPart(AsOnThePage, SourcePart):
    """A total that somebody has published. A row without a period is left out."""

    last = SOURCE
    period = StringField(_l("Period"), [Optional()], description=_l("For example 2015, 2016-H1 or 2018-09."))
    region = StringField(
        _l("Region code"), [NeededWith("period"), Length(max=20)], description=_l("00 is the country.")
    )
    value = StringField(
        _l("Value"),
        [
            NeededWith("period"),
            Regexp(f"({shapes.NUMBER})|^$", message=_l("Write a number such as 0 or 12.5.")),
        ],
    )
    explanation_sv = TextAreaField(_l("Explanation in Swedish"), [NeededWith("period"), Length(max=2000)])
    explanation_en = TextAreaField(_l("Explanation in English"), [NeededWith("period"), Length(max=2000)])
    source_title = StringField(_l("Title of the source"), [NeededWith("period"), Length(max=400)])

    def validate_period(self, field: Field) -> None:
        try:
            Period.parse(field.data.strip())
        except ValueError:
            raise ValidationError(_("There is no such period. Write for example 2015, 2016-H1 or 2018-09.")) from None

    def content(self) -> dict[str, Any]:
        return {
            "period": (self.period.data or "").strip(),
            "region": (self.region.data or "").strip(),
            "value": (self.value.data or "").strip(),
            "explanation": text_of_fields(self.explanation_sv, self.explanation_en),
            "source": _source(self),
        }


class OtherPart(Part):
    """A series that looks alike and is not. A row without a measure is left out."""

    measure = SelectField(_l("Measure"))
    reason_sv = TextAreaField(_l("Reason in Swedish"), [NeededWith("measure"), Length(max=1000)])
    reason_en = TextAreaField(_l("Reason in English"), [NeededWith("measure"), Length(max=1000)])

    def content(self) -> dict[str, Any]:
        return {"measure": self.measure.data, "reason": text_of_fields(self.reason_sv, self.reason_en)}


class SamePart(Part):
    """An element of another model that counts the same persons. A row without a model is left out."""

    model = SelectField(_l("Model"))
    element = StringField(
        _l("Column in that model"),
        [NeededWith("model"), Length(max=80), Regexp(f"({shapes.NAME})|^$", message=_l("Write the name of a column."))],
    )
    over = SelectField(_l("Made of"))
    by = SelectField(_l("As"))
    decimals = WholeNumberField(_l("Rounded to so many decimals"), [Optional(), NumberRange(0, 6)])

    def content(self) -> dict[str, Any]:
        return {
            "model": self.model.data,
            "element": (self.element.data or "").strip(),
            "over": self.over.data,
            "by": self.by.data,
            "decimals": self.decimals.data or 0,
        }


class MeasureForm(TextsForm, SourcePart):
    """A measure, all of it."""

    last = ("concepts", "same_count_as", "notes_sv", "notes_en", *SOURCE, "known_totals", "not_joined", *TextsForm.last)
    model = SelectField(_l("Model"), description=_l("The columns to choose among below are those of the model."))
    element = SelectField(_l("Column that is shown"))
    aggregation = RadioField(_l("How the figures are made"), [InputRequired(_l("Choose one."))])
    denominator = SelectField(_l("Divided by"), description=_l("Of a ratio: the column of the denominator."))
    per = WholeNumberField(
        _l("So many per"), [Optional(), NumberRange(1, 100_000)], description=_l("Of a ratio: 100 for per cent.")
    )
    unit_sv = StringField(_l("Unit in Swedish"), [required(), Length(max=80)])
    unit_en = StringField(_l("Unit in English"), [required(), Length(max=80)])
    decimals = WholeNumberField(_l("Decimals"), [InputRequired(_l("Fill in this field.")), NumberRange(0, 6)])
    period_element = SelectField(_l("Column of the period"))
    period_kinds = CheckBoxesField(_l("Kinds of period"), [InputRequired(_l("Choose at least one."))])
    region_element = SelectField(_l("Column of the region"))
    dimensions = FieldList(SelectField(), min_entries=PLACES, max_entries=5)
    where = FieldList(FormField(WherePart), max_entries=20)
    country = RadioField(_l("The country"), [InputRequired(_l("Choose one."))])
    concerns_persons = BooleanField(
        _l("Concerns persons"), description=_l("Small numbers are then protected. Beds are not persons; patients are.")
    )
    already_published = BooleanField(
        _l("Reproduces a publication"),
        description=_l("What the figures disclose is disclosed already; nothing is hidden."),
    )
    concepts = CheckBoxesField(_l("Concepts that the measure rests on"), [Optional()])
    known_totals = FieldList(FormField(TotalPart), max_entries=500)
    not_joined = FieldList(FormField(OtherPart), max_entries=20)
    same_count_as = FieldList(FormField(SamePart), max_entries=20)
    notes_sv = TextAreaField(_l("Notes in Swedish"), [Optional()], description=_l("One on each line."))
    notes_en = TextAreaField(
        _l("Notes in English"), [Optional()], description=_l("One on each line, in the same order.")
    )

    def offer(
        self,
        model: Model,
        models: Sequence[tuple[str, Text]],
        concepts: Mapping[str, Text],
        others: Sequence[tuple[str, Text]],
    ) -> None:
        """What there is to choose among; a concept or measure that is named already is always among it."""
        values = _columns(model, Role.VALUE)
        places = [("", _("none")), *_columns(model, Role.DIMENSION, but=ElementType.PERIOD)]
        self.model.choices = [(slug, in_words(title)) for slug, title in models]
        self.element.choices = values
        self.denominator.choices = [("", _("nothing: it is no ratio")), *values]
        self.aggregation.choices = [(one.value, in_words(label)) for one, label in AGGREGATION_LABELS.items()]
        self.country.choices = [(one.value, in_words(label)) for one, label in COUNTRY_LABELS.items()]
        self.period_element.choices = _columns(model, Role.DIMENSION, only=ElementType.PERIOD)
        self.period_kinds.choices = [
            (kind.value, in_words(label).capitalize()) for kind, label in PERIOD_LABELS.items()
        ]
        self.region_element.choices = [("", _("that of the model")), *places[1:]]
        for number, entry in enumerate(self.dimensions, start=1):
            entry.choices = places
            entry.label.text = _("Level %(number)s below the region", number=number)
        for entry in self.where:
            entry.form.element.choices = [("", _("none")), *_columns(model, Role.DIMENSION)]
        for entry in self.same_count_as:
            entry.form.model.choices = [("", _("none")), *self.model.choices]
            entry.form.over.choices = [(one.value, in_words(label)) for one, label in OVER_LABELS.items()]
            entry.form.by.choices = [(one.value, in_words(label)) for one, label in BY_LABELS.items()]
        used = [element.concept for element in model.elements if element.concept]
        offered = dict.fromkeys([*used, *(self.concepts.data or ())])
        self.concepts.choices = [(slug, in_words(concepts.get(slug, Text(slug, slug)))) for slug in offered]
        known = {slug for slug, _title in others}
        for entry in self.not_joined:
            chosen = entry.form.measure.data
            extra = [(chosen, chosen)] if chosen and chosen not in known else []
            entry.form.measure.choices = [("", _("none")), *((slug, in_words(title)) for slug, title in others), *extra]

    def add_rows(self) -> None:
        """An empty row at the end of everything that has rows."""
        for rows in (self.where, self.known_totals, self.not_joined, self.same_count_as):
            rows.append_entry()
        if self.dimensions.entries[-1].data and len(self.dimensions) < 5:
            self.dimensions.append_entry()

    def tell(self, findings: Iterable[ReadableFinding]) -> list[ReadableFinding]:
        """Put each finding at the field where it is mended; what is left belongs to no field."""
        left = []
        for finding in findings:
            name = finding.field
            field = self._first_empty_choice() if name == "where" else self[name] if name else None
            if field is None:
                left.append(finding)
            else:
                field.errors = [*field.errors, finding.in_full]
        self.where.errors = [errors for entry in self.where if (errors := entry.form.errors)]
        return left

    def _first_empty_choice(self) -> Field | None:
        """Where a choice of rows that is missing is written."""
        return next((entry.form.element for entry in self.where if not entry.form.element.data), None)

    def content(self, slug: str, before: Mapping[str, Any]) -> dict[str, Any]:
        """The measure as it is to be kept. What it was bound to in ``before`` it stays bound to, where that is the same."""
        swedish, english = lines_of(self.notes_sv.data), lines_of(self.notes_en.data)
        is_ratio = self.aggregation.data == Aggregation.RATIO
        concepts = [slug_ for slug_ in before.get("concepts", ()) if slug_ in (self.concepts.data or ())]
        concepts += [slug_ for slug_ in (self.concepts.data or ()) if slug_ not in concepts]
        same = [entry.form.content() for entry in self.same_count_as if entry.form.model.data]
        return {
            "content_schema": measures.CONTENT_SCHEMA if same else measures.WITHOUT_SAME_COUNTS,
            **({"same_count_as": same} if same else {}),
            "slug": slug,
            "title": text_of_fields(self.title_sv, self.title_en),
            "description": text_of_fields(self.description_sv, self.description_en),
            "unit": text_of_fields(self.unit_sv, self.unit_en),
            "decimals": self.decimals.data,
            "model": self.model.data,
            "model_version": before.get("model_version") if before.get("model") == self.model.data else None,
            "element": self.element.data,
            **_division(self.denominator.data, self.per.data, is_ratio=is_ratio),
            "period_element": self.period_element.data,
            "period_kinds": list(self.period_kinds.data or ()),
            "region_element": self.region_element.data or None,
            "dimensions": [entry.data for entry in self.dimensions if entry.data],
            "where": {
                entry.form.element.data: (entry.form.code.data or "").strip() or None
                for entry in self.where
                if entry.form.element.data
            },
            "aggregation": self.aggregation.data,
            "country": self.country.data,
            "concerns_persons": self.concerns_persons.data,
            "already_published": self.already_published.data,
            "concepts": concepts,
            "concept_versions": before.get("concept_versions", []) if before.get("concepts") == concepts else [],
            "known_totals": [entry.form.content() for entry in self.known_totals if entry.form.period.data],
            "not_joined": [entry.form.content() for entry in self.not_joined if entry.form.measure.data],
            "notes": [
                {"sv": note, "en": english[number] if number < len(english) else note}
                for number, note in enumerate(swedish)
            ],
            "source": _source(self) if self.source_title.data else None,
        }


class NewMeasureForm(MeasureForm):
    """A measure that is not there yet."""

    first = ("slug",)
    slug = StringField(
        _l("Name in addresses"),
        [required(), Length(max=80), NAMES],
        description=_l("For example disponibla-vardplatser-manad. It never changes."),
    )


def measure_data(content: Mapping[str, Any]) -> dict[str, Any]:
    """The form's beginning from content."""
    same = ("model", "element", "decimals", "period_element", "period_kinds", "aggregation", "country", "concepts",
            "concerns_persons", "already_published")  # fmt: skip
    return {
        **texts_data(content),
        **{name: content[name] for name in same},
        "unit_sv": content["unit"]["sv"],
        "unit_en": content["unit"]["en"],
        "denominator": content.get("denominator") or "",
        "per": content.get("per"),
        "region_element": content["region_element"] or "",
        "dimensions": [*content["dimensions"], *[""] * (PLACES - len(content["dimensions"]))],
        "where": [{"element": name, "code": code or ""} for name, code in content["where"].items()],
        "known_totals": [
            {
                **{name: total[name] for name in ("period", "region", "value")},
                "explanation_sv": total["explanation"]["sv"],
                "explanation_en": total["explanation"]["en"],
                **_source_data(total["source"]),
            }
            for total in content["known_totals"]
        ],
        "not_joined": [
            {"measure": other["measure"], "reason_sv": other["reason"]["sv"], "reason_en": other["reason"]["en"]}
            for other in content["not_joined"]
        ],
        "same_count_as": [dict(one) for one in content.get("same_count_as", ())],
        "notes_sv": "\n".join(note["sv"] for note in content["notes"]),
        "notes_en": "\n".join(note["en"] for note in content["notes"]),
        **_source_data(content["source"] or {}),
    }


def new_measure_data(model: Model) -> dict[str, Any]:
    """What a new measure of a model begins with."""
    period = model.by_name.get(model.period_element)
    return {
        "model": model.slug,
        "aggregation": Aggregation.SUM.value,
        "country": Country.SUM.value,
        "decimals": 0,
        "per": 100,
        "period_element": model.period_element,
        "period_kinds": [kind.value for kind in period.period_kinds] if period else [],
        "concerns_persons": model.concerns_persons,
    }


def _columns(
    model: Model, role: Role, *, only: ElementType | None = None, but: ElementType | None = None
) -> list[tuple[str, str]]:
    return [
        (element.name, f"{element.label.in_language(current_language())} ({element.name})")
        for element in model.elements
        if element.role is role and (only is None or element.type is only) and element.type is not but
    ]


def _division(denominator: str | None, per: int | None, *, is_ratio: bool) -> dict[str, Any]:
    """The fields that a ratio has and others lack; a denominator that was chosen for no ratio is told of, not dropped."""
    if is_ratio or denominator:
        return {"denominator": denominator or None, "per": per or 1}
    return {}


def _source(part: Any) -> dict[str, Any]:
    note = text_of_fields(part.source_note_sv, part.source_note_en)
    return {
        "title": (part.source_title.data or "").strip(),
        "url": (part.source_url.data or "").strip() or None,
        "date": (part.source_date.data or "").strip() or None,
        "note": note if note["sv"] and note["en"] else None,
    }


def _source_data(source: Mapping[str, Any]) -> dict[str, str]:
    note = source.get("note") or {}
    return {
        "source_title": source.get("title") or "",
        "source_url": source.get("url") or "",
        "source_date": source.get("date") or "",
        "source_note_sv": note.get("sv", ""),
        "source_note_en": note.get("en", ""),
    }
