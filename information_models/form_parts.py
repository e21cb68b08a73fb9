"""The rows of a model's form, an element and a rule, and how their fields become content."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms import Form as Part
from wtforms.validators import Length, NumberRange, Optional, Regexp, ValidationError

from information_models import definitions
from information_models.definitions import ElementType
from information_models.presentation import PERIOD_LABELS, ROLE_LABELS, TYPE_LABELS
from registry.content import shapes
from registry.findings import Severity, Text
from registry.i18n import read as in_words
from registry.web.forms import CheckBoxesField, WholeNumberField

_CONTROL = re.compile(shapes.CONTROL)


def without_control(text: str | None) -> str | None:
    """Text as it can be kept in every database."""
    return _CONTROL.sub("", text) if text else text


def _labels(choices: Mapping[Any, Text]) -> list[tuple[str, str]]:
    return [(choice.value, in_words(label).capitalize()) for choice, label in choices.items()]


class NeededWith:
    """The field must be filled in wherever the row is in use, which its naming field tells."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, form: Part, field: Field) -> None:
        if form[self._name].data and not (field.data or "").strip():
            raise ValidationError(_("Fill in this field."))


class ElementPart(Part):
    """One element. A row without a name is left out."""

    name = StringField(
        _l("Name"),
        [
            Optional(),
            Regexp(
                shapes.NAME, message=_l("Write small letters a–z, digits and underscores, beginning with a letter.")
            ),
        ],
        description=_l("The column's technical name, used in rules and by systems."),
    )
    label_sv = StringField(_l("Heading in Swedish"), [NeededWith("name"), Length(max=120)])
    label_en = StringField(_l("Heading in English"), [NeededWith("name"), Length(max=120)])
    description_sv = TextAreaField(_l("Meaning in Swedish"), [NeededWith("name"), Length(max=2000)])
    description_en = TextAreaField(_l("Meaning in English"), [NeededWith("name"), Length(max=2000)])
    role = SelectField(_l("Role in the row"))
    type = SelectField(_l("Form"))
    concept = SelectField(_l("Concept"))
    code_list = SelectField(_l("Code list"), description=_l("For codes."))
    period_kinds = CheckBoxesField(_l("Kinds of period"), description=_l("For periods."))
    unit_sv = StringField(_l("Unit in Swedish"), [Optional(), Length(max=80)])
    unit_en = StringField(_l("Unit in English"), [Optional(), Length(max=80)])
    minimum = StringField(
        _l("Least value"), [Optional(), Regexp(shapes.NUMBER, message=_l("Write a number such as 0 or 12.5."))]
    )
    maximum = StringField(
        _l("Greatest value"), [Optional(), Regexp(shapes.NUMBER, message=_l("Write a number such as 0 or 12.5."))]
    )
    decimals = WholeNumberField(_l("Decimals"), [Optional(), NumberRange(0, 6)], default=0)
    max_length = WholeNumberField(
        _l("Greatest length of a text"),
        [Optional(), NumberRange(1, definitions.LONGEST_TEXT)],
        default=definitions.LONGEST_TEXT,
    )
    pattern = StringField(
        _l("Pattern of a text"),
        [Optional(), Length(max=100)],
        description=_l("Letters, classes such as [A-Z0-9] and counts such as {2,4}."),
    )
    aliases = TextAreaField(_l("Other headings in real files"), [Optional()], description=_l("One on each line."))
    required = BooleanField(_l("Is required"), default=True)
    concerns_persons = BooleanField(
        _l("Concerns persons"), description=_l("Small numbers are then protected. Beds are not persons; patients are.")
    )
    persons_reason_sv = TextAreaField(
        _l("Why it says otherwise of persons than its concept, in Swedish"),
        [Optional(), Length(max=1000)],
        description=_l(
            "Needed where the concept, the version before or other models say otherwise. A legal reviewer decides on it."
        ),
    )
    persons_reason_en = TextAreaField(_l("The same in English"), [Optional(), Length(max=1000)])
    additive = BooleanField(_l("May be summed over places"), default=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = _labels(ROLE_LABELS)
        self.type.choices = _labels(TYPE_LABELS)
        self.period_kinds.choices = _labels(PERIOD_LABELS)
        self.concept.choices = [("", _("no concept"))]
        self.code_list.choices = [("", _("no code list"))]

    def content(self) -> dict[str, Any]:
        """The element as it is kept. Bindings are added when the draft is saved."""
        is_period = self.type.data == ElementType.PERIOD
        unit = text_of_fields(self.unit_sv, self.unit_en)
        reason = text_of_fields(self.persons_reason_sv, self.persons_reason_en)
        return {
            "name": self.name.data,
            "label": text_of_fields(self.label_sv, self.label_en),
            "description": text_of_fields(self.description_sv, self.description_en),
            "role": self.role.data,
            "type": self.type.data,
            "concept": self.concept.data or None,
            "code_list": (self.code_list.data or None) if self.type.data == ElementType.CODE else None,
            "aliases": lines_of(self.aliases.data),
            "required": self.required.data,
            "concerns_persons": self.concerns_persons.data,
            **({"persons_reason": reason} if reason["sv"] and reason["en"] else {}),
            "unit": unit if unit["sv"] and unit["en"] else None,
            "minimum": self.minimum.data or None,
            "maximum": self.maximum.data or None,
            "decimals": (self.decimals.data or 0) if self.type.data == ElementType.DECIMAL else 0,
            "period_kinds": list(self.period_kinds.data or ()) if is_period else [],
            "max_length": self.max_length.data or definitions.LONGEST_TEXT,
            "pattern": self.pattern.data or None,
            "additive": self.additive.data,
        }


class RulePart(Part):
    """One rule. A row without an id is left out."""

    id = StringField(
        _l("Id"), [Optional(), Regexp(shapes.SLUG, message=_l("Write small letters a–z, digits and hyphens."))]
    )
    expression = TextAreaField(
        _l("Expression"),
        [NeededWith("id"), Length(max=500)],
        description=_l(
            "For example: belagda <= disponibla + overbelaggningar. Compare with =, <>, <, <=, >, >=, BETWEEN, IN and IS NULL."
        ),
    )
    severity = SelectField(_l("When it is broken"))
    text_sv = TextAreaField(_l("In words, in Swedish"), [NeededWith("id"), Length(max=1000)])
    text_en = TextAreaField(_l("In words, in English"), [NeededWith("id"), Length(max=1000)])
    reason_sv = TextAreaField(_l("Reason in Swedish"), [NeededWith("id"), Length(max=1000)])
    reason_en = TextAreaField(_l("Reason in English"), [NeededWith("id"), Length(max=1000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.severity.choices = [
            (Severity.ERROR.value, _("Error: must be mended")),
            (Severity.WARNING.value, _("Warning: must be mended or explained")),
        ]

    def content(self) -> dict[str, Any]:
        return {
            "id": self.id.data,
            "severity": self.severity.data,
            "expression": " ".join((self.expression.data or "").split()),
            "text": text_of_fields(self.text_sv, self.text_en),
            "reason": text_of_fields(self.reason_sv, self.reason_en),
        }


def text_of_fields(swedish: Any, english: Any) -> dict[str, str]:
    return {"sv": (swedish.data or "").strip(), "en": (english.data or "").strip()}


def lines_of(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
