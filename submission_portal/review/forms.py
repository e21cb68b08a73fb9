"""Forms of review: a decision about a delivery, points about it, and a region's answers."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from registry.web.forms import Form, WholeNumberField, required

LONGEST = 5000
RELEASE, ASK, REFUSE = "release", "ask", "refuse"
WHOLE, FINDING, ELEMENT = "leveransen", "fynd:", "uppgift:"
"""What a point is about, in the form: the delivery, or a finding or an element by its key."""


class DeliveryDecisionForm(Form):
    """What a quality reviewer does with a delivery: release it, ask the region, or refuse it."""

    outcome = RadioField(
        _l("Decision"),
        [required(_l("Choose a decision."))],
        choices=[
            (RELEASE, _l("Release to the follow-up")),
            (ASK, _l("Ask the region to complete")),
            (REFUSE, _l("Refuse")),
        ],
    )
    reason = TextAreaField(
        _l("Reasons, or your question"),
        [required(_l("Write the reasons, or what you ask for.")), Length(max=LONGEST)],
        description=_l("Required. The region reads them."),
    )


class CompletionForm(Form):
    """The region's answer to a question about a delivery."""

    answer = TextAreaField(
        _l("Your answer"),
        [required(_l("Write an answer.")), Length(max=LONGEST)],
        description=_l("Kept with the delivery. Other figures need a correction, or that you withdraw the delivery."),
    )


class PointForm(Form):
    """A point about a delivery, and what it is about."""

    about = SelectField(_l("About"), [required(_l("Choose what it is about."))])
    row = WholeNumberField(
        _l("Row in the region's file"),
        [Optional(), NumberRange(min=1, message=_l("Rows are counted from 1."))],
        description=_l("The number of the row in the file, where the point is about a single one."),
    )
    text = TextAreaField(
        _l("What is to be completed"),
        [required(_l("Write what the region is to answer or mend.")), Length(max=LONGEST)],
        description=_l("The region reads it when you return the delivery. It cannot be changed afterwards."),
    )


class AnswerForm(Form):
    """The region's answer to a point: words, the correction that mends it, or both."""

    correction = SelectField(_l("Mended by"), default="")
    text = TextAreaField(
        _l("Your answer to the point"),
        [Length(max=LONGEST)],
        description=_l("Needed where no correction mends it. Write nothing about individuals."),
    )
