"""What this sub-package gives to the house."""

from registry.plugin import Plugin
from submission_portal.deliveries import jobs, preparing, sending
from submission_portal.deliveries.cli import deliveries
from submission_portal.deliveries.finding_texts import TEXTS

plugin = Plugin(
    name="deliveries",
    commands=(deliveries,),
    job_handlers={preparing.TIDY: jobs.tidy},
    event_handlers={"DeliveryReleased": (sending.on_released,)},
    finding_texts=TEXTS,
)
