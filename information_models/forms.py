"""The forms that modellers write in: a model with its elements and rules, a code list, a file of content.

That of a measure is in `measure_form`.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DecimalField,
    Field,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, Regexp, ValidationError

from information_models import code_lists, definitions, measures
from information_models.definitions import Thresholds, TotalRows
from information_models.elements import LEAST_PERIODS, MOST_PERIODS, MOST_SHARE
from information_models.form_parts import ElementPart, RulePart, text_of_fields, without_control
from registry.content import shapes
from registry.content.values import written_decimal
from registry.web.forms import Form, required


class TextsForm(Form):
    """What every kind of content has."""

    last: ClassVar[tuple[str, ...]] = ("anew", "reason")
    title_sv = StringField(_l("Title in Swedish"), [required(), Length(max=200)])
    title_en = StringField(_l("Title in English"), [required(), Length(max=200)])
    description_sv = TextAreaField(_l("Description in Swedish"), [required(), Length(max=4000)])
    description_en = TextAreaField(_l("Description in English"), [required(), Length(max=4000)])
    reason = TextAreaField(
        _l("Why is it changed?"),
        [Optional(), Length(max=2000)],
        description=_l("Shown to those who review the version."),
        filters=(without_control,),
    )
    anew = BooleanField(
        _l("Bind to what is published now"),
        description=_l("Otherwise each element keeps the wording and the code list that it is bound to."),
    )


THRESHOLDS = ("share", "count", "rate", "score", "periods")
"""The fields of `Thresholds`, by their names in the form."""
THRESHOLD = _l("Leave all five empty to follow the registry: 20 per cent, 5, 1, 3.5 and 8.")


class ModelForm(TextsForm):
    """A model: texts, elements, key, rules."""

    elements = FieldList(FormField(ElementPart), max_entries=100)
    find_concept = StringField(
        _l("Find concepts"),
        [Optional(), Length(max=200)],
        description=_l("The concepts that are found can then be chosen at each element."),
    )
    key = StringField(
        _l("Key"),
        [required()],
        description=_l("The names of the elements that tell one row from another, separated by commas."),
    )
    period_element = StringField(
        _l("Period element"), [required()], description=_l("The name of the element that says when the row is about.")
    )
    region_element = StringField(
        _l("Region element"),
        [Optional()],
        description=_l("The name of the element that says which region the row belongs to; empty if there is none."),
    )
    total_rows = SelectField(_l("Rows that sum other rows"))
    rules = FieldList(FormField(RulePart), max_entries=100)
    share = IntegerField(
        _l("A change is large above so many per cent"), [Optional(), NumberRange(1, MOST_SHARE)], description=THRESHOLD
    )
    count = DecimalField(_l("… and from so many, of what may be summed"), [Optional(), NumberRange(0)])
    rate = DecimalField(_l("… and from so much, of what may not"), [Optional(), NumberRange(0)])
    score = DecimalField(
        _l("A value is unusual above so many robust standard deviations from the median"), [Optional(), NumberRange(0)]
    )
    periods = IntegerField(
        _l("… of at least so many earlier periods"), [Optional(), NumberRange(LEAST_PERIODS, MOST_PERIODS)]
    )

    def offer(self, concepts: Sequence[tuple[str, str]], lists: Sequence[tuple[str, str]]) -> None:
        """Concepts and code lists to choose from; what an element has already is always among them."""
        self.total_rows.choices = [
            (TotalRows.LEAVE_OUT.value, _("are compared with their rows and left out")),
            (TotalRows.REFUSE.value, _("are not accepted")),
        ]
        for entry in self.elements:
            for field, choices in ((entry.form.concept, concepts), (entry.form.code_list, lists)):
                known = {value for value, _label in choices}
                extra = [(field.data, field.data)] if field.data and field.data not in known else []
                field.choices = [*field.choices[:1], *choices, *extra]

    def add_rows(self) -> None:
        """An empty element and an empty rule at the end."""
        for rows in (self.elements, self.rules):
            rows.append_entry()

    def content(self, slug: str, before: Mapping[str, Any]) -> dict[str, Any]:
        """The model as it is to be kept; what the form does not show is taken from ``before``."""
        before = definitions.SCHEMA.lift(before)
        bound = {element["name"]: element for element in before["elements"]}
        return {
            **before,
            "thresholds": self._thresholds(),
            "slug": slug,
            "title": text_of_fields(self.title_sv, self.title_en),
            "description": text_of_fields(self.description_sv, self.description_en),
            "elements": [
                _keep_bindings(entry.form.content(), bound) for entry in self.elements if entry.form.name.data
            ],
            "key": [name.strip() for name in (self.key.data or "").split(",") if name.strip()],
            "period_element": (self.period_element.data or "").strip(),
            "region_element": (self.region_element.data or "").strip() or None,
            "total_rows": self.total_rows.data,
            "rules": [entry.form.content() for entry in self.rules if entry.form.id.data],
        }

    def _thresholds(self) -> dict[str, Any] | None:
        """Those that are written, the others as the registry has them; ``None`` where none is."""
        if all(getattr(self, name).data is None for name in THRESHOLDS):
            return None
        given = {name: getattr(self, name).data for name in THRESHOLDS}
        default = Thresholds()
        return {
            name: value if isinstance(value, int) else written_decimal(value)
            for name in THRESHOLDS
            for value in [getattr(default, name) if given[name] is None else given[name]]
        }


def model_data(content: Mapping[str, Any]) -> dict[str, Any]:
    """The form's beginning from content."""
    stated = definitions.SCHEMA.lift(content)["thresholds"] or {}
    return {
        **texts_data(content),
        **{name: Decimal(value) if isinstance(value, str) else value for name, value in stated.items()},
        "key": ", ".join(content["key"]),
        "period_element": content["period_element"],
        "region_element": content["region_element"] or "",
        "total_rows": content["total_rows"],
        "elements": [
            {
                **{name: element[name] for name in element if name not in _IN_TWO},
                "label_sv": element["label"]["sv"],
                "label_en": element["label"]["en"],
                "description_sv": element["description"]["sv"],
                "description_en": element["description"]["en"],
                "persons_reason_sv": (element.get("persons_reason") or {}).get("sv", ""),
                "persons_reason_en": (element.get("persons_reason") or {}).get("en", ""),
                "unit_sv": (element["unit"] or {}).get("sv", ""),
                "unit_en": (element["unit"] or {}).get("en", ""),
                "aliases": "\n".join(element["aliases"]),
                "concept": element["concept"] or "",
                "code_list": element["code_list"] or "",
            }
            for element in content["elements"]
        ],
        "rules": [
            {
                "id": rule["id"],
                "severity": rule["severity"],
                "expression": rule["expression"],
                "text_sv": rule["text"]["sv"],
                "text_en": rule["text"]["en"],
                "reason_sv": rule["reason"]["sv"],
                "reason_en": rule["reason"]["en"],
            }
            for rule in content["rules"]
        ],
    }


