"""Forms for uses: proposing one, and deciding on one."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from registry.content.values import day_of, written_day
from registry.findings import Finding
from registry.web.forms import CheckBoxesField, Form, WholeNumberField, required
from submission_portal.flows.audiences import Audience
from submission_portal.flows.forms import DecisionForm, Later
from submission_portal.flows.pieces import LONGEST_TEXT, LONGEST_TITLE
from submission_portal.flows.policy import HIGHEST_THRESHOLD
from submission_portal.flows.uses.content import CONTENT_SCHEMA, LONGEST_RETENTION, parse


class UseForm(Form):
    """What either side proposes. A draft may be incomplete; what is missing is said before it is sent."""

    recipient = SelectField(
        _l("Recipient"),
        [required(_l("Choose a recipient."))],
        description=_l("The organisation that answers for the use; of what is published, the one that publishes."),
    )
    audience = RadioField(
        _l("Who sees the figures"),
        choices=[
            (Audience.RECIPIENT.value, _l("The recipient's own people")),
            (Audience.PUBLIC.value, _l("Everybody: the recipient publishes")),
        ],
        default=Audience.RECIPIENT.value,
    )
    title_sv = StringField(_l("Name in Swedish"), [required(_l("Give the use a name.")), Length(max=LONGEST_TITLE)])
    title_en = StringField(
        _l("Name in English"),
        [Optional(), Length(max=LONGEST_TITLE)],
        description=_l("The Swedish name is used where there is none."),
    )
    purpose_sv = TextAreaField(
        _l("Purpose in Swedish"),
        [Later(), Length(max=LONGEST_TEXT)],
        description=_l("What the recipient is to do with the figures. They may be used for nothing else."),
    )
    purpose_en = TextAreaField(_l("Purpose in English"), [Optional(), Length(max=LONGEST_TEXT)])
    needs = CheckBoxesField(
        _l("Needs that it serves"),
        [Optional()],
        description=_l("Of the stated needs, those that the line's model answers."),
    )
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
        description=_l("A ground always has an end date. After it nothing more is disclosed for the use."),
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
    open_reason = TextAreaField(
        _l("Why nothing is hidden"),
        [Optional(), Length(max=500)],
        description=_l("Needed where persons are counted and the threshold is 0 or 1. Those who decide read it."),
    )
    open_reason_en = TextAreaField(
        _l("The same in English"),
        [Optional(), Length(max=500)],
        description=_l("The Swedish text is used where there is none."),
    )
    retention_months = WholeNumberField(
        _l("Kept after the end, in months"),
        [Later(), NumberRange(0, LONGEST_RETENTION, _l("Give months, from 0 to 1200."))],
        description=_l("How long what was delivered may stand in the follow-up after the use has ended."),
    )
    covers_from = DateField(
        _l("Covers earlier deliveries of periods from"),
        [Optional()],
        description=_l(
            "The region's acceptance is then the decision for what was delivered before. Empty: only what is to come."
        ),
    )
    valid_from = DateField(_l("Valid from"), [Later()])
    valid_to = DateField(_l("Valid until"), [Later()])
    reason = TextAreaField(
        _l("Why is this proposed?"), [Optional(), Length(max=LONGEST_TEXT)], description=_l("Read by those who decide.")
    )

    def offer(self, recipients: Sequence[tuple[str, str]], needs: Sequence[tuple[str, str]]) -> None:
        """What there is to choose from; a choice of one is made."""
        self.recipient.choices = list(recipients) if len(recipients) == 1 else [("", _l("Choose")), *recipients]
        self.needs.choices = list(needs)

    def content(self, base: Mapping[str, Any]) -> dict[str, Any]:
        """The content that the form states. ``base`` has what it does not ask for: the line, and what the use succeeds."""
        return {
            **base,
            "content_schema": CONTENT_SCHEMA,
            "title": {"sv": self.title_sv.data or "", "en": self.title_en.data or ""},
            "recipient": self.recipient.data,
            "audience": self.audience.data,
            "purpose": {"sv": self.purpose_sv.data or "", "en": self.purpose_en.data or ""},
            "needs": list(self.needs.data or ()),
            "legal_ground": {
                "title": {"sv": self.ground_title_sv.data or "", "en": self.ground_title_en.data or ""},
                "reference": self.ground_reference.data or "",
                "valid_to": written_day(self.ground_valid_to.data),
            },
            "policy": {
                "threshold": self.threshold.data,
                "zeros": self.zeros.data,
                "source": self.policy_source.data or "",
                "source_en": self.policy_source_en.data or "",
                "open_reason": self.open_reason.data or "",
                "open_reason_en": self.open_reason_en.data or "",
            },
            "retention": {"months": self.retention_months.data},
            "covers_from": written_day(self.covers_from.data),
            "valid_from": written_day(self.valid_from.data),
            "valid_to": written_day(self.valid_to.data),
        }

    def fill(self, content: Mapping[str, Any]) -> None:
        """Show content that is there already."""
        content, _found = parse(content)
        ground, policy = content["legal_ground"], content["policy"]
        for name, value in (
            ("recipient", content["recipient"]),
            ("audience", content["audience"]),
            ("title_sv", content["title"]["sv"]),
            ("title_en", _other(content["title"])),
            ("purpose_sv", content["purpose"]["sv"]),
            ("purpose_en", _other(content["purpose"])),
            ("needs", content["needs"]),
            ("ground_title_sv", ground["title"]["sv"]),
            ("ground_title_en", _other(ground["title"])),
            ("ground_reference", ground["reference"]),
            ("ground_valid_to", day_of(ground["valid_to"])),
            ("threshold", policy["threshold"] if policy["threshold"] >= 0 else None),
            ("zeros", policy["zeros"]),
            ("policy_source", policy["source"]),
            ("policy_source_en", policy.get("source_en", "")),
            ("open_reason", policy.get("open_reason", "")),
            ("open_reason_en", policy.get("open_reason_en", "")),
            ("retention_months", content["retention"]["months"]),
            ("covers_from", day_of(content["covers_from"])),
            ("valid_from", day_of(content["valid_from"])),
            ("valid_to", day_of(content["valid_to"])),
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
    "policy.open_reason": "open_reason",
    "policy.zeros": "zeros",
    "retention.months": "retention_months",
}
"""Which field shows a part of the content; the others are called the same."""


def fields_of(finding: Finding) -> list[str]:
    """The form fields that a finding about content points at."""
    return [FIELD_OF.get(place.field or "", place.field or "") for place in finding.places]


class UseDecisionForm(DecisionForm):
    """A decision on one aspect of a use."""

    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write the reasons.")), Length(max=5000)],
        description=_l("Required. Both sides read them. Name your own registry number where there is one."),
    )


class WithdrawalForm(Form):
    """Why a use is given up, or taken back."""

    reason = TextAreaField(
        _l("Why is it withdrawn?"),
        [required(_l("Write the reasons.")), Length(max=5000)],
        description=_l("Both sides read it."),
    )


def _other(text: Mapping[str, str]) -> str:
    """The English text where it is one of its own."""
    return "" if text["en"] == text["sv"] else text["en"]
