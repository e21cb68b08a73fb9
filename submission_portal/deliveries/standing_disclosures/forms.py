"""Forms for standing disclosure decisions: taking one, with its conditions, and withdrawing one."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from information_models.definitions import Element, Model
from registry.findings import Finding
from registry.i18n import read
from registry.web.forms import AskedWithin, CheckBoxesField, Form, WholeNumberField, required
from registry.web.problems import readable
from submission_portal.deliveries.assessment.conditions import (
    HIGHEST_BELOW,
    LONGEST_GROUND,
    MOST_DAYS,
    MOST_SMALL,
    Small,
    SmallNumbers,
    persons,
)
from submission_portal.deliveries.tables import StandingDisclosure
from submission_portal.legal_questions.question_forms import QuestionForm

USUAL_DAYS = 60
USUAL_BELOW = 5


class StandingDisclosureForm(QuestionForm):
    """What a disclosing officer decides once. `form_class` adds five fields for each element that counts persons."""

    first: ClassVar[tuple[str, ...]] = ("uses", "latest_days")
    last: ClassVar[tuple[str, ...]] = ("valid_from", "valid_to", "registry_number", "reason")
    elements: ClassVar[tuple[Element, ...]] = ()

    uses = CheckBoxesField(
        _l("What the figures may be used for"),
        description=_l("The deliveries may be used for what you tick, and for nothing else."),
    )
    latest_days = WholeNumberField(
        _l("Days after the end of the period, at most"),
        [
            InputRequired(_l("Give a whole number of days.")),
            NumberRange(0, MOST_DAYS, _l("Give a whole number from 0 to 3660.")),
        ],
        description=_l("What is sent later is decided on by itself. The oldest period in the file counts."),
        default=USUAL_DAYS,
    )
    valid_from = DateField(_l("Valid from"), [required(_l("Give the first day."))])
    valid_to = DateField(_l("Valid until"), [required(_l("Give the last day."))])
    registry_number = StringField(
        _l("Registry number"),
        [required(_l("Write the decision's registry number.")), Length(max=80)],
        description=_l("The number that the region's own register has given the decision."),
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write the reasons.")), Length(max=4000)],
        description=_l("Goes with each delivery. Write nothing about individuals."),
    )

    def small_number_fields(self) -> list[tuple[Element, Field, Field, Field, Field, Field | None]]:
        """Each element that counts persons, with the fields of its condition: rule, highest count, limit, ground, and the level
        that it is counted at (``None`` where it cannot be added up, so that it is counted row by row)."""
        names = ("rule", "most", "below", "ground")
        return [
            (one, *(self[f"{name}_{one.name}"] for name in names), getattr(self, f"level_{one.name}", None))
            for one in self.elements
        ]

    def conditions(self, model: Model) -> dict[str, Any]:
        """The conditions that the form states."""
        return {
            "latest_days": self.latest_days.data,
            "small_numbers": [
                {
                    "element": element.name,
                    "level": [
                        name
                        for name in model.key
                        if level is None or name == model.period_element or name in (level.data or ())
                    ],
                    "below": below.data,
                    "rule": rule.data,
                    "most": most.data if rule.data == Small.AT_MOST else 0,
                    "ground": (ground.data or "").strip() if rule.data == Small.AS_PROTECTED else "",
                }
                for element, rule, most, below, ground, level in self.small_number_fields()
            ],
        }

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Also, that a highest count is given where there is to be one, and a ground where the protection is to be enough."""
        is_valid: bool = super().validate(extra_validators)
        for _element, rule, most, _below, ground, _level in self.small_number_fields():
            if rule.data == Small.AT_MOST and most.data is None and not most.errors:
                most.errors = [_("Give the highest count.")]
                is_valid = False
            if rule.data == Small.AS_PROTECTED and not (ground.data or "").strip() and not ground.errors:
                ground.errors = [_("Write why it is enough.")]
                is_valid = False
        if not self.uses.data:
            self.uses.errors = [_("Tick at least one use.")]
            is_valid = False
        return is_valid

    def begin_from(self, decision: StandingDisclosure) -> None:
        """Fill in what an earlier decision says, to be renewed; the days, the number and the reasons are written anew."""
        self.latest_days.data = decision.conditions.latest_days
        known = {one.element: one for one in decision.conditions.small_numbers}
        for element, rule, most, below, ground, level in self.small_number_fields():
            if (one := known.get(element.name)) is not None:
                rule.data, below.data, ground.data = one.rule.value, one.below, one.ground
                most.data = one.most if one.rule is Small.AT_MOST else None
                if level is not None:
                    level.data = list(one.level)
        self.fill_answers(decision.assessment)

    def tell(self, findings: Sequence[Finding]) -> list[Finding]:
        """Put findings on the fields that they concern; gives back those that have none."""
        left = []
        for one in findings:
            name = readable(one).field
            if name in self:
                self[name].errors = [*self[name].errors, readable(one).in_full]
            else:
                left.append(one)
        return left


def form_class(model: Model, below: int = USUAL_BELOW) -> type[StandingDisclosureForm]:
    """The form for a line of this model; numbers below ``below`` are proposed to be small."""
    elements = tuple(model.element(name) for name in persons(model))
    fields: dict[str, Any] = {"elements": elements}
    for one in elements:
        fields |= {f"{name}_{one.name}": field for name, field in _fields(model, one, max(below, 2)).items()}
    first = (*StandingDisclosureForm.first, *(name for name in fields if name != "elements"))
    return type("StandingDisclosureFormOfModel", (StandingDisclosureForm,), {**fields, "first": first})


def condition_of(decision: StandingDisclosure, element: str) -> SmallNumbers | None:
    """What a decision says of small numbers in an element."""
    return next((one for one in decision.conditions.small_numbers if one.element == element), None)


def _fields(model: Model, element: Element, below: int) -> dict[str, Field]:
    above = [name for name in model.key if name != model.period_element]
    fields = {
        "rule": RadioField(
            read(element.label),
            [required(_l("Choose a rule."))],
            choices=[
                (Small.NONE.value, _l("No small numbers")),
                (Small.AT_MOST.value, _l("At most so many")),
                (Small.AS_PROTECTED.value, _l("As many as there are: the uses hide them")),
            ],
            default=Small.NONE.value,
        ),
        "most": WholeNumberField(
            _l("Highest count"),
            [AskedWithin(), NumberRange(0, MOST_SMALL, _l("Give a whole number from 0 to 100,000."))],
        ),
        "below": WholeNumberField(
            _l("Small is above 0 and below"),
            [
                InputRequired(_l("Give a whole number.")),
                NumberRange(2, HIGHEST_BELOW, _l("Give a whole number from 2 to 100.")),
            ],
            default=below,
        ),
        "ground": TextAreaField(_l("Why it is enough that the uses hide them"), [Length(max=LONGEST_GROUND)]),
    }
    if element.additive:
        fields["level"] = CheckBoxesField(
            _l("Counted for each"),
            [Optional()],
            choices=[(name, read(model.element(name).label)) for name in above],
            default=above,
            description=_l("What is not ticked is added up before it is counted. Each period is counted by itself."),
        )
    return fields


class WithdrawalForm(Form):
    """Why a standing decision is withdrawn."""

    reason = TextAreaField(
        _l("Why?"),
        [required(_l("Write why.")), Length(max=2000)],
        description=_l("The region's people read it. Write nothing about individuals."),
    )