_IN_TWO = ("label", "description", "unit", "aliases", "persons_reason")
"""What of an element is written in other fields than one of its name."""


def _keep_bindings(element: dict[str, Any], bound: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """An element whose concept and code list are the same keeps the versions that it is bound to."""
    before = bound.get(element["name"], {})
    for name in ("concept", "code_list"):
        same = before.get(name) == element[name] and element[name]
        element[f"{name}_version"] = before.get(f"{name}_version") if same else None
    return element


class CodeListForm(TextsForm):
    """A code list. The codes are lines of text, as from a spreadsheet."""

    codes = TextAreaField(
        _l("Codes"),
        [required()],
        description=_l(
            "One code on each line, with semicolons between: code; name in Swedish; name in English; valid from; valid to; parent; other spellings with | between; local (x); concept; note in Swedish; note in English; reserved for trials (x)."
        ),
    )

    def validate_codes(self, field: Field) -> None:
        try:
            read_codes(field.data or "")
        except csv.Error:
            raise ValidationError(_("The lines cannot be read. Close every quotation mark.")) from None

    def content(self, slug: str, before: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **before,
            "slug": slug,
            "title": text_of_fields(self.title_sv, self.title_en),
            "description": text_of_fields(self.description_sv, self.description_en),
            "codes": read_codes(self.codes.data or ""),
        }


class NewCodeListForm(CodeListForm):
    """A code list that there is none of yet."""

    first = ("slug",)
    last = ("codes", *TextsForm.last)
    slug = StringField(
        _l("Name in the address"),
        [required(), Length(max=100), Regexp(shapes.SLUG, message=_l("Write small letters a–z, digits and hyphens."))],
        description=_l("It never changes, and models name the list by it."),
    )
    parent_list = SelectField(
        _l("Parent list"), description=_l("The list that the codes' parents are in, where they have parents.")
    )

    def offer(self, lists: Sequence[tuple[str, str]]) -> None:
        """Code lists to choose a parent list from."""
        self.parent_list.choices = [("", _("no parent list")), *lists]

    def new_content(self) -> dict[str, Any]:
        """The list as it is to be kept."""
        empty = {
            "content_schema": code_lists.CONTENT_SCHEMA,
            "source": None,
            "parent_list": self.parent_list.data or None,
        }
        return self.content(self.slug.data or "", empty)


def code_list_data(content: Mapping[str, Any]) -> dict[str, Any]:
    return {**texts_data(content), "codes": write_codes(content["codes"])}


def read_codes(text: str) -> list[dict[str, Any]]:
    """Codes from lines of text, whatever ends them. Raises ``csv.Error`` where a quoted cell never ends.

    >>> read_codes("01;Nord;North;2018-01-01;;;N|Norr")[0]["aliases"]
    ['N', 'Norr']
    """
    codes = []
    for row in csv.reader(io.StringIO(text, newline=None), delimiter=";"):
        cells = [cell.strip() for cell in row] + [""] * 12
        if not any(cells):
            continue
        note = {"sv": cells[9], "en": cells[10]}
        codes.append(
            {
                "code": cells[0],
                "label": {"sv": cells[1], "en": cells[2]},
                "valid_from": cells[3] or None,
                "valid_to": cells[4] or None,
                "parent": cells[5] or None,
                "aliases": [alias.strip() for alias in cells[6].split("|") if alias.strip()],
                "local": bool(cells[7]),
                "concept": cells[8] or None,
                "note": note if note["sv"] else None,
                **({"test": True} if cells[11] else {}),
            }
        )
    return codes


def write_codes(codes: Sequence[Mapping[str, Any]]) -> str:
    """The same codes as lines of text."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";", lineterminator="\n")
    for code in codes:
        note = code.get("note") or {"sv": "", "en": ""}
        row = [
            code["code"],
            code["label"]["sv"],
            code["label"]["en"],
            code.get("valid_from") or "",
            code.get("valid_to") or "",
            code.get("parent") or "",
            "|".join(code.get("aliases", ())),
            "x" if code.get("local") else "",
            code.get("concept") or "",
            note["sv"],
            note["en"],
            "x" if code.get("test") else "",
        ]
        while len(row) > 3 and not row[-1]:
            row.pop()
        writer.writerow(row)
    return lines.getvalue()


class UploadForm(Form):
    """A file with the content of a model, a code list or a measure."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("JSON: a model file, or the content of a model, a code list or a measure."),
    )
    anew = BooleanField(_l("Bind to what is published now"), default=True)
    reason = TextAreaField(_l("Why is it changed?"), [Optional(), Length(max=2000)], filters=(without_control,))
    replaces = BooleanField(
        _l("Take the place of a draft that somebody else has written in"),
        description=_l("What that draft says is then gone."),
    )


class CopyForm(Form):
    """A new model that begins as a copy of another."""

    base = SelectField(_l("Begin from"))
    slug = StringField(
        _l("Name in addresses"),
        [required(), Length(max=80), Regexp(shapes.SLUG, message=_l("Write small letters a–z, digits and hyphens."))],
        description=_l("For example dagliga-vardplatser-per-avdelning. It never changes."),
    )
    title_sv = StringField(_l("Title in Swedish"), [required(), Length(max=200)])
    title_en = StringField(_l("Title in English"), [required(), Length(max=200)])


class MeasuredForm(Form):
    """Which model a new measure is of."""

    modell = SelectField(_l("Model"))


SCHEMAS = {
    **dict.fromkeys(definitions.SCHEMA.names, "model"),
    code_lists.CONTENT_SCHEMA: "code_list",
    **dict.fromkeys(measures.SCHEMA.names, "measure"),
}
"""Kind of item by content schema."""


def texts_data(content: Mapping[str, Any]) -> dict[str, Any]:
    """The beginning of `TextsForm` from content."""
    return {
        "title_sv": content["title"]["sv"],
        "title_en": content["title"]["en"],
        "description_sv": content["description"]["sv"],
        "description_en": content["description"]["en"],
    }
