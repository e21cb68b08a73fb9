"""Forms of review: a decision about a delivery, and a region's answer."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length

from registry.web.forms import Form, required

LONGEST = 5000
RELEASE, ASK, REFUSE = "release", "ask", "refuse"


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
