"""Forms for flows: proposing one, and deciding on one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from registry.findings import Finding
from registry.items.lifecycle import Outcome
from registry.provenance import Provenance
from registry.web.forms import Form, WholeNumberField, required
from submission_portal.flows.content import HIGHEST_THRESHOLD, LONGEST_TEXT, LONGEST_TITLE, parse
from submission_portal.legal_questions.question_forms import QuestionForm


class Later(Optional):
    """May be empty in a draft, and is asked for before it is sent: so not marked as optional."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, object] = {}


class SuspensionForm(Form):
    """Why a flow is suspended, or resumed."""

    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write why.")), Length(max=LONGEST_TEXT)],
        description=_l("Both sides read it."),
    )


class FlowForm(Form):
    """What a region proposes. A draft may be incomplete; what is missing is said before it is sent."""

    discloser = SelectField(_l("Discloser"), [required(_l("Choose the organisation that discloses."))])
    model_version = SelectField(
        _l("Information model"),
        [required(_l("Choose a published model."))],
        description=_l("The flow is bound to exactly this version, and to the wordings that it rests on."),
    )
    recipient = SelectField(_l("Recipient"), [required(_l("Choose a recipient."))])
    title_sv = StringField(_l("Name in Swedish"), [required(_l("Give the flow a name.")), Length(max=LONGEST_TITLE)])
    title_en = StringField(
        _l("Name in English"),
        [Optional(), Length(max=LONGEST_TITLE)],
        description=_l("The Swedish name is used where there is none."),
    )
    purpose_sv = TextAreaField(
        _l("Purpose in Swedish"),
        [Later(), Length(max=LONGEST_TEXT)],
        description=_l("The need that the figures meet. Nothing may be asked for beyond a need that is stated."),
    )
    purpose_en = TextAreaField(_l("Purpose in English"), [Optional(), Length(max=LONGEST_TEXT)])
    ground_title_sv = TextAreaField(
        _l("Legal ground in Swedish"),
        [Later(), Length(max=LONGEST_TEXT)],
        description=_l("The decision or statute that carries the processing, for instance a government assignment."),
    )
    ground_title_en = TextAreaField(_l("Legal ground in English"), [Optional(), Length(max=LONGEST_TEXT)])
    ground_reference = StringField(
        _l("Reference of the ground"), [Later(), Length(max=200)], description=_l("Registry number or citation.")
    )
    ground_valid_to = DateField(
        _l("The ground is valid until"),
        [Later()],
        description=_l(
            "A ground always has an end date. The registry warns 90 days ahead and takes no deliveries after it."
        ),
    )
    threshold = WholeNumberField(
        _l("Hide values below"),
        [
            InputRequired(_l("Give a whole number.")),
            NumberRange(0, HIGHEST_THRESHOLD, _l("Give a whole number from 0 to 100.")),
        ],
        description=_l(
            "Where persons are counted, values above zero and below this number are hidden, decimals too. 0 hides nothing."
        ),
    )
    zeros = RadioField(
        _l("Zeros"), choices=[("published", _l("Are shown")), ("hidden", _l("Are hidden too"))], default="published"
    )
    policy_source = StringField(
        _l("Where the number comes from"),
        [Later(), Length(max=500)],
        description=_l("No Swedish provision gives a number. Name the practice or the decision that it follows."),
    )
    policy_source_en = StringField(
        _l("The same in English"),
        [Optional(), Length(max=500)],
        description=_l("The Swedish text is used where there is none."),
    )
    valid_from = DateField(_l("Valid from"), [Later()])
    valid_to = DateField(_l("Valid until"), [Later()])
    automatic = BooleanField(
        _l("Deliveries without findings go straight through"),
        default=True,
        description=_l("Everything else goes to a reviewer."),
    )
    reason = TextAreaField(
        _l("Why is this proposed?"), [Optional(), Length(max=LONGEST_TEXT)], description=_l("Read by the reviewers.")
    )

    def offer(
        self,
        disclosers: Sequence[tuple[str, str]],
        models: Sequence[tuple[str, str]],
        recipients: Sequence[tuple[str, str]],
    ) -> None:
        """What there is to choose from; a choice of one is made."""
        for field, choices in (
            (self.discloser, disclosers),
            (self.model_version, models),
            (self.recipient, recipients),
        ):
            field.choices = list(choices) if len(choices) == 1 else [("", _l("Choose")), *choices]

    def content(self, model_slugs: Mapping[str, str], provenance: Provenance = Provenance.OWN) -> dict[str, Any]:
        """The content that the form states; ``model_slugs`` gives each offered version's model."""
        return {
            "title": {"sv": self.title_sv.data or "", "en": self.title_en.data or ""},
            "discloser": self.discloser.data,
            "recipient": self.recipient.data,
            "model": model_slugs.get(self.model_version.data, ""),
            "model_version": self.model_version.data,
            "purpose": {"sv": self.purpose_sv.data or "", "en": self.purpose_en.data or ""},
            "legal_ground": {
                "title": {"sv": self.ground_title_sv.data or "", "en": self.ground_title_en.data or ""},
                "reference": self.ground_reference.data or "",
                "valid_to": _iso(self.ground_valid_to.data),
            },
            "policy": {
                "threshold": self.threshold.data,
                "zeros": self.zeros.data,
                "source": self.policy_source.data or "",
                "source_en": self.policy_source_en.data or "",
            },
            "valid_from": _iso(self.valid_from.data),
            "valid_to": _iso(self.valid_to.data),
            "automatic": bool(self.automatic.data),
            "provenance": provenance,
        }

    def fill(self, content: Mapping[str, Any]) -> None:
        """Show content that is there already."""
        content, _ = parse(content)
        ground, policy = content["legal_ground"], content["policy"]
        for name, value in (
            ("discloser", content["discloser"]),
            ("recipient", content["recipient"]),
            ("model_version", content["model_version"]),
            ("title_sv", content["title"]["sv"]),
            ("title_en", _other(content["title"])),
            ("purpose_sv", content["purpose"]["sv"]),
            ("purpose_en", _other(content["purpose"])),
            ("ground_title_sv", ground["title"]["sv"]),
            ("ground_title_en", _other(ground["title"])),
            ("ground_reference", ground["reference"]),
            ("ground_valid_to", _day(ground["valid_to"])),
            ("threshold", policy["threshold"]),
            ("zeros", policy["zeros"]),
            ("policy_source", policy["source"]),
            ("policy_source_en", policy.get("source_en", "")),
            ("valid_from", _day(content["valid_from"])),
            ("valid_to", _day(content["valid_to"])),
            ("automatic", content["automatic"]),
        ):
            self[name].data = value


FIELD_OF = {
    "title": "title_sv",
    "purpose": "purpose_sv",
    "legal_ground.title": "ground_title_sv",
    "legal_ground.reference": "ground_reference",
    "legal_ground.valid_to": "ground_valid_to",
    "policy.source": "policy_source",
    "policy.threshold": "threshold",
}
"""Which field shows a part of the content; the others are called the same."""


def fields_of(finding: Finding) -> list[str]:
    """The form fields that a finding about content points at."""
    return [FIELD_OF.get(place.field or "", place.field or "") for place in finding.places]


class DecisionForm(QuestionForm):
    """A decision on one aspect of a flow. The control questions are part of a legal approval only."""

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


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _other(text: Mapping[str, str]) -> str:
    """The English text where it is one of its own."""
    return "" if text["en"] == text["sv"] else text["en"]
