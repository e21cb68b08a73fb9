"""Forms for delivery lines: proposing one, and deciding on one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from registry.content.values import written_day
from registry.findings import Finding, Severity
from registry.items.lifecycle import Outcome
from registry.period import PeriodKind
from registry.provenance import Provenance
from registry.web.forms import CheckBoxesField, Form, required
from registry.web.problems import readable
from submission_portal.flows.channels import Channel
from submission_portal.flows.content import CONTENT_SCHEMA, UNKNOWN_DAY, Line
from submission_portal.flows.pieces import LONGEST_TEXT, LONGEST_TITLE
from submission_portal.legal_questions.question_forms import QuestionForm


class Later(Optional):
    """May be empty in a draft, and is asked for before it is sent: so not marked as optional."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, object] = {}


class SuspensionForm(Form):
    """Why a line is suspended, or resumed."""

    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write why.")), Length(max=LONGEST_TEXT)],
        description=_l("Both sides read it."),
    )


class LineForm(Form):
    """What a region proposes to deliver. A draft may be incomplete; what is missing is said before it is sent."""

    discloser = SelectField(_l("Discloser"), [required(_l("Choose the organisation that discloses."))])
    model_version = SelectField(
        _l("Information model"),
        [required(_l("Choose a published model."))],
        description=_l("The line is bound to exactly this version, and to the wordings that it rests on."),
    )
    recipient = SelectField(
        _l("Recipient"),
        [required(_l("Choose a recipient."))],
        description=_l("Takes the deliveries in, and reviews those that need it."),
    )
    title_sv = StringField(_l("Name in Swedish"), [required(_l("Give the line a name.")), Length(max=LONGEST_TITLE)])
    title_en = StringField(
        _l("Name in English"),
        [Optional(), Length(max=LONGEST_TITLE)],
        description=_l("The Swedish name is used where there is none."),
    )
    parts_element = SelectField(_l("A period is delivered"), [Later()], validate_choice=False)
    parts_codes = TextAreaField(
        _l("Which parts"),
        [Later(), Length(max=LONGEST_TEXT * 5)],
        description=_l(
            "Only where a period is delivered in parts. One on each line, by code or name; left empty, all that the region has."
        ),
    )
    periodicity = CheckBoxesField(
        _l("Periods"),
        [Later()],
        choices=[],
        validate_choice=False,
        description=_l("None chosen: all that the model has."),
    )
    channels = CheckBoxesField(
        _l("Channels"),
        [Later()],
        choices=[],
        validate_choice=False,
        description=_l("Deliveries by other roads are refused."),
    )
    valid_from = DateField(_l("Valid from"), [Later()])
    valid_to = DateField(_l("Valid until"), [Later()])
    automatic = BooleanField(
        _l("Deliveries without findings go straight through"),
        default=True,
        description=_l("Everything else goes to a reviewer."),
    )
    reason = TextAreaField(
        _l("Why is this proposed?"), [Optional(), Length(max=LONGEST_TEXT)], description=_l("Read by the reviewer.")
    )

    def validate_parts_codes(self, field: TextAreaField) -> None:
        """Parts that nothing divides the period by would be lost without a word."""
        if not self.parts_element.data:
            raise ValidationError(_l("Choose above what divides the period, or leave this empty."))

    def offer(
        self,
        disclosers: Sequence[tuple[str, str]],
        models: Sequence[tuple[str, str]],
        recipients: Sequence[tuple[str, str]],
        elements: Sequence[tuple[str, str]],
        periods: Sequence[tuple[str, str]],
        channels: Sequence[tuple[str, str]],
    ) -> None:
        """What there is to choose from; a choice of one is made. ``elements``: those that a period may be divided by."""
        for field, choices in (
            (self.discloser, disclosers),
            (self.model_version, models),
            (self.recipient, recipients),
        ):
            field.choices = list(choices) if len(choices) == 1 else [("", _l("Choose")), *choices]
        self.parts_element.choices = [("", _l("Whole, in one file")), *elements]
        self.periodicity.choices, self.channels.choices = list(periods), list(channels)

    def content(self, model_slugs: Mapping[str, str], provenance: Provenance = Provenance.OWN) -> dict[str, Any]:
        """The content that the form states; ``model_slugs`` gives each offered version's model."""
        codes = [text.strip() for text in (self.parts_codes.data or "").splitlines() if text.strip()]
        return {
            "content_schema": CONTENT_SCHEMA,
            "title": {"sv": self.title_sv.data or "", "en": self.title_en.data or ""},
            "discloser": self.discloser.data,
            "recipient": self.recipient.data,
            "model": model_slugs.get(self.model_version.data, ""),
            "model_version": self.model_version.data,
            "parts": {"element": self.parts_element.data, "codes": codes} if self.parts_element.data else None,
            "periodicity": [one for one in self.periodicity.data or () if one in set(PeriodKind)],
            "channels": [one for one in self.channels.data or () if one in set(Channel)],
            "valid_from": written_day(self.valid_from.data),
            "valid_to": written_day(self.valid_to.data),
            "automatic": bool(self.automatic.data),
            "provenance": provenance,
        }

    def fill(self, line: Line, names: Mapping[str, str]) -> None:
        """Show a line that is there already; ``names`` by code are what people call its parts."""
        codes = line.parts.codes if line.parts else ()
        for name, value in (
            ("discloser", line.discloser),
            ("recipient", line.recipient),
            ("model_version", line.model_version),
            ("title_sv", line.title.sv),
            ("title_en", "" if line.title.en == line.title.sv else line.title.en),
            ("parts_element", line.parts.element if line.parts else ""),
            ("parts_codes", "\n".join(names.get(code, code) for code in codes)),
            ("periodicity", [one.value for one in line.periodicity]),
            ("channels", [one.value for one in line.channels]),
            ("valid_from", _known(line.valid_from)),
            ("valid_to", _known(line.valid_to)),
            ("automatic", line.is_automatic),
        ):
            self[name].data = value


FIELD_OF = {"title": "title_sv", "parts.element": "parts_element", "parts.codes": "parts_codes"}
"""Which field shows a part of the content; the others are called the same."""


def fields_of(finding: Finding) -> list[str]:
    """The form fields that a finding about content points at."""
    return [FIELD_OF.get(place.field or "", place.field or "") for place in finding.places]


def mark(form: Form, findings: Iterable[Finding], fields: Callable[[Finding], Sequence[str]] = fields_of) -> None:
    """Put what a draft still lacks on the fields that show it."""
    for finding in findings:
        if finding.severity is not Severity.ERROR:
            continue
        for name in fields(finding):
            if name in form:
                form[name].errors = [*form[name].errors, readable(finding).title]


class DecisionForm(QuestionForm):
    """A decision on one aspect of a line. The control questions are part of a legal approval only."""

    outcome = RadioField(
        _l("Decision"),
        [required(_l("Choose a decision."))],
        choices=[
            (Outcome.APPROVE.value, _l("Approve")),
            (Outcome.RETURN.value, _l("Ask for completion")),
            (Outcome.REJECT.value, _l("Refuse")),
        ],
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write the reasons.")), Length(max=5000)],
        description=_l("Required. The region reads them."),
    )
    refusals = (Outcome.RETURN.value, Outcome.REJECT.value)


def _known(value: date) -> date | None:
    """A day for a form; nothing where none is stated."""
    return None if value == UNKNOWN_DAY else value
