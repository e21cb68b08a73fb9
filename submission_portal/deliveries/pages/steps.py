"""What happens next with a delivery, from the answers to the published figure, on the page about it."""

from flask_babel import gettext as _

from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery

AT = {
    DeliveryState.CHECKING: -1,
    DeliveryState.DRAFT: 0,
    DeliveryState.CHECKED: 1,
    DeliveryState.DISCLOSED: 2,
    DeliveryState.SENT: 3,
    DeliveryState.IN_REVIEW: 3,
    DeliveryState.REFUSED: 3,
    DeliveryState.RELEASED: 5,
    DeliveryState.REPLACED: 5,
}
"""Which step a delivery is at; before the first while it is checked, after the last when it is released."""


def steps_of(delivery: Delivery, *, may_prepare: bool, goes: bool = False) -> list[dict[str, str]]:
    """Title, text and state (``done``, ``here``, ``next``) of each step; none for a delivery that was taken back.

    ``goes``: a standing decision covers the delivery, so that it may be sent.
    """
    state = DeliveryState(delivery.state)
    if state is DeliveryState.WITHDRAWN:
        return []
    steps = (
        (
            _("You answer") if may_prepare else _("The data officer answers"),
            _("Errors are mended, empty cells answered for, warnings explained."),
        ),
        (
            _("The region decides"),
            _("It has decided already: the delivery goes under its standing decision.")
            if goes
            else _("The disclosing officer decides whether the figures may be handed out."),
        ),
        (
            _("You send") if may_prepare else _("The data officer sends"),
            _("Only then is the delivery received. The receipt comes at once."),
        ),
        (
            _("The recipient checks"),
            _("Explained warnings are read by a reviewer. Without findings the delivery goes straight through."),
        ),
        (
            _("The figure shows"),
            _("In the measures of the follow-up that use the model, with the way back here."),
        ),
    )
    at = AT[DeliveryState.DISCLOSED if goes else state]
    return [
        {
            "title": title,
            "text": text,
            "state": "done" if index < at else "here" if index == at else "next",
        }
        for index, (title, text) in enumerate(steps)
    ]
